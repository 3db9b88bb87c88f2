/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/content-coding.h"
#include "tests/integration/asking.h"
#include "tests/integration/wire.h"

#include <string.h>

/* Request bodies that come compressed, as Codex sends them. */

/* {"model":"gpt-4.1","messages":[{"role":"user","content":"hello there"}]} by the command-line tools. */
#define CHAT_BR                                                                      \
  "G0cAAAT+85aqvXxsNumnahpTGEG7gQ04AQzGbRxppmEiRxCE7b+cffpYiHlfLCljYBZVB9eITGEwBuAk" \
  "ZCA8Kg2/fQ=="
#define CHAT_ZSTD                                                                            \
  "KLUv/QRYFQIAgoQPFqA5BxU0saCFBE+cnxqACEZk5yUA+ATNaP46WiARj3xe9VWJ2HhdF5+PucyKs/4cqk82HgQi" \
  "WOX4jE8ymQUAKdCzmA=="
/* Four million zeros. */
#define BOMB_BR "m/8IPQAkAOKxQHIBegA="
#define BOMB_ZSTD                                                                                    \
  "KLUv/QRoTAAACAABAPz/ORACAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIA" \
  "EAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAADSAgAWZlo"     \
  "Aw=="
#define BOMB_LENGTH 4000000

static GBytes *
from_base64 (const char *text)
{
  gsize length;
  guchar *data = g_base64_decode (text, &length);

  return g_bytes_new_take (data, length);
}

static GBytes *
deflate_as (GZlibCompressorFormat format, const char *data, gsize length)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (format, 6);
  gsize room = length + 1000;
  char *out = g_malloc (room);
  gsize n_read = 0, n_written = 0;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_converter_convert (G_CONVERTER (compressor),
                                        data,
                                        length,
                                        out,
                                        room,
                                        G_CONVERTER_INPUT_AT_END,
                                        &n_read,
                                        &n_written,
                                        &error),
                   ==,
                   G_CONVERTER_FINISHED);
  g_assert_no_error (error);
  return g_bytes_new_take (out, n_written);
}

/* A frame of blocks that are stored as they are (RFC 8878 3.1.1). */
static GBytes *
store_as_zstd (const char *data, gsize length)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  guint32 size = GUINT32_TO_LE ((guint32) length);

  g_byte_array_append (out, (const guint8 *) "\x28\xb5\x2f\xfd\xa0", 5);
  g_byte_array_append (out, (const guint8 *) &size, 4);
  while (length > 0)
    {
      gsize piece = MIN (length, 128 * 1024);
      guint32 head = GUINT32_TO_LE ((guint32) (piece << 3) | (piece == length ? 1 : 0));

      g_byte_array_append (out, (const guint8 *) &head, 3);
      g_byte_array_append (out, (const guint8 *) data, (guint) piece);
      data += piece;
      length -= piece;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

/* Returns: (transfer full) (nullable): NULL: nobody here can write that */
static GBytes *
compress (const char *coding, const char *data, gsize length)
{
  if (g_str_equal (coding, "gzip"))
    return deflate_as (G_ZLIB_COMPRESSOR_FORMAT_GZIP, data, length);
  if (g_str_equal (coding, "deflate"))
    return deflate_as (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, data, length);
  return store_as_zstd (data, length);
}

static Answer *
send (Fixture *fixture, const char *path, const char *coding, GBytes *body)
{
  const char *headers[] = { "Content-Encoding", coding, NULL };
  g_autofree char *url = g_strconcat (jump_service_get_url (fixture->service), path, NULL);

  return fixture_send (fixture, "POST", url, body, headers);
}

static const char *const codings[] = { "gzip", "deflate", "zstd" };

static void
test_every_api (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");

  for (gsize i = 0; i < G_N_ELEMENTS (codings); i++)
    for (Api api = 0; api < N_APIS && jump_content_coding_is_known (codings[i]); api++)
      {
        g_autofree char *plain = api_write (api, "gpt-4.1", "hello there", TRUE, NULL);
        g_autoptr (GBytes) body = compress (codings[i], plain, strlen (plain));
        g_autoptr (Answer) answer = send (fixture, api_path (api), codings[i], body);
        g_autofree char *text = NULL;

        answer_wait (answer);
        g_test_message ("%s %s: %s", codings[i], api_path (api), answer->body->str);
        g_assert_cmpuint (answer->status, ==, 200);
        text = api_read_text (api, answer);
        assert_says (text, "hello there");
      }
}

static void
test_real_tools (void)
{
  static const struct
  {
    const char *coding;
    const char *bytes;
  } cases[] = { { "br", CHAT_BR }, { "zstd", CHAT_ZSTD } };
  g_autoptr (Fixture) fixture = fixture_new ("test");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) body = from_base64 (cases[i].bytes);
      g_autoptr (GBytes) half = g_bytes_new_from_bytes (body, 0, g_bytes_get_size (body) / 2);
      g_autoptr (Answer) answer = NULL;
      g_autoptr (Answer) broken = NULL;

      if (!jump_content_coding_is_known (cases[i].coding))
        continue;
      answer = send (fixture, "/v1/chat/completions", cases[i].coding, body);
      broken = send (fixture, "/v1/chat/completions", cases[i].coding, half);
      answer_wait (answer);
      answer_wait (broken);
      g_assert_cmpuint (answer->status, ==, 200);
      assert_says (answer->body->str, "hello there");
      api_assert_error (API_CHAT, broken, 400, NULL, cases[i].coding);
    }
}

