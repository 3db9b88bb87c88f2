/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-http"

#include "service/http/process-finder.h"
#include "service/http/process-name.h"

#include <gio/gio.h>
#include <string.h>
#include <unistd.h>

/* Between two looks through all processes. */
#define PAUSE_MS 1000
/* That were found last, and are looked at first. */
#define KNOWN 16
/* Of a command line: scripts are named at its beginning. */
#define COMMAND_LINE 4096

struct _JumpProcessFinder
{
  JumpClock *clock;   /* (owned) */
  char *root;         /* (owned) */
  GHashTable *sought; /* (owned) (element-type guint64 JumpClientProcess): socket inodes */
  int known[KNOWN];   /* ids of processes, 0 none; the newest first */
  gint64 looked_at;   /* monotonic µs, of the last look through all; 0 never */
  guint alarm;
  GCancellable *look; /* (owned) (nullable): one is under way */
};

/* For the thread. */
typedef struct
{
  char *root; /* (owned) */
  int known[KNOWN];
  gboolean is_short; /* only those */
  GHashTable *
      found; /* (owned) (element-type guint64 Finding): inodes that are sought; no value: not found */
} Look;

typedef struct
{
  int pid;
  char *text; /* (owned) */
} Finding;

static void
free_finding (gpointer data)
{
  Finding *finding = data;

  if (finding != NULL)
    g_free (finding->text);
  g_free (finding);
}

static void
free_look (gpointer data)
{
  Look *look = data;

  g_free (look->root);
  g_hash_table_unref (look->found);
  g_free (look);
}

static char *
name_process (const char *root, int pid)
{
  g_autofree char *comm_path = g_strdup_printf ("%s/%d/comm", root, pid);
  g_autofree char *line_path = g_strdup_printf ("%s/%d/cmdline", root, pid);
  g_autofree char *comm = NULL;
  g_autofree char *line = NULL;
  g_autofree char *name = NULL;
  gsize length = 0;

  if (!g_file_get_contents (comm_path, &comm, NULL, NULL))
    return NULL;
  g_strchomp (comm);
  if (!g_file_get_contents (line_path, &line, &length, NULL))
    length = 0;
  name = jump_process_name_new (comm, line, MIN (length, COMMAND_LINE));
  return g_strdup_printf ("%s (%d)", name, pid);
}

/* Returns: the inode of what "socket:[4711]" names, 0 for anything else */
static guint64
read_socket (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  char target[64];
  gssize length = readlink (path, target, sizeof target - 1);

  if (length <= 0)
    return 0;
  target[length] = '\0';
  return g_str_has_prefix (target, "socket:[") ? g_ascii_strtoull (target + 8, NULL, 10) : 0;
}

/* Returns: whether all are found */
static gboolean
look_at_process (Look *look, int pid, guint *n_missing)
{
  g_autofree char *folder = g_strdup_printf ("%s/%d/fd", look->root, pid);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  if (dir == NULL)
    return FALSE;
  while (*n_missing > 0 && (name = g_dir_read_name (dir)) != NULL)
    {
      guint64 inode = read_socket (folder, name);
      gpointer key, value;
      Finding *finding;

      if (inode == 0 || !g_hash_table_lookup_extended (look->found, &inode, &key, &value) ||
          value != NULL)
        continue;
      finding = g_new0 (Finding, 1);
      finding->pid = pid;
      finding->text = name_process (look->root, pid);
      g_hash_table_insert (look->found, g_memdup2 (&inode, sizeof inode), finding);
      (*n_missing)--;
    }
  return *n_missing == 0;
}

static void
run_look (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Look *look = task_data;
  guint n_missing = g_hash_table_size (look->found);
  const char *name;

  for (gsize i = 0; i < KNOWN; i++)
    {
      if (look->known[i] != 0 && look_at_process (look, look->known[i], &n_missing))
        break;
    }
  if (n_missing > 0 && !look->is_short)
    {
      g_autoptr (GDir) dir = g_dir_open (look->root, 0, NULL);

      while (dir != NULL && !g_cancellable_is_cancelled (cancellable) &&
             (name = g_dir_read_name (dir)) != NULL)
        {
          guint64 pid;

          if (g_ascii_string_to_unsigned (name, 10, 1, G_MAXINT, &pid, NULL) &&
              look_at_process (look, (int) pid, &n_missing))
            break;
        }
    }
  g_task_return_boolean (task, TRUE);
}

static void
remember (JumpProcessFinder *self, int pid)
{
  gsize at = 0;

  while (at < KNOWN - 1 && self->known[at] != pid)
    at++;
  memmove (self->known + 1, self->known, at * sizeof *self->known);
  self->known[0] = pid;
}

