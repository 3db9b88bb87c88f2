/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/json-text.h"

#include "ui/figure-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* As deep as the service reads; deeper ones are shown as they are. */
#define MAX_DEPTH 100
#define INDENT    2

typedef struct
{
  const char *at;
  const char *end;
  gsize max_text;
  GString *text; /* (unowned) */
  char brackets[MAX_DEPTH];
  guint depth;
} Printer;

static gboolean
is_space (char c)
{
  return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static void
append_line_break (Printer *printer)
{
  g_string_append_c (printer->text, '\n');
  for (guint i = 0; i < printer->depth * INDENT; i++)
    g_string_append_c (printer->text, ' ');
}

/* Says how much of a long text is left out behind what has been appended of it. */
static void
append_rest (GString *text, gsize n_left_out)
{
  g_autofree char *size = jump_figure_text_bytes (n_left_out);

  /* Translators: stands at the end of a long text, with the size of what is not shown: "12 kB" */
  g_string_append_printf (text, _("… (%s more)"), size);
}

/* @length: of the text. Returns: how much of it to show: whole characters, whole escapes. */
static gsize
find_cut (const char *start, gsize length, gsize max)
{
  const char *at = start;

  if (length <= max)
    return length;
  while ((gsize) (at - start) < max)
    {
      gsize step = *at == '\\' && at[1] == 'u' ? 6 : *at == '\\' ? 2 : 1;

      if ((gsize) (at - start) + step > length)
        break;
      at += step;
    }
  while (at > start && (*at & 0xc0) == 0x80)
    at--;
  return (gsize) (at - start);
}

/* At an opening quote. */
static void
print_string (Printer *printer)
{
  const char *start = ++printer->at;
  gsize length;
  gsize shown;

  while (printer->at < printer->end && *printer->at != '"')
    printer->at += *printer->at == '\\' && printer->at + 1 < printer->end ? 2 : 1;
  length = (gsize) (printer->at - start);
  shown = find_cut (start, length, printer->max_text);
  g_string_append_c (printer->text, '"');
  g_string_append_len (printer->text, start, (gssize) shown);
  if (shown < length)
    append_rest (printer->text, length - shown);
  if (printer->at < printer->end)
    {
      g_string_append_c (printer->text, '"');
      printer->at++;
    }
}

static gboolean
print_opening (Printer *printer)
{
  char bracket = *printer->at++;
  char closing = bracket == '{' ? '}' : ']';

  if (printer->depth == MAX_DEPTH)
    return FALSE;
  g_string_append_c (printer->text, bracket);
  while (printer->at < printer->end && is_space (*printer->at))
    printer->at++;
  if (printer->at < printer->end && *printer->at == closing)
    {
      g_string_append_c (printer->text, closing);
      printer->at++;
      return TRUE;
    }
  printer->brackets[printer->depth++] = closing;
  append_line_break (printer);
  return TRUE;
}

static gboolean
print_closing (Printer *printer)
{
  if (printer->depth == 0 || printer->brackets[printer->depth - 1] != *printer->at)
    return FALSE;
  printer->depth--;
  append_line_break (printer);
  g_string_append_c (printer->text, *printer->at++);
  return TRUE;
}

/* A number, true, false, null, or what a cut has left of it. */
static gboolean
print_word (Printer *printer)
{
  static const char *const words[] = { "true", "false", "null" };
  const char *start = printer->at;
  gsize length;

  while (printer->at < printer->end &&
         (g_ascii_isalnum (*printer->at) || strchr ("+-.", *printer->at) != NULL))
    printer->at++;
  length = (gsize) (printer->at - start);
  g_string_append_len (printer->text, start, (gssize) length);
  if (g_ascii_isdigit (*start) || *start == '-')
    return strspn (start, "0123456789+-.eE") >= length;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (length > 0 && strncmp (words[i], start, length) == 0)
      return length == strlen (words[i]) || printer->at == printer->end;
  return FALSE;
}

static gboolean
print_token (Printer *printer)
{
  switch (*printer->at)
    {
    case '{':
    case '[':
      return print_opening (printer);
    case '}':
    case ']':
      return print_closing (printer);
    case '"':
      print_string (printer);
      return TRUE;
    case ',':
      g_string_append_c (printer->text, *printer->at++);
      if (printer->depth == 0)
        return FALSE;
      append_line_break (printer);
      return TRUE;
    case ':':
      g_string_append (printer->text, ": ");
      printer->at++;
      return printer->depth > 0;
    default:
      return print_word (printer);
    }
}

/* Sets values one after the other, each beginning on a line of its own; the last one may be cut.
 * Returns: FALSE for what is no JSON; @text is as before then. */
static gboolean
print_values (GString *text, const char *data, gsize length, gsize max_text)
{
  Printer printer = { .at = data, .end = data + length, .max_text = max_text, .text = text };
  gsize before = text->len;
  gboolean has_value = FALSE;

  while (TRUE)
    {
      while (printer.at < printer.end && is_space (*printer.at))
        printer.at++;
      if (printer.at == printer.end)
        return has_value;
      if (printer.depth == 0 && has_value)
        g_string_append (text, "\n\n");
      if ((printer.depth == 0 && *printer.at != '{' && *printer.at != '[') ||
          !print_token (&printer))
        {
          g_string_truncate (text, before);
          return FALSE;
        }
      has_value = TRUE;
    }
}

static void
append_line (GString *text, const char *line, gsize length, gsize max_text)
{
  gsize shown = find_cut (line, length, max_text);

  g_string_append_len (text, line, (gssize) shown);
  if (shown < length)
    append_rest (text, length - shown);
}

/* Lines of an event stream: what stands behind "data:" is JSON mostly. */
static void
append_stream_line (GString *text, const char *line, gsize length, gsize max_text)
{
  static const char data[] = "data:";
  gsize skip = strlen (data);

  if (length < skip || memcmp (line, data, skip) != 0)
    {
      append_line (text, line, length, max_text);
      return;
    }
  skip += length > skip && line[skip] == ' ' ? 1 : 0;
  g_string_append (text, "data: ");
  if (!print_values (text, line + skip, length - skip, max_text))
    append_line (text, line + skip, length - skip, max_text);
}

static void
append_lines (GString *text, const char *data, gsize max_text, gboolean is_stream)
{
  while (*data != '\0')
    {
      gsize length = strcspn (data, "\n");

      if (is_stream)
        append_stream_line (text, data, length, max_text);
      else
        append_line (text, data, length, max_text);
      data += length;
      if (*data == '\n')
        {
          g_string_append_c (text, '\n');
          data++;
        }
    }
}

static gboolean
is_event_stream (const char *data)
{
  static const char *const starts[] = { "data:", "event:", "id:", "retry:", ":" };

  data += strspn (data, "\n");
  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    if (g_str_has_prefix (data, starts[i]))
      return TRUE;
  return FALSE;
}

/* What is cut in the middle of a character ends before it. */
static gsize
drop_cut_character (const char *data, gsize length)
{
  for (gsize n = 1; n <= 3 && n <= length; n++)
    if (((guchar) data[length - n] & 0xc0) == 0xc0)
      return g_utf8_get_char_validated (data + length - n, (gssize) n) == (gunichar) -2 ? length - n
                                                                                        : length;
  return length;
}

char *
jump_plain_text_new (const char *data, gsize length)
{
  /* Empty bodies may have no bytes to point at. */
  g_autofree char *valid =
      length > 0 ? g_utf8_make_valid (data, (gssize) drop_cut_character (data, length))
                 : g_strdup ("");
  g_autoptr (GString) text = g_string_sized_new (strlen (valid));

  for (const char *at = valid; *at != '\0';)
    {
      gsize plain =
          strcspn (at,
                   "\x01\x02\x03\x04\x05\x06\x07\x08\x0b\x0c\r\x0e\x0f\x10\x11\x12\x13\x14"
                   "\x15\x16\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f\x7f");

      g_string_append_len (text, at, (gssize) plain);
      at += plain;
      if (*at == '\r' && at[1] != '\n')
        g_string_append_c (text, '\n');
      else if (*at != '\r' && *at != '\0')
        g_string_append (text, "\xef\xbf\xbd");
      at += *at != '\0' ? 1 : 0;
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * jump_json_text_new:
 * @data: (array length=length): a body
 * @length: in bytes
 * @max_text: how many bytes of one string or line to show
 *
 * Nothing of it is judged: what is no JSON is shown as it came, and only space between values is set
 * anew.
 *
 * Returns: (transfer full): a text for people
 */
char *
jump_json_text_new (const char *data, gsize length, gsize max_text)
{
  g_autofree char *plain = jump_plain_text_new (data, length);
  g_autoptr (GString) text = g_string_sized_new (strlen (plain) + strlen (plain) / 4);

  if (!print_values (text, plain, strlen (plain), max_text))
    append_lines (text, plain, max_text, is_event_stream (plain));
  return g_string_free (g_steal_pointer (&text), FALSE);
}
