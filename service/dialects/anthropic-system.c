/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/anthropic-system.h"

#include "service/dialects/anthropic-content.h"

#define BILLING_NAME "x-anthropic-billing-header:"

/* Returns: @text behind its billing line, @text itself when it has none. In a list the line is a block of
 * its own, in a string the first line (protocol 6.3); it may be written in capitals too. */
static const char *
skip_billing (const char *text)
{
  const char *at = text + strspn (text, " \t\r\n");

  if (g_ascii_strncasecmp (at, BILLING_NAME, strlen (BILLING_NAME)) != 0)
    return text;
  at += strcspn (at, "\n");
  return at + strspn (at, "\r\n");
}

/* Returns: whether the part is worth keeping. */
static gboolean
strip_part (JumpPart *part, gboolean *out_is_changed)
{
  const char *rest;

  if (part->kind != JUMP_PART_TEXT || part->text == NULL)
    return TRUE;
  rest = skip_billing (part->text);
  if (rest == part->text)
    return TRUE;
  *out_is_changed = TRUE;
  if (*rest == '\0')
    return FALSE;
  memmove (part->text, rest, strlen (rest) + 1);
  return TRUE;
}

/**
 * jump_anthropic_system_read:
 * @prompt: without messages; gets one of role system, unless nothing is left to say
 */
gboolean
jump_anthropic_system_read (JumpPrompt *prompt, JumpJsonSpan system, GError **error)
{
  g_autoptr (JumpMessage) message = NULL;
  gboolean is_changed = FALSE;

  if (jump_json_span_kind (system) == JUMP_JSON_NULL)
    return TRUE;
  message = jump_message_new (JUMP_ROLE_SYSTEM);
  if (!jump_anthropic_content_read (system, "system", message->parts, error))
    return FALSE;
  for (guint i = 0; i < message->parts->len;)
    {
      if (strip_part (g_ptr_array_index (message->parts, i), &is_changed))
        i++;
      else
        g_ptr_array_remove_index (message->parts, i);
    }
  if (is_changed)
    jump_prompt_drop (prompt, "billing-header");
  if (message->parts->len > 0)
    jump_prompt_add_message (prompt, g_steal_pointer (&message));
  return TRUE;
}
