/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/settings/settings-check.h"

#include "service/base/error.h"
#include "service/settings/settings.h"

#include <string.h>

/* Names further apart than this are no typing mistakes of each other. */
#define MAX_DISTANCE 3

static G_GNUC_PRINTF (4, 5) void set_wrong (GError **error,
                                            JumpSettingKey key,
                                            const char *text,
                                            const char *format,
                                            ...)
{
  const JumpSettingRow *row = jump_setting_row (key);
  g_autofree char *reason = NULL;
  va_list arguments;

  va_start (arguments, format);
  reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error,
               JUMP_ERROR,
               JUMP_ERROR_SETTINGS,
               "%s.%s: \"%s\" is not %s",
               row->group,
               row->name,
               text,
               reason);
}

static char *
normalize_boolean (JumpSettingKey key, const char *text, GError **error)
{
  static const char *const yes[] = { "true", "yes", "on", "1", NULL };
  static const char *const no[] = { "false", "no", "off", "0", NULL };
  g_autofree char *lower = g_ascii_strdown (text, -1);

  if (g_strv_contains (yes, lower))
    return g_strdup ("true");
  if (g_strv_contains (no, lower))
    return g_strdup ("false");
  set_wrong (error, key, text, "true or false");
  return NULL;
}

static char *
normalize_int (JumpSettingKey key, const char *text, GError **error)
{
  const JumpSettingRow *row = jump_setting_row (key);
  gint64 value;

  if (g_ascii_string_to_signed (text, 10, row->min, row->max, &value, NULL))
    return g_strdup_printf ("%" G_GINT64_FORMAT, value);
  set_wrong (error, key, text, "in %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, row->min, row->max);
  return NULL;
}

static char *
normalize_choice (JumpSettingKey key, const char *text, GError **error)
{
  const JumpSettingRow *row = jump_setting_row (key);
  g_auto (GStrv) words = g_strsplit (row->choices, "|", -1);
  g_autofree char *list = NULL;

  for (guint i = 0; words[i] != NULL; i++)
    if (g_ascii_strcasecmp (words[i], text) == 0)
      return g_strdup (words[i]);
  list = g_strjoinv (", ", words);
  set_wrong (error, key, text, "one of %s", list);
  return NULL;
}

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  if (address != NULL)
    return g_inet_address_get_is_loopback (address);
  return g_ascii_strcasecmp (host, "localhost") == 0;
}

static gboolean
has_space (const char *text)
{
  for (; *text != '\0'; text++)
    {
      if (g_ascii_isspace (*text))
        return TRUE;
    }
  return FALSE;
}

static GUri *
parse_address (const char *text)
{
  g_autoptr (GUri) uri = has_space (text) ? NULL : g_uri_parse (text, G_URI_FLAGS_NONE, NULL);

  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0' ||
      g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    return NULL;
  return g_steal_pointer (&uri);
}

static char *
normalize_url (JumpSettingKey key, const char *text, GError **error)
{
  g_autoptr (GUri) uri = parse_address (text);
  gsize length = strlen (text);

  if (uri == NULL || g_uri_get_userinfo (uri) != NULL ||
      (!g_str_equal (g_uri_get_scheme (uri), "https") &&
       !(g_str_equal (g_uri_get_scheme (uri), "http") && is_loopback (g_uri_get_host (uri)))))
    {
      set_wrong (error,
                 key,
                 text,
                 "an https address without query (http is for loopback hosts only)");
      return NULL;
    }
  while (length > 0 && text[length - 1] == '/')
    length--;
  return g_strndup (text, length);
}

static char *
normalize_proxy (JumpSettingKey key, const char *text, GError **error)
{
  static const char *const schemes[] = { "http",   "https",   "socks4", "socks4a",
                                         "socks5", "socks5h", NULL };
  g_autoptr (GUri) uri = parse_address (text);

  if (uri != NULL && g_strv_contains (schemes, g_uri_get_scheme (uri)))
    return g_strdup (text);
  /* The text may hold a password. */
  set_wrong (error,
             key,
             strchr (text, '@') == NULL ? text : "***",
             "the address of an http, https, socks4, socks4a, socks5 or socks5h proxy");
  return NULL;
}

static char *
normalize_listen_address (JumpSettingKey key, const char *text, GError **error)
{
  g_autoptr (GInetAddress) address = NULL;

  if (g_ascii_strcasecmp (text, "loopback") == 0)
    return g_strdup ("loopback");
  if (g_ascii_strcasecmp (text, "any") == 0)
    return g_strdup ("any");
  address = g_inet_address_new_from_string (text);
  if (address != NULL)
    return g_inet_address_to_string (address);
  set_wrong (error, key, text, "loopback, any, or an IP address");
  return NULL;
}

