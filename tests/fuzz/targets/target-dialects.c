/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

/* Requests, replies and streams: what tests/fuzz checks of them, whatever they say. The first byte chooses among
 * models, clients and options; the rest is the text. */

#include "service/base/error.h"
#include "service/base/json-scan.h"
#include "service/dialects/embeddings-reply.h"
#include "service/dialects/embeddings-request.h"
#include "tests/fuzz/fuzz-check-reply.h"
#include "tests/fuzz/fuzz-check-request.h"
#include "tests/fuzz/fuzz-check-stream.h"
#include "tests/fuzz/targets/fuzz-target.h"

#include <string.h>

typedef struct
{
  const JumpDialect *dialect;
  GBytes *bytes;
  guint choice;
} Case;

/* Returns: (transfer full) (nullable): what is behind the first byte */
static GBytes *
split (const guint8 *data, gsize length, guint *out_choice)
{
  if (length == 0)
    return NULL;
  *out_choice = data[0];
  return g_bytes_new (data + 1, length - 1);
}

/* ---- requests ---- */

static void
play_request (FuzzRun *run, gpointer user_data)
{
  static FuzzModel models[FUZZ_N_MODELS]; /* made once: it takes longer than most inputs */
  const Case *self = user_data;

  if (models[0].id == NULL)
    fuzz_models_init (models);
  fuzz_check_request (run, self->dialect, self->bytes, &models[self->choice % FUZZ_N_MODELS]);
}

static void
fuzz_request (const JumpDialect *dialect, const guint8 *data, gsize length)
{
  Case self = { .dialect = dialect };
  g_autoptr (GBytes) bytes = split (data, length, &self.choice);

  self.bytes = bytes;
  if (bytes != NULL)
    fuzz_run_once (bytes, play_request, &self);
}

void
fuzz_target_chat_request (const guint8 *data, gsize length)
{
  gboolean is_old = length > 0 && data[0] >= 0x80;

  fuzz_request (is_old ? &jump_dialect_completions : &jump_dialect_chat, data, length);
}

void
fuzz_target_responses_request (const guint8 *data, gsize length)
{
  fuzz_request (&jump_dialect_responses, data, length);
}

void
fuzz_target_messages_request (const guint8 *data, gsize length)
{
  fuzz_request (&jump_dialect_messages, data, length);
}

static void
check_embeddings (JumpEmbeddingsForm form, GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = NULL;
  JumpEmbeddingsRequest request;
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  if (!jump_embeddings_request_read (&request, form, data, length, &error))
    {
      g_assert_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST);
      return;
    }
  g_assert_no_error (error);
  body = jump_embeddings_request_write (&request, "a-model", 0, request.inputs->len);
  data = g_bytes_get_data (body, &length);
  g_assert_true (jump_json_validate (data, length, 100, NULL));
  jump_embeddings_request_clear (&request);
}

void
fuzz_target_ollama_request (const guint8 *data, gsize length)
{
  guint choice = 0;
  g_autoptr (GBytes) bytes = split (data, length, &choice);

  if (bytes == NULL)
    return;
  if (choice >= 0xc0)
    check_embeddings ((JumpEmbeddingsForm) (choice % 3), bytes);
  else
    fuzz_request (choice >= 0x80 ? &jump_dialect_ollama_generate : &jump_dialect_ollama_chat,
                  data,
                  length);
}

/* ---- replies ---- */

static const JumpDialect *
upstream_of (guint choice)
{
  static const JumpDialect *const upstreams[] = {
    &jump_dialect_chat,
    &jump_dialect_responses,
    &jump_dialect_messages,
  };

  return upstreams[choice % G_N_ELEMENTS (upstreams)];
}

static JumpReplyOptions
make_options (guint choice)
{
  return (JumpReplyOptions){
    .client_model = "client-model",
    .used_model = "used-model",
    .request_id = "req_fuzz",
    .now = 1767225600,
    .requested_n = 1 + (choice >> 4 & 1),
    .show_usage = choice >> 5 & 1,
    .wants_thinking = choice >> 6 & 1,
    .estimated_input = choice >> 7 & 1 ? -1 : 10,
  };
}

static void
check_vectors (guint choice, GBytes *body)
{
  static const char text[] = "{\"model\":\"m\",\"input\":[\"a\",\"b\"]}";
  JumpReplyOptions options = make_options (choice);
  g_auto (JumpEmbeddingsRequest) request;
  g_auto (JumpEmbeddingsReply) reply;
  g_autoptr (GBytes) written = NULL;
  gsize length;
  const char *data;

  g_assert_true (jump_embeddings_request_read (&request,
                                               (JumpEmbeddingsForm) ((choice >> 6) % 2),
                                               text,
                                               strlen (text),
                                               NULL));
  request.wants_base64 = choice >> 5 & 1;
  jump_embeddings_reply_init (&reply, request.inputs->len);
  if (!jump_embeddings_reply_add (&reply, body, 0, request.inputs->len, NULL))
    return;
  written = jump_embeddings_reply_write (&reply, &request, &options);
  data = g_bytes_get_data (written, &length);
  g_assert_true (jump_json_validate (data, length, 200, NULL));
}

static void
play_reply (FuzzRun *run, gpointer user_data)
{
  static const guint statuses[] = { 200, 400, 401, 402, 403, 422, 429, 529 };
  const Case *self = user_data;
  JumpReplyOptions options = make_options (self->choice);

  if ((self->choice & 0x0f) == 7)
    check_vectors (self->choice, self->bytes);
  else if ((self->choice & 0x0f) >= 8)
    fuzz_check_refusal (run, statuses[self->choice >> 5], self->bytes);
  else
    fuzz_check_reply (run, upstream_of (self->choice & 0x0f), self->bytes, &options);
}

void
fuzz_target_reply (const guint8 *data, gsize length)
{
  Case self = { 0 };
  g_autoptr (GBytes) bytes = split (data, length, &self.choice);

  self.bytes = bytes;
  if (bytes != NULL)
    fuzz_run_once (bytes, play_reply, &self);
}

/* ---- streams ---- */

static void
play_stream (FuzzRun *run, gpointer user_data)
{
  const Case *self = user_data;
  g_autoptr (GError) problem = g_error_new_literal (JUMP_ERROR, JUMP_ERROR_UPSTREAM, "cut off");
  JumpReplyOptions options = make_options (self->choice);
  guint id = self->choice & 0x07;

  options.stream = TRUE;
  fuzz_check_stream_for (run,
                         self->dialect,
                         id < JUMP_N_DIALECTS ? jump_dialect_get (id) : NULL,
                         self->bytes,
                         &options,
                         self->choice >> 3 & 1 ? problem : NULL);
}

static void
fuzz_stream (const JumpDialect *upstream, const guint8 *data, gsize length)
{
  Case self = { .dialect = upstream };
  g_autoptr (GBytes) bytes = split (data, length, &self.choice);

  self.bytes = bytes;
  if (bytes != NULL)
    fuzz_run_once (bytes, play_stream, &self);
}

void
fuzz_target_chat_stream (const guint8 *data, gsize length)
{
  fuzz_stream (&jump_dialect_chat, data, length);
}

void
fuzz_target_responses_stream (const guint8 *data, gsize length)
{
  fuzz_stream (&jump_dialect_responses, data, length);
}

void
fuzz_target_messages_stream (const guint8 *data, gsize length)
{
  fuzz_stream (&jump_dialect_messages, data, length);
}
