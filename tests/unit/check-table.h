/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/simulator/incoming-call.h"
#include "service/simulator/planned-reply.h"
#include "service/simulator/scenario-facts.h"
#include "service/simulator/simulator-state.h"

#include <string.h>

/* Bodies and what the simulator's checks say of them. Shared by the tests of the checks. */

typedef struct
{
  const char *body;
  const char *says; /* (nullable): part of the refusal; NULL: accepted */
} CheckRow;

typedef JumpPlannedReply *(*CheckFunc) (JumpSimulatorState *state,
                                        const JumpIncomingCall *call,
                                        JsonObject **out_model);

/* @scenario_text: the name of one that is built in, or the whole of one
 * @header: (nullable): one more header, as in "anthropic-beta: x"
 * Returns: (transfer full) (nullable): the refusal */
static inline JumpPlannedReply *
check_body (CheckFunc func, const char *scenario_text, const char *body_text, const char *header)
{
  g_autoptr (JumpScenario) scenario = *scenario_text == '{'
                                          ? jump_scenario_new_from_data (scenario_text, -1, NULL)
                                          : jump_scenario_new_builtin (scenario_text, NULL);
  g_autoptr (SoupMessageHeaders) headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);
  g_autoptr (GBytes) body = g_bytes_new (body_text, strlen (body_text));
  g_autoptr (JumpIncomingCall) call = NULL;
  g_autoptr (JumpModelShelf) shelf = NULL;
  g_auto (GStrv) parts = header == NULL ? NULL : g_strsplit (header, ": ", 2);
  JumpSimulatorState state = { .scenario = scenario };
  JsonObject *model = NULL;

  shelf = jump_model_shelf_new (scenario->models, jump_account_shape_get (scenario->kind)->plan);
  state.shelf = shelf;
  soup_message_headers_append (headers, "Copilot-Integration-Id", "vscode-chat");
  if (parts != NULL)
    soup_message_headers_append (headers, parts[0], parts[1]);
  call = jump_incoming_call_new ("POST", "/", NULL, headers, body);
  if (call->json == NULL)
    g_error ("%s: not JSON", body_text);
  return func (&state, call, &model);
}

static inline void
assert_checked (JumpPlannedReply *reply, const char *body, const char *says)
{
  g_autofree char *text = NULL;

  if (reply != NULL)
    text = g_strndup (g_bytes_get_data (reply->body, NULL), g_bytes_get_size (reply->body));
  if (says == NULL && reply != NULL)
    g_error ("%s: refused with %s", body, text);
  if (says != NULL && reply == NULL)
    g_error ("%s: accepted, expected %s", body, says);
  if (says != NULL && strstr (text, says) == NULL)
    g_error ("%s: refused with %s, expected %s", body, text, says);
}

static inline void
check_rows (CheckFunc func,
            const char *scenario,
            const CheckRow *rows,
            guint n_rows,
            const char *header)
{
  for (guint i = 0; i < n_rows; i++)
    {
      g_autoptr (JumpPlannedReply) reply = check_body (func, scenario, rows[i].body, header);

      assert_checked (reply, rows[i].body, rows[i].says);
    }
}
