/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <json-glib/json-glib.h>

/* The simulated catalogue: entries exactly as GET /models shows them, and what an account may use
 * of them. Policies can be switched on, as POST /models/{id}/policy does. */

typedef struct _JumpModelShelf JumpModelShelf;

/* @plan: what an entry's billing.restricted_to has to name, such as "pro". */
JumpModelShelf *jump_model_shelf_new (JsonArray *models, const char *plan);
void jump_model_shelf_free (JumpModelShelf *self);
JsonObject *jump_model_shelf_find (JumpModelShelf *self, const char *id);
/* @identified: whether the caller sent a Copilot-Integration-Id. */
gboolean jump_model_shelf_allows (JumpModelShelf *self, JsonObject *model, gboolean identified);
char *jump_model_shelf_list (JumpModelShelf *self, gboolean identified);
void jump_model_shelf_enable (JumpModelShelf *self, JsonObject *model);

gboolean jump_model_is_vendor (JsonObject *model, const char *vendor);
gboolean jump_model_is_type (JsonObject *model, const char *type);
gboolean jump_model_speaks (JsonObject *model, const char *endpoint);
gboolean jump_model_supports (JsonObject *model, const char *what);
gint64 jump_model_get_support (JsonObject *model, const char *name);
gboolean jump_model_reasons (JsonObject *model);
gboolean jump_model_takes_effort (JsonObject *model, const char *effort);
gint64 jump_model_get_limit (JsonObject *model, const char *name);
/* Credits (cents) for a million tokens: "input_price" and its like. */
double jump_model_get_price (JsonObject *model, const char *name);
char *jump_model_dup_reply_name (JsonObject *model);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpModelShelf, jump_model_shelf_free)
