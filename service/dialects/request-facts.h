/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-scan.h"

/* What the relay has to know of a request before it can choose a way for it, found by scanning: no
 * tree, no copies; the spans point into the client's bytes. Callable from a worker thread. */

typedef enum
{
  JUMP_TURN_NORMAL,
  JUMP_TURN_SUBAGENT,   /* an agent's helper asks, nobody typed this */
  JUMP_TURN_COMPACTION, /* an agent wants its own conversation summed up */
  JUMP_TURN_SMALL,      /* a warm-up, a title: any small model would do */
} JumpTurnKind;

typedef struct
{
  JumpJsonSpan object; /* the whole request */
  JumpJsonSpan model_key, model;
  gboolean stream;
  gboolean include_usage; /* the client wants to see a stream's usage */
  gboolean from_agent;    /* the last turn is not a person's (protocol 5.2) */
  gboolean has_image;     /* anywhere, tool results included */
  gboolean
      has_odd_tool_names;  /* some that upstream would refuse: the request has to be translated */
  gboolean is_stored;      /* Responses: the client may come back for it; store is not false */
  gboolean has_references; /* Responses: items that are only named, as parts of earlier replies */
  JumpTurnKind turn;
  guint n; /* alternatives asked for, 1 when absent */
  guint n_messages;
  guint n_tools;
  guint n_images;
  gsize text_bytes;                  /* of all texts, arguments and schemas, images left out */
  JumpJsonSpan previous_response_id; /* Responses; a string */
  JumpJsonSpan session;       /* what tells one conversation from another: metadata.user_id … */
  gboolean is_session_person; /* it tells people apart, not conversations */
} JumpRequestFacts;

/* FALSE: more tools than upstream takes (JUMP_LIMIT_TOOLS). */
gboolean jump_request_facts_check_n_tools (guint n_tools, GError **error);
