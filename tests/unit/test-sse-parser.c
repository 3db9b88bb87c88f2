/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/sse/sse-parser.h"

#include <string.h>

#define LIMIT         4096
#define RANDOM_ROUNDS 200

typedef struct
{
  const char *name;
  const char *bytes;
  gssize length; /* -1: up to the end of the string */
  const char *expected;
} Case;

/* What is expected: "[event|data]" for events and "(text)" for comments, in order. */
static const Case cases[] = {
  { "lf", "data: a\n\ndata: b\n\n", -1, "[|a][|b]" },
  { "cr", "data: a\r\rdata: b\r\r", -1, "[|a][|b]" },
  { "crlf", "data: a\r\n\r\ndata: b\r\n\r\n", -1, "[|a][|b]" },
  { "mixed", "data: a\n\r\ndata: b\r\n\rdata: c\r\n\n", -1, "[|a][|b][|c]" },
  { "no-space", "data:a\n\n", -1, "[|a]" },
  { "one-space-only", "data:  a \n\n", -1, "[| a ]" },
  { "tab-stays", "data:\ta\n\n", -1, "[|\ta]" },
  { "several-lines", "data: a\ndata: b\ndata:\ndata: c\n\n", -1, "[|a\nb\n\nc]" },
  { "no-colon", "data\n\ndata\ndata\n\n", -1, "[|][|\n]" },
  { "empty-value", "data:\n\n", -1, "[|]" },
  { "standard-example", "data\n\ndata\ndata\n\ndata:", -1, "[|][|\n][|]" },
  { "event", "event: ping\ndata: {}\n\n", -1, "[ping|{}]" },
  { "event-behind", "data: {}\nevent: ping\n\n", -1, "[ping|{}]" },
  { "event-last-wins", "event: a\nevent: b\ndata: x\n\n", -1, "[b|x]" },
  { "event-between", "data: a\nevent: e\ndata: b\n\n", -1, "[e|a\nb]" },
  { "event-is-reset", "event: a\ndata: 1\n\ndata: 2\n\n", -1, "[a|1][|2]" },
  { "event-without-data", "event: a\n\ndata: 2\n\n", -1, "[|2]" },
  { "empty-event-name", "event\ndata: 1\n\nevent:\ndata: 2\n\n", -1, "[|1][|2]" },
  { "comments", ": hi\n\n:\n:there\ndata: a\n: in\ndata: b\n\n", -1, "( hi)()(there)( in)[|a\nb]" },
  { "unknown", "id: 1\nretry: 5\nfoo: bar\nfoo\ndata: a\nid\n\n", -1, "[|a]" },
  { "near-names", "dat: x\ndataa: x\nData: x\n data: x\nevents: x\ndata: a\n\n", -1, "[|a]" },
  { "colons-inside", "data: {\"a\":\"b: c\"}\n\n", -1, "[|{\"a\":\"b: c\"}]" },
  { "bom",
    "\xEF\xBB\xBF"
    "data: a\n\n",
    -1,
    "[|a]" },
  { "bom-once",
    "\xEF\xBB\xBF\xEF\xBB\xBF"
    "data: a\n\ndata: b\n\n",
    -1,
    "[|b]" },
  { "bom-inside",
    "data: a\n\n\xEF\xBB\xBF"
    "data: b\n\n",
    -1,
    "[|a]" },
  { "half-bom",
    "\xEF\xBB"
    "data: a\ndata: b\n\n",
    -1,
    "[|b]" },
  { "unfinished-event", "data: a\n\ndata: b\n", -1, "[|a][|b]" },
  { "unfinished-line", "data: a\n\ndata: b", -1, "[|a][|b]" },
  { "unfinished-lines", "event: e\r\ndata: b\r\ndata: c", -1, "[e|b\nc]" },
  { "unfinished-nothing", "data: a\n\nevent: x", -1, "[|a]" },
  { "empty-lines", "\n\n\r\r\r\n\r\n\ndata: a\n\n\n\n", -1, "[|a]" },
  { "nothing", "", -1, "" },
  { "nul", "data: a\0b\n\n", 11, "[|a?b]" },
  { "nul-in-name", "event: a\0b\ndata: a\n\n", 20, "[|a]" },
  { "utf-8", "data: gr\xC3\xBC\xC3\x9F\n\n", -1, "[|gr\xC3\xBC\xC3\x9F]" },
  { "done", "data: {\"x\":1}\n\ndata: [DONE]\n\n", -1, "[|{\"x\":1}][|[DONE]]" },
};

