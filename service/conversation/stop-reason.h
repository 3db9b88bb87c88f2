/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* Why a model stopped, in words that every dialect's own can be told from. */

typedef enum
{
  JUMP_STOP_UNKNOWN,  /* not told, or a word nobody here knows */
  JUMP_STOP_END,      /* it had said everything */
  JUMP_STOP_SEQUENCE, /* one of the request's stop sequences came */
  JUMP_STOP_LIMIT,    /* the request's limit of output tokens */
  JUMP_STOP_CONTEXT,  /* the model's context window is full */
  JUMP_STOP_TOOLS,    /* it waits for the results of its tool calls */
  JUMP_STOP_FILTER,   /* a content filter cut it off */
  JUMP_STOP_REFUSAL,  /* it refused to answer */
  JUMP_STOP_PAUSE,    /* a long turn that is to be continued */
} JumpStopReason;
