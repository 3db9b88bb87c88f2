/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/conversation-text.h"

#include "ui/figure-text.h"
#include "ui/json-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Of one part: a file that a tool has read may be much longer. */
#define MAX_TEXT (64 * 1024)
/* A text view lays out whole lines, so there must not be too long ones. */
#define MAX_LINE 4000

static const char *
get_role (JumpTranscriptKind kind)
{
  switch (kind)
    {
    case JUMP_TRANSCRIPT_SYSTEM:
      /* Translators: heading of what a program tells the model before a conversation */
      return _("System");
    case JUMP_TRANSCRIPT_USER:
      /* Translators: heading of what the user of a program wrote to a model */
      return _("User");
    case JUMP_TRANSCRIPT_ASSISTANT:
      /* Translators: heading of what a model answered */
      return _("Assistant");
    case JUMP_TRANSCRIPT_THINKING:
      /* Translators: heading of what a model thought before it answered */
      return _("Thinking");
    case JUMP_TRANSCRIPT_TOOL_CALL:
      return _("Tool call");
    case JUMP_TRANSCRIPT_TOOL_RESULT:
      return _("Tool result");
    case JUMP_TRANSCRIPT_IMAGE:
      return _("Image");
    case JUMP_TRANSCRIPT_ERROR:
      return _("Error");
    }
  return "";
}

static gsize
find_cut (const char *text, gsize length, gsize max)
{
  if (length <= max)
    return length;
  while (max > 0 && (text[max] & 0xc0) == 0x80)
    max--;
  return max;
}

/* Breaks lines that are too long, at a space if there is one near the end. */
static void
append_folded (GString *out, const char *text, gsize length)
{
  while (length > 0)
    {
      const char *end = memchr (text, '\n', length);
      gsize line = end != NULL ? (gsize) (end - text) + 1 : length;
      gsize part = find_cut (text, line, MAX_LINE);

      if (part < line)
        for (gsize back = part; back > part - MAX_LINE / 10; back--)
          if (text[back - 1] == ' ')
            {
              part = back;
              break;
            }
      g_string_append_len (out, text, (gssize) part);
      if (part < line)
        g_string_append_c (out, '\n');
      text += part;
      length -= part;
    }
}

char *
jump_conversation_heading_new (const JumpTranscriptPart *part)
{
  const char *role = get_role (part->kind);

  if (part->title == NULL || *part->title == '\0')
    return g_strdup (role);
  /* Translators: a heading, and the name of a tool: "Tool call: read_file" */
  return g_strdup_printf (_("%s: %s"), role, part->title);
}

char *
jump_conversation_text_new (const JumpTranscriptPart *part)
{
  const char *raw = part->text != NULL ? part->text : "";
  gsize length = strlen (raw);
  gsize shown = find_cut (raw, length, MAX_TEXT);
  g_autofree char *text = part->kind == JUMP_TRANSCRIPT_TOOL_CALL
                              ? jump_json_text_new (raw, shown, MAX_LINE)
                              : jump_plain_text_new (raw, shown);
  g_autoptr (GString) out = g_string_new (NULL);

  append_folded (out, text, strlen (text));
  if (shown < length)
    {
      g_autofree char *size = jump_figure_text_bytes (length - shown);

      /* Translators: stands at the end of a long text, with the size of what is not shown: "12 kB" */
      g_string_append_printf (out, _("… (%s more)"), size);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * jump_conversation_copy_record:
 * @record: which goes on growing on the main loop
 *
 * Returns: (transfer full): with what jump_transcript_new() reads of it, as it is now
 */
JumpExchangeRecord *
jump_conversation_copy_record (const JumpExchangeRecord *record)
{
  JumpExchangeRecord *copy = jump_exchange_record_new ();

  copy->state = record->state;
  copy->id = g_strdup (record->id);
  copy->method = g_strdup (record->method);
  copy->path = g_strdup (record->path);
  copy->asked_model = g_strdup (record->asked_model);
  copy->used_model = g_strdup (record->used_model);
  copy->error = g_strdup (record->error);
  copy->status = record->status;
  copy->upstream_status = record->upstream_status;
  copy->streamed = record->streamed;
  copy->api = record->api;
  copy->is_reply_cut = record->is_reply_cut;
  copy->request_headers = g_strdup (record->request_headers);
  copy->reply_headers = g_strdup (record->reply_headers);
  if (record->request_body != NULL)
    copy->request_body = g_bytes_ref (record->request_body);
  if (record->reply_body != NULL)
    {
      copy->reply_body = g_byte_array_sized_new (record->reply_body->len);
      g_byte_array_append (copy->reply_body, record->reply_body->data, record->reply_body->len);
    }
  return copy;
}
