/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* What the simulator is going to send for one request: status, headers and either one body or the
 * pieces of a stream, and how it misbehaves while sending (late, slow, cut, silent). Plain data:
 * decided first, sent afterwards. */

typedef struct
{
  guint status;
  char *content_type;     /* (owned) */
  GPtrArray *headers;     /* (owned) (element-type utf8) name, value, name, value … */
  GBytes *body;           /* (owned) (nullable) */
  GPtrArray *pieces;      /* (owned) (nullable) (element-type GBytes): a stream, one write each */
  guint delay_ms;         /* before the first byte */
  guint gap_ms;           /* between pieces */
  guint split_bytes;      /* 0: pieces as they are */
  gint64 cut_after_bytes; /* of the body; -1: never */
  gint64 stall_after;     /* pieces; then silence. -1: never */
  gboolean cut;           /* hangs up without a byte */
  gboolean stall;         /* never answers */
} JumpPlannedReply;

JumpPlannedReply *jump_planned_reply_new (guint status);
JumpPlannedReply *
jump_planned_reply_new_text (guint status, const char *content_type, const char *text);
/* @json: (transfer full) */
JumpPlannedReply *jump_planned_reply_new_json (guint status, char *json);
JumpPlannedReply *jump_planned_reply_new_error (guint status,
                                                const char *code,
                                                const char *param,
                                                const char *format,
                                                ...) G_GNUC_PRINTF (4, 5);
JumpPlannedReply *jump_planned_reply_new_stream (void);
void jump_planned_reply_free (JumpPlannedReply *self);
void jump_planned_reply_add_header (JumpPlannedReply *self, const char *name, const char *value);
/* @wall: seconds */
void jump_planned_reply_set_date (JumpPlannedReply *self, gint64 wall);
/* Somebody on the way passes a stream on only when it is complete. */
void jump_planned_reply_hold (JumpPlannedReply *self);
/* Adds the piece "data: @data" and an empty line. */
void jump_planned_reply_add_data (JumpPlannedReply *self, const char *data);
/* The same with a name. */
void jump_planned_reply_add_event (JumpPlannedReply *self, const char *event, const char *data);
void jump_planned_reply_add_piece (JumpPlannedReply *self, const char *bytes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpPlannedReply, jump_planned_reply_free)
