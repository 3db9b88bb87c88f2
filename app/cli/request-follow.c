/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/request-follow.h"

#include "app/cli/request-columns.h"
#include "app/signal-watch.h"

#include <stdio.h>
#include <string.h>

#define PATH "/api/events"
/* A service that is started anew is there again after some seconds. */
#define MAX_TRIES 5
#define WAIT_MS   1000

/* What the service writes of an event: "id: 7", "event: request", "data: {…}", each on one line, and an empty one. */
typedef struct
{
  const char *search; /* (unowned) (nullable) */
  gboolean is_json;
  GCancellable *cancellable; /* (owned) */
  GString *line;             /* (owned): the begin of one */
  char *id;                  /* (owned) (nullable): of the last event that was told */
  char *name;                /* (owned) (nullable): of the event at hand */
  gboolean has_heard;        /* anything on this connection */
  gboolean has_head;         /* the line above all others was printed */
} Follow;

static void
follow_clear (Follow *self)
{
  g_clear_object (&self->cancellable);
  if (self->line != NULL)
    g_string_free (g_steal_pointer (&self->line), TRUE);
  g_free (self->id);
  g_free (self->name);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Follow, follow_clear)

static gboolean
has_ended (JsonObject *item)
{
  const char *state = jump_json_get_string (item, "state", "");

  return g_str_equal (state, "completed") || g_str_equal (state, "error");
}

static void
print_item (Follow *self, JsonObject *item)
{
  g_autofree char *line = NULL;

  if (self->is_json)
    jump_command_print_json (item);
  else
    {
      line = jump_request_columns_make_line (item);
      g_print ("%s", line);
      fflush (stdout);
    }
}

static void
take_data (Follow *self, const char *data)
{
  g_autoptr (JsonObject) item = NULL;

  if (g_strcmp0 (self->name, "request") == 0)
    item = jump_json_parse_object (data, -1, NULL);
  if (item != NULL && has_ended (item) && jump_request_columns_matches (item, self->search))
    print_item (self, item);
}

static void
take_line (Follow *self, const char *line)
{
  self->has_heard = TRUE;
  if (g_str_has_prefix (line, "id: "))
    {
      g_free (self->id);
      self->id = g_strdup (line + strlen ("id: "));
    }
  else if (g_str_has_prefix (line, "event: "))
    {
      g_free (self->name);
      self->name = g_strdup (line + strlen ("event: "));
    }
  else if (g_str_has_prefix (line, "data: "))
    take_data (self, line + strlen ("data: "));
}

/* Whoever waits for this line misses nothing from then on. */
static void
tell_start (Follow *self)
{
  g_autofree char *head =
      self->has_head || self->is_json ? NULL : jump_request_columns_make_head ();

  if (head != NULL)
    {
      g_print ("%s", head);
      fflush (stdout);
    }
  self->has_head = TRUE;
}

static gboolean
on_piece (const char *data, gsize length, gpointer user_data)
{
  Follow *self = user_data;
  const char *end = data + length;

  tell_start (self);
  while (data < end)
    {
      const char *stop = memchr (data, '\n', (gsize) (end - data));

      g_string_append_len (self->line, data, (stop != NULL ? stop : end) - data);
      if (stop == NULL)
        break;
      take_line (self, self->line->str);
      g_string_truncate (self->line, 0);
      data = stop + 1;
    }
  return TRUE;
}

static void
on_signal_received (gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static void
on_wait_over (gpointer user_data)
{
  gboolean *is_over = user_data;

  *is_over = TRUE;
}

static void
wait_a_moment (Follow *self)
{
  gboolean is_over = FALSE;
  guint id = g_timeout_add_once (WAIT_MS, on_wait_over, &is_over);

  while (!is_over && !g_cancellable_is_cancelled (self->cancellable))
    g_main_context_iteration (NULL, TRUE);
  if (!is_over)
    g_source_remove (id);
}

static gboolean
run_once (Follow *self, JumpInstance *instance, GError **error)
{
  const JumpControlQuestion question = {
    .method = "GET",
    .path = PATH,
    .last_event_id = self->id,
    .is_endless = TRUE,
  };

  g_string_truncate (self->line, 0);
  self->has_heard = FALSE;
  return jump_control_stream_run (jump_instance_get_client (instance),
                                  &question,
                                  on_piece,
                                  self,
                                  self->cancellable,
                                  error);
}

/* Returns: (transfer full) (nullable): NULL: none came back in time, or somebody has had enough */
static JumpInstance *
find_again (Follow *self, JumpCommandContext *context)
{
  JumpInstance *instance = NULL;

  for (guint i = 0;
       i < MAX_TRIES && instance == NULL && !g_cancellable_is_cancelled (self->cancellable);
       i++)
    {
      wait_a_moment (self);
      if (!g_cancellable_is_cancelled (self->cancellable))
        instance = jump_instance_find_running (context);
    }
  return instance;
}

/* Until a signal, or until the service has gone for good. */
static JumpExitCode
run_on (Follow *self, JumpCommandContext *context, JumpInstance *first)
{
  g_autoptr (JumpInstance) again = NULL;
  JumpInstance *instance = first;

  while (TRUE)
    {
      g_autoptr (GError) error = NULL;

      run_once (self, instance, &error);
      if (g_cancellable_is_cancelled (self->cancellable))
        return JUMP_EXIT_INTERRUPTED;
      if (error != NULL && !self->has_heard)
        return jump_exit_with_error (error);
      g_clear_pointer (&again, jump_instance_free);
      again = find_again (self, context);
      if (g_cancellable_is_cancelled (self->cancellable))
        return JUMP_EXIT_INTERRUPTED;
      if (again == NULL)
        {
          g_printerr ("jumpseat: Jumpseat does not run any more\n");
          return JUMP_EXIT_UNAVAILABLE;
        }
      instance = again;
    }
}

/**
 * jump_request_follow_run:
 * @context: with settings loaded
 * @instance: a running one
 * @search: (nullable): only requests that it is part of
 *
 * Returns: the exit status: 130 for Ctrl-C
 */
JumpExitCode
jump_request_follow_run (JumpCommandContext *context, JumpInstance *instance, const char *search)
{
  g_auto (Follow) self = {
    .search = search,
    .is_json = context->options.json,
    .cancellable = g_cancellable_new (),
    .line = g_string_new (NULL),
  };
  JumpSignalWatch *signals = jump_signal_watch_new (on_signal_received, self.cancellable);
  JumpExitCode code = run_on (&self, context, instance);

  jump_signal_watch_free (signals);
  return code;
}
