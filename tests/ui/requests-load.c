/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

/* The page of requests under load: a full list that appears, two hundred updates a second at its end
 * and in its middle, and a filter that somebody types. Prints how long the screen held up the main loop
 * at most, and how often for more than half of a frame: by the clock on the wall, and by the time that
 * this thread had a processor, which no other program of a shared machine can make longer. Only the
 * latter fails, and only when it is gross. */

#include "tests/support/temp-home.h"
#include "ui/page-requests.h"
#include "ui/request-list.h"

#include <time.h>

#define N_FILLED           10000
#define UPDATES_PER_SECOND 200
#define SLOW_US            8000
/* What runs at a time, while two hundred begin and end a second. */
#define N_RUNNING      50
#define KEY_US         150000

#define MAX_SLOW_SHARE 0.2
#define MAX_TURN_US    50000

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define IS_SANITIZED 1
#else
#define IS_SANITIZED 0
#endif

typedef struct
{
  guint n_turns;
  guint n_slow_wall;
  guint n_slow_cpu;
  gint64 longest_wall;
  gint64 longest_cpu;
  gint64 cpu; /* of all turns */
  gint64 start;
} Figures;

typedef struct
{
  JumpTempHome *home;       /* (owned) */
  JumpSettings *settings;   /* (owned) */
  JumpClock *clock;         /* (owned) */
  JumpService *service;     /* (owned) */
  JumpHistoryRing *history; /* (unowned) */
  GtkWidget *window;        /* (owned) */
  GQueue running;           /* (element-type JumpExchangeRecord): owns them */
  guint n_begun;
  guint per_second;
} Load;

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

