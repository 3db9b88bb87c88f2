/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/simulator/planned-reply.h"

#include <json-glib/json-glib.h>

/* One rule of a scenario: to which calls it applies (path, model, n-th call) and what happens then:
 * another reply instead of the normal one, or the normal one late, slow, cut or not at all. */

typedef struct
{
  char *on;    /* (owned) "POST /chat/completions"; the path may hold * and ? */
  char *model; /* (owned) (nullable) glob */
  guint first;
  guint last;
  guint every; /* 0: use first and last */

  gboolean replies;
  guint status;
  char *body;          /* (owned) (nullable) */
  char *content_type;  /* (owned) (nullable) */
  JsonObject *headers; /* (owned) (nullable) */

  gboolean streams;
  JsonArray *chunks; /* (owned) (nullable): NULL keeps the normal stream's */
  gint64 gap_ms;     /* -1: as normal */
  gint64 cut_after_bytes;
  gint64 stall_after;
  guint split_bytes;
  gboolean no_done;
  gboolean holds;

  guint delay_ms;
  gboolean cut;
  gboolean stall;
} JumpScenarioRule;

JumpScenarioRule *jump_scenario_rule_new (JsonObject *object, const char *path, GError **error);
void jump_scenario_rule_free (JumpScenarioRule *self);
gboolean
jump_scenario_rule_matches (const JumpScenarioRule *self, const char *key, const char *model);
gboolean jump_scenario_rule_covers (const JumpScenarioRule *self, guint call);
gboolean jump_scenario_rule_replaces (const JumpScenarioRule *self);
JumpPlannedReply *jump_scenario_rule_make_reply (const JumpScenarioRule *self);
void jump_scenario_rule_bend (const JumpScenarioRule *self, JumpPlannedReply *reply);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpScenarioRule, jump_scenario_rule_free)
