/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/model-filter.h"

#include "ui/model-text.h"

#include <string.h>

static gboolean
has_words (const char *text, JumpModel *model)
{
  g_autofree char *all = g_strjoin ("\n",
                                    jump_model_get_id (model),
                                    jump_model_get_name (model),
                                    jump_model_get_vendor (model),
                                    NULL);
  g_autofree char *folded = g_utf8_casefold (all, -1);
  g_autofree char *wanted = g_utf8_casefold (text, -1);
  g_auto (GStrv) words = g_strsplit_set (wanted, " \t", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (folded, words[i]) == NULL)
      return FALSE;
  return TRUE;
}

static gboolean
has_ability (JumpWantedAbility ability, JumpModel *model)
{
  switch (ability)
    {
    case JUMP_WANTED_ABILITY_ANY:
      break;
    case JUMP_WANTED_ABILITY_TOOLS:
      return jump_model_get_supports (model, "tool_calls");
    case JUMP_WANTED_ABILITY_IMAGES:
      return jump_model_get_supports (model, "vision");
    case JUMP_WANTED_ABILITY_REASONING:
      return jump_model_text_reasons (model);
    }
  return TRUE;
}

static gboolean
has_state (JumpWantedState state, JumpModel *model)
{
  gboolean is_ready = jump_model_text_get_standing (model) == JUMP_STANDING_READY;

  switch (state)
    {
    case JUMP_WANTED_STATE_ANY:
      break;
    case JUMP_WANTED_STATE_READY:
      return is_ready;
    case JUMP_WANTED_STATE_NEEDS_ENABLING:
      return !is_ready;
    case JUMP_WANTED_STATE_PREVIEW:
      return jump_model_get_is_preview (model);
    case JUMP_WANTED_STATE_RETIRING:
      return jump_model_get_is_retiring (model);
    }
  return TRUE;
}

void
jump_model_filter_clear (JumpModelFilter *self)
{
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->vendor, g_free);
}

/**
 * jump_model_filter_matches:
 * @self: what is wanted
 * @model: of the catalogue
 */
gboolean
jump_model_filter_matches (const JumpModelFilter *self, JumpModel *model)
{
  if (self->hides_embeddings && !jump_model_text_is_chat (model))
    return FALSE;
  if (self->vendor != NULL && g_strcmp0 (self->vendor, jump_model_get_vendor (model)) != 0)
    return FALSE;
  return has_ability (self->ability, model) && has_state (self->state, model) &&
         (self->text == NULL || has_words (self->text, model));
}