static void
test_broken (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");

  for (gsize i = 0; i < G_N_ELEMENTS (codings); i++)
    for (Api api = 0; api < N_APIS && jump_content_coding_is_known (codings[i]); api++)
      {
        g_autofree char *plain = api_write (api, "gpt-4.1", "hello there", FALSE, NULL);
        g_autoptr (GBytes) body = compress (codings[i], plain, strlen (plain));
        g_autoptr (GBytes) half = g_bytes_new_from_bytes (body, 0, g_bytes_get_size (body) - 9);
        g_autoptr (Answer) answer = send (fixture, api_path (api), codings[i], half);

        answer_wait (answer);
        api_assert_error (api, answer, 400, NULL, codings[i]);
      }
  g_assert_cmpuint (upstream_calls (fixture), ==, 0);
}

/* What is small on the wire and huge behind it. */
static void
test_bombs (void)
{
  g_autofree char *zeros = g_malloc0 (BOMB_LENGTH);
  g_autoptr (Fixture) fixture =
      fixture_new_with_settings ("test", JUMP_KEY_SERVER_BODY_LIMIT, "1048576", -1);
  GBytes *bombs[] = { deflate_as (G_ZLIB_COMPRESSOR_FORMAT_GZIP, zeros, BOMB_LENGTH),
                      deflate_as (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, zeros, BOMB_LENGTH),
                      from_base64 (BOMB_ZSTD),
                      from_base64 (BOMB_BR) };
  static const char *const names[] = { "gzip", "deflate", "zstd", "br" };

  for (gsize i = 0; i < G_N_ELEMENTS (bombs); i++)
    {
      g_autoptr (GBytes) bomb = bombs[i];

      for (Api api = 0; api < N_APIS && jump_content_coding_is_known (names[i]); api++)
        {
          g_autoptr (Answer) answer = send (fixture, api_path (api), names[i], bomb);

          g_test_message ("%s, %" G_GSIZE_FORMAT " bytes", names[i], g_bytes_get_size (bomb));
          answer_wait (answer);
          api_assert_error (api, answer, 413, NULL, "1048576");
        }
    }
}

/* What the usual room is too small for is decoded anew; many at once share the room of all bodies, and whoever finds
 * none is told so. None of them is lost, and the room is there again afterwards. */
static void
test_many_bombs (void)
{
  const gsize length = 31 * 1024 * 1024;
  g_autofree char *letters = g_malloc (length);
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (GBytes) bomb = NULL;
  Answer *answers[20];
  guint n_refused = 0;

  memset (letters, 'x', length);
  bomb = deflate_as (G_ZLIB_COMPRESSOR_FORMAT_GZIP, letters, length);
  g_assert_cmpuint (g_bytes_get_size (bomb), <, 64 * 1024);
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    answers[i] = send (fixture, "/v1/chat/completions", "gzip", bomb);
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      answer_wait (answers[i]);
      if (answers[i]->status == 503)
        {
          api_assert_error (API_CHAT, answers[i], 503, NULL, "try again");
          n_refused++;
        }
      else
        api_assert_error (API_CHAT, answers[i], 400, NULL, NULL);
      answer_free (answers[i]);
    }
  g_test_message ("%u of %" G_GSIZE_FORMAT " found no room", n_refused, G_N_ELEMENTS (answers));
  g_assert_cmpuint (n_refused, <, G_N_ELEMENTS (answers));
  for (gsize i = 0; i < 10; i++)
    {
      g_autoptr (Answer) answer = send (fixture, "/v1/chat/completions", "gzip", bomb);

      answer_wait (answer);
      api_assert_error (API_CHAT, answer, 400, NULL, NULL);
    }
}

