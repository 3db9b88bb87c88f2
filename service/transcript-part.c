/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/transcript-part.h"

#include <string.h>

static void
free_part (gpointer data)
{
  JumpTranscriptPart *self = data;

  g_free (self->title);
  g_free (self->text);
  g_free (self);
}

GPtrArray *
jump_transcript_list_new (void)
{
  return g_ptr_array_new_with_free_func (free_part);
}

/* Not in the middle of a character. */
static gsize
find_cut (const char *text, gsize max)
{
  while (max > 0 && ((guchar) text[max] & 0xc0) == 0x80)
    max--;
  return max;
}

/**
 * jump_transcript_add:
 * @list: gets one part
 * @title: (nullable): copied
 * @text: copied, up to %JUMP_TRANSCRIPT_MAX_TEXT
 * @length: bytes of @text
 */
void
jump_transcript_add (GPtrArray *list,
                     JumpTranscriptKind kind,
                     const char *title,
                     const char *text,
                     gsize length)
{
  JumpTranscriptPart *self = g_new0 (JumpTranscriptPart, 1);

  self->kind = kind;
  self->title = title != NULL ? g_utf8_make_valid (title, -1) : NULL;
  if (length <= JUMP_TRANSCRIPT_MAX_TEXT)
    self->text = g_utf8_make_valid (text, (gssize) length);
  else
    {
      gsize cut = find_cut (text, JUMP_TRANSCRIPT_MAX_TEXT);
      g_autofree char *valid = g_utf8_make_valid (text, (gssize) cut);
      g_autofree char *rest = g_format_size (length - cut);

      self->text = g_strdup_printf ("%s\n\n[%s more: the raw view has all of it]", valid, rest);
    }
  g_ptr_array_add (list, self);
}

static void
add_string (GPtrArray *list, JumpTranscriptKind kind, const char *title, const char *text)
{
  jump_transcript_add (list, kind, title, text, strlen (text));
}

/* ---- pictures and files ---- */

/* "image/svg+xml; charset=x" → "SVG image". Returns: (transfer full) */
static char *
name_type (const char *media_type, const char *noun)
{
  const char *slash = media_type != NULL ? strchr (media_type, '/') : NULL;
  g_autofree char *subtype = NULL;
  g_autofree char *upper = NULL;

  if (slash == NULL)
    return g_strdup (noun);
  subtype = g_strndup (slash + 1, strcspn (slash + 1, "+; "));
  upper = g_ascii_strup (subtype, -1);
  return g_strdup_printf ("%s %s", upper, noun);
}

static gsize
count_base64 (const char *data)
{
  gsize length = strlen (data);

  while (length > 0 && data[length - 1] == '=')
    length--;
  return length / 4 * 3 + (length % 4 > 1 ? length % 4 - 1 : 0);
}

static void
add_media (GPtrArray *list, const JumpPart *part)
{
  g_autofree char *type =
      name_type (part->media_type, part->kind == JUMP_PART_IMAGE ? "image" : "file");
  g_autofree char *size = part->data != NULL ? g_format_size (count_base64 (part->data)) : NULL;
  const char *place = part->url != NULL ? part->url : part->file_id;
  g_autofree char *text = NULL;

  if (size != NULL)
    text = g_strdup_printf ("%s, %s", type, size);
  else
    text = place != NULL ? g_strdup_printf ("%s, %s", type, place) : g_strdup (type);
  add_string (list, JUMP_TRANSCRIPT_IMAGE, part->file_name, text);
}

/* ---- tools ---- */

static void
add_call (GPtrArray *list, const JumpPart *part)
{
  add_string (list,
              JUMP_TRANSCRIPT_TOOL_CALL,
              part->name,
              part->arguments != NULL ? part->arguments : "");
}

