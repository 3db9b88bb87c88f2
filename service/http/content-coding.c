/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "config.h"

#include "service/http/content-coding.h"

#include "service/base/error.h"

#include <string.h>

#if HAVE_ZSTD
#include <zstd.h>
#endif
#if HAVE_BROTLI
#include <brotli/decode.h>
#endif

/* Decoded at once. */
#define STEP_SIZE (64 * 1024)
/* Nobody compresses twice; more would only multiply a bomb. */
#define MAX_CODINGS 2

typedef GBytes *(*DecodeFunc) (GBytes *body, gsize limit, GError **error);

static void
set_too_large (gsize limit, GError **error)
{
  g_set_error (error,
               JUMP_ERROR,
               JUMP_ERROR_TOO_LARGE,
               "the decoded request body is larger than %" G_GSIZE_FORMAT
               " bytes (setting server.body_limit)",
               limit);
}

static void
set_broken (const char *coding, GError **error)
{
  g_set_error (error,
               JUMP_ERROR,
               JUMP_ERROR_BAD_REQUEST,
               "the request body is no whole and valid %s",
               coding);
}

/* FALSE: the limit is reached. */
static gboolean
append (GByteArray *out, const guint8 *data, gsize length, gsize limit, GError **error)
{
  if (out->len + length > limit)
    {
      set_too_large (limit, error);
      return FALSE;
    }
  g_byte_array_append (out, data, (guint) length);
  return TRUE;
}

/* Returns: (nullable): NULL with @error unset when the bytes are not of @format */
static GBytes *
inflate_as (GBytes *body, GZlibCompressorFormat format, gsize limit, GError **error)
{
  g_autoptr (GZlibDecompressor) inflater = g_zlib_decompressor_new (format);
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autofree guint8 *step = g_malloc (STEP_SIZE);
  gsize length;
  const guint8 *at = g_bytes_get_data (body, &length);
  GConverterResult result = G_CONVERTER_CONVERTED;

  while (result != G_CONVERTER_FINISHED)
    {
      gsize n_read = 0;
      gsize n_written = 0;

      result = g_converter_convert (G_CONVERTER (inflater),
                                    at,
                                    length,
                                    step,
                                    STEP_SIZE,
                                    G_CONVERTER_INPUT_AT_END,
                                    &n_read,
                                    &n_written,
                                    NULL);
      if (result == G_CONVERTER_ERROR)
        return NULL;
      if (!append (out, step, n_written, limit, error))
        return NULL;
      at += n_read;
      length -= n_read;
    }
  return length == 0 ? g_byte_array_free_to_bytes (g_steal_pointer (&out)) : NULL;
}

static GBytes *
decode_gzip (GBytes *body, gsize limit, GError **error)
{
  GError *problem = NULL;
  GBytes *out = inflate_as (body, G_ZLIB_COMPRESSOR_FORMAT_GZIP, limit, &problem);

  if (out == NULL && problem == NULL)
    set_broken ("gzip", &problem);
  if (problem != NULL)
    g_propagate_error (error, problem);
  return out;
}

/* The zlib format by the book, though some send the bare stream (RFC 9110 8.4.1.2). */
static GBytes *
decode_deflate (GBytes *body, gsize limit, GError **error)
{
  GError *problem = NULL;
  GBytes *out = inflate_as (body, G_ZLIB_COMPRESSOR_FORMAT_ZLIB, limit, &problem);

  if (out == NULL && problem == NULL)
    out = inflate_as (body, G_ZLIB_COMPRESSOR_FORMAT_RAW, limit, &problem);
  if (out == NULL && problem == NULL)
    set_broken ("deflate", &problem);
  if (problem != NULL)
    g_propagate_error (error, problem);
  return out;
}

#if HAVE_ZSTD
static GBytes *
decode_zstd (GBytes *body, gsize limit, GError **error)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autofree guint8 *step = g_malloc (STEP_SIZE);
  gsize length;
  const guint8 *data = g_bytes_get_data (body, &length);
  ZSTD_inBuffer in = { data, length, 0 };
  ZSTD_DStream *stream = ZSTD_createDStream ();
  gsize left = 1; /* 0 at the end of a frame */
  gboolean is_fine = TRUE;

  while (is_fine && (in.pos < in.size || left != 0))
    {
      ZSTD_outBuffer piece = { step, STEP_SIZE, 0 };
      gsize before = in.pos;

      left = ZSTD_decompressStream (stream, &piece, &in);
      if (ZSTD_isError (left) || (in.pos == before && piece.pos == 0))
        {
          set_broken ("zstd", error);
          is_fine = FALSE;
        }
      else
        is_fine = append (out, step, piece.pos, limit, error);
    }
  ZSTD_freeDStream (stream);
  return is_fine ? g_byte_array_free_to_bytes (g_steal_pointer (&out)) : NULL;
}
#endif

