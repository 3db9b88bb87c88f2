/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/history/exchange-curl.h"

#include <string.h>

/* Linux takes no argument above 128 KiB (MAX_ARG_STRLEN), however much room there is for all of them; quoting
 * makes bodies longer. printf is the shell's own and has no such limit. */
#define MAX_ARGUMENT (100 * 1024)
/* What a service on this computer takes from anybody. */
#define KEY      "${JUMPSEAT_KEY:-any}"
#define STAND_IN "{\"_truncated\":true,"

typedef struct
{
  const char *name; /* in lower case */
  const char
      *stand; /* (nullable): the line in its place, for a shell between double quotes; NULL: none */
} Replacement;

/* curl says these itself, they belong to the connection, or they are somebody's secret. */
static const Replacement replacements[] = {
  { "authorization", "Authorization: Bearer " KEY },
  { "x-api-key", "x-api-key: " KEY },
  { "api-key", "api-key: " KEY },
  { "host", NULL },
  { "content-length", NULL },
  { "content-encoding", NULL }, /* the body was decoded */
  { "transfer-encoding", NULL },
  { "accept-encoding", NULL },
  { "connection", NULL },
  { "keep-alive", NULL },
  { "proxy-connection", NULL },
  { "trailer", NULL },
  { "upgrade", NULL },
  { "expect", NULL },
};

/* A POSIX shell takes everything between single quotes as it stands, but for the quote itself. */
static void
append_quoted (GString *out, const char *text, gsize length)
{
  g_string_append_c (out, '\'');
  for (gsize i = 0; i < length; i++)
    {
      if (text[i] == '\'')
        g_string_append (out, "'\\''");
      else
        g_string_append_c (out, text[i]);
    }
  g_string_append_c (out, '\'');
}

static gboolean
is_header_name (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isalnum (text[i]) && text[i] != '-' && text[i] != '_')
        return FALSE;
    }
  return length > 0;
}

static const Replacement *
find_replacement (const char *name, gsize length)
{
  for (gsize i = 0; i < G_N_ELEMENTS (replacements); i++)
    {
      if (strlen (replacements[i].name) == length &&
          g_ascii_strncasecmp (replacements[i].name, name, length) == 0)
        return &replacements[i];
    }
  return NULL;
}

static void
append_header (GString *out, const char *line)
{
  gsize name = strcspn (line, ":");
  const Replacement *replacement;

  if (line[name] != ':' || !is_header_name (line, name))
    return;
  replacement = find_replacement (line, name);
  if (replacement != NULL && replacement->stand == NULL)
    return;
  if (replacement == NULL && strstr (line + name, "<redacted>") != NULL)
    return;
  g_string_append (out, " \\\n  -H ");
  if (replacement != NULL)
    g_string_append_printf (out, "\"%s\"", replacement->stand);
  else
    append_quoted (out, line, strlen (line));
}

/* Without any that were written down it is JSON all the same: all APIs are. */
static void
append_headers (GString *out, const char *headers)
{
  g_auto (GStrv) lines = g_strsplit (headers != NULL ? headers : "", "\n", -1);
  gboolean has_type = FALSE;

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      append_header (out, lines[i]);
      has_type = has_type || g_ascii_strncasecmp (lines[i], "content-type:", 13) == 0;
    }
  if (!has_type)
    g_string_append (out, " \\\n  -H 'Content-Type: application/json'");
}

static void
append_call (GString *out, const JumpExchangeRecord *record, const char *url)
{
  g_autofree char *path = g_uri_escape_string (record->path, "/", FALSE);
  g_autofree char *address = g_strconcat (url, path, NULL);

  g_string_append (out, record->streamed ? "curl -N -X " : "curl -X ");
  append_quoted (out, record->method, strlen (record->method));
  g_string_append_c (out, ' ');
  append_quoted (out, address, strlen (address));
  append_headers (out, record->request_headers);
}

/* How the body gets to curl. */
typedef enum
{
  BODY_ARGUMENT,
  BODY_PIPE, /* too long for an argument, or curl would take it for a file's name */
  BODY_FILE, /* not kept, or no text that a shell takes */
} BodyWay;

/* What stands in the place of a body that was too large to be kept (H-16). */
static gboolean
is_stand_in (GBytes *body)
{
  gsize length;
  const char *data = g_bytes_get_data (body, &length);
  gsize begin = strlen (STAND_IN);

  return length >= begin && memcmp (data, STAND_IN, begin) == 0;
}

static gboolean
is_kept (GBytes *body)
{
  return body != NULL && !is_stand_in (body);
}

static BodyWay
choose_way (GBytes *body)
{
  gsize length;
  const char *data;

  if (!is_kept (body))
    return BODY_FILE;
  data = g_bytes_get_data (body, &length);
  if (length > 0 && !g_utf8_validate (data, (gssize) length, NULL)) /* a NUL is no text either */
    return BODY_FILE;
  return length > MAX_ARGUMENT || (length > 0 && *data == '@') ? BODY_PIPE : BODY_ARGUMENT;
}

/**
 * jump_exchange_curl_new:
 * @record: of any exchange, running or ended
 * @url: of the service: "http://127.0.0.1:8081"
 *
 * A key that the client sent is taken from $JUMPSEAT_KEY, or is "any"; other secrets are left out.
 *
 * Returns: (transfer full): lines for a POSIX shell, the last one without its end
 */
char *
jump_exchange_curl_new (const JumpExchangeRecord *record, const char *url)
{
  GString *out = g_string_new (NULL);
  BodyWay way = choose_way (record->request_body);
  gsize length = 0;
  const char *body =
      record->request_body != NULL ? g_bytes_get_data (record->request_body, &length) : NULL;

  if (way == BODY_FILE)
    g_string_append (out,
                     !is_kept (record->request_body)
                         ? "# The body of this request was not kept: put one into body.json.\n"
                         : "# The body of this request is no text: put it into body.json.\n");
  if (way == BODY_PIPE)
    {
      g_string_append (out, "printf %s ");
      append_quoted (out, body, length);
      g_string_append (out, " |\n");
    }
  append_call (out, record, url);
  g_string_append (out, " \\\n  --data-binary ");
  switch (way)
    {
    case BODY_ARGUMENT:
      append_quoted (out, body, length);
      break;
    case BODY_PIPE:
      g_string_append (out, "@-");
      break;
    case BODY_FILE:
      g_string_append (out, "@body.json");
      break;
    }
  return g_string_free (out, FALSE);
}
