/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/client-pass.h"
#include "service/relay/exchange-context.h"

/* Which model a request names, and which one that means. */

typedef struct
{
  char *asked;            /* (owned) (nullable): as the client wrote it, or the default */
  char *used;             /* (owned) (nullable): as upstream calls it */
  JumpModel *model;       /* (owned) (nullable): NULL: not in the catalogue */
  JumpMapped how;         /* what decided */
  const JumpDialect *pin; /* (nullable): the way that the name asks for */
} JumpAskedModel;

/* @name: (nullable): NULL takes the default. FALSE with JUMP_ERROR_BAD_REQUEST, or with
 * JUMP_ERROR_UNKNOWN_MODEL that names the nearest. */
gboolean jump_asked_model_resolve (JumpAskedModel *self,
                                   const JumpExchangeContext *context,
                                   const char *name,
                                   GError **error);
/* FALSE with JUMP_ERROR_FORBIDDEN: the client's key is not for it. @pass: (nullable): no key */
gboolean jump_asked_model_check_allowed (const JumpAskedModel *self,
                                         const JumpClientPass *pass,
                                         GError **error);
/* FALSE with JUMP_ERROR_BAD_REQUEST: it is known to make none. */
gboolean jump_asked_model_check_embeddings (const JumpAskedModel *self, GError **error);
/* Of embeddings, in one request. */
guint jump_asked_model_get_max_inputs (const JumpAskedModel *self);
void jump_asked_model_clear (JumpAskedModel *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JumpAskedModel, jump_asked_model_clear)
