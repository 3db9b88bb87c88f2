/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

/* Requests that are mended, expanded, embedded or compressed, as nobody would send them. */

#include "service/base/error.h"
#include "service/base/limits.h"
#include "service/dialects/anthropic-count.h"
#include "service/dialects/embeddings-reply.h"
#include "service/http/agent-headers.h"
#include "service/http/content-coding.h"
#include "service/relay/anthropic-beta.h"
#include "service/relay/model-traits-reader.h"
#include "service/relay/request-mend.h"
#include "service/relay/response-store.h"
#include "tests/fuzz/fuzz-corpus.h"
#include "tests/fuzz/fuzz-json.h"
#include "tests/support/clock-fake.h"

#include <string.h>

/* More tries than that nobody should wait for. */
#define MAX_MENDS 40

typedef struct
{
  FuzzCorpus requests;      /* (owned) */
  FuzzCorpus replies;       /* (owned) */
  JumpResponseStore *store; /* (owned) */
} Stage;

static gboolean
is_json (GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  return jump_json_validate (data, length, JUMP_LIMIT_JSON_DEPTH, NULL);
}

/* ---- mends ---- */

static const char *const reasons[] = {
  "Unsupported parameter: 'max_tokens' is not supported with this model. Use "
  "'max_completion_tokens' instead.",
  "max_tokens: 64001 > 64000, which is the maximum allowed",
  "Unsupported value: 'reasoning_effort' does not support 'xhigh'. Supported values are: 'low', "
  "'medium'.",
  "messages.1.content.0: Invalid `signature` in `thinking` block",
  "The encrypted content gAAA could not be verified.",
  "messages.3: `tool_use` ids were found without `tool_result` blocks immediately after: t1",
  "Invalid 'input[2].id': 'msg_1'. Expected an ID that begins with 'rs'.",
  "tools.0.custom.eager_input_streaming: Extra inputs are not permitted",
  "Unknown parameter: 'input[0].metadata.x'.",
  "`temperature` and `top_p` cannot both be specified for this model.",
  "Thinking may not be enabled when tool_choice forces tool use.",
  "unexpected value(s) `x-2025` for the `anthropic-beta` header",
  "The requested tool web_search is not supported",
  "output_config.format: Extra inputs are not permitted",
  "role 'system' is not supported",
  "Expected 'thinking' or 'redacted_thinking', but found 'text'",
  "Unrecognized request argument supplied: tools[999999999999999999].x",
  "messages[4294967296].content[-1]..: nothing",
};

static JumpFailure *
new_failure (FuzzRun *run)
{
  const char *reason = reasons[fuzz_roll (run, G_N_ELEMENTS (reasons))];
  g_autoptr (GString) text = g_string_new (reason);
  g_autofree char *valid = NULL;
  JumpFailure *failure;

  if (fuzz_once_in (run, 2))
    fuzz_bytes_change (run, text);
  valid = g_utf8_make_valid (text->str, -1);
  failure = jump_failure_new (JUMP_FAILURE_BAD_REQUEST,
                              400,
                              fuzz_once_in (run, 2) ? "invalid_request_body" : NULL,
                              *valid == '\0' ? "x" : valid);
  if (fuzz_once_in (run, 3))
    failure->param = g_strdup (fuzz_once_in (run, 2) ? "tools[0].x" : "messages.1.content");
  return failure;
}

static void
play_mends (FuzzRun *run, gpointer user_data)
{
  const Stage *stage = user_data;
  const FuzzSeed *seed = fuzz_corpus_pick (&stage->requests, run);
  const FuzzSeed *donor = fuzz_corpus_pick (&stage->requests, run);
  g_autoptr (GBytes) body = fuzz_json_mutate (run, seed->bytes, donor->bytes);
  g_autoptr (GPtrArray) done = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (JumpFailure) failure = new_failure (run);
  JumpRequestFacts facts;

  fuzz_run_show (run, seed->path, body);
  if (seed->dialect->upstream_path == NULL ||
      !seed->dialect->scan (&facts, g_bytes_get_data (body, NULL), g_bytes_get_size (body), NULL))
    return;
  for (;;)
    {
      char *name = NULL;
      GBytes *mended = jump_request_mend (seed->dialect, failure, body, done, &name);

      if (mended == NULL)
        return;
      fuzz_run_show (run, name, mended);
      g_bytes_unref (body);
      body = mended;
      if (name == NULL || !is_json (body))
        {
          fuzz_run_complain (run, "%s: mend %s: no name or no JSON", seed->dialect->name, name);
          g_free (name);
          return;
        }
      g_ptr_array_add (done, name);
      if (done->len > MAX_MENDS)
        {
          fuzz_run_complain (run, "%s: mend %s has no end", seed->dialect->name, name);
          return;
        }
    }
}

/* ---- the store ---- */

