/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/request-head.h"

#include <string.h>

static void
test_find_end (void)
{
  static const struct
  {
    const char *text;
    gsize end;
  } cases[] = {
    { "", 0 },
    { "GET / HTTP/1.1\r\n", 0 },
    { "GET / HTTP/1.1\r\nA: b\r\n", 0 },
    { "GET / HTTP/1.1\r\n\r\n", 18 },
    { "GET / HTTP/1.1\r\n\r\nbody\r\n\r\n", 18 },
    { "GET / HTTP/1.1\n\n", 16 },
    { "GET / HTTP/1.1\r\nA: b\n\r\nx", 23 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize length = strlen (cases[i].text);

      g_assert_cmpuint (jump_request_head_find_end (cases[i].text, length, 0), ==, cases[i].end);
      /* The same when the bytes came one by one. */
      for (gsize n = 1; n <= length; n++)
        {
          gsize end = jump_request_head_find_end (cases[i].text, n, n - 1);

          g_assert_cmpuint (end, ==, n == cases[i].end ? n : 0);
          if (end != 0)
            break;
        }
    }
}

typedef struct
{
  const char *text;
  guint status;
  const char *path;
  gboolean keep_alive;
  gboolean is_chunked;
  gsize length;
} HeadCase;

static const HeadCase head_cases[] = {
  { "GET / HTTP/1.1\r\nHost: a\r\n\r\n", 0, "/", TRUE, FALSE, 0 },
  { "GET /a%20b?x=1 HTTP/1.1\r\nHost: a\r\n\r\n", 0, "/a b", TRUE, FALSE, 0 },
  { "GET http://a:1/v1/models?x HTTP/1.1\r\nHost: A:1\r\n\r\n", 0, "/v1/models", TRUE, FALSE, 0 },
  { "GET http://a HTTP/1.1\r\nHost: a\r\n\r\n", 0, "/", TRUE, FALSE, 0 },
  { "GET https://a/b HTTP/1.1\r\nHost: a\r\n\r\n", 400, NULL, FALSE, FALSE, 0 },
  { "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 0, "/", TRUE, FALSE, 0 },
  { "GET / HTTP/1.1\r\n\r\n", 400, NULL, FALSE, FALSE, 0 },
  { "GET / HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n", 400, NULL, FALSE, FALSE, 0 },
  { "GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n", 400, NULL, FALSE, FALSE, 0 },
  { "GET http://a:2/ HTTP/1.1\r\nHost: a:1\r\n\r\n", 400, NULL, FALSE, FALSE, 0 },
  { "GET http://x@a/ HTTP/1.1\r\nHost: a\r\n\r\n", 400, NULL, FALSE, FALSE, 0 },
  { "GET ftp://a/ HTTP/1.1\r\nHost: a\r\n\r\n", 400, NULL, FALSE, FALSE, 0 },
  { "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n", 400, NULL, FALSE, FALSE, 0 },
  { "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5, 5\r\n\r\n", 400, NULL, FALSE, FALSE, 0 },
  { "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n",
    501,
    NULL,
    FALSE,
    FALSE,
    0 },
  { "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", 0, "*", TRUE, FALSE, 0 },
  { "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 0, "/", FALSE, FALSE, 0 },
  { "GET / HTTP/1.1\r\nHost: a\r\nConnection: x, Close\r\n\r\n", 0, "/", FALSE, FALSE, 0 },
  { "GET / HTTP/1.0\r\n\r\n", 0, "/", FALSE, FALSE, 0 },
  { "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", 0, "/", TRUE, FALSE, 0 },
  { "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 12\r\n\r\n", 0, "/", TRUE, FALSE, 12 },
  { "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n", 0, "/", TRUE, TRUE, 0 },
  { "POST / HTTP/1.1\nHost: a\nContent-Length: 3\n\n", 0, "/", TRUE, FALSE, 3 },
  { "GARBAGE\r\n\r\n", 400, NULL, FALSE, FALSE, 0 },
  { "GET\r\n\r\n", 400, NULL, FALSE, FALSE, 0 },
  { "GET / HTTP/2.0\r\n\r\n", 505, NULL, FALSE, FALSE, 0 },
  { "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n", 400, NULL, FALSE, FALSE, 0 },
  { "GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n", 400, NULL, FALSE, FALSE, 0 },
  { "GET /%ff HTTP/1.1\r\nHost: a\r\n\r\n", 400, NULL, FALSE, FALSE, 0 },
  { "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n", 400, NULL, FALSE, FALSE, 0 },
  { "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +5\r\n\r\n", 400, NULL, FALSE, FALSE, 0 },
  { "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5 5\r\n\r\n", 400, NULL, FALSE, FALSE, 0 },
  { "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x5\r\n\r\n", 400, NULL, FALSE, FALSE, 0 },
  { "POST / HTTP/1.1\r\nHost: a\r\nContent-Length:\r\n\r\n", 400, NULL, FALSE, FALSE, 0 },
  { "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n",
    400,
    NULL,
    FALSE,
    FALSE,
    0 },
  { "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\n",
    400,
    NULL,
    FALSE,
    FALSE,
    0 },
  { "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
    400,
    NULL,
    FALSE,
    FALSE,
    0 },
  { "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400, NULL, FALSE, FALSE, 0 },
  { "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
    501,
    NULL,
    FALSE,
    FALSE,
    0 },
  { "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
    501,
    NULL,
    FALSE,
    FALSE,
    0 },
};

static void
test_parse (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (head_cases); i++)
    {
      const HeadCase *row = &head_cases[i];
      gsize length = strlen (row->text);
      g_autofree char *exact = g_memdup2 (row->text, length); /* so that over-reads are seen */
      const char *reason = NULL;
      JumpRequestHead head;
      guint status;

      g_test_message ("%s", row->text);
      status = jump_request_head_parse (&head, exact, length, 100, &reason);
      g_assert_cmpuint (status, ==, row->status);
      if (status == 0)
        {
          g_assert_cmpstr (head.path, ==, row->path);
          g_assert_cmpint (head.keep_alive, ==, row->keep_alive);
          g_assert_cmpint (head.is_chunked, ==, row->is_chunked);
          g_assert_cmpuint (head.content_length, ==, row->length);
        }
      else
        g_assert_nonnull (reason);
      jump_request_head_clear (&head);
    }
}

static void
test_nul_byte (void)
{
  static const char text[] = "GET / HTTP/1.1\r\nHost: a\0b\r\n\r\n";
  const char *reason = NULL;
  JumpRequestHead head;

  g_assert_cmpuint (jump_request_head_parse (&head, text, sizeof text - 1, 100, &reason), ==, 400);
  jump_request_head_clear (&head);
}

/* Whatever comes, nothing is read beyond it. */
static void
test_random_bytes (void)
{
  static const char *const pieces[] = { "GET ",    "/",        " HTTP/1.1",          "\r\n", "\n",
                                        "Host: a", ": ",       "Content-Length: ",   "5",    "\t",
                                        "chunked", "\x80\xff", "Transfer-Encoding:", " " };
  g_autoptr (GRand) random = g_rand_new_with_seed (20261121);

  for (guint i = 0; i < 5000; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *exact = NULL;
      const char *reason = NULL;
      JumpRequestHead head;

      for (gint n = g_rand_int_range (random, 0, 12); n > 0; n--)
        g_string_append (text, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
      g_string_append (text, "\r\n\r\n");
      exact = g_memdup2 (text->str, text->len);
      jump_request_head_parse (&head, exact, text->len, 100, &reason);
      jump_request_head_clear (&head);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/request-head/find-end", test_find_end);
  g_test_add_func ("/request-head/parse", test_parse);
  g_test_add_func ("/request-head/nul-byte", test_nul_byte);
  g_test_add_func ("/request-head/random-bytes", test_random_bytes);
  return g_test_run ();
}
