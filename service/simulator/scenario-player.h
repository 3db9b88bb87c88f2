/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/simulator/scenario-rule.h"
#include "service/simulator/scenario.h"

/* Decides which rule of a scenario applies to the n-th call. Each rule counts the calls that match
 * it on its own; the first that covers the call wins. */

typedef struct _JumpScenarioPlayer JumpScenarioPlayer;

JumpScenarioPlayer *jump_scenario_player_new (JumpScenario *scenario);
void jump_scenario_player_free (JumpScenarioPlayer *self);
const JumpScenarioRule *
jump_scenario_player_next (JumpScenarioPlayer *self, const char *key, const char *model);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpScenarioPlayer, jump_scenario_player_free)
