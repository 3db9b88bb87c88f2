/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-scan.h"

/* The ids of one response that clients see. Upstream encrypts its own anew for every event (protocol
 * 6.1, the opaque-id quirk), so that only an item's position tells it from others; these stay the
 * same: resp_R, msg_R_0, fc_R_1, R being the request's id. */

typedef struct
{
  char *stem;       /* (owned): of the request's id what may stand in an id */
  char *response;   /* (owned) */
  GPtrArray *items; /* (owned) (element-type utf8) (nullable elements): by position */
} JumpResponsesIds;

/* Positions told apart: real responses have some dozens of items. */
#define JUMP_RESPONSES_MAX_ITEMS 4096

void jump_responses_ids_init (JumpResponsesIds *self, const char *request_id);
void jump_responses_ids_clear (JumpResponsesIds *self);
/* @type: (nullable): of the item, a JSON string; decides what the id begins with when it is asked for the
 * first time. Returns: (transfer none) */
const char *jump_responses_ids_get (JumpResponsesIds *self, guint index, JumpJsonSpan type);
/* @prefix: "msg", "rs" … */
const char *jump_responses_ids_make (JumpResponsesIds *self, guint index, const char *prefix);
