/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/clock.h"
#include "service/simulator/scenario.h"

#include <gio/gio.h>

/* GitHub (web, REST) and Copilot on one loopback port, as strict as protocol section 10 asks: it
 * rejects what the real one rejects and answers in the real one's odd shapes. Tests and --demo
 * point the upstream settings at it. Shares no code with service/dialects. Times (token life, device code expiry, gaps in streams) run on
 * @clock. */

#define JUMP_TYPE_SIMULATOR (jump_simulator_get_type ())
G_DECLARE_FINAL_TYPE (JumpSimulator, jump_simulator, JUMP, SIMULATOR, GObject)

JumpSimulator *jump_simulator_new (JumpClock *clock, JumpScenario *scenario);
/* @port: 0 takes a free one. 127.0.0.1 only. */
gboolean jump_simulator_start (JumpSimulator *self, guint16 port, GError **error);
void jump_simulator_stop (JumpSimulator *self);
const char *jump_simulator_get_url (JumpSimulator *self);
void jump_simulator_set_scenario (JumpSimulator *self, JumpScenario *scenario);

/* Returns: (transfer full): a GitHub token that is signed in already: what the demo starts with. */
char *jump_simulator_sign_in (JumpSimulator *self);
/* Lets the pending device code @user_code (NULL: the newest) succeed, as a person in a browser would. */
gboolean jump_simulator_authorize (JumpSimulator *self, const char *user_code);
void jump_simulator_revoke_copilot_tokens (JumpSimulator *self);
void jump_simulator_revoke_github_tokens (JumpSimulator *self);

/* What arrived, for assertions. */
guint jump_simulator_count (JumpSimulator *self,
                            const char *method_and_path);   /* "POST /chat/completions" */
guint jump_simulator_count_cancelled (JumpSimulator *self); /* streams whose reader left */
/* Newest first. (transfer none) (nullable). */
JsonNode *jump_simulator_get_body (JumpSimulator *self, const char *method_and_path, guint newest);
const char *jump_simulator_get_header (JumpSimulator *self,
                                       const char *method_and_path,
                                       guint newest,
                                       const char *name);
/* Returns: how many states of reasoning (encrypted_content, signature, reasoning_opaque) of earlier
 * turns came back with it, all of them in order; 0 for requests that were refused. */
guint
jump_simulator_count_reasoning (JumpSimulator *self, const char *method_and_path, guint newest);