static void
add_result (GPtrArray *list, const JumpPart *part)
{
  g_autofree char *text =
      part->content != NULL ? jump_parts_join_text (part->content, "\n") : g_strdup ("");
  const char *name = part->name != NULL ? part->name : part->call_id;
  g_autofree char *title =
      part->is_error ? g_strdup_printf ("%s (error)", name != NULL ? name : "") : g_strdup (name);

  add_string (list, JUMP_TRANSCRIPT_TOOL_RESULT, title, text);
  for (guint i = 0; part->content != NULL && i < part->content->len; i++)
    {
      const JumpPart *inner = g_ptr_array_index (part->content, i);

      if (inner->kind == JUMP_PART_IMAGE || inner->kind == JUMP_PART_FILE)
        add_media (list, inner);
    }
}

/* ---- parts ---- */

/* The texts of a run of parts of one kind, up to @n_parts. Returns: how many parts that was */
static guint
add_run (GPtrArray *list,
         JumpTranscriptKind kind,
         const char *title,
         const GPtrArray *parts,
         guint start)
{
  JumpPartKind run = ((const JumpPart *) g_ptr_array_index (parts, start))->kind;
  g_autoptr (GString) text = g_string_new (NULL);
  guint end = start;

  for (; end < parts->len; end++)
    {
      const JumpPart *part = g_ptr_array_index (parts, end);

      if (part->kind != run)
        break;
      if (part->text == NULL || *part->text == '\0')
        continue;
      if (text->len > 0)
        g_string_append (text, "\n\n");
      g_string_append (text, part->text);
    }
  if (text->len > 0)
    jump_transcript_add (list, kind, title, text->str, text->len);
  return end - start;
}

void
jump_transcript_add_parts (GPtrArray *list,
                           JumpTranscriptKind kind,
                           const char *title,
                           const GPtrArray *parts)
{
  guint i = 0;

  while (i < parts->len)
    {
      const JumpPart *part = g_ptr_array_index (parts, i);

      switch (part->kind)
        {
        case JUMP_PART_TEXT:
        case JUMP_PART_REFUSAL:
          i += add_run (list, kind, title, parts, i);
          continue;
        case JUMP_PART_REASONING:
          /* What is sealed nobody can read. */
          i += add_run (list, JUMP_TRANSCRIPT_THINKING, NULL, parts, i);
          continue;
        case JUMP_PART_IMAGE:
        case JUMP_PART_FILE:
          add_media (list, part);
          break;
        case JUMP_PART_TOOL_CALL:
          add_call (list, part);
          break;
        case JUMP_PART_TOOL_RESULT:
          add_result (list, part);
          break;
        case JUMP_PART_OTHER:
          add_string (list,
                      JUMP_TRANSCRIPT_TOOL_CALL,
                      part->type,
                      part->json != NULL ? part->json : "");
          break;
        }
      i++;
    }
}

/* ---- limits ---- */

static gsize
count_bytes (const GPtrArray *list)
{
  gsize total = 0;

  for (guint i = 0; i < list->len; i++)
    total += strlen (((const JumpTranscriptPart *) g_ptr_array_index (list, i))->text);
  return total;
}

/**
 * jump_transcript_limit:
 * @list: of a whole conversation
 * @max_bytes: of all texts
 *
 * What the system said at the beginning stays, and so does the end.
 */
void
jump_transcript_limit (GPtrArray *list, gsize max_bytes)
{
  gsize total = count_bytes (list);
  guint start = 0;
  guint n = 0;
  g_autofree char *note = NULL;

  while (start < list->len &&
         ((JumpTranscriptPart *) g_ptr_array_index (list, start))->kind == JUMP_TRANSCRIPT_SYSTEM)
    start++;
  while (total > max_bytes && start + n + 1 < list->len)
    {
      total -= strlen (((JumpTranscriptPart *) g_ptr_array_index (list, start + n))->text);
      n++;
    }
  if (n == 0)
    return;
  g_ptr_array_remove_range (list, start, n);
  note = g_strdup_printf ("[%u earlier parts are left out: the raw view has them]", n);
  add_string (list, JUMP_TRANSCRIPT_SYSTEM, NULL, note);
  g_ptr_array_insert (list, (int) start, g_ptr_array_steal_index (list, list->len - 1));
}