static void
expand (FuzzRun *run, const Stage *stage, GBytes *body)
{
  const JumpDialect *responses = &jump_dialect_responses;
  g_auto (JumpChanges) changes = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) expanded = NULL;
  JumpRequestFacts facts;

  if (!responses->scan (&facts, g_bytes_get_data (body, NULL), g_bytes_get_size (body), NULL))
    return;
  expanded = jump_response_store_expand (stage->store, NULL, body, &facts, &changes, &error);
  if (expanded == NULL)
    {
      if (error == NULL || error->domain != JUMP_ERROR || error->code != JUMP_ERROR_BAD_REQUEST)
        fuzz_run_complain (run, "expand fails: %s", error == NULL ? "-" : error->message);
      return;
    }
  fuzz_run_show (run, "expanded", expanded);
  if (!is_json (expanded))
    fuzz_run_complain (run, "expanded is no JSON");
}

static void
play_store (FuzzRun *run, gpointer user_data)
{
  static const char *const ids[] = { "a", "b", "c", "d" };
  const Stage *stage = user_data;
  const JumpDialect *responses = &jump_dialect_responses;
  const FuzzSeed *request = fuzz_corpus_pick_of (&stage->requests, run, responses);
  const FuzzSeed *reply = fuzz_corpus_pick_of (&stage->replies, run, responses);
  const char *previous = ids[fuzz_roll (run, G_N_ELEMENTS (ids))];
  g_autofree char *link = g_strdup_printf ("{\"previous_response_id\":\"%s\",", previous);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GBytes) asked = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GBytes) answered = fuzz_json_mutate (run, reply->bytes, request->bytes);
  JumpRequestFacts facts;

  g_string_append_len (text,
                       g_bytes_get_data (request->bytes, NULL),
                       (gssize) g_bytes_get_size (request->bytes));
  if (fuzz_once_in (run, 2))
    g_string_replace (text, "{", link, 1);
  asked = g_bytes_new (text->str, text->len);
  body = fuzz_json_mutate (run, asked, reply->bytes);
  fuzz_run_show (run, request->path, body);
  expand (run, stage, body);
  if (is_json (answered) &&
      responses->scan (&facts, g_bytes_get_data (body, NULL), g_bytes_get_size (body), NULL))
    jump_response_store_add (stage->store,
                             NULL,
                             ids[fuzz_roll (run, G_N_ELEMENTS (ids))],
                             NULL,
                             body,
                             answered);
  if (fuzz_once_in (run, 30))
    jump_response_store_delete (stage->store, NULL, previous);
}

/* ---- embeddings ---- */

static const char *const inputs[] = {
  "{\"model\":\"m\",\"input\":[\"a\",\"b\",\"c\"],\"encoding_format\":\"base64\",\"dimensions\":3}",
  "{\"model\":\"m\",\"input\":\"a\",\"user\":\"u\"}",
  "{\"model\":\"m\",\"prompt\":\"a\",\"options\":{\"x\":1},\"keep_alive\":\"5m\"}",
};
static const char vectors[] =
    "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":1,\"embedding\":[0.5,-1e-3]},"
    "{\"object\":\"embedding\",\"index\":0,\"embedding\":[1,2]}],\"model\":\"m\","
    "\"usage\":{\"prompt_tokens\":3,\"total_tokens\":3}}";

static void
answer_embeddings (FuzzRun *run, const JumpEmbeddingsRequest *request)
{
  g_autoptr (GBytes) seed = g_bytes_new_static (vectors, strlen (vectors));
  g_autoptr (GBytes) body = fuzz_json_mutate (run, seed, NULL);
  g_auto (JumpEmbeddingsReply) reply = { NULL };
  JumpReplyOptions options = { .client_model = "m", .used_model = "m", .request_id = "r" };
  g_autoptr (GBytes) written = NULL;

  fuzz_run_show (run, "vectors", body);
  jump_embeddings_reply_init (&reply, 2);
  if (!jump_embeddings_reply_add (&reply, body, 0, 2, NULL))
    return;
  written = jump_embeddings_reply_write (&reply, request, &options);
  fuzz_run_show (run, "written", written);
  if (!is_json (written))
    fuzz_run_complain (run, "embeddings: reply is no JSON");
}

static void
play_embeddings (FuzzRun *run, gpointer user_data G_GNUC_UNUSED)
{
  const char *text = inputs[fuzz_roll (run, G_N_ELEMENTS (inputs))];
  g_autoptr (GBytes) seed = g_bytes_new_static (text, strlen (text));
  g_autoptr (GBytes) body = fuzz_json_mutate (run, seed, NULL);
  JumpEmbeddingsForm form = fuzz_roll (run, 3);
  g_auto (JumpEmbeddingsRequest) request = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) written = NULL;
  gsize length;
  const char *data = g_bytes_get_data (body, &length);

  fuzz_run_show (run, "embeddings", body);
  if (!jump_embeddings_request_read (&request, form, data, length, &error))
    {
      if (error == NULL || error->code != JUMP_ERROR_BAD_REQUEST)
        fuzz_run_complain (run, "embeddings: %s", error == NULL ? "-" : error->message);
      return;
    }
  written = jump_embeddings_request_write (&request, "model", 0, request.inputs->len);
  if (!is_json (written))
    fuzz_run_complain (run, "embeddings: request is no JSON");
  if (request.inputs->len > 0)
    answer_embeddings (run, &request);
}

