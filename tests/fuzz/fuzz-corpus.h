/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/dialects/dialect.h"
#include "tests/fuzz/fuzz-run.h"

/* What the fuzzers begin with: the files of tests/fixtures. */

typedef struct
{
  const JumpDialect *dialect;
  char *path;    /* (owned): of the file, below tests/fixtures */
  GBytes *bytes; /* (owned) */
} FuzzSeed;

typedef struct
{
  GPtrArray *seeds[JUMP_N_DIALECTS]; /* (owned) (element-type FuzzSeed) */
  GPtrArray *all;                    /* (owned) (element-type FuzzSeed), not owned again */
} FuzzCorpus;

/* @name: of the files in the case folders: "request.json" */
void fuzz_corpus_init (FuzzCorpus *self, const char *name);
void fuzz_corpus_clear (FuzzCorpus *self);
/* Any of them; big ones less often. */
const FuzzSeed *fuzz_corpus_pick (const FuzzCorpus *self, FuzzRun *run);
/* One of @dialect's, or any if it has none. */
const FuzzSeed *
fuzz_corpus_pick_of (const FuzzCorpus *self, FuzzRun *run, const JumpDialect *dialect);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FuzzCorpus, fuzz_corpus_clear)
