/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/history/exchange-curl.h"

#include <glib/gstdio.h>
#include <string.h>

#define URL "http://127.0.0.1:8081"
/* Between two arguments; nobody's body has it. */
#define SEPARATOR "\n<5f3a argument>\n"

/* In the place of curl: says its arguments, and what comes through a pipe. */
static const char curl_function[] = "curl () {\n"
                                    "  for argument do\n"
                                    "    printf '%s\\n<5f3a argument>\\n' \"$argument\"\n"
                                    "  done\n"
                                    "  if [ \"$argument\" = @- ]; then cat; fi\n"
                                    "}\n";

static JumpExchangeRecord *
new_record (const char *headers, const char *body)
{
  JumpExchangeRecord *record = jump_exchange_record_new ();

  record->id = g_strdup ("id");
  record->method = g_strdup ("POST");
  record->path = g_strdup ("/v1/messages");
  record->request_headers = g_strdup (headers);
  if (body != NULL)
    record->request_body = g_bytes_new (body, strlen (body));
  return record;
}

/* Returns: (transfer full): what a shell calls curl with, and what comes through a pipe behind that */
static char **
run (const char *line)
{
  g_autofree char *dir = g_dir_make_tmp ("jumpseat-curl-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (dir, "line.sh", NULL);
  g_autofree char *script = g_strconcat (curl_function, line, "\n", NULL);
  const char *check[] = { "sh", "-n", file, NULL };
  const char *call[] = { "sh", "-eu", file, NULL };
  g_autofree char *output = NULL;
  g_autofree char *errors = NULL;
  int status = -1;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (file, script, -1, NULL));
  g_spawn_sync (NULL,
                (char **) check,
                NULL,
                G_SPAWN_SEARCH_PATH,
                NULL,
                NULL,
                NULL,
                NULL,
                &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  g_spawn_sync (NULL,
                (char **) call,
                NULL,
                G_SPAWN_SEARCH_PATH,
                NULL,
                NULL,
                &output,
                &errors,
                &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpstr (errors, ==, "");
  g_assert_cmpint (status, ==, 0);
  g_unlink (file);
  g_rmdir (dir);
  return g_strsplit (output, SEPARATOR, -1);
}

static void
test_plain (void)
{
  g_autoptr (JumpExchangeRecord) record = new_record (NULL, "{\"a\":1}");
  g_autofree char *line = jump_exchange_curl_new (record, URL);

  g_assert_cmpstr (line,
                   ==,
                   "curl -X 'POST' 'http://127.0.0.1:8081/v1/messages' \\\n"
                   "  -H 'Content-Type: application/json' \\\n"
                   "  --data-binary '{\"a\":1}'");
}

static void
assert_body_passes (const char *body)
{
  g_autoptr (JumpExchangeRecord) record = new_record (NULL, body);
  g_autofree char *line = jump_exchange_curl_new (record, URL);
  g_auto (GStrv) arguments = run (line);
  guint n = g_strv_length (arguments);

  /* -X, POST, address, -H, type, --data-binary, the body or @-, what came through the pipe */
  g_assert_cmpuint (n, ==, 8);
  g_assert_cmpstr (arguments[2], ==, URL "/v1/messages");
  g_assert_cmpstr (arguments[5], ==, "--data-binary");
  if (g_str_equal (arguments[6], "@-"))
    g_assert_cmpstr (arguments[7], ==, body);
  else
    g_assert_cmpstr (arguments[6], ==, body);
}

static void
test_evil_bodies (void)
{
  static const char *const bodies[] = {
    "",
    "'",
    "''''",
    "'; touch /tmp/jumpseat-evil; '",
    "$(touch /tmp/jumpseat-evil) `id` $HOME ${PATH} \\$x",
    "\\",
    "\\\\'\\''",
    "\"double\" 'single' \\\"both\\'",
    "-n",
    "--output x",
    "%s %d %% \\n \\0",
    "line\nline\n",
    "\n\n",
    "tab\tand\rreturn",
    "EOF\nEOF\n",
    "!history !! !$ #comment",
    "* ? [a-z] ~ {a,b}",
    "a;b&&c||d|e>f<g&",
    "@/etc/passwd",
    "@-",
    "{\"text\":\"ein schönes “Zitat” — 日本語 🙂\"}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_test_message ("%s", bodies[i]);
      assert_body_passes (bodies[i]);
    }
  g_assert_false (g_file_test ("/tmp/jumpseat-evil", G_FILE_TEST_EXISTS));
}

/* Linux takes no argument that long. */
static void
test_long_body (void)
{
  g_autofree char *body = g_strnfill (3 * 1024 * 1024, 'x');

  memcpy (body + 1000, "'$(id)'", 7);
  assert_body_passes (body);
  memset (body, '\'', 90 * 1024);
  body[90 * 1024] = '\0';
  assert_body_passes (body);
}

static void
test_headers (void)
{
  g_autoptr (JumpExchangeRecord) record = new_record ("Host: 127.0.0.1:8081\n"
                                                      "Content-Type: application/json\n"
                                                      "Content-Length: 2\n"
                                                      "content-encoding: gzip\n"
                                                      "Accept-Encoding: gzip\n"
                                                      "Connection: keep-alive\n"
                                                      "Expect: 100-continue\n"
                                                      "anthropic-version: 2023-06-01\n"
                                                      "X-It's: $(id) 'quoted' \"twice\"\n"
                                                      "User-Agent: it's \"me\" `id`\n"
                                                      "Authorization: <redacted>\n"
                                                      "x-api-key: <redacted>\n"
                                                      "Cookie: <redacted>\n"
                                                      "x-other-token: <redacted>\n"
                                                      "no header\n",
                                                      "{}");
  static const char *const expected[] = {
    "-N",
    "-X",
    "POST",
    URL "/v1/messages",
    "-H",
    "Content-Type: application/json",
    "-H",
    "anthropic-version: 2023-06-01",
    "-H",
    "User-Agent: it's \"me\" `id`",
    "-H",
    "Authorization: Bearer any",
    "-H",
    "x-api-key: any",
    "--data-binary",
    "{}",
    "",
    NULL,
  };
  g_autofree char *line = NULL;
  g_auto (GStrv) arguments = NULL;

  record->streamed = TRUE;
  line = jump_exchange_curl_new (record, URL);
  g_unsetenv ("JUMPSEAT_KEY");
  arguments = run (line);
  g_assert_cmpstrv (arguments, expected);
  g_assert_nonnull (strstr (line, "$"));
  g_setenv ("JUMPSEAT_KEY", "a $key", TRUE);
  g_strfreev (g_steal_pointer (&arguments));
  arguments = run (line);
  g_assert_cmpstr (arguments[11], ==, "Authorization: Bearer a $key");
  g_unsetenv ("JUMPSEAT_KEY");
}

static void
test_no_body (void)
{
  /* The second stands for one that was too large to be kept. */
  static const char *const bodies[] = { NULL,
                                        "{\"_truncated\":true,\"_size\":5,\"_reason\":\"r\"}" };

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (JumpExchangeRecord) record = new_record (NULL, bodies[i]);
      g_autofree char *line = jump_exchange_curl_new (record, URL);
      g_auto (GStrv) arguments = run (line);

      g_assert_true (g_str_has_prefix (line, "# The body of this request was not kept"));
      g_assert_cmpstr (arguments[6], ==, "@body.json");
    }
}

static void
test_bytes (void)
{
  static const char *const bodies[] = { "\xff\xfe", "a\0b" };

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (JumpExchangeRecord) record = new_record (NULL, NULL);
      g_autofree char *line = NULL;

      record->request_body = g_bytes_new (bodies[i], i == 0 ? 2 : 3);
      line = jump_exchange_curl_new (record, URL);
      g_assert_true (g_str_has_prefix (line, "# "));
      g_assert_true (g_utf8_validate (line, -1, NULL));
    }
}

static void
test_path (void)
{
  g_autoptr (JumpExchangeRecord) record = new_record (NULL, "{}");
  g_autofree char *line = NULL;
  g_auto (GStrv) arguments = NULL;

  g_free (record->path);
  record->path = g_strdup ("/v1/a b'?#$(id)%");
  line = jump_exchange_curl_new (record, URL);
  arguments = run (line);
  g_assert_cmpstr (arguments[2], ==, URL "/v1/a%20b%27%3F%23%24%28id%29%25");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange-curl/plain", test_plain);
  g_test_add_func ("/exchange-curl/evil-bodies", test_evil_bodies);
  g_test_add_func ("/exchange-curl/long-body", test_long_body);
  g_test_add_func ("/exchange-curl/headers", test_headers);
  g_test_add_func ("/exchange-curl/no-body", test_no_body);
  g_test_add_func ("/exchange-curl/bytes", test_bytes);
  g_test_add_func ("/exchange-curl/path", test_path);
  return g_test_run ();
}
