/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/dialect.h"

#include <string.h>

static const JumpDialect *const dialects[JUMP_N_DIALECTS] = {
  [JUMP_DIALECT_CHAT] = &jump_dialect_chat,
  [JUMP_DIALECT_RESPONSES] = &jump_dialect_responses,
  [JUMP_DIALECT_MESSAGES] = &jump_dialect_messages,
  [JUMP_DIALECT_COMPLETIONS] = &jump_dialect_completions,
  [JUMP_DIALECT_OLLAMA_CHAT] = &jump_dialect_ollama_chat,
  [JUMP_DIALECT_OLLAMA_GENERATE] = &jump_dialect_ollama_generate,
};

/**
 * jump_dialect_get:
 *
 * Returns: (transfer none): the row of @id
 */
const JumpDialect *
jump_dialect_get (JumpDialectId id)
{
  g_return_val_if_fail (id < JUMP_N_DIALECTS, NULL);
  return dialects[id];
}

/**
 * jump_dialect_find:
 * @name: as in routes and folders of fixtures
 *
 * Returns: (transfer none) (nullable): the row of that name
 */
const JumpDialect *
jump_dialect_find (const char *name)
{
  for (guint i = 0; i < JUMP_N_DIALECTS; i++)
    {
      if (strcmp (dialects[i]->name, name) == 0)
        return dialects[i];
    }
  return NULL;
}
