/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

/* The page of requests under load: a full list, and two hundred updates a second for some seconds.
 * Prints how long the screen held up the main loop at most, and how often for more than a frame's
 * half. Machines differ and are shared, so that only a gross share of slow turns fails. */

#include "tests/support/temp-home.h"
#include "ui/page-requests.h"

#define N_FILLED           10000
#define UPDATES_PER_SECOND 200
#define SECONDS            6
#define SLOW_US            8000
#define MAX_SLOW_SHARE     0.25

typedef struct
{
  guint n_turns;
  guint n_slow;
  gint64 longest;
  gint64 longest_update;
} Figures;

static JumpExchangeRecord *
make_record (guint i)
{
  static const char *const clients[] = { "claude-cli/2.0", "codex_cli_rs/0.40", "curl/8.0" };
  JumpExchangeRecord *record = jump_exchange_record_new ();

  record->id = g_strdup_printf ("load-%u", i);
  record->method = g_strdup ("POST");
  record->path = g_strdup ("/v1/messages");
  record->client = g_strdup (clients[i % G_N_ELEMENTS (clients)]);
  record->asked_model = g_strdup ("sonnet");
  record->used_model = g_strdup (i % 2 == 0 ? "claude-sonnet-4.5" : "gpt-5-mini");
  record->route = g_strdup ("patched; messages; model=x");
  record->changes = g_strdup ("model");
  record->api = "messages";
  record->state = JUMP_EXCHANGE_WAITING;
  record->started_wall = g_get_real_time ();
  return record;
}

static void
end_record (JumpHistoryRing *history, JumpExchangeRecord *record)
{
  record->state = JUMP_EXCHANGE_ENDED;
  record->status = 200;
  record->first_byte_us = 80000;
  record->total_us = 1200000;
  record->usage.input_tokens = 1200;
  record->usage.output_tokens = 300;
  jump_history_ring_update (history, record);
}

static void
fill (JumpHistoryRing *history)
{
  for (guint i = 0; i < N_FILLED; i++)
    {
      g_autoptr (JumpExchangeRecord) record = make_record (i);

      end_record (history, record);
    }
}

/* One update: an exchange begins, and the one that began fifty updates ago ends. */
static void
make_update (JumpHistoryRing *history, GQueue *running, guint n)
{
  JumpExchangeRecord *record = make_record (N_FILLED + n);

  jump_history_ring_update (history, record);
  g_queue_push_tail (running, record);
  if (g_queue_get_length (running) > 50)
    {
      g_autoptr (JumpExchangeRecord) oldest = g_queue_pop_head (running);

      end_record (history, oldest);
    }
}

/* g_main_context_iteration() in its parts, so that waiting is not counted. */
static void
make_turn (GMainContext *context, Figures *figures)
{
  GPollFD fds[64];
  int priority;
  int timeout;
  int n_fds;
  gint64 start;
  gint64 took;

  g_main_context_prepare (context, &priority);
  n_fds = g_main_context_query (context, priority, &timeout, fds, G_N_ELEMENTS (fds));
  n_fds = MIN (n_fds, (int) G_N_ELEMENTS (fds));
  g_poll (fds, (guint) n_fds, timeout < 0 ? 2 : MIN (timeout, 2));
  if (!g_main_context_check (context, priority, fds, n_fds))
    return;
  start = g_get_monotonic_time ();
  g_main_context_dispatch (context);
  took = g_get_monotonic_time () - start;
  figures->n_turns++;
  figures->n_slow += took > SLOW_US ? 1 : 0;
  figures->longest = MAX (figures->longest, took);
}

static void
run_load (JumpHistoryRing *history, guint per_second, Figures *figures)
{
  GMainContext *context = g_main_context_default ();
  gint64 start = g_get_monotonic_time ();
  guint n_done = 0;
  GQueue running = G_QUEUE_INIT;

  g_assert_true (g_main_context_acquire (context));
  while (g_get_monotonic_time () - start < SECONDS * G_USEC_PER_SEC)
    {
      guint n_due = (guint) ((g_get_monotonic_time () - start) * per_second / G_USEC_PER_SEC);
      gint64 before = g_get_monotonic_time ();

      for (; n_done < n_due; n_done++)
        make_update (history, &running, n_done);
      figures->longest_update = MAX (figures->longest_update, g_get_monotonic_time () - before);
      make_turn (context, figures);
    }
  g_main_context_release (context);
  while (!g_queue_is_empty (&running))
    {
      g_autoptr (JumpExchangeRecord) record = g_queue_pop_head (&running);

      end_record (history, record);
    }
}

static void
print_figures (const char *what, const Figures *figures)
{
  double share = figures->n_turns > 0 ? (double) figures->n_slow / figures->n_turns : 0;

  g_print (
      "# %s: longest turn %.1f ms, longest batch of updates %.1f ms, over 8 ms: %u of %u turns "
      "(%.2f %%)\n",
      what,
      (double) figures->longest / 1000,
      (double) figures->longest_update / 1000,
      figures->n_slow,
      figures->n_turns,
      share * 100);
  g_assert_cmpfloat (share, <, MAX_SLOW_SHARE);
}

static JumpService *
make_service (const JumpPaths *paths, JumpSettings *settings, JumpClock *clock)
{
  JumpServiceOptions options = { 0 };

  options.paths = paths;
  options.settings = settings;
  options.clock = clock;
  options.demo = TRUE;
  return jump_service_new (&options);
}

static void
test_load (void)
{
  g_autoptr (JumpTempHome) home = jump_temp_home_new ();
  g_autoptr (JumpSettings) settings = jump_settings_new (home->paths->settings_file);
  g_autoptr (JumpClock) clock = jump_clock_system_new ();
  g_autoptr (JumpService) service = make_service (home->paths, settings, clock);
  JumpHistoryRing *history = jump_service_get_history (service);
  GtkWidget *window = gtk_window_new (GTK_WINDOW_TOPLEVEL);
  Figures opening = { 0 };
  Figures load = { 0 };

  fill (history);
  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 650);
  gtk_container_add (GTK_CONTAINER (window), jump_page_requests_new (service));
  gtk_widget_show (gtk_bin_get_child (GTK_BIN (window)));
  gtk_widget_show (window);
  run_load (history, 0, &opening);
  print_figures ("a full list appears", &opening);
  run_load (history, UPDATES_PER_SECOND, &load);
  print_figures ("200 updates a second", &load);
  gtk_widget_destroy (window);
}

int
main (int argc, char **argv)
{
  if (!gtk_init_check (&argc, &argv))
    {
      g_print ("1..0 # SKIP no display\n");
      return 0;
    }
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/requests/load", test_load);
  return g_test_run ();
}
