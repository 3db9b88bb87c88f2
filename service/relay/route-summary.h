/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/models/model.h"

/* Which way each API reaches a model, for people. Pure. */

typedef struct
{
  const char *api; /* what the client speaks: chat, responses, messages, ollama */
  const char *way; /* "direct", "via chat", "via responses", "via messages" or "none" */
} JumpRouteWay;

#define JUMP_ROUTE_N_APIS 4

/* @ways: (out caller-allocates) (array fixed-size=4): const data */
void jump_route_summarise (JumpModel *model, JumpRouteWay ways[JUMP_ROUTE_N_APIS]);
