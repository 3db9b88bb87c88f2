/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-relay"

#include "service/relay/reply-lane.h"

#include "service/base/error.h"
#include "service/base/limits.h"
#include "service/base/redact.h"
#include "service/dialects/upstream-failure.h"
#include "service/relay/reply-head.h"
#include "service/relay/request-cost.h"
#include "service/sse/sse-parser.h"

#include <string.h>

/* Room for the events of an ordinary push, and the most that is kept between two of them. */
#define FIRST_BUFFER 500
#define KEEP_BUFFER  4096

typedef enum
{
  WAY_NONE,    /* no head yet */
  WAY_STREAM,  /* event by event */
  WAY_COLLECT, /* one JSON reply */
} Way;

struct _JumpReplyLane
{
  JumpReplySink *sink;       /* (unowned): frees itself */
  JumpReplyPipe *pipe;       /* (owned) */
  const JumpDialect *client; /* const data */
  char *request_id;          /* (owned) */
  char *route;               /* (owned) */
  char *changes;             /* (owned) */
  gboolean stream;
  gboolean is_patient;
  const JumpDialect *upstream; /* const data */
  JumpEncoder *(*new_encoder) (gpointer owner);
  gpointer owner; /* (unowned): outlives us */
  gsize event_bytes;
  gsize reply_bytes;
  gboolean shows_credits; /* and has not yet */

  Way way;
  guint status;
  gboolean head_written;
  GPtrArray *headers;    /* (owned) (nullable) (element-type utf8): for the client */
  GString *collected;    /* (owned) (nullable) */
  JumpSseParser *parser; /* (owned) (nullable) */
  GString *out;          /* (owned) (nullable): what one push yields */
  JumpPipeStep step;
  guint64 bytes;
};

/* Last of all: by now the pipe has mended the reply as well, or the beginning of it. */
static void
add_changes (JumpReplyLane *self)
{
  g_auto (JumpChanges) changes = { NULL };

  jump_changes_add_all (&changes, self->changes);
  jump_changes_add_all (&changes, jump_changes_get (&self->pipe->changes));
  jump_reply_head_add_changes (self->headers, jump_changes_get (&changes));
}

static void
write_head (JumpReplyLane *self, guint status, gssize length)
{
  self->head_written = TRUE;
  add_changes (self);
  jump_reply_sink_head (self->sink, status, jump_reply_head_finish (self->headers), length);
}

/* A sink that was ended is nobody's any more. */
static void
end_sink (JumpReplyLane *self)
{
  jump_reply_sink_set_events (self->sink, NULL, NULL);
  jump_reply_sink_end (self->sink);
}

static gboolean
on_event (const JumpSseEvent *event, gpointer user_data)
{
  JumpReplyLane *self = user_data;

  self->step = jump_reply_pipe_event (self->pipe, event, self->out);
  return self->step == JUMP_PIPE_GO_ON;
}

/* Whether what came out may go to the client. */
static gboolean
may_write (const JumpReplyLane *self)
{
  return !self->is_patient || self->pipe->has_output || self->step == JUMP_PIPE_DONE;
}

/* At once with the last event: some clients leave when they have that. Without an empty line behind it, which
 * the parsers of some would take for one more event. */
static void
show_credits (JumpReplyLane *self)
{
  g_autofree char *credits = NULL;

  if (!self->shows_credits || self->step != JUMP_PIPE_DONE)
    return;
  self->shows_credits = FALSE;
  credits = jump_request_cost_dup_text (&self->pipe->usage);
  if (credits != NULL)
    g_string_append_printf (self->out, ": x-jumpseat-credits %s\n", credits);
}

static gboolean
write_out (JumpReplyLane *self)
{
  gboolean go_on;

  show_credits (self);
  if (self->out->len == 0 || !may_write (self))
    return TRUE;
  if (!self->head_written)
    write_head (self, self->status, -1);
  self->bytes += self->out->len;
  go_on = jump_reply_sink_write (self->sink, self->out->str, self->out->len);
  g_string_truncate (self->out, 0);
  /* Thousands of streams may wait for their clients with what they once needed for one push. */
  if (self->out->allocated_len > KEEP_BUFFER)
    {
      g_string_free (self->out, TRUE);
      self->out = g_string_sized_new (FIRST_BUFFER);
    }
  return go_on;
}

