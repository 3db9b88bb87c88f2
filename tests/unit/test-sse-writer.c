/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/sse/sse-parser.h"
#include "service/sse/sse-writer.h"

#include <string.h>

typedef struct
{
  const char *event;
  const char *data;
  gssize length;
  const char *expected;
  const char *read_back; /* what a reader makes of the data */
} Case;

static const Case cases[] = {
  { NULL, "{}", -1, "data: {}\n\n", "{}" },
  { "ping", "{}", -1, "event: ping\ndata: {}\n\n", "{}" },
  { NULL, "", -1, "data: \n\n", "" },
  { NULL, "abc", 2, "data: ab\n\n", "ab" },
  { NULL, "a\nb", -1, "data: a\ndata: b\n\n", "a\nb" },
  { NULL, "a\r\nb\rc\n", -1, "data: a\ndata: b\ndata: c\ndata: \n\n", "a\nb\nc\n" },
  { NULL, "\n\n", -1, "data: \ndata: \ndata: \n\n", "\n\n" },
  { NULL, "a\r\nb", 2, "data: a\ndata: \n\n", "a\n" },
  { NULL, " a", -1, "data:  a\n\n", " a" },
  { "a\ndata: evil", "x", -1, "event: a\ndata: x\n\n", "x" },
};

static gboolean
on_event (const JumpSseEvent *event, gpointer user_data)
{
  g_string_append_len (user_data, event->data, (gssize) event->data_length);
  return TRUE;
}

static void
on_comment (const char *text, gsize length, gpointer user_data)
{
  g_string_append_printf (user_data, "(%.*s)", (int) length, text);
}

static void
test_event (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) out = g_string_new ("before\n\n");
      g_autoptr (GString) log = g_string_new (NULL);
      g_autoptr (JumpSseParser) parser = jump_sse_parser_new (1024, on_event, NULL, log);

      jump_sse_write_event (out, cases[i].event, cases[i].data, cases[i].length);
      g_assert_true (g_str_has_prefix (out->str, "before\n\n"));
      g_assert_cmpstr (out->str + 8, ==, cases[i].expected);
      g_assert_true (jump_sse_parser_push (parser, out->str, out->len, NULL));
      g_assert_cmpuint (jump_sse_parser_get_pending (parser), ==, 0);
      g_assert_cmpstr (log->str, ==, cases[i].read_back);
    }
}

static void
test_comment (void)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (JumpSseParser) parser = jump_sse_parser_new (1024, on_event, on_comment, log);

  jump_sse_write_comment (out, "still here");
  g_assert_cmpstr (out->str, ==, ": still here\n\n");
  jump_sse_write_comment (out, "a\ndata: b");
  g_assert_true (jump_sse_parser_push (parser, out->str, out->len, NULL));
  g_assert_cmpstr (log->str, ==, "( still here)( a)( data: b)");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sse-writer/event", test_event);
  g_test_add_func ("/sse-writer/comment", test_comment);
  return g_test_run ();
}
