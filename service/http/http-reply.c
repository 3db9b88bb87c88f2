/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/http-reply.h"

/* S-17: harmless for programs, useful should a browser ever show one of these. */
static void
send (JumpClientRequest *request,
      guint status,
      const char *content_type,
      GBytes *body,
      const char *allow)
{
  JumpReplySink *sink = request->sink;
  const char *headers[] = {
    "Content-Type",
    content_type,
    "X-Request-Id",
    request->id,
    "Cache-Control",
    "no-cache, no-store, must-revalidate",
    "X-Content-Type-Options",
    "nosniff",
    NULL,
    NULL,
    NULL,
    NULL,
    NULL,
  };
  const char **next = headers + G_N_ELEMENTS (headers) - 5;
  gsize length;
  const char *data = g_bytes_get_data (body, &length);

  if (request->dialect->id_header != NULL)
    {
      *next++ = request->dialect->id_header;
      *next++ = request->id;
    }
  if (allow != NULL)
    {
      *next++ = "Allow";
      *next++ = allow;
    }
  jump_reply_sink_head (sink, status, headers, (gssize) length);
  jump_reply_sink_write (sink, data, length);
  jump_reply_sink_end (sink);
}

/**
 * jump_http_reply_bytes:
 * @request: must not be touched afterwards, here and below
 * @status: HTTP
 * @content_type: of @body
 * @body: all of it
 */
void
jump_http_reply_bytes (JumpClientRequest *request,
                       guint status,
                       const char *content_type,
                       GBytes *body)
{
  send (request, status, content_type, body, NULL);
}

/**
 * jump_http_reply_text:
 * @text: all of the body
 */
void
jump_http_reply_text (JumpClientRequest *request, guint status, const char *text)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));

  send (request, status, "text/plain; charset=utf-8", body, NULL);
}

void
jump_http_reply_json (JumpClientRequest *request, guint status, JumpJsonWriter *writer)
{
  g_autoptr (GBytes) body = jump_json_writer_finish_bytes (writer);

  send (request, status, "application/json", body, NULL);
}

/**
 * jump_http_reply_error:
 * @error: of any domain; its status is that of jump_error_http_status()
 *
 * Written in the dialect of the route.
 */
void
jump_http_reply_error (JumpClientRequest *request, const GError *error)
{
  g_autoptr (JumpFailure) failure = jump_failure_new_from_error (error);
  g_autoptr (GBytes) body = request->dialect->write_failure (failure, request->id);

  send (request, failure->status, "application/json", body, NULL);
}

/**
 * jump_http_reply_refusal:
 * @status: HTTP
 * @code: a word for programs
 * @message: for people
 * @allow: (nullable): the Allow header of a 405
 *
 * Written in the dialect of the route.
 */
void
jump_http_reply_refusal (JumpClientRequest *request,
                         guint status,
                         const char *code,
                         const char *message,
                         const char *allow)
{
  g_autoptr (JumpFailure) failure =
      jump_failure_new (jump_failure_kind_from_status (status), status, code, message);
  g_autoptr (GBytes) body = request->dialect->write_failure (failure, request->id);

  send (request, status, "application/json", body, allow);
}