/**
 * jump_reply_lane_new:
 * @sink: where the reply goes
 * @pipe: (transfer full): what it goes through
 * @options: copied
 *
 * Returns: (transfer full): a lane that waits for upstream's head
 */
JumpReplyLane *
jump_reply_lane_new (JumpReplySink *sink, JumpReplyPipe *pipe, const JumpReplyLaneOptions *options)
{
  JumpReplyLane *self = g_new0 (JumpReplyLane, 1);

  self->sink = sink;
  self->pipe = pipe;
  self->client = options->client;
  self->request_id = g_strdup (options->request_id);
  self->route = g_strdup (options->route);
  self->changes = g_strdup (options->changes);
  self->stream = options->stream;
  self->is_patient = options->is_patient;
  self->upstream = options->upstream;
  self->new_encoder = options->new_encoder;
  self->owner = options->owner;
  self->event_bytes = options->event_bytes;
  self->reply_bytes = options->reply_bytes;
  self->shows_credits =
      options->shows_credits && g_str_equal (self->client->stream_type, "text/event-stream");
  return self;
}

void
jump_reply_lane_set_committed (JumpReplyLane *self)
{
  self->head_written = TRUE;
}

gboolean
jump_reply_lane_has_head (const JumpReplyLane *self)
{
  return self->head_written;
}

gboolean
jump_reply_lane_has_begun (const JumpReplyLane *self)
{
  return self->way != WAY_NONE;
}

void
jump_reply_lane_free (JumpReplyLane *self)
{
  g_clear_pointer (&self->pipe, jump_reply_pipe_free);
  g_clear_pointer (&self->headers, g_ptr_array_unref);
  g_clear_pointer (&self->parser, jump_sse_parser_free);
  if (self->collected != NULL)
    g_string_free (self->collected, TRUE);
  if (self->out != NULL)
    g_string_free (self->out, TRUE);
  g_free (self->request_id);
  g_free (self->route);
  g_free (self->changes);
  g_free (self);
}

void
jump_reply_lane_head (JumpReplyLane *self, JumpUpstreamCall *call, guint status)
{
  const char *type = jump_upstream_call_get_header (call, "content-type");
  gboolean is_events = type != NULL && g_ascii_strncasecmp (type, "text/event-stream", 17) == 0;

  self->status = status;
  self->way = is_events && self->stream ? WAY_STREAM : WAY_COLLECT;
  self->headers =
      jump_reply_head_new (self->client,
                           self->way == WAY_STREAM ? self->client->stream_type : "application/json",
                           self->request_id);
  jump_reply_head_add_way (self->headers, self->route, NULL);
  jump_reply_head_add_upstream (self->headers, call);
  if (self->way == WAY_COLLECT)
    {
      self->collected = g_string_new (NULL);
      return;
    }
  jump_reply_head_add (self->headers, "Cache-Control", "no-cache");
  self->parser = jump_sse_parser_new (self->event_bytes, on_event, NULL, self);
  self->out = g_string_sized_new (FIRST_BUFFER);
  if (!self->is_patient && !self->head_written)
    write_head (self, status, -1);
}

/* Upstream's own words, for the record and the log; the client has its error event already. */
static GError *
new_stream_error (const JumpReplyPipe *pipe)
{
  g_autofree char *safe =
      jump_redact (pipe->failure != NULL ? pipe->failure->message : "no reason given");

  return g_error_new (JUMP_ERROR,
                      JUMP_ERROR_UPSTREAM,
                      "upstream reported an error inside the stream: %s",
                      safe);
}

/* The stream cannot go on, by @problem or by what upstream said inside it. */
static JumpLaneStep
break_stream (JumpReplyLane *self, const GError *problem, GError **out_error)
{
  if (self->step == JUMP_PIPE_GO_ON)
    self->step = jump_reply_pipe_finish (self->pipe, problem, self->out);
  if (self->is_patient && !self->pipe->has_output && self->pipe->failure != NULL)
    return JUMP_LANE_FAILED;
  self->is_patient = FALSE;
  write_out (self);
  end_sink (self);
  if (out_error != NULL)
    *out_error = problem != NULL ? g_error_copy (problem) : new_stream_error (self->pipe);
  return JUMP_LANE_BROKEN;
}

