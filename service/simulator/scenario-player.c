/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/scenario-player.h"

#include "service/simulator/scenario-facts.h"

struct _JumpScenarioPlayer
{
  JumpScenario *scenario; /* (owned) */
  guint *calls;           /* (owned): one per rule */
};

/**
 * jump_scenario_player_new:
 * @scenario: whose rules are played, from their first call
 */
JumpScenarioPlayer *
jump_scenario_player_new (JumpScenario *scenario)
{
  JumpScenarioPlayer *self = g_new0 (JumpScenarioPlayer, 1);

  self->scenario = jump_scenario_ref (scenario);
  self->calls = g_new0 (guint, scenario->rules->len + 1);
  return self;
}

/**
 * jump_scenario_player_free:
 * @self: (transfer full): a player
 */
void
jump_scenario_player_free (JumpScenarioPlayer *self)
{
  g_clear_pointer (&self->scenario, jump_scenario_unref);
  g_clear_pointer (&self->calls, g_free);
  g_free (self);
}

/**
 * jump_scenario_player_next:
 * @self: a player
 * @key: method and path of a call that has just arrived
 * @model: (nullable): the model its body names
 *
 * Returns: (transfer none) (nullable): the rule, NULL when the call is answered as usual
 */
const JumpScenarioRule *
jump_scenario_player_next (JumpScenarioPlayer *self, const char *key, const char *model)
{
  const JumpScenarioRule *found = NULL;

  for (guint i = 0; i < self->scenario->rules->len; i++)
    {
      const JumpScenarioRule *rule = self->scenario->rules->pdata[i];

      if (!jump_scenario_rule_matches (rule, key, model))
        continue;
      self->calls[i]++;
      if (found == NULL && jump_scenario_rule_covers (rule, self->calls[i]))
        found = rule;
    }
  return found;
}
