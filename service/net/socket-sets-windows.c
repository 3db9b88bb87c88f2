/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/net/socket-sets-windows.h"

#include <string.h>

static void
make_room (JumpSocketSet *self, guint room)
{
  gboolean is_first = self->list == NULL;

  if (!is_first && self->room >= room)
    return;
  self->room = MAX (room, MAX (16, 2 * self->room));
  self->list = g_realloc (self->list, sizeof (JumpSocketList) + self->room * sizeof (SOCKET));
  if (is_first)
    self->list->count = 0;
}

void
jump_socket_set_add (JumpSocketSet *self, SOCKET fd)
{
  guint length = jump_socket_set_get_length (self);

  make_room (self, length + 1);
  self->list->sockets[length] = fd;
  self->list->count = length + 1;
}

guint
jump_socket_set_get_length (const JumpSocketSet *self)
{
  return self->list == NULL ? 0 : self->list->count;
}

static void
copy_set (JumpSocketSet *self, const JumpSocketSet *from)
{
  guint length = jump_socket_set_get_length (from);

  make_room (self, length);
  if (length > 0)
    memcpy (self->list->sockets, from->list->sockets, length * sizeof (SOCKET));
  self->list->count = length;
}

static void
empty_set (JumpSocketSet *self)
{
  if (self->list != NULL)
    self->list->count = 0;
}

/* select() wants none rather than an empty one. */
static fd_set *
get_fd_set (JumpSocketSet *self)
{
  return jump_socket_set_get_length (self) == 0 ? NULL : (fd_set *) (void *) self->list;
}

gboolean
jump_socket_sets_are_empty (const JumpSocketSets *self)
{
  return jump_socket_set_get_length (&self->readable) == 0 &&
         jump_socket_set_get_length (&self->writable) == 0 &&
         jump_socket_set_get_length (&self->failed) == 0;
}

void
jump_socket_sets_empty (JumpSocketSets *self)
{
  empty_set (&self->readable);
  empty_set (&self->writable);
  empty_set (&self->failed);
}

void
jump_socket_sets_copy (JumpSocketSets *self, const JumpSocketSets *from)
{
  copy_set (&self->readable, &from->readable);
  copy_set (&self->writable, &from->writable);
  copy_set (&self->failed, &from->failed);
}

void
jump_socket_sets_clear (JumpSocketSets *self)
{
  g_clear_pointer (&self->readable.list, g_free);
  g_clear_pointer (&self->writable.list, g_free);
  g_clear_pointer (&self->failed.list, g_free);
}

/**
 * jump_socket_sets_select:
 * @self: becomes those that are ready
 * @timeout_ms: how long to wait for one, -1 for ever
 *
 * Returns: %FALSE when one of them is no socket any more, or Windows is out of memory; @self is
 *   empty then
 */
gboolean
jump_socket_sets_select (JumpSocketSets *self, int timeout_ms)
{
  struct timeval timeout = { .tv_sec = timeout_ms / 1000, .tv_usec = timeout_ms % 1000 * 1000 };
  int n_ready;

  if (jump_socket_sets_are_empty (self))
    return TRUE;
  n_ready = select (0,
                    get_fd_set (&self->readable),
                    get_fd_set (&self->writable),
                    get_fd_set (&self->failed),
                    timeout_ms < 0 ? NULL : &timeout);
  if (n_ready <= 0)
    jump_socket_sets_empty (self);
  return n_ready >= 0;
}