JumpLaneStep
jump_reply_lane_data (JumpReplyLane *self, const char *data, gsize length, GError **out_error)
{
  g_autoptr (GError) problem = NULL;

  switch (self->way)
    {
    case WAY_STREAM:
      if (self->step != JUMP_PIPE_GO_ON)
        return JUMP_LANE_GO_ON; /* the terminator was seen: nothing counts any more */
      if (!jump_sse_parser_push (self->parser, data, length, &problem))
        return break_stream (self, problem, out_error);
      if (self->step == JUMP_PIPE_ERROR)
        return break_stream (self, NULL, out_error);
      return write_out (self) ? JUMP_LANE_GO_ON : JUMP_LANE_PAUSE;

    case WAY_COLLECT:
      if (self->collected->len + length <= self->reply_bytes)
        {
          g_string_append_len (self->collected, data, (gssize) length);
          return JUMP_LANE_GO_ON;
        }
      problem = g_error_new (JUMP_ERROR,
                             JUMP_ERROR_PROTOCOL,
                             "upstream's reply is larger than %" G_GSIZE_FORMAT
                             " bytes (setting limits.reply_bytes)",
                             self->reply_bytes);
      return jump_reply_lane_end (self, problem, out_error);

    case WAY_NONE:
      break;
    }
  return JUMP_LANE_GO_ON;
}

static JumpLaneStep
end_stream (JumpReplyLane *self, const GError *upstream_error, GError **out_error)
{
  g_autoptr (GError) problem = NULL;

  if (self->step == JUMP_PIPE_GO_ON)
    {
      if (upstream_error != NULL)
        problem = g_error_copy (upstream_error);
      else
        jump_sse_parser_finish (self->parser, &problem);
    }
  if (self->step == JUMP_PIPE_GO_ON)
    self->step = jump_reply_pipe_finish (self->pipe, problem, self->out);
  if (self->step == JUMP_PIPE_ERROR)
    return break_stream (self, problem, out_error);
  write_out (self);
  end_sink (self);
  return JUMP_LANE_GO_ON;
}

static void
send_failure (JumpReplyLane *self, const GError *error)
{
  g_autoptr (JumpFailure) failure = self->pipe->failure != NULL
                                        ? jump_failure_copy (self->pipe->failure)
                                        : jump_failure_new_from_error (error);
  g_autoptr (GBytes) body = self->client->write_failure (failure, self->request_id);

  if (self->headers == NULL)
    self->headers = jump_reply_head_new (self->client, "application/json", self->request_id);
  add_changes (self);
  self->status = failure->status;
  self->bytes += g_bytes_get_size (body);
  self->head_written = TRUE;
  jump_reply_lane_send_whole (self->sink, self->status, g_steal_pointer (&self->headers), body);
}

/* Nothing of an answer went out yet: the client gets a plain error, unless its stream has begun. */
static JumpLaneStep
fail_collected (JumpReplyLane *self, const GError *error, GError **out_error)
{
  g_propagate_error (out_error, g_error_copy (error));
  if (self->head_written)
    return JUMP_LANE_REFUSED;
  send_failure (self, error);
  return JUMP_LANE_BROKEN;
}

/* A success that is none says more than its first sentence: a code, and with it a status. */
static void
note_failure (JumpReplyPipe *pipe, GBytes *body, const GError *error)
{
  if (pipe->failure != NULL || !g_error_matches (error, JUMP_ERROR, JUMP_ERROR_UPSTREAM))
    return;
  pipe->failure = jump_upstream_failure_read (0, body);
  g_free (pipe->failure->message);
  pipe->failure->message = jump_redact (error->message);
}

typedef struct
{
  JumpEncoder *encoder; /* (owned) */
  GString *out;         /* (unowned) */
} Retelling;

static void
on_retold (const JumpReplyEvent *event, gpointer user_data)
{
  Retelling *retelling = user_data;

  jump_encoder_event (retelling->encoder, event, retelling->out);
}

