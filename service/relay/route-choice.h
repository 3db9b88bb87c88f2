/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/dialects/dialect.h"
#include "service/models/model.h"

/* Which upstream dialect a request is sent in. Pure. */

typedef struct
{
  const JumpDialect *upstream;
  gboolean is_translated; /* FALSE: the client's bytes go through */
} JumpRouteChoice;

/* The client's own dialect comes first, then Messages for Claude, Responses for models with reasoning state,
 * then whatever the model offers. Only what the model offers is taken.
 * @model: (nullable): NULL: not in the catalogue; the client's own dialect, or chat.
 * @pin: (nullable): the only one to be taken.
 * @excluded: a mask of 1 << JumpDialectId: upstream has just refused these for this model; others are taken
 *   even when the model does not name them, chat last.
 * @must_translate: the bytes cannot go through as they are, whatever the dialects.
 * FALSE with JUMP_ERROR_BAD_REQUEST: there is no way. */
gboolean jump_route_choose (JumpRouteChoice *out,
                            const JumpDialect *client,
                            JumpModel *model,
                            const JumpDialect *pin,
                            guint excluded,
                            gboolean must_translate,
                            GError **error);
/* "gpt-5.5@responses": the way is pinned by the name's end, @chat, @responses or @messages; anything else
 * behind an @ is part of the name.
 * @out_bare: (out) (transfer full): @name without it. Returns: (transfer none) (nullable): the pin */
const JumpDialect *jump_route_split_pin (const char *name, char **out_bare);
/* Returns: (transfer full): "verbatim; chat; model=gpt-4.1", "patched; messages; model=claude-sonnet-4.6",
 * "translated; messages>responses; model=gpt-5.5". A header value: other bytes of @model_id become "_". */
char *jump_route_describe (const JumpDialect *client,
                           const JumpRouteChoice *choice,
                           gboolean is_patched,
                           const char *model_id);
