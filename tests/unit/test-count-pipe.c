/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/relay/count-pipe.h"

static void
assert_count (JumpDialectId client, const char *reply, const char *expected)
{
  JumpReplyPipe *pipe = jump_count_pipe_new (jump_dialect_get (client));
  g_autoptr (GBytes) body = g_bytes_new (reply, strlen (reply));
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) told = jump_reply_pipe_whole (pipe, body, &error);

  if (expected == NULL)
    {
      g_assert_null (told);
      g_assert_true (error != NULL && error->domain == JUMP_ERROR);
    }
  else
    {
      gsize length;
      const char *data = g_bytes_get_data (told, &length);

      g_assert_no_error (error);
      g_assert_cmpmem (data, length, expected, strlen (expected));
    }
  jump_reply_pipe_free (pipe);
}

static void
test_counts (void)
{
  assert_count (JUMP_DIALECT_MESSAGES, "{\"input_tokens\":42}", "{\"input_tokens\":42}");
  assert_count (JUMP_DIALECT_RESPONSES,
                "{\"input_tokens\":42,\"more\":1}",
                "{\"object\":\"response.input_tokens\",\"input_tokens\":42}");
}

static void
test_no_counts (void)
{
  assert_count (JUMP_DIALECT_MESSAGES, "{}", NULL);
  assert_count (JUMP_DIALECT_MESSAGES, "[]", NULL);
  assert_count (JUMP_DIALECT_MESSAGES, "nonsense", NULL);
  assert_count (JUMP_DIALECT_MESSAGES, "", NULL);
  assert_count (JUMP_DIALECT_MESSAGES, "{\"input_tokens\":\"many\"}", NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/count-pipe/counts", test_counts);
  g_test_add_func ("/count-pipe/no-counts", test_no_counts);
  return g_test_run ();
}
