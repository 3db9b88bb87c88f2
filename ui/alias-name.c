/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/alias-name.h"

#include <glib/gi18n-lib.h>

/* @ and * have a meaning of their own in names: a way to go, and a pattern. */
static gboolean
has_strange_letters (const char *name)
{
  for (const char *at = name; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar letter = g_utf8_get_char (at);

      if (letter == '*' || letter == '@' || letter == '"' || letter == '\\' ||
          g_unichar_isspace (letter) || !g_unichar_isprint (letter))
        return TRUE;
    }
  return FALSE;
}

/**
 * jump_alias_check:
 * @name: what somebody typed, without space around it
 * @target: the id of the model that it shall mean
 * @aliases: (element-type JumpSettingPair): those that there are
 * @catalog: the models that there are
 */
JumpAliasVerdict
jump_alias_check (const char *name,
                  const char *target,
                  GPtrArray *aliases,
                  JumpModelCatalog *catalog)
{
  if (name[0] == '\0')
    return JUMP_ALIAS_EMPTY;
  if (has_strange_letters (name))
    return JUMP_ALIAS_LETTERS;
  if (jump_model_catalog_lookup (catalog, name) != NULL)
    return JUMP_ALIAS_IS_MODEL;
  for (guint i = 0; i < aliases->len; i++)
    {
      const JumpSettingPair *pair = g_ptr_array_index (aliases, i);

      if (g_ascii_strcasecmp (pair->name, name) == 0)
        return g_strcmp0 (pair->target, target) == 0 ? JUMP_ALIAS_THERE : JUMP_ALIAS_ELSEWHERE;
    }
  return JUMP_ALIAS_OK;
}

const char *
jump_alias_describe (JumpAliasVerdict verdict)
{
  switch (verdict)
    {
    case JUMP_ALIAS_OK:
    case JUMP_ALIAS_EMPTY:
      break;
    case JUMP_ALIAS_LETTERS:
      return _ ("A name has no spaces, quotation marks, * or @.");
    case JUMP_ALIAS_IS_MODEL:
      return _ ("A model is called so already.");
    case JUMP_ALIAS_THERE:
      return _ ("It means this model already.");
    case JUMP_ALIAS_ELSEWHERE:
      return _ ("It means another model now, and will mean this one.");
    }
  return NULL;
}