static void
test_chunked (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autofree char *plain = api_write (API_RESPONSES, "gpt-5.5", "hello there", TRUE, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (codings); i++)
    {
      g_autoptr (GBytes) body = compress (codings[i], plain, strlen (plain));
      g_autoptr (Wire) wire = wire_new (fixture);
      g_autofree char *head = g_strdup_printf ("POST /v1/responses HTTP/1.1\r\nHost: localhost\r\n"
                                               "Content-Type: application/json\r\n"
                                               "Content-Encoding: %s\r\n"
                                               "Transfer-Encoding: chunked\r\n\r\n",
                                               codings[i]);
      gsize length;
      const char *data = g_bytes_get_data (body, &length);

      if (!jump_content_coding_is_known (codings[i]))
        continue;
      wire_send (wire, head, strlen (head));
      for (gsize at = 0; at < length; at += 7)
        {
          gsize piece = MIN (7, length - at);
          g_autofree char *size = g_strdup_printf ("%x\r\n", (guint) piece);

          wire_send (wire, size, strlen (size));
          wire_send (wire, data + at, piece);
          wire_send (wire, "\r\n", 2);
        }
      wire_send (wire, "0\r\n\r\n", 5);
      wire_wait_for (wire, "\r\n0\r\n\r\n", 1);
      assert_says (wire->got->str, "HTTP/1.1 200 OK");
      assert_says (wire->got->str, "hello there");
    }
}

/* A conversation of a mebibyte that hardly compresses is decoded beside the loop: a stream that runs goes on
 * meanwhile, and a client may leave in the middle. */
static void
test_big (void)
{
  g_autoptr (GRand) dice = g_rand_new_with_seed (7);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *plain = NULL;
  g_autoptr (Fixture) fixture = fixture_new_ruled (
      "{'on':'POST /chat/completions','model':'gpt-4o','stream':{'gap_ms':500}}");

  while (text->len < 1100000)
    g_string_append_c (text, (char) ('a' + g_rand_int_range (dice, 0, 26)));
  plain = api_write (API_MESSAGES, "gpt-5.5", text->str, FALSE, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (codings); i++)
    {
      g_autoptr (GBytes) body = compress (codings[i], plain, strlen (plain));
      g_autoptr (Answer) stream = api_start (fixture, API_CHAT, "gpt-4o", "hello there", TRUE);
      g_autoptr (GPtrArray) records G_GNUC_UNUSED = fixture_keep_records (fixture);
      g_autoptr (Answer) big = NULL;
      Answer *gone;
      g_autofree char *sent = NULL;
      g_autofree char *said = NULL;

      if (!jump_content_coding_is_known (codings[i]))
        continue;
      big = send (fixture, "/v1/messages", codings[i], body);
      gone = send (fixture, "/v1/messages", codings[i], body);
      while (!stream->is_done)
        {
          jump_clock_fake_advance (fixture->clock, 100);
          turn_some (10);
        }
      answer_free (gone);
      answer_wait (big);
      g_assert_cmpuint (big->status, ==, 200);
      sent = upstream_body (fixture, "POST /responses", 0);
      assert_says (sent, text->str);
      said = api_read_text (API_CHAT, stream);
      assert_says (said, "hello there");
      turn_some (100);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/compressed/every-api", test_every_api);
  g_test_add_func ("/compressed/real-tools", test_real_tools);
  g_test_add_func ("/compressed/broken", test_broken);
  g_test_add_func ("/compressed/bombs", test_bombs);
  g_test_add_func ("/compressed/many-bombs", test_many_bombs);
  g_test_add_func ("/compressed/chunked", test_chunked);
  g_test_add_func ("/compressed/big", test_big);
  return g_test_run ();
}
