/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/route-summary.h"

#include "service/relay/route-choice.h"

static const char *
describe (const JumpDialect *client, JumpModel *model)
{
  JumpRouteChoice choice;

  if (!jump_route_choose (&choice, client, model, NULL, 0, FALSE, NULL))
    return "none";
  if (!choice.is_translated)
    return "direct";
  switch (choice.upstream->id)
    {
    case JUMP_DIALECT_CHAT:
      return "via chat";
    case JUMP_DIALECT_RESPONSES:
      return "via responses";
    case JUMP_DIALECT_MESSAGES:
      return "via messages";
    case JUMP_DIALECT_COMPLETIONS:
    case JUMP_DIALECT_OLLAMA_CHAT:
    case JUMP_DIALECT_OLLAMA_GENERATE:
    case JUMP_N_DIALECTS:
      break;
    }
  return "none";
}

/**
 * jump_route_summarise:
 * @model: of the catalogue
 * @ways: (out caller-allocates): one for each API, in the same order every time
 */
void
jump_route_summarise (JumpModel *model, JumpRouteWay ways[JUMP_ROUTE_N_APIS])
{
  static const struct
  {
    const char *api;
    JumpDialectId dialect;
  } apis[JUMP_ROUTE_N_APIS] = {
    { "chat", JUMP_DIALECT_CHAT },
    { "responses", JUMP_DIALECT_RESPONSES },
    { "messages", JUMP_DIALECT_MESSAGES },
    { "ollama", JUMP_DIALECT_OLLAMA_CHAT },
  };

  for (guint i = 0; i < JUMP_ROUTE_N_APIS; i++)
    ways[i] = (JumpRouteWay){ apis[i].api, describe (jump_dialect_get (apis[i].dialect), model) };
}