static gboolean
on_event (const JumpSseEvent *event, gpointer user_data)
{
  GString *log = user_data;
  gsize start;

  g_string_append_c (log, '[');
  if (event->event != NULL)
    g_string_append_len (log, event->event, (gssize) event->event_length);
  else
    g_assert_cmpuint (event->event_length, ==, 0);
  g_string_append_c (log, '|');
  start = log->len;
  g_string_append_len (log, event->data, (gssize) event->data_length);
  for (gsize i = start; i < log->len; i++)
    if (log->str[i] == '\0')
      log->str[i] = '?';
  g_string_append_c (log, ']');
  return TRUE;
}

static void
on_comment (const char *text, gsize length, gpointer user_data)
{
  GString *log = user_data;

  g_string_append_c (log, '(');
  g_string_append_len (log, text, (gssize) length);
  g_string_append_c (log, ')');
}

/* A copy of its own for each piece, so that reading beyond its end is found. */
static void
push_piece (JumpSseParser *parser, const char *bytes, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *piece = g_memdup2 (bytes, length);

  g_assert_true (jump_sse_parser_push (parser, piece, length, &error));
  g_assert_no_error (error);
}

static void
finish_and_check (JumpSseParser *parser, GString *log, const Case *test)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (jump_sse_parser_finish (parser, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (log->str, ==, test->expected);
  g_assert_cmpuint (jump_sse_parser_get_pending (parser), ==, 0);
  g_string_truncate (log, 0);
}

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  gsize length = test->length < 0 ? strlen (test->bytes) : (gsize) test->length;
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (JumpSseParser) parser = jump_sse_parser_new (LIMIT, on_event, on_comment, log);
  g_autoptr (GRand) random = g_rand_new_with_seed (20240229);

  push_piece (parser, test->bytes, length);
  finish_and_check (parser, log, test);
  for (gsize i = 0; i < length; i++)
    push_piece (parser, test->bytes + i, 1);
  finish_and_check (parser, log, test);
  for (gsize cut = 1; cut < length; cut++)
    {
      push_piece (parser, test->bytes, cut);
      push_piece (parser, test->bytes + cut, length - cut);
      finish_and_check (parser, log, test);
    }
  for (guint round = 0; round < RANDOM_ROUNDS; round++)
    {
      for (gsize done = 0, piece; done < length; done += piece)
        {
          piece = (gsize) g_rand_int_range (random, 0, 9);
          piece = MIN (piece, length - done);
          push_piece (parser, test->bytes + done, piece);
        }
      finish_and_check (parser, log, test);
    }
}

typedef struct
{
  const char *start;
  const char *end;
  guint inside;
  guint outside;
} Range;

static gboolean
on_event_in_range (const JumpSseEvent *event, gpointer user_data)
{
  Range *range = user_data;
  gboolean event_inside =
      event->event == NULL || (event->event >= range->start && event->event < range->end);

  if (event_inside && event->data >= range->start && event->data < range->end)
    range->inside++;
  else
    range->outside++;
  return TRUE;
}

static void
test_whole_events_are_not_copied (void)
{
  static const char bytes[] = "event: a\ndata: 1\n\n: c\n\ndata: 2\r\n\r\ndata: 3\n\ndata: 4\n";
  Range range = { bytes, bytes + sizeof bytes, 0, 0 };
  g_autoptr (JumpSseParser) parser = jump_sse_parser_new (LIMIT, on_event_in_range, NULL, &range);

  g_assert_true (jump_sse_parser_push (parser, bytes, strlen (bytes), NULL));
  g_assert_cmpuint (range.inside, ==, 3);
  g_assert_cmpuint (range.outside, ==, 0);
  g_assert_cmpuint (jump_sse_parser_get_pending (parser), ==, 1);
  g_assert_true (jump_sse_parser_push (parser, "\n", 1, NULL));
  g_assert_cmpuint (range.outside, ==, 1);
}

static gboolean
push_sized (JumpSseParser *parser, const char *line, guint n_lines, gsize piece, GError **error)
{
  g_autoptr (GString) bytes = g_string_new (NULL);

  for (guint i = 0; i < n_lines; i++)
    g_string_append (bytes, line);
  g_string_append (bytes, "\n");
  for (gsize done = 0; done < bytes->len; done += piece)
    if (!jump_sse_parser_push (parser, bytes->str + done, MIN (piece, bytes->len - done), error))
      return FALSE;
  return TRUE;
}

