/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-relay"

#include "service/relay/lane-verbatim.h"

#include "service/base/error.h"
#include "service/base/limits.h"
#include "service/base/redact.h"
#include "service/dialects/openai-chat-reply.h"
#include "service/dialects/openai-chat-stream.h"
#include "service/dialects/openai-error.h"
#include "service/sse/sse-parser.h"

#include <string.h>

/* Room for the events of an ordinary push, and the most that is kept between two of them. */
#define FIRST_BUFFER 500
#define KEEP_BUFFER  4096

typedef enum
{
  WAY_NONE,
  WAY_STREAM,  /* events, put right one by one */
  WAY_COLLECT, /* one JSON reply */
  WAY_ERROR,   /* upstream's refusal */
} Way;

struct _JumpLaneVerbatim
{
  JumpReplySink *sink;     /* (unowned): frees itself */
  JumpLaneOptions options; /* its strings are owned below */
  char *client_model;      /* (owned) */
  char *request_id;        /* (owned) */

  Way way;
  guint status;
  GPtrArray *headers;     /* (owned) (element-type utf8): name, value …, for the client */
  GString *collected;     /* (owned) (nullable) */
  JumpSseParser *parser;  /* (owned) (nullable) */
  JumpChatStream *stream; /* (owned) (nullable) */
  GString *out;           /* (owned) (nullable): what one push yields */
  JumpChatStreamStep step;
  JumpUsageCount usage;
  guint64 bytes;
  gboolean was_repaired;
};

/* What of upstream's reply headers a client can use (protocol 5.5). Everything about the
 * connection, and Date, is ours. */
