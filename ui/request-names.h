/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib-object.h>

/* The models and clients seen so far, for the choices of a filter; and each client's name as people
 * know it, made once per User-Agent. Emits "changed" when a name is new. */

#define JUMP_TYPE_REQUEST_NAMES (jump_request_names_get_type ())
G_DECLARE_FINAL_TYPE (JumpRequestNames, jump_request_names, JUMP, REQUEST_NAMES, GObject)

JumpRequestNames *jump_request_names_new (void);
/* @user_agent: (nullable). Returns: (transfer none): valid until the next call. */
const char *jump_request_names_get_client (JumpRequestNames *self, const char *user_agent);
/* @model: (nullable) */
void jump_request_names_add_model (JumpRequestNames *self, const char *model);
/* Returns: (transfer container) (element-type utf8): sorted. */
GPtrArray *jump_request_names_list_models (JumpRequestNames *self);
GPtrArray *jump_request_names_list_clients (JumpRequestNames *self);
