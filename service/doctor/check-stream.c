/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/doctor/call-model.h"
#include "service/doctor/call-request.h"
#include "service/doctor/check.h"
#include "service/doctor/judge-call.h"

#include <string.h>

/* Long enough that a reply held back looks different from one that flows. */
#define N_IN  20
#define N_OUT 64
#define QUESTION                                                                            \
  ",\"messages\":[{\"role\":\"user\",\"content\":\"Count from one to twenty in words.\"}]," \
  "\"max_tokens\":64,\"stream\":true}"
#define MAX_ERROR 4096

typedef struct
{
  JumpCheck *check;           /* (owned) */
  JumpHttpTransfer *transfer; /* (nullable): while it runs */
  gulong cancelled_id;
  char *label; /* (owned) */
  guint status;
  gint64 started;    /* monotonic µs */
  gint64 last;       /* likewise: of the last piece */
  gint64 first_wall; /* wall µs of the first byte */
  char previous;     /* byte: an event ends with two line ends */
  JumpStreamFacts facts;
} Stream;

static void
stream_free (Stream *self)
{
  if (self->cancelled_id != 0)
    g_signal_handler_disconnect (self->check->cancellable, self->cancelled_id);
  jump_check_unref (self->check);
  g_free (self->label);
  g_free (self);
}

static void
on_headers (JumpHttpTransfer *transfer, guint status, gpointer user_data)
{
  Stream *self = user_data;

  self->status = status;
}

static void
count_events (Stream *self, const char *data, gsize length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (data[i] == '\n' && self->previous == '\n')
        self->facts.n_events++;
      self->previous = data[i];
    }
}

static void
on_data (JumpHttpTransfer *transfer, const char *data, gsize length, gpointer user_data)
{
  Stream *self = user_data;
  gint64 now = g_get_monotonic_time ();

  if (self->facts.n_pieces == 0)
    {
      self->first_wall = g_get_real_time ();
      self->facts.first = now - self->started;
    }
  else
    self->facts.gap = MAX (self->facts.gap, now - self->last);
  self->last = now;
  self->facts.n_pieces++;
  count_events (self, data, length);
}

/* When the first byte left is told in the record of the request, which is of this process. */
static void
look_up_leaving (Stream *self, JumpHttpTransfer *transfer)
{
  const JumpDoctorTools *tools = self->check->tools;
  const char *id = jump_http_transfer_get_header (transfer, "X-Request-Id");
  gint64 left = id == NULL || tools->find_first_byte == NULL
                    ? 0
                    : tools->find_first_byte (id, tools->user_data);

  self->facts.passed_on = left == 0 ? -1 : MAX (0, self->first_wall - left);
}

static void
on_done (JumpHttpTransfer *transfer, const GError *error, gpointer user_data)
{
  Stream *self = user_data;
  JumpCheck *check = self->check;

  self->transfer = NULL;
  if (!jump_check_is_over (check) && (error != NULL || self->status != 200))
    jump_check_end (check,
                    jump_judge_call (self->label,
                                     error != NULL ? 0 : self->status,
                                     error != NULL ? error->message : NULL));
  else if (!jump_check_is_over (check))
    {
      look_up_leaving (self, transfer);
      self->facts.total = g_get_monotonic_time () - self->started;
      jump_check_end (check, jump_judge_stream (self->label, &self->facts));
    }
  stream_free (self);
}

static void
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  Stream *self = user_data;

  if (self->transfer == NULL)
    return;
  jump_http_transfer_cancel (g_steal_pointer (&self->transfer));
  stream_free (self);
}

void
jump_check_stream (JumpCheck *check)
{
  static const JumpHttpTransferFuncs funcs = {
    .on_headers = on_headers,
    .on_data = on_data,
    .on_done = on_done,
  };
  const JumpDoctorTools *tools = check->tools;
  g_autoptr (JumpModel) model =
      jump_call_model_choose (G_LIST_MODEL (tools->catalog), JUMP_ENDPOINT_CHAT);
  g_autofree char *cost = NULL;
  JumpHttpRequest *request;
  Stream *self;

  if (model == NULL)
    {
      jump_check_end (check, jump_verdict_new_skipped ("because no model of this account has it"));
      return;
    }
  cost = jump_call_model_describe_cost (model, N_IN, N_OUT);
  request = jump_call_request_new (tools,
                                   "/v1/chat/completions",
                                   "{\"model\":",
                                   jump_model_get_id (model),
                                   QUESTION);
  request->expects_stream = TRUE;
  self = g_new0 (Stream, 1);
  self->check = jump_check_ref (check);
  self->label = g_strdup_printf ("%s, %s", jump_model_get_id (model), cost);
  self->started = g_get_monotonic_time ();
  self->transfer = jump_http_client_start (tools->client, request, &funcs, self);
  self->cancelled_id =
      g_signal_connect (check->cancellable, "cancelled", G_CALLBACK (on_cancelled), self);
}
