/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <json-glib/json-glib.h>

/* Who answers for Copilot: Claude models run at Bedrock or at Vertex, which differ in their ids and in
 * what they take (protocol 6.3). */

/* Returns: 4.5 for claude-sonnet-4.5, 0 when the id names no version */
double jump_model_find_version (JsonObject *model);
gboolean jump_model_is_at_vertex (JsonObject *model);
/* Models that know no budget think as much as they like. */
gboolean jump_model_thinks_adaptively (JsonObject *model);
gboolean jump_model_takes_budget (JsonObject *model);
/* @kind: "msg", "toolu" or "req". Returns: (transfer full): such as "msg_bdrk_…" */
char *jump_model_dup_backend_id (JsonObject *model, const char *kind, const char *key);
