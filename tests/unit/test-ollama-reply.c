/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/dialect.h"

#include <string.h>

#define HEAD "{\"model\":\"m\",\"created_at\":\"2026-01-01T00:00:00.000000000Z\","
#define TAIL(counts) \
  "\"total_duration\":1000,\"load_duration\":0," counts "\"prompt_eval_duration\":1000,"

static JumpPart *
add (JumpReply *reply, JumpPartKind kind, const char *text)
{
  JumpPart *part = jump_reply_add (reply, jump_part_new (kind));

  part->text = g_strdup (text);
  return part;
}

static JumpReply *
new_reply (void)
{
  JumpReply *reply = jump_reply_new ();
  JumpPart *call;

  add (reply, JUMP_PART_REASONING, "hm");
  add (reply, JUMP_PART_TEXT, "a\n");
  add (reply, JUMP_PART_TEXT, "\"b\"");
  call = add (reply, JUMP_PART_TOOL_CALL, NULL);
  call->call_id = g_strdup ("c1");
  call->name = g_strdup ("f");
  call->arguments = g_strdup ("{\"x\":1}");
  call = add (reply, JUMP_PART_TOOL_CALL, NULL);
  call->call_id = g_strdup ("c2");
  call->name = g_strdup ("g");
  reply->stop_reason = JUMP_STOP_TOOLS;
  reply->usage.input_tokens = 5;
  reply->usage.output_tokens = 6;
  return reply;
}

static void
assert_reply (const JumpDialect *dialect,
              const JumpReply *reply,
              gboolean wants_thinking,
              const char *expected)
{
  JumpReplyOptions options = {
    .client_model = "m",
    .now = 1767225600,
    .wants_thinking = wants_thinking,
  };
  g_autoptr (GBytes) body = dialect->write_reply (reply, &options);
  g_autofree char *text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));

  g_assert_cmpstr (text, ==, expected);
}

static void
test_chat (void)
{
  g_autoptr (JumpReply) reply = new_reply ();

  assert_reply (&jump_dialect_ollama_chat,
                reply,
                TRUE,
                HEAD "\"message\":{\"role\":\"assistant\",\"content\":\"a\\n\\\"b\\\"\","
                     "\"thinking\":\"hm\",\"tool_calls\":["
                     "{\"id\":\"c1\",\"function\":{\"index\":0,\"name\":\"f\","
                     "\"arguments\":{\"x\":1}}},"
                     "{\"id\":\"c2\",\"function\":{\"index\":1,\"name\":\"g\",\"arguments\":{}}}]},"
                     "\"done\":true,\"done_reason\":\"stop\"," TAIL (
                         "\"prompt_eval_count\":5,") "\"eval_count\":6,\"eval_duration\":1000}");
}

static void
test_refusal (void)
{
  g_autoptr (JumpReply) reply = jump_reply_new ();

  add (reply, JUMP_PART_REASONING, "hm");
  add (reply, JUMP_PART_REFUSAL, "no");
  reply->stop_reason = JUMP_STOP_REFUSAL;
  assert_reply (&jump_dialect_ollama_chat,
                reply,
                FALSE,
                HEAD
                "\"message\":{\"role\":\"assistant\",\"content\":\"no\"},"
                "\"done\":true,\"done_reason\":\"refusal\"," TAIL ("") "\"eval_duration\":1000}");
}

static void
test_generate (void)
{
  g_autoptr (JumpReply) reply = jump_reply_new ();

  add (reply, JUMP_PART_REASONING, "hm");
  add (reply, JUMP_PART_TEXT, "a");
  reply->stop_reason = JUMP_STOP_END;
  assert_reply (&jump_dialect_ollama_generate,
                reply,
                TRUE,
                HEAD "\"response\":\"a\",\"thinking\":\"hm\","
                     "\"done\":true,\"done_reason\":\"stop\"," TAIL ("") "\"eval_duration\":1000}");
}

static void
test_failure (void)
{
  g_autoptr (JumpFailure) failure =
      jump_failure_new (JUMP_FAILURE_UNKNOWN_MODEL, 404, "model_not_found", "model 'x' not found");
  g_autoptr (GBytes) body = jump_dialect_ollama_chat.write_failure (failure, "req_1");
  static const char expected[] = "{\"error\":\"model 'x' not found\"}";

  g_assert_cmpmem (g_bytes_get_data (body, NULL),
                   g_bytes_get_size (body),
                   expected,
                   strlen (expected));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ollama-reply/chat", test_chat);
  g_test_add_func ("/ollama-reply/refusal", test_refusal);
  g_test_add_func ("/ollama-reply/generate", test_generate);
  g_test_add_func ("/ollama-reply/failure", test_failure);
  return g_test_run ();
}