/* ---- headers and codings ---- */

static void
play_headers (FuzzRun *run, gpointer user_data)
{
  static const char *const names[] = { "x-openai-subagent",   "x-codex-turn-metadata",
                                       "x-claude-agent",      "x-interaction-type",
                                       "x-parent-session-id", "anthropic-beta" };
  const Stage *stage = user_data;
  const FuzzSeed *seed = fuzz_corpus_pick_of (&stage->requests, run, &jump_dialect_messages);
  g_autoptr (GString) text = g_string_new (
      "interleaved-thinking-2025-05-14,context-1m-2025-08-07, oauth-2025-04-20,,{\"a\":[1]}");
  g_autoptr (SoupMessageHeaders) headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);
  g_autoptr (GBytes) body = fuzz_json_mutate (run, seed->bytes, NULL);
  g_autoptr (GBytes) count = NULL;
  g_auto (JumpChanges) changes = { NULL };
  g_autofree char *beta = NULL;
  JumpModelTraits traits;

  fuzz_bytes_change (run, text);
  g_strdelimit (text->str, "\r\n", ' '); /* no header comes with them */
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    soup_message_headers_append (headers, names[i], text->str);
  jump_agent_headers_read (headers);
  if (!is_json (body))
    return;
  jump_model_traits_read (&traits, "claude-sonnet-4.6", NULL);
  beta = jump_anthropic_beta_filter (text->str, &traits, body, &changes);
  if (beta != NULL && strpbrk (beta, "\r\n") != NULL)
    fuzz_run_complain (run, "header of two lines");
  if (strpbrk (jump_changes_get (&changes), "\r\n") != NULL)
    fuzz_run_complain (run, "change of two lines");
  if (jump_json_span_kind (jump_json_span_trim (g_bytes_get_data (body, NULL),
                                                g_bytes_get_size (body))) != JUMP_JSON_OBJECT)
    return;
  count = jump_anthropic_count_body (body);
  if (!is_json (count))
    fuzz_run_complain (run, "body to count is no JSON");
}

static void
play_codings (FuzzRun *run, gpointer user_data)
{
  static const char *const codings[] = { "gzip", "deflate", "zstd", "br", "gzip, zstd", "x" };
  const Stage *stage = user_data;
  const FuzzSeed *seed = fuzz_corpus_pick (&stage->requests, run);
  const char *coding = codings[fuzz_roll (run, G_N_ELEMENTS (codings))];
  g_autoptr (GConverter) compressor = G_CONVERTER (g_zlib_compressor_new (
      fuzz_once_in (run, 2) ? G_ZLIB_COMPRESSOR_FORMAT_GZIP : G_ZLIB_COMPRESSOR_FORMAT_ZLIB,
      6));
  g_autofree char *packed = g_malloc (65536);
  g_autoptr (GString) text = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GBytes) decoded = NULL;
  g_autoptr (GError) error = NULL;
  gsize n_read = 0, n_written = 0;

  g_converter_convert (compressor,
                       g_bytes_get_data (seed->bytes, NULL),
                       MIN (g_bytes_get_size (seed->bytes), 30000),
                       packed,
                       65536,
                       G_CONVERTER_INPUT_AT_END,
                       &n_read,
                       &n_written,
                       NULL);
  text = g_string_new_len (packed, (gssize) n_written);
  fuzz_bytes_change (run, text);
  body = g_bytes_new (text->str, text->len);
  if (!jump_content_coding_is_known (coding))
    return;
  decoded = jump_content_coding_decode (coding, body, 20000, &error);
  if ((decoded == NULL) != (error != NULL))
    fuzz_run_complain (run, "%s: neither bytes nor error", coding);
  if (decoded != NULL && g_bytes_get_size (decoded) > 20000)
    fuzz_run_complain (run, "%s: limit is ignored", coding);
}

typedef struct
{
  const char *path;
  FuzzRoundFunc play;
  guint n_rounds;
} Row;

static const Row rows[] = {
  { "/fuzz/mends", play_mends, 6000 },
  { "/fuzz/store", play_store, 6000 },
  { "/fuzz/embeddings", play_embeddings, 20000 },
  { "/fuzz/headers", play_headers, 4000 },
  { "/fuzz/codings", play_codings, 3000 },
};

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (JumpClock) clock = jump_clock_fake_new ();
  Stage stage;

  fuzz_corpus_init (&stage.requests, "request.json");
  fuzz_corpus_init (&stage.replies, "reply.json");
  stage.store = jump_response_store_new (clock, 3, 3600, 100000);
  fuzz_run (row->n_rounds, row->play, &stage);
  jump_response_store_free (stage.store);
  fuzz_corpus_clear (&stage.requests);
  fuzz_corpus_clear (&stage.replies);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_test_add_data_func (rows[i].path, &rows[i], test_row);
  return g_test_run ();
}