#if HAVE_BROTLI
static GBytes *
decode_brotli (GBytes *body, gsize limit, GError **error)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autofree guint8 *step = g_malloc (STEP_SIZE);
  gsize length;
  const guint8 *at = g_bytes_get_data (body, &length);
  BrotliDecoderState *state = BrotliDecoderCreateInstance (NULL, NULL, NULL);
  BrotliDecoderResult result = BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT;
  gboolean is_fine = TRUE;

  while (is_fine && result == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT)
    {
      guint8 *to = step;
      gsize room = STEP_SIZE;

      result = BrotliDecoderDecompressStream (state, &length, &at, &room, &to, NULL);
      is_fine = append (out, step, STEP_SIZE - room, limit, error);
    }
  BrotliDecoderDestroyInstance (state);
  if (!is_fine)
    return NULL;
  if (result == BROTLI_DECODER_RESULT_SUCCESS && length == 0)
    return g_byte_array_free_to_bytes (g_steal_pointer (&out));
  set_broken ("br", error);
  return NULL;
}
#endif

static const struct
{
  const char *name;
  DecodeFunc decode;
} codings[] = {
  { "gzip", decode_gzip }, { "x-gzip", decode_gzip }, { "deflate", decode_deflate },
#if HAVE_ZSTD
  { "zstd", decode_zstd },
#endif
#if HAVE_BROTLI
  { "br", decode_brotli },
#endif
};

static DecodeFunc
find_decoder (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (codings); i++)
    {
      if (g_ascii_strcasecmp (codings[i].name, name) == 0)
        return codings[i].decode;
    }
  return NULL;
}

/* Returns: (transfer full): the names, "identity" left out, in the order in which they were applied */
static GPtrArray *
split (const char *coding)
{
  g_auto (GStrv) names = g_strsplit (coding != NULL ? coding : "", ",", -1);
  GPtrArray *set = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; names[i] != NULL; i++)
    {
      const char *name = g_strstrip (names[i]);

      if (*name != '\0' && g_ascii_strcasecmp (name, "identity") != 0)
        g_ptr_array_add (set, g_strdup (name));
    }
  return set;
}

/**
 * jump_content_coding_is_set:
 * @coding: (nullable): a Content-Encoding
 *
 * Returns: whether there is anything to decode
 */
gboolean
jump_content_coding_is_set (const char *coding)
{
  g_autoptr (GPtrArray) names = split (coding);

  return names->len > 0;
}

/**
 * jump_content_coding_is_known:
 * @coding: (nullable): a Content-Encoding, several joined by commas
 *
 * Returns: whether all of them can be decoded
 */
gboolean
jump_content_coding_is_known (const char *coding)
{
  g_autoptr (GPtrArray) names = split (coding);

  for (guint i = 0; i < names->len; i++)
    {
      if (find_decoder (names->pdata[i]) == NULL)
        return FALSE;
    }
  return names->len <= MAX_CODINGS;
}

/**
 * jump_content_coding_get_known:
 *
 * Returns: (transfer none): what this build decodes, for Accept-Encoding
 */
const char *
jump_content_coding_get_known (void)
{
  return "gzip, deflate"
#if HAVE_ZSTD
         ", zstd"
#endif
#if HAVE_BROTLI
         ", br"
#endif
      ;
}

/**
 * jump_content_coding_decode:
 * @coding: known, see jump_content_coding_is_known()
 * @body: as it came
 * @limit: bytes, of what comes out
 * @error: which coding it is not, or which limit it is over
 *
 * What was applied last is taken off first.
 */
GBytes *
jump_content_coding_decode (const char *coding, GBytes *body, gsize limit, GError **error)
{
  g_autoptr (GPtrArray) names = split (coding);
  GBytes *decoded = g_bytes_ref (body);

  for (guint i = names->len; i > 0 && decoded != NULL; i--)
    {
      g_autoptr (GBytes) coded = decoded;

      decoded = find_decoder (names->pdata[i - 1]) (coded, limit, error);
    }
  return decoded;
}
