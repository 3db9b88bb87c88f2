/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/models/model-catalog.h"

/* Which model a client's name means. Pure. In order: the exact table; the prefix table in its order
 * (first hit; the target replaces the whole name); the catalogue's own id; the alias table, whose
 * targets may be patterns with * and resolve to the newest match in the live catalogue; a few
 * spellings of the same id (case, "models/" in front, ":latest" behind, claude-sonnet-4-6 for
 * claude-sonnet-4.6, a date at the end); the newest of a Claude's family (claude-opus-9
 * where there is only claude-opus-5), because Claude Code asks for what is new to it; else the name unchanged. Mapped names are looked up
 * again once (a table may name an alias). Unlike upstream, names compare without case. */

typedef struct _JumpModelMapping JumpModelMapping;

/* @exact, @prefix, @aliases: (element-type of two strings): flat arrays name, target, name, target … NULL-terminated. */
JumpModelMapping *jump_model_mapping_new (const char *const *exact,
                                          const char *const *prefix,
                                          const char *const *aliases);
void jump_model_mapping_free (JumpModelMapping *self);

typedef enum
{
  JUMP_MAPPED_SAME,
  JUMP_MAPPED_EXACT,
  JUMP_MAPPED_PREFIX,
  JUMP_MAPPED_ALIAS,
  JUMP_MAPPED_SPELLING,
  JUMP_MAPPED_FAMILY,  /* another version of the Claude that was named */
  JUMP_MAPPED_UNKNOWN, /* not in the catalogue; id is the name unchanged (or as mapped) */
} JumpMapped;

/* @out_model: (out) (transfer none) (nullable). Returns: (transfer full): the id to send upstream. */
char *jump_model_mapping_resolve (const JumpModelMapping *self,
                                  JumpModelCatalog *catalog,
                                  const char *name,
                                  JumpMapped *out_how,
                                  JumpModel **out_model);

/* Returns: (transfer full) (array zero-terminated=1): up to @n_max ids of the catalogue and alias
 * names that look most like @name, nearest first. */
char **jump_model_nearest (const JumpModelMapping *self,
                           JumpModelCatalog *catalog,
                           const char *name,
                           guint n_max);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpModelMapping, jump_model_mapping_free)
