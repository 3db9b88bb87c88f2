/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/dialects/anthropic-count.h"

#include <string.h>

static void
test_body (void)
{
  static const struct
  {
    const char *body;
    const char *expected;
  } rows[] = {
    { "{\"model\":\"m\", \"messages\":[1], \"system\":\"s\"}", NULL },
    { "{\"max_tokens\":5,\"model\":\"m\",\"stream\":true,\"messages\":[{\"stream\":1}],\"temperature\":1,"
      "\"tools\":[],\"metadata\":{\"user_id\":\"u\"},\"thinking\":{},\"stop_sequences\":[]}",
      "{\"model\":\"m\",\"messages\":[{\"stream\":1}],\"tools\":[],\"thinking\":{}}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) body = g_bytes_new_static (rows[i].body, strlen (rows[i].body));
      g_autoptr (GBytes) found = jump_anthropic_count_body (body);
      g_autofree char *text = g_strndup (g_bytes_get_data (found, NULL), g_bytes_get_size (found));

      g_assert_cmpstr (text, ==, rows[i].expected == NULL ? rows[i].body : rows[i].expected);
    }
}

static void
test_read (void)
{
  static const struct
  {
    const char *reply;
    gint64 tokens;
  } rows[] = {
    { "{\"input_tokens\":14}", 14 },
    { " {\"x\":{},\"input_tokens\":0} ", 0 },
    { "{\"input_tokens\":\"14\"}", -1 },
    { "{\"input_tokens\":-1}", -1 },
    { "{\"error\":{\"message\":\"x\"}}", -1 },
    { "not found", -1 },
    { "", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) reply = g_bytes_new_static (rows[i].reply, strlen (rows[i].reply));
      g_autoptr (GError) error = NULL;
      gint64 tokens = -1;

      g_assert_cmpint (jump_anthropic_count_read (reply, &tokens, &error), ==, rows[i].tokens >= 0);
      g_assert_cmpint (tokens, ==, rows[i].tokens);
      if (rows[i].tokens < 0)
        g_assert_error (error, JUMP_ERROR, JUMP_ERROR_PROTOCOL);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/anthropic-count/body", test_body);
  g_test_add_func ("/anthropic-count/read", test_read);
  return g_test_run ();
}
