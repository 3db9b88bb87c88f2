/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/dialects/dialect.h"

#include <string.h>

#define TWENTY "                    "

static JumpReplyPipe *
new_pipe (JumpReasoningField field)
{
  JumpReplyOptions options = { .client_model = "m",
                               .request_id = "r",
                               .now = 5,
                               .requested_n = 1,
                               .reasoning_field = field };

  return jump_dialect_chat.new_repair (&options);
}

static JumpPipeStep
push (JumpReplyPipe *pipe, const char *data, GString *out)
{
  JumpSseEvent event = { NULL, 0, data, strlen (data) };

  return jump_reply_pipe_event (pipe, &event, out);
}

#define THOUGHT "{\"choices\":[{\"delta\":{\"reasoning_text\":\"hm\"}}]}"

static void
test_reasoning_field (void)
{
  static const struct
  {
    JumpReasoningField field;
    const char *has;
    gboolean is_renamed;
  } rows[] = {
    { JUMP_REASONING_FIELD_CONTENT, "\"reasoning_content\":\"hm\"", TRUE },
    { JUMP_REASONING_FIELD_TEXT, "\"reasoning_text\":\"hm\"", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (JumpReplyPipe) pipe = new_pipe (rows[i].field);
      g_autoptr (GString) out = g_string_new (NULL);

      g_assert_cmpint (push (pipe, THOUGHT, out), ==, JUMP_PIPE_GO_ON);
      g_assert_true (pipe->has_output);
      g_assert_nonnull (strstr (out->str, rows[i].has));
      g_assert_cmpint (push (pipe, "[DONE]", out), ==, JUMP_PIPE_DONE);
      g_assert_cmpint (strstr (jump_changes_get (&pipe->changes), "reasoning-renamed") != NULL,
                       ==,
                       rows[i].is_renamed);
    }
}

static void
test_whole (void)
{
  static const char reply[] =
      "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":5,\"model\":\"m\",\"choices\":"
      "[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"7\",\"reasoning_text\":"
      "\"hm\",\"reasoning_opaque\":\"s=\"},\"finish_reason\":\"stop\"}],"
      "\"usage\":{\"prompt_tokens\":3}}";
  g_autoptr (GBytes) body = g_bytes_new_static (reply, strlen (reply));
  g_autoptr (JumpReplyPipe) same = new_pipe (JUMP_REASONING_FIELD_TEXT);
  g_autoptr (JumpReplyPipe) renamed = new_pipe (JUMP_REASONING_FIELD_CONTENT);
  g_autoptr (GBytes) untouched = jump_reply_pipe_whole (same, body, NULL);
  g_autoptr (GBytes) changed = jump_reply_pipe_whole (renamed, body, NULL);
  g_autofree char *text = NULL;

  g_assert_true (untouched == body);
  g_assert_cmpint (same->usage.input_tokens, ==, 3);
  g_assert_cmpstr (jump_changes_get (&same->changes), ==, "");
  text = g_strndup (g_bytes_get_data (changed, NULL), g_bytes_get_size (changed));
  g_assert_nonnull (strstr (text, "\"reasoning_content\":\"hm\",\"reasoning_opaque\":\"s=\""));
  g_assert_null (strstr (text, "reasoning_text"));
  g_assert_cmpstr (jump_changes_get (&renamed->changes), ==, "reply-repaired,reasoning-renamed");
}

static void
test_whole_error (void)
{
  static const char reply[] = "{\"error\":{\"message\":\"odd\",\"code\":429}}";
  g_autoptr (GBytes) body = g_bytes_new_static (reply, strlen (reply));
  g_autoptr (JumpReplyPipe) pipe = new_pipe (JUMP_REASONING_FIELD_TEXT);
  g_autoptr (GError) error = NULL;

  g_assert_null (jump_reply_pipe_whole (pipe, body, &error));
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_UPSTREAM);
  g_assert_cmpstr (error->message, ==, "odd");
}

/* The client's stream ends with the error, not with [DONE], and the relay learns why it broke off. */
static void
test_failures (void)
{
  static const struct
  {
    const char *events[3];
    JumpFailureKind kind;
    const char *message;
  } rows[] = {
    { { "{\"choices\":null,\"error\":{\"code\":429,\"message\":\"slow\"}}" },
      JUMP_FAILURE_RATE_LIMIT,
      "slow" },
    { { "<html>" }, JUMP_FAILURE_SERVER, "upstream sent a chunk that is no JSON object" },
    { { "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"id\":\"c\",\"function\":{\"name\":\"f\","
        "\"arguments\":\"{" TWENTY "\"}}]}}]}",
        "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":"
        "\"\\n\\n\"}}]}}]}" },
      JUMP_FAILURE_SERVER,
      "upstream lost itself in the whitespace of a tool call" },
    { { "{\"choices\":[{\"delta\":{\"content\":\"a\"}}]}" },
      JUMP_FAILURE_SERVER,
      "upstream ended the stream before the answer was complete" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (JumpReplyPipe) pipe = new_pipe (JUMP_REASONING_FIELD_TEXT);
      g_autoptr (GString) out = g_string_new (NULL);
      JumpPipeStep step = JUMP_PIPE_GO_ON;

      for (guint j = 0; step == JUMP_PIPE_GO_ON && rows[i].events[j] != NULL; j++)
        step = push (pipe, rows[i].events[j], out);
      if (step == JUMP_PIPE_GO_ON)
        step = jump_reply_pipe_finish (pipe, NULL, out);
      g_test_message ("%s", out->str);
      g_assert_cmpint (step, ==, JUMP_PIPE_ERROR);
      g_assert_cmpint (pipe->failure->kind, ==, rows[i].kind);
      g_assert_cmpstr (pipe->failure->message, ==, rows[i].message);
      g_assert_nonnull (strstr (out->str, "data: {\"error\":{"));
      g_assert_null (strstr (out->str, "[DONE]"));
      g_assert_true (g_str_has_suffix (out->str, "}}\n\n"));
    }
}

static void
test_finish (void)
{
  g_autoptr (JumpReplyPipe) pipe = new_pipe (JUMP_REASONING_FIELD_TEXT);
  g_autoptr (JumpReplyPipe) empty = new_pipe (JUMP_REASONING_FIELD_TEXT);
  g_autoptr (GError) problem = g_error_new (JUMP_ERROR, JUMP_ERROR_TIMEOUT, "too slow");
  g_autoptr (GString) out = g_string_new (NULL);

  push (pipe,
        "{\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}],"
        "\"usage\":{\"prompt_tokens\":3}}",
        out);
  g_assert_cmpint (pipe->usage.input_tokens, ==, 3);
  g_assert_cmpint (jump_reply_pipe_finish (pipe, problem, out), ==, JUMP_PIPE_DONE);
  g_assert_null (pipe->failure);
  g_assert_true (g_str_has_suffix (out->str, "\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n"));
  g_string_truncate (out, 0);
  g_assert_cmpint (jump_reply_pipe_finish (empty, problem, out), ==, JUMP_PIPE_ERROR);
  g_assert_cmpint (empty->failure->kind, ==, JUMP_FAILURE_TIMEOUT);
  g_assert_false (empty->has_output);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/openai-chat-pipe/reasoning-field", test_reasoning_field);
  g_test_add_func ("/openai-chat-pipe/whole", test_whole);
  g_test_add_func ("/openai-chat-pipe/whole-error", test_whole_error);
  g_test_add_func ("/openai-chat-pipe/failures", test_failures);
  g_test_add_func ("/openai-chat-pipe/finish", test_finish);
  return g_test_run ();
}
