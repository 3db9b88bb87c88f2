/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <gtk/gtk.h>

/* Folded away: where a person names the company's GitHub to sign in at. Emits "requested" with the
 * name as it was typed. */

#define JUMP_TYPE_SIGN_IN_TENANT (jump_sign_in_tenant_get_type ())
G_DECLARE_FINAL_TYPE (JumpSignInTenant, jump_sign_in_tenant, JUMP, SIGN_IN_TENANT, GtkExpander)

/* Says that what was typed is no name of a company. */
void jump_sign_in_tenant_refuse (JumpSignInTenant *self);
gboolean jump_sign_in_tenant_has_focus (JumpSignInTenant *self);
