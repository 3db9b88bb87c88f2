/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/base/json-read.h"
#include "service/base/limits.h"
#include "service/update/release-feed.h"

#include <string.h>

#define TAG  "\"tag_name\":\"v1.2.3\""
#define PAGE "\"html_url\":\"https://github.com/jumpseat/jumpseat/releases/tag/v1.2.3\""

static JumpRelease *
read_feed (const char *text, GError **error)
{
  g_autoptr (JsonObject) object = jump_json_parse_object (text, -1, NULL);

  return jump_release_new (object, error);
}

static void
test_whole (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpRelease) release =
      read_feed ("{" TAG "," PAGE ",\"name\":\"1.2.3\",\"draft\":false,\"prerelease\":false,"
                 "\"published_at\":\"2026-11-21T10:00:00Z\",\"assets\":[{}],"
                 "\"body\":\"### Added\\r\\n- A thing\\r\\n\"}",
                 &error);

  g_assert_no_error (error);
  g_assert_cmpstr (release->version, ==, "1.2.3");
  g_assert_cmpstr (release->url, ==, "https://github.com/jumpseat/jumpseat/releases/tag/v1.2.3");
  g_assert_cmpstr (release->published_at, ==, "2026-11-21T10:00:00Z");
  g_assert_cmpstr (release->notes, ==, "### Added\n- A thing");
  g_assert_true (release->is_final);
}

static void
test_wrong (void)
{
  static const struct
  {
    const char *text;
    const char *says;
  } rows[] = {
    { "", "JSON object" },
    { "null", "JSON object" },
    { "[]", "JSON object" },
    { "<html>rate limited</html>", "JSON object" },
    { "{}", "tag_name" },
    { "{\"tag_name\":7," PAGE "}", "tag_name" },
    { "{\"tag_name\":null," PAGE "}", "tag_name" },
    { "{\"tag_name\":\"nightly\"," PAGE "}", "tag_name" },
    { "{\"tag_name\":\"vv1.2.3\"," PAGE "}", "tag_name" },
    { "{" TAG "}", "html_url" },
    { "{" TAG ",\"html_url\":17}", "html_url" },
    { "{" TAG ",\"html_url\":\"\"}", "html_url" },
    { "{" TAG ",\"html_url\":\"file:///etc/passwd\"}", "html_url" },
    { "{" TAG ",\"html_url\":\"javascript:alert(1)\"}", "html_url" },
    { "{" TAG ",\"html_url\":\"http://github.com/x\"}", "html_url" },
    { "{" TAG ",\"html_url\":\"https:///x\"}", "html_url" },
    { "{" TAG ",\"html_url\":\"https://github.com@evil.example/x\"}", "html_url" },
    { "{" TAG ",\"html_url\":\"//github.com/x\"}", "html_url" },
    { "{" TAG ",\"html_url\":\"https://github.com/x\\nall is well\"}", "html_url" },
    { "{" TAG ",\"html_url\":\"https://github.com/\\u202ex\"}", "html_url" },
    { "{\"message\":\"API rate limit exceeded\"}", "tag_name" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JumpRelease) release = read_feed (rows[i].text, &error);

      g_test_message ("%s", rows[i].text);
      g_assert_null (release);
      g_assert_error (error, JUMP_ERROR, JUMP_ERROR_PROTOCOL);
      g_assert_nonnull (strstr (error->message, rows[i].says));
    }
}

static void
test_for_everybody (void)
{
  static const struct
  {
    const char *rest;
    gboolean is_final;
  } rows[] = {
    { TAG, TRUE },
    { TAG ",\"draft\":false,\"prerelease\":false", TRUE },
    { TAG ",\"draft\":null,\"prerelease\":null", TRUE },
    { TAG ",\"draft\":true", FALSE },
    { TAG ",\"prerelease\":true", FALSE },
    { TAG ",\"prerelease\":\"yes\"", FALSE },
    { "\"tag_name\":\"1.2.3\"", TRUE },
    { "\"tag_name\":\"v1.2.3-rc.1\"", FALSE },
    { "\"tag_name\":\"v1.2.3+5\"", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = g_strdup_printf ("{%s,%s}", rows[i].rest, PAGE);
      g_autoptr (JumpRelease) release = read_feed (text, NULL);

      g_test_message ("%s", text);
      g_assert_nonnull (release);
      g_assert_cmpint (release->is_final, ==, rows[i].is_final);
    }
}

/* A stranger wrote them. */
static void
test_notes (void)
{
  g_autofree char *long_line = g_strnfill (4 * JUMP_LIMIT_RELEASE_NOTES, 'x');
  g_autofree char *long_text = g_strdup_printf ("{%s,%s,\"body\":\"%s\"}", TAG, PAGE, long_line);
  g_autoptr (JumpRelease) cut = read_feed (long_text, NULL);
  g_autoptr (JumpRelease) odd = read_feed (
      "{" TAG "," PAGE ",\"body\":\"a\\u0000b\\u001b[31mc\\td\\u202ee\\u200bf\\u00e9\\n\\n\"}",
      NULL);
  g_autoptr (JumpRelease) none = read_feed ("{" TAG "," PAGE ",\"body\":{\"a\":1}}", NULL);
  g_autoptr (JumpRelease) date = read_feed ("{" TAG "," PAGE ",\"published_at\":\"soon\"}", NULL);

  g_assert_cmpuint (strlen (cut->notes), ==, JUMP_LIMIT_RELEASE_NOTES);
  g_assert_true (g_str_has_prefix (odd->notes, "a"));
  g_assert_null (strchr (odd->notes, 0x1b));
  g_assert_null (strstr (odd->notes, "\xe2\x80\xae"));
  g_assert_cmpstr (none->notes, ==, "");
  g_assert_null (date->published_at);
}

static void
test_written_and_read (void)
{
  g_autoptr (JumpRelease) release =
      read_feed ("{" TAG "," PAGE ",\"prerelease\":true,\"published_at\":\"2026-11-21T10:00:00Z\","
                 "\"body\":\"one\\n\\\"two\\\"\"}",
                 NULL);
  g_auto (JumpJsonWriter) writer = { 0 };
  g_autofree char *text = NULL;
  g_autoptr (JumpRelease) again = NULL;

  jump_json_writer_init (&writer);
  jump_release_write (release, &writer);
  text = jump_json_writer_finish (&writer);
  again = read_feed (text, NULL);
  g_assert_cmpstr (again->version, ==, release->version);
  g_assert_cmpstr (again->url, ==, release->url);
  g_assert_cmpstr (again->published_at, ==, release->published_at);
  g_assert_cmpstr (again->notes, ==, "one\n\"two\"");
  g_assert_false (again->is_final);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/release-feed/whole", test_whole);
  g_test_add_func ("/release-feed/wrong", test_wrong);
  g_test_add_func ("/release-feed/for-everybody", test_for_everybody);
  g_test_add_func ("/release-feed/notes", test_notes);
  g_test_add_func ("/release-feed/written-and-read", test_written_and_read);
  return g_test_run ();
}
