/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/head-syntax.h"

#include <string.h>

#define START "GET / HTTP/1.1\r\n"

typedef struct
{
  const char *text;
  guint status;
} SyntaxCase;

static const SyntaxCase syntax_cases[] = {
  { START "\r\n", 0 },
  { START "Host: a\r\n\r\n", 0 },
  { START "Host:a\r\nX-Empty:\r\nx: \t b \r\n\r\n", 0 },
  { "\r\n" START "Host: a\r\n\r\n", 0 },
  { "GET / HTTP/1.1\nHost: a\n\n", 0 },
  { "get /\xc3\xa4?q HTTP/1.0\r\nA: \xff\r\n\r\n", 0 },
  { START "1: a\r\n2: a\r\n3: a\r\n\r\n", 0 },
  { START "1: a\r\n2: a\r\n3: a\r\n4: a\r\n\r\n", 431 },
  /* request lines */
  { "\r\n\r\n" START "\r\n", 400 },
  { "\r\n\r\n", 400 },
  { "GET\r\n\r\n", 400 },
  { "GET /\r\n\r\n", 400 },
  { "GET  / HTTP/1.1\r\n\r\n", 400 },
  { "GET /  HTTP/1.1\r\n\r\n", 400 },
  { "GET / HTTP/1.1 \r\n\r\n", 400 },
  { " GET / HTTP/1.1\r\n\r\n", 400 },
  { "GET\t/ HTTP/1.1\r\n\r\n", 400 },
  { "GET /a b HTTP/1.1\r\n\r\n", 400 },
  { "GET /a\001b HTTP/1.1\r\n\r\n", 400 },
  { "GET / http/1.1\r\n\r\n", 400 },
  { "GET / HTTP/1.1x\r\n\r\n", 400 },
  { "GET / HTTP/11\r\n\r\n", 400 },
  { "G(T / HTTP/1.1\r\n\r\n", 400 },
  { "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA / HTTP/1.1\r\n\r\n", 400 },
  { "GET / HTTP/1.1\r\r\n\r\n", 400 },
  { "\x16\x03\x01\x02\n\n", 400 },
  /* fields */
  { START "A: b\r\n c\r\n\r\n", 400 },
  { START "A: b\r\n\tc\r\n\r\n", 400 },
  { START " A: b\r\n\r\n", 400 },
  { START "A : b\r\n\r\n", 400 },
  { START ": b\r\n\r\n", 400 },
  { START "A\r\n\r\n", 400 },
  { START "A b: c\r\n\r\n", 400 },
  { START "A\x80: c\r\n\r\n", 400 },
  { START "A: b\rc\r\n\r\n", 400 },
  { START "A: b\r\r\n\r\n", 400 },
  { START "A: \x7f\r\n\r\n", 400 },
  { START "A: \x1b[1m\r\n\r\n", 400 },
  { START "\rA: b\r\n\r\n", 400 },
};

static void
test_cases (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (syntax_cases); i++)
    {
      const SyntaxCase *row = &syntax_cases[i];
      gsize length = strlen (row->text);
      g_autofree char *exact = g_memdup2 (row->text, length); /* so that over-reads are seen */
      const char *reason = NULL;

      g_test_message ("%s", row->text);
      g_assert_cmpuint (jump_head_syntax_check (exact, length, 3, &reason), ==, row->status);
      if (row->status != 0)
        g_assert_nonnull (reason);
    }
}

/* Nobody hides one behind another place. */
static void
test_nul (void)
{
  static const char head[] = START "Host: a\r\nB: c\r\n\r\n";

  for (gsize i = 0; i < sizeof head - 5; i++)
    {
      g_autofree char *copy = g_memdup2 (head, sizeof head - 1);
      const char *reason = NULL;

      if (copy[i] == '\n') /* without it, these are other lines */
        continue;
      copy[i] = '\0';
      g_assert_cmpuint (jump_head_syntax_check (copy, sizeof head - 1, 3, &reason), ==, 400);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/head-syntax/cases", test_cases);
  g_test_add_func ("/head-syntax/nul", test_nul);
  return g_test_run ();
}
