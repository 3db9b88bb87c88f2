/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/dialects/dialect.h"
#include "service/dialects/translate-pipe.h"

#include <string.h>

static const JumpReplyOptions options = { .client_model = "mine",
                                          .request_id = "r",
                                          .now = 5,
                                          .requested_n = 1,
                                          .show_usage = TRUE };

static gboolean
scan (JumpRequestFacts *facts, const char *text, GError **error)
{
  g_test_message ("%s", text);
  return jump_dialect_completions.scan (facts, text, strlen (text), error);
}

static void
test_facts (void)
{
  static const char text[] = " {\"model\":\"m\",\"prompt\":[\"Once\"],\"stream\":true,\"n\":2,"
                             "\"stream_options\":{\"include_usage\":true},\"user\":\"u\"}";
  JumpRequestFacts facts;
  g_autoptr (GError) error = NULL;

  g_assert_true (scan (&facts, text, &error));
  g_assert_true (jump_json_span_equals (facts.model, "m"));
  g_assert_true (jump_json_span_equals (facts.model_key, "model"));
  g_assert_true (jump_json_span_equals (facts.session, "u"));
  g_assert_true (facts.object.start == text + 1);
  g_assert_true (facts.stream);
  g_assert_true (facts.include_usage);
  g_assert_false (facts.from_agent);
  g_assert_cmpuint (facts.n, ==, 2);
  g_assert_cmpuint (facts.n_messages, ==, 1);
  g_assert_cmpuint (facts.text_bytes, ==, 4);
}

static void
test_refusals (void)
{
  static const struct
  {
    const char *request;
    const char *error;
  } rows[] = {
    { "{}", "prompt: expected string" },
    { "[]", "body: expected object" },
    { "{\"prompt\":null}", "prompt: expected string" },
    { "{\"prompt\":[]}", "prompt: expected string" },
    { "{\"prompt\":[1,2]}", "prompt: expected text, not numbers of tokens" },
    { "{\"prompt\":[[1]]}", "prompt: expected text, not numbers of tokens" },
    { "{\"prompt\":[\"a\",\"b\"]}", "prompt: expected one text, not several" },
    { "{\"prompt\":\"a\",\"model\":5}", "model: expected string" },
    { "{\"prompt\":\"a\",\"stream\":\"yes\"}", "stream: expected boolean" },
    { "{\"prompt\":\"a\",\"stream_options\":1}", "stream_options: expected object" },
    { "{\"prompt\":\"a\",\"n\":0}", "n: expected integer of at least 1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      JumpRequestFacts facts;
      g_autoptr (GError) error = NULL;

      g_assert_false (scan (&facts, rows[i].request, &error));
      g_assert_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST);
      g_assert_cmpstr (error->message, ==, rows[i].error);
    }
}

static void
test_prompt (void)
{
  static const char text[] =
      "{\"model\":\"m\",\"prompt\":\"Once\\n\",\"max_tokens\":5,\"temperature\":0.5,\"best_of\":1,"
      "\"echo\":true,\"suffix\":\"end\",\"logprobs\":3,\"stop\":\"x\"}";
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpPrompt) prompt =
      jump_dialect_completions.read_prompt (text, strlen (text), &error);
  const JumpMessage *message;
  g_autofree char *dropped = NULL;

  g_assert_no_error (error);
  message = g_ptr_array_index (prompt->messages, 0);
  g_assert_cmpint (message->role, ==, JUMP_ROLE_USER);
  g_assert_cmpstr (((JumpPart *) message->parts->pdata[0])->text, ==, "Once\n");
  g_assert_cmpint (prompt->max_tokens, ==, 5);
  g_assert_cmpuint (prompt->stop->len, ==, 1);
  g_ptr_array_add (prompt->dropped, NULL);
  dropped = g_strjoinv (",", (GStrv) prompt->dropped->pdata);
  g_assert_cmpstr (dropped, ==, "echo,suffix,logprobs");
}

#define HEAD                                                         \
  "{\"id\":\"cmpl-r\",\"object\":\"text_completion\",\"created\":5," \
  "\"model\":\"mine\",\"choices\":["
#define USAGE "\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2,\"total_tokens\":5}}"

static void
test_reply (void)
{
  static const char upstream[] =
      "{\"choices\":[{\"message\":{\"content\":\" upon\",\"reasoning_text\":\"hm\"},"
      "\"finish_reason\":\"length\"}],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2}}";
  static const char expected[] = HEAD
      "{\"text\":\" upon\",\"index\":0,\"logprobs\":null,\"finish_reason\":\"length\"}]," USAGE;
  g_autoptr (JumpReply) reply = jump_dialect_chat.read_reply (upstream, strlen (upstream), NULL);
  g_autoptr (GBytes) body = jump_dialect_completions.write_reply (reply, &options);

  g_assert_cmpmem (g_bytes_get_data (body, NULL),
                   g_bytes_get_size (body),
                   expected,
                   strlen (expected));
}

static void
push (JumpReplyPipe *pipe, const char *data, GString *out)
{
  JumpSseEvent event = { NULL, 0, data, strlen (data) };

  jump_reply_pipe_event (pipe, &event, out);
}

static void
test_stream (void)
{
  g_autoptr (JumpReplyPipe) pipe =
      jump_translate_pipe_new (&jump_dialect_chat, &jump_dialect_completions, &options);
  g_autoptr (GString) out = g_string_new (NULL);

  push (pipe, "{\"choices\":[{\"delta\":{\"reasoning_text\":\"hm\"}}]}", out);
  push (pipe, "{\"choices\":[{\"delta\":{\"content\":\" upon\"}}]}", out);
  push (pipe,
        "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}],"
        "\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2}}",
        out);
  push (pipe, "[DONE]", out);
  g_assert_cmpstr (out->str,
                   ==,
                   "data: " HEAD "{\"text\":\" upon\",\"index\":0,\"logprobs\":null,"
                   "\"finish_reason\":null}]}\n\n"
                   "data: " HEAD "{\"text\":\"\",\"index\":0,\"logprobs\":null,"
                   "\"finish_reason\":\"stop\"}]}\n\n"
                   "data: " HEAD "]," USAGE "\n\n"
                   "data: [DONE]\n\n");
}

static void
test_failure (void)
{
  g_autoptr (JumpReplyPipe) pipe =
      jump_translate_pipe_new (&jump_dialect_chat, &jump_dialect_completions, &options);
  g_autoptr (GString) out = g_string_new (NULL);

  push (pipe, "{\"error\":{\"code\":429,\"message\":\"slow\"}}", out);
  g_assert_cmpstr (out->str,
                   ==,
                   "data: {\"error\":{\"message\":\"slow\",\"type\":\"rate_limit_error\","
                   "\"param\":null,\"code\":\"rate_limit_exceeded\"}}\n\n");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/openai-completions/facts", test_facts);
  g_test_add_func ("/openai-completions/refusals", test_refusals);
  g_test_add_func ("/openai-completions/prompt", test_prompt);
  g_test_add_func ("/openai-completions/reply", test_reply);
  g_test_add_func ("/openai-completions/stream", test_stream);
  g_test_add_func ("/openai-completions/failure", test_failure);
  return g_test_run ();
}