/* The client's stream has begun, and upstream sent a whole reply instead of one: it is told event by event. */
static JumpLaneStep
stream_collected (JumpReplyLane *self, GBytes *body)
{
  gsize length;
  const char *data = g_bytes_get_data (body, &length);
  g_autoptr (JumpReply) reply = self->upstream->read_reply (data, length, NULL);
  g_autoptr (GString) out = g_string_new (NULL);
  Retelling retelling = { self->new_encoder (self->owner), out };

  if (reply != NULL)
    {
      self->pipe->usage = reply->usage;
      jump_reply_foreach_event (reply, on_retold, &retelling);
    }
  jump_encoder_free (retelling.encoder);
  self->bytes += out->len;
  jump_reply_sink_write (self->sink, out->str, out->len);
  end_sink (self);
  return JUMP_LANE_GO_ON;
}

static void
add_credits (JumpReplyLane *self)
{
  g_autofree char *credits = jump_request_cost_dup_text (&self->pipe->usage);

  jump_reply_head_add (self->headers, JUMP_HEADER_CREDITS, credits);
}

static JumpLaneStep
end_collected (JumpReplyLane *self, GError **out_error)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = g_string_free_to_bytes (g_steal_pointer (&self->collected));
  g_autoptr (GBytes) whole = jump_reply_pipe_whole (self->pipe, body, &error);

  if (whole == NULL)
    {
      note_failure (self->pipe, body, error);
      if (self->is_patient && self->pipe->failure != NULL)
        return JUMP_LANE_FAILED;
      return fail_collected (self, error, out_error);
    }
  if (self->head_written)
    return stream_collected (self, body);
  add_credits (self);
  add_changes (self);
  self->bytes += g_bytes_get_size (whole);
  self->head_written = TRUE;
  jump_reply_lane_send_whole (self->sink, self->status, g_steal_pointer (&self->headers), whole);
  return JUMP_LANE_GO_ON;
}

JumpLaneStep
jump_reply_lane_end (JumpReplyLane *self, const GError *upstream_error, GError **out_error)
{
  if (self->way == WAY_STREAM)
    return end_stream (self, upstream_error, out_error);
  if (upstream_error != NULL)
    return fail_collected (self, upstream_error, out_error);
  return self->way == WAY_COLLECT ? end_collected (self, out_error) : JUMP_LANE_BROKEN;
}

/* Models think for minutes without a word that a second try would repeat, and clients give up on a server
 * that does not even send its head. What is kept back for that try stays back. */
gboolean
jump_reply_lane_keep_alive (JumpReplyLane *self)
{
  const char *text = self->client->keep_alive;

  if (self->way == WAY_STREAM ? self->step != JUMP_PIPE_GO_ON : !self->head_written)
    return FALSE;
  if (!self->head_written)
    write_head (self, self->status, -1);
  if (text == NULL)
    return FALSE;
  self->bytes += strlen (text);
  jump_reply_sink_write (self->sink, text, strlen (text));
  return TRUE;
}

guint
jump_reply_lane_get_status (const JumpReplyLane *self)
{
  return self->status;
}

const JumpReplyPipe *
jump_reply_lane_get_pipe (const JumpReplyLane *self)
{
  return self->pipe;
}

const JumpFailure *
jump_reply_lane_get_failure (const JumpReplyLane *self)
{
  return self->pipe->failure;
}

guint64
jump_reply_lane_get_bytes (const JumpReplyLane *self)
{
  return self->bytes;
}

/**
 * jump_reply_lane_send_whole:
 * @sink: gets head and body, and is ended
 * @status: HTTP
 * @headers: (transfer full): as of jump_reply_head_new()
 * @body: all of it
 */
void
jump_reply_lane_send_whole (JumpReplySink *sink, guint status, GPtrArray *headers, GBytes *body)
{
  g_autoptr (GPtrArray) owned = headers;
  gsize length;
  const char *data = g_bytes_get_data (body, &length);

  jump_reply_sink_set_events (sink, NULL, NULL);
  jump_reply_sink_head (sink, status, jump_reply_head_finish (owned), (gssize) length);
  jump_reply_sink_write (sink, data, length);
  jump_reply_sink_end (sink);
}
