/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/stop-reason.h"
#include "service/conversation/usage-count.h"
#include "service/dialects/reply-options.h"

/* One JSON object of a reply in Ollama's shape: a line of a stream, or a whole reply. In between
 * begin and end stands the content as a JSON string, then further members: */

typedef enum
{
  JUMP_OLLAMA_CHAT,
  JUMP_OLLAMA_GENERATE,
} JumpOllamaForm;

typedef struct
{
  JumpOllamaForm form;
  char *head;       /* (owned): up to the time, which each line has its own of */
  JumpClock *clock; /* (owned) (nullable) */
  gint64 now;       /* wall seconds, without a clock */
  gint64 started;   /* monotonic µs */
  gint64 first;     /* monotonic µs of the first output, 0: none yet */
  gint64 second;    /* what stamp is of */
  char stamp[32];   /* "2027-01-15T08:00:00" */
} JumpOllamaLine;

void
jump_ollama_line_init (JumpOllamaLine *self, JumpOllamaForm form, const JumpReplyOptions *options);
void jump_ollama_line_clear (JumpOllamaLine *self);
/* The model has said the first thing of its answer, if it had not before. */
void jump_ollama_line_note_output (JumpOllamaLine *self);
/* Up to the content. */
void jump_ollama_line_begin (JumpOllamaLine *self, GString *out);
/* More follows. Ends the line. */
void jump_ollama_line_end (JumpOllamaLine *self, GString *out);
/* The answer is complete. Does not end the line. */
void jump_ollama_line_end_all (JumpOllamaLine *self,
                               GString *out,
                               JumpStopReason reason,
                               const JumpUsageCount *usage);

/* RFC 3339 with nine digits behind the point, as Ollama's own. @wall: µs since the epoch */
void jump_ollama_line_append_time (GString *out, gint64 wall);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JumpOllamaLine, jump_ollama_line_clear)
