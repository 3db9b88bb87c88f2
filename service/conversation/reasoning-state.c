/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/conversation/reasoning-state.h"

#include <string.h>

/* An envelope: jumpseat1.KIND.MODEL.DATA. The number is raised when the form changes, so that an
 * older program knows that it cannot read a newer one's. */
#define ENVELOPE_NAME   "jumpseat"
#define ENVELOPE_PREFIX ENVELOPE_NAME "1."

static const char *
kind_to_word (JumpReasoningKind kind)
{
  switch (kind)
    {
    case JUMP_REASONING_NONE:
      return NULL;
    case JUMP_REASONING_OPAQUE:
      return "opaque";
    case JUMP_REASONING_ENCRYPTED:
      return "encrypted";
    case JUMP_REASONING_SIGNATURE:
      return "signature";
    case JUMP_REASONING_REDACTED:
      return "redacted";
    }
  return NULL;
}

static JumpReasoningKind
kind_from_word (const char *word, gsize length)
{
  for (guint kind = JUMP_REASONING_OPAQUE; kind <= JUMP_REASONING_REDACTED; kind++)
    {
      const char *known = kind_to_word ((JumpReasoningKind) kind);

      if (strlen (known) == length && memcmp (known, word, length) == 0)
        return (JumpReasoningKind) kind;
    }
  return JUMP_REASONING_NONE;
}

/* g_uri_escape_string() leaves dots alone, which separate the fields here. */
static void
append_escaped (GString *text, const char *model)
{
  for (; *model != '\0'; model++)
    {
      if (g_ascii_isalnum (*model) || *model == '_' || *model == '-')
        g_string_append_c (text, *model);
      else
        g_string_append_printf (text, "%%%02X", (guint) (guchar) *model);
    }
}

/* Returns: (transfer full) (nullable): %NULL for what append_escaped() would not have written */
static char *
unescape (const char *field, gsize length)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < length; i++)
    {
      if (g_ascii_isalnum (field[i]) || field[i] == '_' || field[i] == '-')
        g_string_append_c (text, field[i]);
      else if (field[i] == '%' && length - i > 2 && g_ascii_isxdigit (field[i + 1]) &&
               g_ascii_isxdigit (field[i + 2]))
        {
          int byte = g_ascii_xdigit_value (field[i + 1]) << 4 | g_ascii_xdigit_value (field[i + 2]);

          if (byte == 0)
            return NULL;
          g_string_append_c (text, (char) byte);
          i += 2;
        }
      else
        return NULL;
    }
  if (!g_utf8_validate_len (text->str, text->len, NULL))
    return NULL;
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * jump_reasoning_state_copy:
 * @self: (out caller-allocates): what it held is not freed
 * @state: is copied
 */
void
jump_reasoning_state_copy (JumpReasoningState *self, const JumpReasoningState *state)
{
  self->kind = state->kind;
  self->data = g_strdup (state->data);
  self->model = g_strdup (state->model);
}

/**
 * jump_reasoning_state_clear:
 * @self: a state, zeroed ones too; NONE afterwards
 */
void
jump_reasoning_state_clear (JumpReasoningState *self)
{
  self->kind = JUMP_REASONING_NONE;
  g_clear_pointer (&self->data, g_free);
  g_clear_pointer (&self->model, g_free);
}

/**
 * jump_reasoning_state_seal:
 * @self: a state; NONE yields "", which opens to NONE again
 *
 * Returns: (transfer full): an envelope
 */
char *
jump_reasoning_state_seal (const JumpReasoningState *self)
{
  g_autoptr (GString) text = NULL;

  if (self->kind == JUMP_REASONING_NONE || self->data == NULL)
    return g_strdup ("");
  text = g_string_new (ENVELOPE_PREFIX);
  g_string_append (text, kind_to_word (self->kind));
  g_string_append_c (text, '.');
  append_escaped (text, self->model == NULL ? "" : self->model);
  g_string_append_c (text, '.');
  g_string_append (text, self->data);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
open_envelope (JumpReasoningState *self, const char *text)
{
  const char *word = text + strlen (ENVELOPE_PREFIX);
  const char *model = NULL;
  const char *data = NULL;

  if (!g_str_has_prefix (text, ENVELOPE_PREFIX))
    return FALSE;
  model = strchr (word, '.');
  data = model == NULL ? NULL : strchr (model + 1, '.');
  /* Envelopes are never put into envelopes: inside one there would be nothing for an upstream. */
  if (data == NULL || data[1] == '\0' || jump_reasoning_text_is_sealed (data + 1))
    return FALSE;
  self->kind = kind_from_word (word, (gsize) (model - word));
  self->model = unescape (model + 1, (gsize) (data - model - 1));
  if (self->kind == JUMP_REASONING_NONE || self->model == NULL)
    return FALSE;
  if (*self->model == '\0')
    g_clear_pointer (&self->model, g_free);
  self->data = g_strdup (data + 1);
  return TRUE;
}

/**
 * jump_reasoning_state_open:
 * @self: (out caller-allocates): what it held is not freed
 * @text: (nullable): a field's text; %NULL and "" hold no state
 * @bare_kind: the kind that the field holds in the dialect's own use
 *
 * Returns: %FALSE for an envelope with anything wrong, or of a newer form: it is good for nobody and must
 *   not reach an upstream
 */
gboolean
jump_reasoning_state_open (JumpReasoningState *self, const char *text, JumpReasoningKind bare_kind)
{
  *self = (JumpReasoningState){ JUMP_REASONING_NONE, NULL, NULL };
  if (text == NULL || *text == '\0')
    return TRUE;
  if (!jump_reasoning_text_is_sealed (text))
    {
      self->kind = bare_kind;
      self->data = g_strdup (text);
      return TRUE;
    }
  if (open_envelope (self, text))
    return TRUE;
  jump_reasoning_state_clear (self);
  return FALSE;
}

/**
 * jump_reasoning_text_is_sealed:
 * @text: (nullable): a field's text
 *
 * Returns: whether it is an envelope, readable or not
 */
gboolean
jump_reasoning_text_is_sealed (const char *text)
{
  gsize n_digits;

  if (text == NULL || !g_str_has_prefix (text, ENVELOPE_NAME))
    return FALSE;
  text += strlen (ENVELOPE_NAME);
  n_digits = strspn (text, "0123456789");
  return n_digits > 0 && text[n_digits] == '.';
}

/**
 * jump_reasoning_state_fits:
 * @kinds: a mask of 1 << #JumpReasoningKind
 * @model: (nullable): as sent upstream
 *
 * A bare state came in the field of a dialect that may be spoken to the same model ever since, so it
 * is trusted; upstream is the judge.
 */
gboolean
jump_reasoning_state_fits (const JumpReasoningState *self, guint kinds, const char *model)
{
  if (self->kind == JUMP_REASONING_NONE || (kinds & (1u << self->kind)) == 0)
    return FALSE;
  return self->model == NULL || g_strcmp0 (self->model, model) == 0;
}