/* In lower case; an IPv6 address stands without brackets. */
static gboolean
is_host (const char *text)
{
  return g_hostname_is_ip_address (text) ||
         (*text != '\0' && strlen (text) <= 253 && *text != '.' &&
          strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789-._") == strlen (text));
}

/* Of a page within a program: "app://name", "chrome-extension://abcdef". In lower case; files have no origin of
 * their own. */
static gboolean
is_app_origin (const char *text)
{
  gsize scheme = strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789+-.");
  const char *name;

  if (!g_ascii_isalpha (*text) || !g_str_has_prefix (text + scheme, "://") ||
      g_str_has_prefix (text, "file:"))
    return FALSE;
  name = text + scheme + strlen ("://");
  return *name != '\0' && strlen (name) <= 253 &&
         strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789-._") == strlen (name);
}

static gboolean
is_origin (const char *text)
{
  g_autoptr (GUri) uri = parse_address (text);

  if (!g_str_has_prefix (text, "http://") && !g_str_has_prefix (text, "https://"))
    return is_app_origin (text);
  return uri != NULL && g_uri_get_userinfo (uri) == NULL && *g_uri_get_path (uri) == '\0';
}

/* Returns: (transfer full): "a, b" */
static char *
normalize_list (JumpSettingKey key,
                const char *text,
                gboolean (*is_valid) (const char *),
                const char *expected,
                GError **error)
{
  g_autofree char *lower = g_ascii_strdown (text, -1);
  g_auto (GStrv) parts = g_strsplit (lower, ",", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (is_valid (g_strstrip (parts[i])))
        continue;
      set_wrong (error, key, text, "a list, separated by commas, of %s", expected);
      return NULL;
    }
  return g_strjoinv (", ", parts);
}

static char *
normalize_string (JumpSettingKey key, const char *text, GError **error)
{
  if (g_utf8_validate (text, -1, NULL))
    return g_strdup (text);
  set_wrong (error, key, "?", "valid UTF-8");
  return NULL;
}

static gboolean
has_control (const char *text)
{
  for (; *text != '\0'; text++)
    {
      if ((guchar) *text < 0x20 || *text == 0x7f)
        return TRUE;
    }
  return FALSE;
}

char *
jump_setting_normalize (JumpSettingKey key, const char *text, GError **error)
{
  const JumpSettingRow *row = jump_setting_row (key);
  g_autofree char *stripped = g_strstrip (g_strdup (text));

  if (has_control (stripped))
    {
      g_autofree char *shown = g_strescape (stripped, NULL);

      set_wrong (error, key, shown, "a text of one line");
      return NULL;
    }
  if (*stripped == '\0' && row->may_be_empty)
    return g_steal_pointer (&stripped);
  switch (row->type)
    {
    case JUMP_SETTING_BOOLEAN:
      return normalize_boolean (key, stripped, error);
    case JUMP_SETTING_INT:
      return normalize_int (key, stripped, error);
    case JUMP_SETTING_CHOICE:
      return normalize_choice (key, stripped, error);
    case JUMP_SETTING_URL:
      return normalize_url (key, stripped, error);
    case JUMP_SETTING_PROXY:
      return normalize_proxy (key, stripped, error);
    case JUMP_SETTING_ADDRESS:
      return normalize_listen_address (key, stripped, error);
    case JUMP_SETTING_HOSTS:
      return normalize_list (key,
                             stripped,
                             is_host,
                             "host names or IP addresses without ports",
                             error);
    case JUMP_SETTING_ORIGINS:
      return normalize_list (key,
                             stripped,
                             is_origin,
                             "origins, as in https://chat.example or app://name",
                             error);
    case JUMP_SETTING_STRING:
      break;
    }
  if (*stripped != '\0')
    return normalize_string (key, stripped, error);
  set_wrong (error, key, stripped, "allowed to be empty");
  return NULL;
}

/* How many letters have to be added, dropped or changed to make @b of @a. */
static guint
count_distance (const char *a, const char *b)
{
  gsize length = strlen (b);
  g_autofree guint *row = g_new (guint, length + 1);

  for (gsize j = 0; j <= length; j++)
    row[j] = (guint) j;
  for (gsize i = 0; a[i] != '\0'; i++)
    {
      guint diagonal = row[0];

      row[0] = (guint) i + 1;
      for (gsize j = 0; j < length; j++)
        {
          guint changed = diagonal + (a[i] == b[j] ? 0 : 1);

          diagonal = row[j + 1];
          row[j + 1] = MIN (changed, MIN (row[j], row[j + 1]) + 1);
        }
    }
  return row[length];
}

char *
jump_setting_describe_unknown (const char *dotted_name)
{
  const char *dot = strchr (dotted_name, '.');
  guint best_distance = MAX_DISTANCE + 1;
  g_autofree char *best = NULL;

  /* Nothing that long is a mistyped key, and the comparison takes time by its square. */
  for (guint i = 0; i < JUMP_N_KEYS && strlen (dotted_name) < 100; i++)
    {
      const JumpSettingRow *row = jump_setting_row ((JumpSettingKey) i);
      g_autofree char *name = g_strconcat (row->group, ".", row->name, NULL);
      guint distance = count_distance (dotted_name, name);

      /* The right name in the wrong group is what happens most. */
      if (g_str_equal (dot == NULL ? dotted_name : dot + 1, row->name))
        distance = MIN (distance, 1);
      if (distance >= best_distance)
        continue;
      best_distance = distance;
      g_free (best);
      best = g_steal_pointer (&name);
    }
  if (best == NULL)
    return g_strdup_printf ("unknown key %s", dotted_name);
  return g_strdup_printf ("unknown key %s (did you mean %s?)", dotted_name, best);
}

/**
 * jump_setting_check:
 * @key: a key
 * @text: a value for it, as in the file
 * @error: JUMP_ERROR_SETTINGS, as in: server.port: "99999" is not in 0 to 65535
 *
 * Returns: whether @key takes @text
 */
gboolean
jump_setting_check (JumpSettingKey key, const char *text, GError **error)
{
  g_autofree char *normal = jump_setting_normalize (key, text, error);

  return normal != NULL;
}
