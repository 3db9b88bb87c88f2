/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/reply-event.h"
#include "service/dialects/argument-scan.h"

/* Says the output items of a response as reply events, one item at a time. Upstream tells each text up to
 * four times: in pieces, whole when they are complete, in the finished part and in the finished item; and
 * any of these may be missing. What is said here is said once, whichever of them comes first. */

typedef enum
{
  JUMP_RESPONSES_ITEM_NONE,
  JUMP_RESPONSES_ITEM_MESSAGE,
  JUMP_RESPONSES_ITEM_REASONING,
  JUMP_RESPONSES_ITEM_CALL,
  JUMP_RESPONSES_ITEM_OTHER, /* nothing that reply events could tell */
} JumpResponsesItemKind;

typedef struct
{
  JumpReplyEventFunc emit;
  gpointer emit_data;
  char *request_id; /* (owned): makes ids for calls without */
  char *model;      /* (owned) (nullable): goes with the reasoning state */
  gint64 index;     /* position of the item that is open, -1: none */
  JumpResponsesItemKind kind;
  gboolean is_part_open;        /* something of the part that is open was said */
  JumpReplyEventKind part_kind; /* of its texts */
  guint part;                   /* its content_index or summary_index */
  guint n_parts;                /* parts that were begun */
  guint n_contents;             /* the same of the reasoning_text parts of reasoning */
  gboolean has_text;            /* a piece of the part's text, or of the arguments, was said */
  guint n_annotations;          /* of the part that is open */
  gboolean has_call;            /* TOOL_CALL was said */
  JumpToolKind tool_kind;
  char *state; /* (owned) (nullable): encrypted_content as it was announced */
  JumpArgumentScan scan;
  gboolean has_looped; /* the arguments are white space without end */
  guint n_calls;       /* of the whole response */
  guint n_texts;
  guint n_refusals;
} JumpResponsesSpeaker;

void jump_responses_speaker_init (JumpResponsesSpeaker *self,
                                  JumpReplyEventFunc emit,
                                  gpointer emit_data,
                                  const char *request_id,
                                  const char *model);
void jump_responses_speaker_clear (JumpResponsesSpeaker *self);

/* @item: as announced; absent when pieces come without that. No item may be open. */
void jump_responses_speaker_open (JumpResponsesSpeaker *self, gint64 index, JumpJsonSpan item);
/* @kind: TEXT or REFUSAL of a message. @is_whole: the whole text and not a piece of it */
void jump_responses_speaker_text (JumpResponsesSpeaker *self,
                                  JumpReplyEventKind kind,
                                  guint part,
                                  JumpJsonSpan text,
                                  gboolean is_whole);
/* @is_summary: and not the reasoning itself */
void jump_responses_speaker_reasoning (JumpResponsesSpeaker *self,
                                       gboolean is_summary,
                                       guint part,
                                       JumpJsonSpan text,
                                       gboolean is_whole);
void
jump_responses_speaker_arguments (JumpResponsesSpeaker *self, JumpJsonSpan text, gboolean is_whole);
void
jump_responses_speaker_annotation (JumpResponsesSpeaker *self, guint part, JumpJsonSpan annotation);
/* A finished content part of a message. */
void
jump_responses_speaker_part (JumpResponsesSpeaker *self, guint part, JumpJsonSpan content_part);
/* @item: finished; absent when that never came. */
void jump_responses_speaker_close (JumpResponsesSpeaker *self, JumpJsonSpan item);
/* Why the model stopped, from all that was said and from @response, which may be absent. */
JumpStopReason jump_responses_speaker_get_stop (const JumpResponsesSpeaker *self,
                                                JumpJsonSpan response);