/* Numbers that differ from row to row, so that texts do, as they do in life. */
static void
end_record (JumpHistoryRing *history, JumpExchangeRecord *record)
{
  gint64 number = (gint64) g_str_hash (record->id) % 10007;

  record->state = JUMP_EXCHANGE_ENDED;
  record->status = number % 29 == 0 ? 429 : 200;
  record->first_byte_us = 80000 + number * 100;
  record->total_us = 1200000 + number * 1000;
  record->usage.input_tokens = 1200 + number * 7;
  record->usage.cache_read_tokens = 100 + number;
  record->usage.output_tokens = 300 + number % 900;
  record->usage.nano_aiu = 1000000 * number;
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

/* An exchange begins, and the one that began fifty before it ends. */
static void
make_update (Load *load)
{
  JumpExchangeRecord *record = make_record (N_FILLED + load->n_begun++);

  jump_history_ring_update (load->history, record);
  g_queue_push_tail (&load->running, record);
  if (g_queue_get_length (&load->running) > N_RUNNING)
    {
      g_autoptr (JumpExchangeRecord) oldest = g_queue_pop_head (&load->running);

      end_record (load->history, oldest);
    }
}

static gint64
get_cpu_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static void
count_time (Figures *figures, gint64 wall, gint64 cpu)
{
  figures->n_slow_wall += wall > SLOW_US ? 1 : 0;
  figures->n_slow_cpu += cpu > SLOW_US ? 1 : 0;
  figures->longest_wall = MAX (figures->longest_wall, wall);
  figures->longest_cpu = MAX (figures->longest_cpu, cpu);
  figures->cpu += cpu;
}

/* g_main_context_iteration() in its parts, so that waiting is not counted. */
static void
make_turn (Figures *figures)
{
  GMainContext *context = g_main_context_default ();
  GPollFD fds[64];
  int priority;
  int timeout;
  int n_fds;
  gint64 start;
  gint64 cpu_start;

  g_main_context_prepare (context, &priority);
  n_fds = g_main_context_query (context, priority, &timeout, fds, G_N_ELEMENTS (fds));
  n_fds = MIN (n_fds, (int) G_N_ELEMENTS (fds));
  g_poll (fds, (guint) n_fds, timeout < 0 ? 2 : MIN (timeout, 2));
  if (!g_main_context_check (context, priority, fds, n_fds))
    return;
  start = g_get_monotonic_time ();
  cpu_start = get_cpu_time ();
  g_main_context_dispatch (context);
  figures->n_turns++;
  count_time (figures, g_get_monotonic_time () - start, get_cpu_time () - cpu_start);
}

/* Updates come between turns; what the page does about them at once is slow if it takes too long, but no
 * turn of its own, since that would hide the slow ones among so many. */
static void
run (Load *load, gint64 duration, Figures *figures)
{
  gint64 start = g_get_monotonic_time ();
  gint64 now = start;
  guint n_done = 0;

  for (; now - start < duration; now = g_get_monotonic_time ())
    {
      guint n_due = (guint) ((now - start) * load->per_second / G_USEC_PER_SEC);
      gint64 cpu_start = get_cpu_time ();

      for (guint i = n_done; i < n_due; i++)
        make_update (load);
      if (n_due > n_done)
        count_time (figures, g_get_monotonic_time () - now, get_cpu_time () - cpu_start);
      n_done = n_due;
      make_turn (figures);
    }
}

static void
print_figures (const char *what, const Figures *figures)
{
  double n_turns = MAX (1, figures->n_turns);

  g_print (
      "# %s: longest turn %.1f ms (CPU %.1f ms); over 8 ms: %.2f %% (CPU %.2f %%) of %u turns; "
      "CPU in all %.0f ms\n",
      what,
      (double) figures->longest_wall / 1000,
      (double) figures->longest_cpu / 1000,
      figures->n_slow_wall * 100 / n_turns,
      figures->n_slow_cpu * 100 / n_turns,
      figures->n_turns,
      (double) figures->cpu / 1000);
  if (IS_SANITIZED)
    return;
  g_assert_cmpint (figures->longest_cpu, <, MAX_TURN_US);
  g_assert_cmpfloat (figures->n_slow_cpu / n_turns, <, MAX_SLOW_SHARE);
}

static gint64
get_duration (void)
{
  return (IS_SANITIZED ? 2 : 5) * G_USEC_PER_SEC;
}

static JumpService *
make_service (Load *load)
{
  JumpServiceOptions options = { 0 };

  options.paths = load->home->paths;
  options.settings = load->settings;
  options.clock = load->clock;
  options.demo = TRUE;
  return jump_service_new (&options);
}

static void
load_set_up (Load *load)
{
  GtkWidget *page;

  load->home = jump_temp_home_new ();
  load->settings = jump_settings_new (load->home->paths->settings_file);
  load->clock = jump_clock_system_new ();
  load->service = make_service (load);
  load->history = jump_service_get_history (load->service);
  load->window = gtk_window_new (GTK_WINDOW_TOPLEVEL);
  g_queue_init (&load->running);
  fill (load->history);
  gtk_window_set_default_size (GTK_WINDOW (load->window), 1000, 650);
  page = jump_page_requests_new (load->service);
  gtk_container_add (GTK_CONTAINER (load->window), page);
  gtk_widget_show (page);
}

static void
load_tear_down (Load *load)
{
  while (!g_queue_is_empty (&load->running))
    {
      g_autoptr (JumpExchangeRecord) record = g_queue_pop_head (&load->running);

      end_record (load->history, record);
    }
  gtk_widget_destroy (load->window);
  g_clear_object (&load->service);
  g_clear_object (&load->clock);
  g_clear_object (&load->settings);
  jump_temp_home_free (load->home);
}

/* Returns: (transfer none): the first widget of @type in @widget, itself included */
static GtkWidget *
find_widget (GtkWidget *widget, GType type)
{
  g_autoptr (GList) children = NULL;

  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;
  if (!GTK_IS_CONTAINER (widget))
    return NULL;
  children = gtk_container_get_children (GTK_CONTAINER (widget));
  for (GList *l = children; l != NULL; l = l->next)
    {
      GtkWidget *found = find_widget (l->data, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
follows (Load *load)
{
  GtkWidget *list = find_widget (load->window, JUMP_TYPE_REQUEST_LIST);

  return jump_request_list_get_follows (JUMP_REQUEST_LIST (list));
}

static gboolean
is_at_end (GtkAdjustment *adjustment)
{
  return gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment) >=
         gtk_adjustment_get_upper (adjustment) - 1;
}

static void
appear (Load *load)
{
  Figures figures = { 0 };

  load->per_second = 0;
  gtk_widget_show (load->window);
  run (load, 2 * G_USEC_PER_SEC, &figures);
  print_figures ("10000 rows appear", &figures);
}

static void
follow (Load *load)
{
  GtkWidget *view = find_widget (load->window, GTK_TYPE_TREE_VIEW);
  Figures figures = { 0 };

  load->per_second = UPDATES_PER_SECOND;
  run (load, get_duration (), &figures);
  g_assert_true (follows (load));
  g_assert_true (is_at_end (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view))));
  print_figures ("200 updates a second, at the end", &figures);
}

static void
read_in_the_middle (Load *load)
{
  GtkWidget *view = find_widget (load->window, GTK_TYPE_TREE_VIEW);
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view));
  Figures figures = { 0 };

  /* Without an event it is heard only while no rows wait for their place. */
  for (int i = 0; i < 100 && follows (load); i++)
    {
      run (load, KEY_US / 10, &figures);
      gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment) / 2);
    }
  run (load, get_duration (), &figures);
  print_figures ("200 updates a second, in the middle", &figures);
  g_assert_false (follows (load));
  g_assert_false (is_at_end (adjustment));
}

static void
type_filter (Load *load)
{
  static const char *const texts[] = { "s", "so", "son", "sonn", "x", "", "gpt", "load-99", "" };
  GtkWidget *entry = find_widget (load->window, GTK_TYPE_SEARCH_ENTRY);
  Figures figures = { 0 };

  load->per_second = 0;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      gtk_entry_set_text (GTK_ENTRY (entry), texts[i]);
      run (load, i % 3 == 2 ? 6 * KEY_US : KEY_US, &figures);
    }
  print_figures ("a filter is typed", &figures);
}

static void
test_load (void)
{
  Load load = { 0 };

  load_set_up (&load);
  g_assert_true (g_main_context_acquire (g_main_context_default ()));
  appear (&load);
  follow (&load);
  read_in_the_middle (&load);
  type_filter (&load);
  g_main_context_release (g_main_context_default ());
  load_tear_down (&load);
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
