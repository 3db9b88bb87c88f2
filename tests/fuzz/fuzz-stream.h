/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/dialects/dialect.h"
#include "tests/fuzz/fuzz-run.h"

/* Streams that no upstream should send, and what a client gets of them. */

/* Returns: (transfer full): @seed with events that are gone, there twice, in another order, cut, changed inside
 * or from @donor */
GBytes *fuzz_stream_mutate (FuzzRun *run, GBytes *seed, GBytes *donor);

typedef struct
{
  JumpPipeStep step;
  GString *out; /* (owned) */
  char *facts;  /* (owned): what the pipe says of it */
} FuzzStreamResult;

/* @is_split: feeds @bytes in pieces. @problem: (nullable): how upstream ends */
void fuzz_stream_play (FuzzRun *run,
                       JumpReplyPipe *pipe,
                       GBytes *bytes,
                       gboolean is_split,
                       const GError *problem,
                       FuzzStreamResult *out_result);
void fuzz_stream_result_clear (FuzzStreamResult *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FuzzStreamResult, fuzz_stream_result_clear)