/* Names of events do not add up: the last one wins. */
static void
test_limit (void)
{
  static const struct
  {
    const char *line;
    guint n_lines;
    gboolean fits;
  } limits[] = {
    { "data: 1234\n", 1, TRUE },
    { "data: 12345678901234567890123456\n", 1, TRUE },
    { "data: 123456789012345678901234567\n", 1, FALSE },
    { "data: 1\n", 14, TRUE },
    { "data: 1\n", 15, FALSE },
    { "data:\n", 200, FALSE },
    { ": a comment\n", 200, TRUE },
    { "id: 77\n", 200, TRUE },
    { "event: 1234567890\n", 100, TRUE },
    { ": a comment that is much too long to be kept\n", 1, FALSE },
    { "unknown-and-much-longer-than-the-limit\n", 1, FALSE },
  };
  gsize pieces[] = { 1, 7, 100000 };

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    for (guint j = 0; j < G_N_ELEMENTS (pieces); j++)
      {
        g_autoptr (GError) error = NULL;
        g_autoptr (GString) log = g_string_new (NULL);
        g_autoptr (JumpSseParser) parser = jump_sse_parser_new (32, on_event, NULL, log);
        gboolean fits = push_sized (parser, limits[i].line, limits[i].n_lines, pieces[j], &error);

        g_assert_cmpint (fits, ==, limits[i].fits);
        g_assert_cmpuint (jump_sse_parser_get_pending (parser), <=, 64);
        if (fits)
          continue;
        g_assert_error (error, JUMP_ERROR, JUMP_ERROR_PROTOCOL);
        g_assert_cmpstr (error->message,
                         ==,
                         "an event is larger than 32 bytes (setting limits.event_bytes)");
        g_assert_false (jump_sse_parser_push (parser, "\n", 1, NULL));
        g_assert_false (jump_sse_parser_finish (parser, NULL));
      }
}

static gboolean
on_event_stop_at_done (const JumpSseEvent *event, gpointer user_data)
{
  on_event (event, user_data);
  return event->data_length != 6 || memcmp (event->data, "[DONE]", 6) != 0;
}

static void
test_stop (void)
{
  static const char bytes[] = "data: a\n\ndata: [DONE]\n\ndata: b\n\n";
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (JumpSseParser) parser = jump_sse_parser_new (LIMIT, on_event_stop_at_done, NULL, log);

  g_assert_true (jump_sse_parser_push (parser, bytes, strlen (bytes), NULL));
  g_assert_true (jump_sse_parser_push (parser, "data: c\n\n", 9, NULL));
  g_assert_true (jump_sse_parser_finish (parser, NULL));
  g_assert_cmpstr (log->str, ==, "[|a][|[DONE]]");
}

static void
test_pending (void)
{
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (JumpSseParser) parser = jump_sse_parser_new (LIMIT, on_event, NULL, log);

  g_assert_cmpuint (jump_sse_parser_get_pending (parser), ==, 0);
  push_piece (parser, "data: 12", 8);
  g_assert_cmpuint (jump_sse_parser_get_pending (parser), ==, 8);
  push_piece (parser, "34\nevent: e\n", 12);
  g_assert_cmpuint (jump_sse_parser_get_pending (parser), ==, 5);
  push_piece (parser, "\n", 1);
  g_assert_cmpuint (jump_sse_parser_get_pending (parser), ==, 0);
  g_assert_cmpstr (log->str, ==, "[e|1234]");
}

static gboolean
on_event_count (const JumpSseEvent *event, gpointer user_data)
{
  gsize *total = user_data;

  *total += event->data_length;
  return TRUE;
}

/* An event of some MiB comes in many reads; each byte must be looked at a bounded number of times,
 * also when lines end in CR only. */
static void
test_large (void)
{
  gsize total = 0;
  g_autoptr (JumpSseParser) parser =
      jump_sse_parser_new (16 * 1024 * 1024, on_event_count, NULL, &total);
  g_autofree char *block = g_malloc (16384);
  g_autoptr (GString) lines = g_string_new (NULL);

  memset (block, 'x', 16384);
  push_piece (parser, "data: ", 6);
  for (guint i = 0; i < 512; i++)
    g_assert_true (jump_sse_parser_push (parser, block, 16384, NULL));
  push_piece (parser, "\n\n", 2);
  g_assert_cmpuint (total, ==, 512 * 16384);

  total = 0;
  for (guint i = 0; i < 200000; i++)
    g_string_append (lines, "data: 12\r\r");
  push_piece (parser, lines->str, lines->len);
  g_assert_cmpuint (total, ==, 400000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/sse-parser/case/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/sse-parser/no-copy", test_whole_events_are_not_copied);
  g_test_add_func ("/sse-parser/limit", test_limit);
  g_test_add_func ("/sse-parser/stop", test_stop);
  g_test_add_func ("/sse-parser/pending", test_pending);
  g_test_add_func ("/sse-parser/large", test_large);
  return g_test_run ();
}
