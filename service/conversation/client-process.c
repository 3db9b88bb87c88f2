/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/conversation/client-process.h"

struct _JumpClientProcess
{
  char *text; /* (owned) (nullable) */
};

static void
clear_process (gpointer data)
{
  JumpClientProcess *self = data;

  g_free (self->text);
}

/**
 * jump_client_process_new:
 *
 * Returns: (transfer full): one that is not known yet
 */
JumpClientProcess *
jump_client_process_new (void)
{
  return g_rc_box_new0 (JumpClientProcess);
}

JumpClientProcess *
jump_client_process_ref (JumpClientProcess *self)
{
  return g_rc_box_acquire (self);
}

void
jump_client_process_unref (JumpClientProcess *self)
{
  g_rc_box_release_full (self, clear_process);
}

/**
 * jump_client_process_set_text:
 * @self: a process that is not known yet
 * @text: (transfer full) (nullable): its name and id, as "claude (4711)"
 */
void
jump_client_process_set_text (JumpClientProcess *self, char *text)
{
  g_free (self->text);
  self->text = text;
}

const char *
jump_client_process_get_text (const JumpClientProcess *self)
{
  return self != NULL ? self->text : NULL;
}