static gboolean
is_for_client (const char *name)
{
  static const char *const exact[] = {
    "retry-after",           "openai-processing-ms",
    "x-github-request-id",   "x-copilot-service-request-id",
    "copilot-edits-session", "openai-version",
  };
  static const char *const prefixes[] = { "x-quota-snapshot-",
                                          "x-usage-ratelimit-",
                                          "x-ratelimit-" };

  for (gsize i = 0; i < G_N_ELEMENTS (exact); i++)
    {
      if (g_ascii_strcasecmp (name, exact[i]) == 0)
        return TRUE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++)
    {
      if (g_ascii_strncasecmp (name, prefixes[i], strlen (prefixes[i])) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
add_header (GPtrArray *headers, const char *name, const char *value)
{
  g_ptr_array_add (headers, g_strdup (name));
  g_ptr_array_add (headers, g_strdup (value));
}

static void
add_if_for_client (const char *name, const char *value, gpointer user_data)
{
  if (is_for_client (name))
    add_header (user_data, name, value);
}

static GPtrArray *
new_headers (const char *content_type, const char *request_id, JumpUpstreamCall *call)
{
  GPtrArray *headers = g_ptr_array_new_with_free_func (g_free);

  add_header (headers, "Content-Type", content_type);
  add_header (headers, "X-Request-Id", request_id);
  if (call != NULL)
    jump_upstream_call_foreach_header (call, add_if_for_client, headers);
  return headers;
}

static void
write_head (JumpLaneVerbatim *self, guint status, gssize length)
{
  g_ptr_array_add (self->headers, NULL);
  jump_reply_sink_head (self->sink, status, (const char *const *) self->headers->pdata, length);
}

static gboolean
on_event (const JumpSseEvent *event, gpointer user_data)
{
  JumpLaneVerbatim *self = user_data;

  self->step = jump_chat_stream_event (self->stream, event->data, event->data_length, self->out);
  return self->step == JUMP_CHAT_STREAM_GO_ON;
}

static gboolean
write_out (JumpLaneVerbatim *self)
{
  gboolean go_on;

  if (self->out->len == 0)
    return TRUE;
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
 * jump_lane_verbatim_new:
 * @sink: (transfer none): where the reply goes
 * @options: how; copied
 *
 * Returns: (transfer full)
 */
JumpLaneVerbatim *
jump_lane_verbatim_new (JumpReplySink *sink, const JumpLaneOptions *options)
{
  JumpLaneVerbatim *self = g_new0 (JumpLaneVerbatim, 1);

  self->sink = sink;
  self->options = *options;
  self->client_model = g_strdup (options->client_model);
  self->request_id = g_strdup (options->request_id);
  self->usage = JUMP_USAGE_COUNT_UNKNOWN;
  return self;
}

void
jump_lane_verbatim_free (JumpLaneVerbatim *self)
{
  g_clear_pointer (&self->headers, g_ptr_array_unref);
  g_clear_pointer (&self->parser, jump_sse_parser_free);
  g_clear_pointer (&self->stream, jump_chat_stream_free);
  if (self->collected != NULL)
    g_string_free (self->collected, TRUE);
  if (self->out != NULL)
    g_string_free (self->out, TRUE);
  g_free (self->client_model);
  g_free (self->request_id);
  g_free (self);
}

void
jump_lane_verbatim_head (JumpLaneVerbatim *self, JumpUpstreamCall *call, guint status)
{
  const char *type = jump_upstream_call_get_header (call, "content-type");
  gboolean is_events = type != NULL && g_ascii_strncasecmp (type, "text/event-stream", 17) == 0;

  self->status = status;
  if (status >= 400 || !is_events || !self->options.stream)
    {
      self->way = status >= 400 ? WAY_ERROR : WAY_COLLECT;
      self->collected = g_string_new (NULL);
      self->headers = new_headers ("application/json", self->request_id, call);
      return;
    }
  self->way = WAY_STREAM;
  self->headers = new_headers ("text/event-stream", self->request_id, call);
  add_header (self->headers, "Cache-Control", "no-cache");
  self->parser = jump_sse_parser_new (JUMP_LIMIT_SSE_EVENT, on_event, NULL, self);
  self->stream = jump_chat_stream_new (self->client_model,
                                       self->request_id,
                                       self->options.now,
                                       self->options.requested_n,
                                       self->options.show_usage);
  self->out = g_string_sized_new (FIRST_BUFFER);
  write_head (self, status, -1);
}

gboolean
jump_lane_verbatim_data (JumpLaneVerbatim *self, const char *data, gsize length, GError **out_error)
{
  switch (self->way)
    {
    case WAY_STREAM:
      if (self->step != JUMP_CHAT_STREAM_GO_ON)
        return TRUE; /* [DONE] was seen: nothing counts any more */
      if (!jump_sse_parser_push (self->parser, data, length, out_error))
        return TRUE;
      return write_out (self);

    case WAY_COLLECT:
    case WAY_ERROR:
      if (self->collected->len + length > JUMP_LIMIT_REPLY)
        {
          g_set_error (out_error,
                       JUMP_ERROR,
                       JUMP_ERROR_PROTOCOL,
                       "upstream's reply is larger than %d bytes",
                       JUMP_LIMIT_REPLY);
          return TRUE;
        }
      g_string_append_len (self->collected, data, (gssize) length);
      return TRUE;

    case WAY_NONE:
      break;
    }
  return TRUE;
}

static void
send_whole (JumpLaneVerbatim *self, guint status, GBytes *body)
{
  gsize length;
  const char *data = g_bytes_get_data (body, &length);

  self->bytes += length;
  write_head (self, status, (gssize) length);
  jump_reply_sink_write (self->sink, data, length);
  jump_reply_sink_end (self->sink);
}

/* Upstream's own words, for the record and the log; the client has its error event already. */
static GError *
new_stream_error (const JumpChatStream *stream)
{
  const char *words = jump_chat_stream_get_error (stream);
  g_autofree char *safe = jump_redact (words != NULL ? words : "no reason given");

  return g_error_new (JUMP_ERROR,
                      JUMP_ERROR_UPSTREAM,
                      "upstream reported an error inside the stream: %s",
                      safe);
}

static guint
end_stream (JumpLaneVerbatim *self, const GError *upstream_error, GError **out_error)
{
  g_autoptr (GError) problem = NULL;

  if (upstream_error != NULL)
    problem = g_error_copy (upstream_error);
  else if (self->step == JUMP_CHAT_STREAM_GO_ON)
    jump_sse_parser_finish (self->parser, &problem);

  if (self->step == JUMP_CHAT_STREAM_GO_ON)
    {
      gboolean is_complete = jump_chat_stream_end (self->stream, self->out);

      if (is_complete && problem == NULL)
        g_string_append (self->out, "data: [DONE]\n\n");
      else
        {
          if (problem == NULL)
            problem = g_error_new (JUMP_ERROR,
                                   JUMP_ERROR_UPSTREAM,
                                   "upstream ended the stream before the answer was complete");
          jump_openai_error_append_event (self->out, problem);
        }
    }
  else
    {
      g_clear_error (&problem); /* after [DONE] or an error nothing is missing */
      if (self->step == JUMP_CHAT_STREAM_ERROR)
        problem = new_stream_error (self->stream);
    }
  self->usage = *jump_chat_stream_get_usage (self->stream);
  write_out (self);
  jump_reply_sink_end (self->sink);
  if (problem != NULL)
    g_propagate_error (out_error, g_steal_pointer (&problem));
  return self->status;
}

static guint
end_collected (JumpLaneVerbatim *self, GError **out_error)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = g_string_free_to_bytes (g_steal_pointer (&self->collected));
  g_autoptr (GBytes) repaired = NULL;
  g_autoptr (GBytes) refusal = NULL;
  guint status;

  if (self->way == WAY_ERROR)
    {
      refusal = jump_openai_error_from_upstream (self->status, body);
      send_whole (self, self->status, refusal);
      return self->status;
    }
  repaired = jump_chat_reply_repair (body,
                                     self->client_model,
                                     self->request_id,
                                     self->options.now,
                                     self->options.requested_n,
                                     &self->usage,
                                     &error);
  if (repaired != NULL)
    {
      self->was_repaired = repaired != body;
      send_whole (self, self->status, repaired);
      return self->status;
    }
  status = jump_error_http_status (error);
  refusal = jump_openai_error_from_error (error);
  send_whole (self, status, refusal);
  g_propagate_error (out_error, g_steal_pointer (&error));
  return status;
}

guint
jump_lane_verbatim_end (JumpLaneVerbatim *self, const GError *upstream_error, GError **out_error)
{
  g_autoptr (GBytes) body = NULL;
  guint status;

  if (self->way == WAY_STREAM)
    return end_stream (self, upstream_error, out_error);
  if (upstream_error == NULL && self->way != WAY_NONE)
    return end_collected (self, out_error);
  if (self->way == WAY_ERROR)
    {
      /* The status and its headers say more than how the rest of the text was lost. */
      g_propagate_error (out_error, g_error_copy (upstream_error));
      return end_collected (self, NULL);
    }

  /* Nothing went out yet: the client gets a plain error. */
  status = jump_error_http_status (upstream_error);
  body = jump_openai_error_from_error (upstream_error);
  jump_lane_send_error (self->sink, status, body, 0, self->request_id);
  self->bytes += g_bytes_get_size (body);
  g_propagate_error (out_error, g_error_copy (upstream_error));
  return status;
}

/**
 * jump_lane_verbatim_get_usage:
 *
 * Returns: (transfer none): what upstream reported so far
 */
const JumpUsageCount *
jump_lane_verbatim_get_usage (const JumpLaneVerbatim *self)
{
  return self->stream != NULL ? jump_chat_stream_get_usage (self->stream) : &self->usage;
}

guint64
jump_lane_verbatim_get_bytes (const JumpLaneVerbatim *self)
{
  return self->bytes;
}

char *
jump_lane_verbatim_dup_changes (const JumpLaneVerbatim *self)
{
  if (self->stream != NULL)
    return g_strdup (jump_chat_stream_get_changes (self->stream));
  return g_strdup (self->was_repaired ? "reply-repaired" : "");
}

void
jump_lane_send_error (JumpReplySink *sink,
                      guint status,
                      GBytes *body,
                      guint retry_after,
                      const char *request_id)
{
  g_autoptr (GPtrArray) headers = new_headers ("application/json", request_id, NULL);
  gsize length;
  const char *data = g_bytes_get_data (body, &length);

  if (retry_after > 0)
    {
      g_autofree char *seconds = g_strdup_printf ("%u", retry_after);

      add_header (headers, "Retry-After", seconds);
    }
  g_ptr_array_add (headers, NULL);
  jump_reply_sink_head (sink, status, (const char *const *) headers->pdata, (gssize) length);
  jump_reply_sink_write (sink, data, length);
  jump_reply_sink_end (sink);
}
