/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/exchange-record.h"

/* A request and its reply as people read them: who said what, in whatever API it was. */

typedef enum
{
  JUMP_TRANSCRIPT_SYSTEM,
  JUMP_TRANSCRIPT_USER,
  JUMP_TRANSCRIPT_ASSISTANT,
  JUMP_TRANSCRIPT_THINKING,
  JUMP_TRANSCRIPT_TOOL_CALL,   /* title is the tool's name, text its arguments */
  JUMP_TRANSCRIPT_TOOL_RESULT, /* title is the tool's name or call id */
  JUMP_TRANSCRIPT_IMAGE,       /* text says its type and size */
  JUMP_TRANSCRIPT_ERROR,
} JumpTranscriptKind;

typedef struct
{
  JumpTranscriptKind kind;
  char *title; /* (owned) (nullable) */
  char *text;  /* (owned) */
} JumpTranscriptPart;

/* Returns: (transfer full) (element-type JumpTranscriptPart): in order, the reply last; empty when
 * no bodies are at hand or they cannot be read. Never fails. */
GPtrArray *jump_transcript_new (const JumpExchangeRecord *record);
