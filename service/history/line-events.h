/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-scan.h"
#include "service/base/json-write.h"

/* A streamed reply inside a line of a .jl file: the data of its events, one string each ("raw_events"), and the
 * frames around them wherever they are not what the API usually writes, so that the very bytes come out again.
 * Of server-sent events each line of data is one; of Ollama's streams each line is. Pure. */

typedef struct
{
  const char *api; /* (unowned) (nullable): as in a record */
  GArray *pieces;  /* (owned): in front of each data, and the data */
  JumpJsonSpan rest;
} JumpLineEvents;

/* @text: UTF-8, stays where it is as long as @self is used. */
void jump_line_events_init (JumpLineEvents *self, const char *api, const char *text, gsize length);
void jump_line_events_clear (JumpLineEvents *self);
/* FALSE: @text is nothing of the kind. */
gboolean jump_line_events_has_any (const JumpLineEvents *self);
/* An array of strings. */
void jump_line_events_write (const JumpLineEvents *self, JumpJsonWriter *writer);
/* The member @name: an object of the frames that are unusual, by their number; nothing when there are none. */
void jump_line_events_write_frames (const JumpLineEvents *self,
                                    JumpJsonWriter *writer,
                                    const char *name);
/* @frames: absent: all are the usual ones. Returns: (transfer full): the reply again. */
GByteArray *jump_line_events_join (const char *api, JumpJsonSpan events, JumpJsonSpan frames);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JumpLineEvents, jump_line_events_clear)
