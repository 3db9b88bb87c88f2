/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

/* What stands in front of a request: its head and its chunks, from where it comes, and how its body is packed. */

#include "service/base/error.h"
#include "service/http/access.h"
#include "service/http/chunk-decoder.h"
#include "service/http/content-coding.h"
#include "service/http/request-head.h"
#include "service/http/web-origin.h"
#include "tests/fuzz/targets/fuzz-target.h"

#include <string.h>

#define BODY_LIMIT (64 * 1024)

/* ---- head and chunks ---- */

/* Returns: (transfer full): the data, and how it ended */
static GString *
decode_chunks (const char *data, gsize length, gsize step)
{
  JumpChunkDecoder decoder = { 0 };
  JumpChunkStep state = JUMP_CHUNKS_GO_ON;
  GString *out = g_string_new (NULL);
  gsize at = 0;

  while (at < length && state == JUMP_CHUNKS_GO_ON)
    {
      gsize piece = MIN (step, length - at);
      g_autofree char *copy = g_memdup2 (data + at, piece);
      const char *found = NULL;
      gsize n_found = 0;
      gsize used = 0;

      state = jump_chunk_decoder_take (&decoder, copy, piece, &used, &found, &n_found);
      g_assert_cmpuint (used, <=, piece);
      g_assert_true (used > 0 || state != JUMP_CHUNKS_GO_ON);
      g_assert_true (n_found == 0 || (found >= copy && found + n_found <= copy + used));
      if (state != JUMP_CHUNKS_BROKEN)
        g_string_append_len (out, found, (gssize) n_found);
      at += used;
    }
  g_string_append_printf (out, "|%u", state);
  if (state == JUMP_CHUNKS_END)
    g_string_append_printf (out, " at %" G_GSIZE_FORMAT, at);
  return out;
}

static void
check_head (const JumpRequestHead *head)
{
  g_assert_nonnull (head->method);
  g_assert_true (head->path != NULL && head->path[0] != '\0');
  g_assert_true (g_utf8_validate (head->path, -1, NULL));
  /* One way to tell where the body ends. */
  g_assert_true (!head->is_chunked || head->content_length == 0);
  g_assert_true (!head->is_chunked ||
                 soup_message_headers_get_one (head->headers, "Content-Length") == NULL);
}

void
fuzz_target_http (const guint8 *data, gsize length)
{
  gsize whole = jump_request_head_find_end ((const char *) data, length, 0);
  g_autoptr (GString) one = NULL;
  g_autoptr (GString) many = NULL;
  JumpRequestHead head;
  const char *reason = NULL;
  guint status;

  g_assert_cmpuint (whole, <=, length);
  for (gsize known = 0; known < length; known += 1 + length / 8)
    {
      if (whole == 0 || known < whole)
        g_assert_cmpuint (jump_request_head_find_end ((const char *) data, length, known),
                          ==,
                          whole);
    }
  if (whole > 0)
    {
      g_autofree char *copy = g_memdup2 (data, whole);

      status = jump_request_head_parse (&head, copy, whole, 100, &reason);
      g_assert_true (status == 0 || (status >= 400 && status < 600 && reason != NULL));
      if (status == 0)
        check_head (&head);
      jump_request_head_clear (&head);
    }
  one = decode_chunks ((const char *) data + whole, length - whole, G_MAXSIZE);
  many = decode_chunks ((const char *) data + whole, length - whole, 1 + length % 5);
  g_assert_true (g_string_equal (one, many));
}

/* ---- origin ---- */

static const char *const pages[] = { "https://chat.example", "http://localhost:3000", NULL };
static const char *const names[] = { "desk.example", "192.0.2.7", NULL };