/* Defined below: a look that is over may be followed by another one. */
static void begin_look (JumpProcessFinder *self);

static void
on_look_over (GObject *source, GAsyncResult *result, gpointer user_data)
{
  JumpProcessFinder *self = user_data;
  Look *look = g_task_get_task_data (G_TASK (result));
  GHashTableIter iter;
  gpointer key, value;

  /* The finder is no more. */
  if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    return;
  g_clear_object (&self->look);
  g_hash_table_iter_init (&iter, look->found);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      JumpClientProcess *process = g_hash_table_lookup (self->sought, key);
      Finding *finding = value;

      if (process == NULL || (finding == NULL && look->is_short))
        continue;
      if (finding != NULL)
        {
          jump_client_process_set_text (process, g_steal_pointer (&finding->text));
          remember (self, finding->pid);
        }
      g_hash_table_remove (self->sought, key);
    }
  begin_look (self);
}

static void
on_pause_over (gpointer user_data)
{
  JumpProcessFinder *self = user_data;

  self->alarm = 0;
  begin_look (self);
}

/* Returns: milliseconds until all processes may be looked at again */
static guint64
get_pause (JumpProcessFinder *self)
{
  gint64 waited_ms =
      (jump_clock_get_monotonic_time (self->clock) - self->looked_at) / G_TIME_SPAN_MILLISECOND;

  return self->looked_at == 0 || waited_ms >= PAUSE_MS ? 0 : (guint64) (PAUSE_MS - waited_ms);
}

static void
begin_task (JumpProcessFinder *self, gboolean is_short)
{
  g_autoptr (GTask) task = NULL;
  Look *look = g_new0 (Look, 1);
  GHashTableIter iter;
  gpointer key;

  look->root = g_strdup (self->root);
  look->is_short = is_short;
  memcpy (look->known, self->known, sizeof look->known);
  look->found = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, free_finding);
  g_hash_table_iter_init (&iter, self->sought);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_hash_table_insert (look->found, g_memdup2 (key, sizeof (guint64)), NULL);
  self->look = g_cancellable_new ();
  task = g_task_new (NULL, self->look, on_look_over, self);
  /* Its result says so itself. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, look, free_look);
  g_task_run_in_thread (task, run_look);
}

static void
begin_look (JumpProcessFinder *self)
{
  guint64 pause = get_pause (self);

  if (self->look != NULL || g_hash_table_size (self->sought) == 0)
    return;
  if (pause == 0)
    {
      jump_clock_clear_alarm (self->clock, &self->alarm);
      self->looked_at = jump_clock_get_monotonic_time (self->clock);
      begin_task (self, FALSE);
    }
  else if (self->alarm == 0)
    {
      self->alarm = jump_clock_add_alarm (self->clock, pause, on_pause_over, self);
      if (self->known[0] != 0)
        begin_task (self, TRUE);
    }
}

/**
 * jump_process_finder_new:
 * @clock: referenced; its pauses are kept by it
 *
 * Returns: (transfer full): one that has not looked yet
 */
JumpProcessFinder *
jump_process_finder_new (JumpClock *clock)
{
  JumpProcessFinder *self = g_new0 (JumpProcessFinder, 1);

  self->clock = g_object_ref (clock);
  self->root = g_strdup ("/proc");
  self->sought = g_hash_table_new_full (g_int64_hash,
                                        g_int64_equal,
                                        g_free,
                                        (GDestroyNotify) jump_client_process_unref);
  return self;
}

void
jump_process_finder_set_root (JumpProcessFinder *self, const char *root)
{
  g_free (self->root);
  self->root = g_strdup (root);
}

void
jump_process_finder_free (JumpProcessFinder *self)
{
  jump_clock_clear_alarm (self->clock, &self->alarm);
  if (self->look != NULL)
    g_cancellable_cancel (self->look);
  g_clear_object (&self->look);
  g_hash_table_unref (self->sought);
  g_object_unref (self->clock);
  g_free (self->root);
  g_free (self);
}

/**
 * jump_process_finder_find:
 * @self: a finder
 * @inode: of a socket, as the kernel numbers them
 * @process: (transfer none): gets its text once the program is found
 */
void
jump_process_finder_find (JumpProcessFinder *self, guint64 inode, JumpClientProcess *process)
{
  if (inode == 0)
    return;
  g_hash_table_insert (self->sought,
                       g_memdup2 (&inode, sizeof inode),
                       jump_client_process_ref (process));
  begin_look (self);
}

/**
 * jump_process_finder_name:
 * @self: a finder
 * @pid: id of a process
 *
 * Returns: (transfer full) (nullable): its name and id, NULL when there is none
 */
char *
jump_process_finder_name (JumpProcessFinder *self, int pid)
{
  return name_process (self->root, pid);
}
