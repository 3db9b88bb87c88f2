/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/update/release-feed.h"

#include "service/base/error.h"
#include "service/base/json-read.h"
#include "service/base/limits.h"
#include "service/update/version-order.h"

#include <string.h>

#define MAX_URL  2048
#define MAX_DATE 40

static gboolean
is_loopback (const char *host)
{
  return g_str_equal (host, "127.0.0.1") || g_str_equal (host, "::1") ||
         g_ascii_strcasecmp (host, "localhost") == 0;
}

/* An address is shown, also in the log: no line ends, and nothing that looks like something else. */
static gboolean
is_plain (const char *text)
{
  while (g_ascii_isgraph (*text))
    text++;
  return *text == '\0';
}

/* A button opens it: never a file, nor a program that some scheme stands for. */
static gboolean
is_web_page (const char *text)
{
  g_autoptr (GUri) uri = NULL;
  const char *host;

  if (text == NULL || strlen (text) > MAX_URL || !is_plain (text))
    return FALSE;
  uri = g_uri_parse (text, G_URI_FLAGS_HAS_PASSWORD, NULL);
  host = uri == NULL ? NULL : g_uri_get_host (uri);
  if (host == NULL || *host == '\0' || g_uri_get_userinfo (uri) != NULL)
    return FALSE;
  return g_str_equal (g_uri_get_scheme (uri), "https") ||
         (g_str_equal (g_uri_get_scheme (uri), "http") && is_loopback (host));
}

/* Notes are Markdown and are shown as they are; what is neither text nor the end of a line goes, and
 * so do marks that turn the direction of the words that follow. */
static char *
dup_notes (const char *body)
{
  GString *text = g_string_new (NULL);

  for (const char *at = body; *at != '\0' && text->len < JUMP_LIMIT_RELEASE_NOTES;
       at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c == '\n' || c == '\t' ||
          (!g_unichar_iscntrl (c) && g_unichar_type (c) != G_UNICODE_FORMAT))
        g_string_append_unichar (text, c);
    }
  g_strchomp (text->str);
  return g_string_free (text, FALSE);
}

static gboolean
is_date (const char *text)
{
  g_autoptr (GDateTime) time = NULL;

  if (text == NULL || strlen (text) > MAX_DATE)
    return FALSE;
  time = g_date_time_new_from_iso8601 (text, NULL);
  return time != NULL;
}

static gboolean
has_flag (JsonObject *feed, const char *name)
{
  /* whatever else it says than "no", it is not for everybody */
  return jump_json_has_value (feed, name) && jump_json_get_boolean (feed, name, TRUE);
}

/**
 * jump_release_new:
 * @feed: (nullable): the object
 * @error: JUMP_ERROR_PROTOCOL, naming the field
 *
 * Returns: (transfer full) (nullable): the release
 */
JumpRelease *
jump_release_new (JsonObject *feed, GError **error)
{
  const char *tag;
  const char *version;
  const char *url;
  const char *date;
  JumpRelease *self;

  if (feed == NULL)
    {
      g_set_error (error, JUMP_ERROR, JUMP_ERROR_PROTOCOL, "release feed: expected a JSON object");
      return NULL;
    }
  tag = jump_json_get_string (feed, "tag_name", "");
  version = *tag == 'v' ? tag + 1 : tag;
  url = jump_json_get_string (feed, "html_url", NULL);
  date = jump_json_get_string (feed, "published_at", NULL);
  if (!jump_version_is_valid (version))
    {
      g_set_error (error,
                   JUMP_ERROR,
                   JUMP_ERROR_PROTOCOL,
                   "release feed: tag_name: expected a version such as v1.2.3");
      return NULL;
    }
  if (!is_web_page (url))
    {
      g_set_error (error,
                   JUMP_ERROR,
                   JUMP_ERROR_PROTOCOL,
                   "release feed: html_url: expected an https address");
      return NULL;
    }
  self = g_new0 (JumpRelease, 1);
  self->version = g_strdup (version);
  self->url = g_strdup (url);
  self->published_at = is_date (date) ? g_strdup (date) : NULL;
  self->notes = dup_notes (jump_json_get_string (feed, "body", ""));
  self->is_final = !has_flag (feed, "draft") && !has_flag (feed, "prerelease") &&
                   !jump_version_is_prerelease (version);
  return self;
}

void
jump_release_free (JumpRelease *self)
{
  g_free (self->version);
  g_free (self->url);
  g_free (self->published_at);
  g_free (self->notes);
  g_free (self);
}

void
jump_release_write (const JumpRelease *self, JumpJsonWriter *writer)
{
  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer, "tag_name", self->version);
  jump_json_writer_member_string (writer, "html_url", self->url);
  jump_json_writer_member_string (writer, "published_at", self->published_at);
  jump_json_writer_member_string (writer, "body", self->notes);
  jump_json_writer_member_boolean (writer, "prerelease", !self->is_final);
  jump_json_writer_end_object (writer);
}
