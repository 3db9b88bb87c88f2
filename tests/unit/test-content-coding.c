/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "config.h"

#include "service/base/error.h"
#include "service/http/content-coding.h"

#include <string.h>

/* "{\"model\":\"gpt-4.1\",\"n\":1}" as the command-line tools compress it. */
#define PLAIN "{\"model\":\"gpt-4.1\",\"n\":1}"
#define LIMIT 1000000

static GBytes *
from_base64 (const char *text)
{
  gsize length;
  guchar *data = g_base64_decode (text, &length);

  return g_bytes_new_take (data, length);
}

static void
assert_plain (GBytes *body, const GError *error)
{
  gsize length;
  const char *data;

  g_assert_no_error (error);
  data = g_bytes_get_data (body, &length);
  g_assert_cmpmem (data, length, PLAIN, strlen (PLAIN));
}

typedef struct
{
  const char *coding;
  const char *bytes; /* base64 */
} Sample;

static const Sample samples[] = {
  { "gzip", "H4sIAAAAAAACA6tWys1PSc1RslJKLyjRNdEzVNJRylOyMqwFAKbcApAZAAAA" },
  { "x-gzip", "H4sIAAAAAAACA6tWys1PSc1RslJKLyjRNdEzVNJRylOyMqwFAKbcApAZAAAA" },
  { "deflate", "eJyrVsrNT0nNUbJSSi8o0TXRM1TSUcpTsjKsBQBkUAcg" },
  { "deflate", "q1bKzU9JzVGyUkovKNE10TNU0lHKU7IyrAUA" },
  { "zstd", "KLUv/QRYyQAAeyJtb2RlbCI6ImdwdC00LjEiLCJuIjoxfbKml24=" },
  { "br", "CwyAeyJtb2RlbCI6ImdwdC00LjEiLCJuIjoxfQM=" },
  { "identity, deflate, gzip",
    "H4sIAAAAAAACA6uYszrs1Fl/z7OBm4K89DUuml40DrkUeCp4k9EaVoaUAHYFANmHdg4hAAAA" },
};

static void
test_samples (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autoptr (GBytes) body = from_base64 (samples[i].bytes);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) decoded = NULL;

      if (!jump_content_coding_is_known (samples[i].coding))
        {
          g_test_message ("not built with %s", samples[i].coding);
          continue;
        }
      g_assert_true (jump_content_coding_is_set (samples[i].coding));
      decoded = jump_content_coding_decode (samples[i].coding, body, LIMIT, &error);
      assert_plain (decoded, error);
    }
}

/* Cut anywhere, with something behind, or something else altogether. */
static void
test_broken (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autoptr (GBytes) body = from_base64 (samples[i].bytes);
      gsize length = g_bytes_get_size (body);

      if (!jump_content_coding_is_known (samples[i].coding))
        continue;
      for (gsize cut = 0; cut < length; cut++)
        {
          g_autoptr (GBytes) part = g_bytes_new_from_bytes (body, 0, cut);
          g_autoptr (GError) error = NULL;
          g_autoptr (GBytes) decoded =
              jump_content_coding_decode (samples[i].coding, part, LIMIT, &error);

          /* A checksum at the end may be missing where the format does not tell. */
          if (decoded != NULL)
            assert_plain (decoded, NULL);
          else
            g_assert_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST);
        }
      {
        g_autoptr (GBytes) text = g_bytes_new_static (PLAIN, strlen (PLAIN));
        g_autoptr (GError) error = NULL;

        g_assert_null (jump_content_coding_decode (samples[i].coding, text, LIMIT, &error));
        g_assert_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST);
      }
    }
}

static void
test_limit (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autoptr (GBytes) body = from_base64 (samples[i].bytes);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) decoded = NULL;

      if (!jump_content_coding_is_known (samples[i].coding))
        continue;
      decoded = jump_content_coding_decode (samples[i].coding, body, strlen (PLAIN) - 1, &error);
      g_assert_null (decoded);
      g_assert_error (error, JUMP_ERROR, JUMP_ERROR_TOO_LARGE);
      g_clear_error (&error);
      if (strchr (samples[i].coding, ',') != NULL)
        continue; /* what lies between two codings is larger here */
      decoded = jump_content_coding_decode (samples[i].coding, body, strlen (PLAIN), &error);
      assert_plain (decoded, error);
    }
}

/* A megabyte of the same letter in a kilobyte. */
static void
test_bomb (void)
{
  g_autofree char *letters = g_strnfill (4 * LIMIT, 'a');
  g_autoptr (GZlibCompressor) deflater = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9);
  g_autofree char *packed = g_malloc (LIMIT);
  gsize n_read = 0;
  gsize n_written = 0;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_converter_convert (G_CONVERTER (deflater),
                                        letters,
                                        4 * LIMIT,
                                        packed,
                                        LIMIT,
                                        G_CONVERTER_INPUT_AT_END,
                                        &n_read,
                                        &n_written,
                                        NULL),
                   ==,
                   G_CONVERTER_FINISHED);
  body = g_bytes_new (packed, n_written);
  g_assert_null (jump_content_coding_decode ("gzip", body, LIMIT, &error));
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_TOO_LARGE);
}

static void
test_names (void)
{
  g_assert_true (jump_content_coding_is_known (NULL));
  g_assert_true (jump_content_coding_is_known (""));
  g_assert_true (jump_content_coding_is_known ("identity"));
  g_assert_true (jump_content_coding_is_known ("GZIP"));
  g_assert_true (jump_content_coding_is_known ("identity, gzip"));
  g_assert_true (jump_content_coding_is_known ("deflate , gzip"));
  g_assert_false (jump_content_coding_is_known ("gzip, gzip, gzip"));
  g_assert_false (jump_content_coding_is_known ("compress"));
  g_assert_false (jump_content_coding_is_known ("gzip, compress"));
  g_assert_false (jump_content_coding_is_set (NULL));
  g_assert_false (jump_content_coding_is_set (" identity "));
  g_assert_true (jump_content_coding_is_set ("gzip"));
  g_assert_true (g_str_has_prefix (jump_content_coding_get_known (), "gzip, deflate"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/content-coding/samples", test_samples);
  g_test_add_func ("/content-coding/broken", test_broken);
  g_test_add_func ("/content-coding/limit", test_limit);
  g_test_add_func ("/content-coding/bomb", test_bomb);
  g_test_add_func ("/content-coding/names", test_names);
  return g_test_run ();
}
