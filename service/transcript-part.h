/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/message.h"
#include "service/conversation/reply.h"
#include "service/transcript.h"

/* What the files of the transcript share: adding to one. Lists are of JumpTranscriptPart. */

/* What people read of one text; the raw view has it all. */
#define JUMP_TRANSCRIPT_MAX_TEXT (64 * 1024)

/* Returns: (transfer full) (element-type JumpTranscriptPart): empty */
GPtrArray *jump_transcript_list_new (void);
/* @title: (nullable). Long texts are cut, with a note; invalid UTF-8 is mended. */
void jump_transcript_add (GPtrArray *list,
                          JumpTranscriptKind kind,
                          const char *title,
                          const char *text,
                          gsize length);
/* Texts and images as @kind says them, the rest as what it is. Texts next to each other are one. */
void jump_transcript_add_parts (GPtrArray *list,
                                JumpTranscriptKind kind,
                                const char *title,
                                const GPtrArray *parts);
/* Leaves the oldest turns out until the texts together fit @max_bytes, with a note. */
void jump_transcript_limit (GPtrArray *list, gsize max_bytes);
