/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/chunk-decoder.h"

#include <string.h>

typedef struct
{
  const char *wire;
  JumpChunkStep step;
  const char *body; /* what came out, up to the end or the break */
  const char *rest; /* what was left alone */
} ChunkCase;

static const ChunkCase chunk_cases[] = {
  { "0\r\n\r\n", JUMP_CHUNKS_END, "", "" },
  { "3\r\nabc\r\n0\r\n\r\n", JUMP_CHUNKS_END, "abc", "" },
  { "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\nGET", JUMP_CHUNKS_END, "abcde", "GET" },
  { "A\r\n0123456789\r\n0\r\n\r\n", JUMP_CHUNKS_END, "0123456789", "" },
  { "a;name=value\r\n0123456789\r\n0;x\r\n\r\n", JUMP_CHUNKS_END, "0123456789", "" },
  { "0003 \r\nabc\r\n00\r\n\r\n", JUMP_CHUNKS_END, "abc", "" },
  { "3\nabc\n0\n\n", JUMP_CHUNKS_BROKEN, "", NULL },
  { "3\r\nabc\n0\r\n\r\n", JUMP_CHUNKS_BROKEN, "abc", NULL },
  { "0\r\n\n", JUMP_CHUNKS_BROKEN, "", NULL },
  { "0\r\nA: b\n\r\n", JUMP_CHUNKS_BROKEN, "", NULL },
  { "3 \t;a=b\r\nabc\r\n0\r\n\r\n", JUMP_CHUNKS_END, "abc", "" },
  { "3 4\r\nabc\r\n", JUMP_CHUNKS_BROKEN, "", NULL },
  { "3;a\nb\r\nabc\r\n", JUMP_CHUNKS_BROKEN, "", NULL },
  { "3;a\001b\r\nabc\r\n", JUMP_CHUNKS_BROKEN, "", NULL },
  { "+3\r\nabc\r\n", JUMP_CHUNKS_BROKEN, "", NULL },
  { "0x3\r\nabc\r\n", JUMP_CHUNKS_BROKEN, "", NULL },
  { ";\r\n", JUMP_CHUNKS_BROKEN, "", NULL },
  { "000000003\r\nabc\r\n", JUMP_CHUNKS_BROKEN, "", NULL },
  { "1\r\na\r\n0\r\nTrailer: x\r\nOther: y\r\n\r\nrest", JUMP_CHUNKS_END, "a", "rest" },
  { "3\r\nabc", JUMP_CHUNKS_GO_ON, "abc", "" },
  { "3\r\nab", JUMP_CHUNKS_GO_ON, "ab", "" },
  { "", JUMP_CHUNKS_GO_ON, "", "" },
  { "\r\n", JUMP_CHUNKS_BROKEN, "", NULL },
  { "x\r\n", JUMP_CHUNKS_BROKEN, "", NULL },
  { "-1\r\n", JUMP_CHUNKS_BROKEN, "", NULL },
  { " 3\r\nabc\r\n", JUMP_CHUNKS_BROKEN, "", NULL },
  { "3\r\nabcd\r\n", JUMP_CHUNKS_BROKEN, "abc", NULL },
  { "3\rabc", JUMP_CHUNKS_BROKEN, "", NULL },
  { "123456789\r\n", JUMP_CHUNKS_BROKEN, "", NULL },
};

/* Pushes @wire in pieces of @piece bytes. */
static JumpChunkStep
decode (const char *wire, gsize piece, GString *body, GString *rest)
{
  JumpChunkDecoder decoder = { 0 };
  gsize length = strlen (wire);
  gsize at = 0;

  while (at < length)
    {
      gsize given = MIN (piece, length - at);
      g_autofree char *exact = g_memdup2 (wire + at, given);
      gsize done = 0;

      while (done < given)
        {
          const char *data = NULL;
          gsize data_length = 0;
          gsize used = 0;
          JumpChunkStep step = jump_chunk_decoder_take (&decoder,
                                                        exact + done,
                                                        given - done,
                                                        &used,
                                                        &data,
                                                        &data_length);

          g_string_append_len (body, data, (gssize) data_length);
          if (step == JUMP_CHUNKS_BROKEN)
            return step;
          done += used;
          if (step == JUMP_CHUNKS_END)
            {
              g_string_append (rest, wire + at + done);
              return step;
            }
        }
      at += given;
    }
  return JUMP_CHUNKS_GO_ON;
}

static void
test_decode (void)
{
  static const gsize pieces[] = { 1, 2, 3, 7, 1000 };

  for (gsize i = 0; i < G_N_ELEMENTS (chunk_cases); i++)
    {
      for (gsize n = 0; n < G_N_ELEMENTS (pieces); n++)
        {
          g_autoptr (GString) body = g_string_new (NULL);
          g_autoptr (GString) rest = g_string_new (NULL);
          JumpChunkStep step = decode (chunk_cases[i].wire, pieces[n], body, rest);

          g_test_message ("%s by %" G_GSIZE_FORMAT, chunk_cases[i].wire, pieces[n]);
          g_assert_cmpint (step, ==, chunk_cases[i].step);
          g_assert_cmpstr (body->str, ==, chunk_cases[i].body);
          if (chunk_cases[i].rest != NULL)
            g_assert_cmpstr (rest->str, ==, chunk_cases[i].rest);
        }
    }
}

/* Endless extensions and trailers end. */
static void
test_limits (void)
{
  g_autofree char *filler = g_strnfill (10000, 'x');
  g_autofree char *extension = g_strconcat ("1;", filler, NULL);
  g_autofree char *trailer = g_strconcat ("0\r\n", filler, NULL);
  const char *wires[] = { extension, trailer };

  for (gsize i = 0; i < G_N_ELEMENTS (wires); i++)
    {
      g_autoptr (GString) body = g_string_new (NULL);

      g_assert_cmpint (decode (wires[i], 100, body, body), ==, JUMP_CHUNKS_BROKEN);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chunk-decoder/decode", test_decode);
  g_test_add_func ("/chunk-decoder/limits", test_limits);
  return g_test_run ();
}