static void
check_name (const char *text)
{
  JumpHostName host;
  JumpHostName again;
  g_autofree char *shown = NULL;

  if (!jump_host_name_parse (&host, text))
    return;
  g_assert_true (host.name[0] != '\0' && strpbrk (host.name, "[]@/ ,\r\n") == NULL);
  for (const char *at = host.name; *at != '\0'; at++)
    g_assert_true (*at > ' ' && *at < 0x7f && !g_ascii_isupper (*at));
  shown =
      strchr (host.name, ':') != NULL ? g_strdup_printf ("[%s]", host.name) : g_strdup (host.name);
  g_assert_true (jump_host_name_parse (&again, shown));
  g_assert_cmpstr (again.name, ==, host.name);
  g_assert_cmpint (again.is_address, ==, host.is_address);
  g_assert_cmpint (jump_host_name_is_loopback (&again), ==, jump_host_name_is_loopback (&host));
}

static void
check_page (const char *text)
{
  g_autofree char *page = jump_web_origin_normalize (text);
  g_autofree char *again = page == NULL ? NULL : jump_web_origin_normalize (page);

  if (page != NULL)
    g_assert_cmpstr (again, ==, page);
}

/* The gate lets a page in only when it is listed or our own. */
static void
check_gate (JumpAccessClass class, char **lines)
{
  guint n = g_strv_length (lines);
  JumpAccessFacts facts = {
    .method = "POST",
    .host = n > 0 ? lines[0] : NULL,
    .origin = n > 1 ? lines[1] : NULL,
    .fetch_site = n > 2 ? lines[2] : NULL,
    .local_address = "127.0.0.1",
    .is_local = TRUE,
  };
  JumpAccessRules rules = {
    .host_names = (GStrv) names,
    .allowed_origins = (GStrv) pages,
  };
  g_auto (JumpAccessVerdict) verdict = { 0 };
  JumpHostName host;
  g_autofree char *page = NULL;
  g_autofree char *own = NULL;

  jump_access_check_source (&verdict, class, &facts, &rules);
  g_assert_true (verdict.status == 0 || (verdict.status >= 400 && verdict.reason != NULL));
  if (verdict.page != NULL)
    {
      page = jump_web_origin_normalize (verdict.page);
      g_assert_true (page != NULL && g_strv_contains (pages, page));
    }
  if (verdict.status != 0)
    return;
  g_assert_true (jump_host_name_parse (&host, facts.host));
  g_assert_true (jump_host_name_is_loopback (&host) || jump_host_name_is_one_of (&host, names));
  if (facts.origin == NULL)
    return;
  g_free (page);
  page = jump_web_origin_normalize (facts.origin);
  own = jump_web_origin_new (FALSE, &host);
  g_assert_true (page != NULL && (g_strv_contains (pages, page) || strcmp (page, own) == 0));
}

/* The first byte chooses the route; then lines: Host, Origin, Sec-Fetch-Site. */
void
fuzz_target_origin (const guint8 *data, gsize length)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (length == 0 || memchr (data, '\0', length) != NULL)
    return;
  text = g_strndup ((const char *) data + 1, length - 1);
  lines = g_strsplit (text, "\n", 4);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      check_name (lines[i]);
      check_page (lines[i]);
    }
  check_gate ((JumpAccessClass) (data[0] % (JUMP_ACCESS_CONTROL + 1)), lines);
}

/* ---- compression ---- */

void
fuzz_target_coding (const guint8 *data, gsize length)
{
  static const char *const codings[] = { "gzip",     "deflate",    "zstd",       "br",
                                         "identity", "gzip, gzip", "br, deflate" };
  const char *coding = length == 0 ? NULL : codings[data[0] % G_N_ELEMENTS (codings)];
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GBytes) decoded = NULL;
  g_autoptr (GError) error = NULL;

  if (length == 0 || !jump_content_coding_is_known (coding))
    return;
  body = g_bytes_new (data + 1, length - 1);
  decoded = jump_content_coding_decode (coding, body, BODY_LIMIT, &error);
  g_assert_true ((decoded == NULL) == (error != NULL));
  if (error != NULL)
    g_assert_true (error->domain == JUMP_ERROR &&
                   (error->code == JUMP_ERROR_BAD_REQUEST || error->code == JUMP_ERROR_TOO_LARGE));
  else
    g_assert_cmpuint (g_bytes_get_size (decoded), <=, BODY_LIMIT);
}
