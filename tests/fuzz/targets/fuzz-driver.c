/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

/* The program that libFuzzer drives. FUZZ_TARGET says what is fuzzed; without it, the names are listed. */

#include "tests/fuzz/targets/fuzz-target.h"

#include <signal.h>
#include <stdlib.h>

/* libFuzzer calls these, no header has them. */
int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const guint8 *data, gsize length);

static const FuzzTarget *chosen;

/* GLib ends a program with a trap when a warning is fatal; libFuzzer knows aborts only. */
static void
on_trapped (int number)
{
  abort ();
}

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  const char *name = g_getenv ("FUZZ_TARGET");

  if (name == NULL)
    {
      for (const FuzzTarget *target = fuzz_targets; target->name != NULL; target++)
        g_print ("%s\n", target->name);
      exit (0);
    }
  signal (SIGTRAP, on_trapped);
  chosen = fuzz_target_find (name);
  if (chosen == NULL)
    g_error ("FUZZ_TARGET=%s: there is no such target", name);
  return 0;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize length)
{
  chosen->play (data, length);
  return 0;
}
