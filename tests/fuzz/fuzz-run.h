/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* Rounds of one fuzzer. Each has dice of its own that depend on nothing but its number, so that a round can be
 * played again alone: FUZZ_FIRST=number FUZZ_ROUNDS=1 FUZZ_SHOW=1. */

typedef struct
{
  guint round;
  GRand *dice;    /* (owned) */
  GString *input; /* (owned): what this round is played with, for people */
  GHashTable *
      problems; /* (owned) (nullable): found so far, each told once; NULL: the first one is the end */
} FuzzRun;

typedef void (*FuzzRoundFunc) (FuzzRun *run, gpointer user_data);

/* @n_rounds: unless FUZZ_ROUNDS says otherwise. The test fails when a round has a problem; all are played. */
void fuzz_run (guint n_rounds, FuzzRoundFunc play, gpointer user_data);
/* One round whose dice depend on @bytes; a problem ends the program. */
void fuzz_run_once (GBytes *bytes, FuzzRoundFunc play, gpointer user_data);
/* From 0 to before @n. */
guint fuzz_roll (FuzzRun *run, guint n);
/* Once in @n times. */
gboolean fuzz_once_in (FuzzRun *run, guint n);
/* What the round is about to do, in case it does not come back. */
void fuzz_run_show (FuzzRun *run, const char *what, GBytes *bytes);
void fuzz_run_complain (FuzzRun *run, const char *format, ...) G_GNUC_PRINTF (2, 3);
