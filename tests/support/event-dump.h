/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/reply-event.h"

/* Reply events as text, one JSON object per line, to compare and to read. */

typedef struct
{
  GString *lines;  /* (owned): the events one by one, with pieces exactly as they came */
  GString *joined; /* (owned): the same, pieces of one part decoded and joined, without pings */
  JumpReplyEventKind piece_kind;
  GString *piece;     /* (owned): escaped text of the pieces that are being joined */
  gboolean has_piece; /* there is something in piece, if only "" */
} JumpEventDump;

void jump_event_dump_init (JumpEventDump *self);
void jump_event_dump_clear (JumpEventDump *self);
/* A #JumpReplyEventFunc. @user_data: a #JumpEventDump */
void jump_event_dump_event (const JumpReplyEvent *event, gpointer user_data);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JumpEventDump, jump_event_dump_clear)
