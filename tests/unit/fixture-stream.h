/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/reply-builder.h"
#include "service/dialects/dialect.h"
#include "tests/support/event-dump.h"
#include "tests/support/event-order.h"

/* Streams of golden cases: bytes to events to bytes. */

/* All that one run over a stream yields. */
typedef struct
{
  JumpEventDump dump;        /* (owned) */
  JumpReplyBuilder *builder; /* (owned) */
  JumpEventOrder order;
  JumpEncoder *encoder; /* (nullable): is fed as well */
  GString *out;         /* (nullable): what it writes */
} FixtureRun;

void fixture_run_init (FixtureRun *self);
void fixture_run_clear (FixtureRun *self);
/* A #JumpReplyEventFunc. @user_data: a #FixtureRun */
void fixture_run_event (const JumpReplyEvent *event, gpointer user_data);
/* Returns: (transfer full): what every dialect can say of the reply */
char *fixture_run_get_core (FixtureRun *self, const JumpToolNames *names);

/* Reads @bytes as a stream of @dialect. @random: (nullable): where to cut them, NULL and @is_bytewise:
 * everywhere, else nowhere. */
void fixture_decode (FixtureRun *run,
                     const JumpDialect *dialect,
                     const JumpReplyOptions *options,
                     GBytes *bytes,
                     gboolean is_bytewise,
                     GRand *random);
/* Returns: (nullable): what is wrong with the form of a stream that a client gets */
const char *fixture_find_problem (const JumpDialect *dialect, const GString *stream);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FixtureRun, fixture_run_clear)
