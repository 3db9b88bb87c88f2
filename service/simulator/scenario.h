/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <json-glib/json-glib.h>

/* How the simulated GitHub and Copilot behave: an account, a catalogue, and rules that say when
 * something else than the normal answer is given. Read from a JSON file (data/simulator/, whose README.md
 * describes the format). */

typedef struct _JumpScenario JumpScenario;

JumpScenario *jump_scenario_new_from_file (const char *path, GError **error);
JumpScenario *jump_scenario_new_from_data (const char *json, gssize length, GError **error);
/* @name: a scenario compiled in, such as "demo". */
JumpScenario *jump_scenario_new_builtin (const char *name, GError **error);
JumpScenario *jump_scenario_ref (JumpScenario *self);
void jump_scenario_unref (JumpScenario *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpScenario, jump_scenario_unref)
