/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/clock-system.h"
#include "service/simulator/simulator.h"

#include <stdio.h>

/* The simulator as a program of its own, for tests that drive the real one from outside:
 *   simulator-program SCENARIO [PORT]
 * prints one line {"url":…,"token":…} (a GitHub token that is signed in) and runs until its
 * standard input ends. */

static gboolean
on_input_ready (GIOChannel *channel, GIOCondition condition, gpointer user_data)
{
  char buffer[64];
  gsize n_read = 0;

  if (g_io_channel_read_chars (channel, buffer, sizeof buffer, &n_read, NULL) ==
          G_IO_STATUS_NORMAL &&
      n_read > 0)
    return G_SOURCE_CONTINUE;
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpClock) clock = jump_clock_system_new ();
  g_autoptr (JumpScenario) scenario = NULL;
  g_autoptr (JumpSimulator) simulator = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GIOChannel) input = g_io_channel_unix_new (0);
  g_autofree char *token = NULL;
  guint16 port = argc > 2 ? (guint16) g_ascii_strtoull (argv[2], NULL, 10) : 0;

  if (argc < 2)
    {
      g_printerr ("usage: simulator-program SCENARIO [PORT]\n");
      return 2;
    }
  scenario = g_file_test (argv[1], G_FILE_TEST_EXISTS)
                 ? jump_scenario_new_from_file (argv[1], &error)
                 : jump_scenario_new_builtin (argv[1], &error);
  if (scenario == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  simulator = jump_simulator_new (clock, scenario);
  if (!jump_simulator_start (simulator, port, &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  token = jump_simulator_sign_in (simulator);
  printf ("{\"url\":\"%s\",\"token\":\"%s\"}\n", jump_simulator_get_url (simulator), token);
  fflush (stdout);
  g_io_add_watch (input, G_IO_IN | G_IO_HUP, on_input_ready, loop);
  g_main_loop_run (loop);
  jump_simulator_stop (simulator);
  return 0;
}
