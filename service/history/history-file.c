/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-history"

#include "service/history/history-file.h"

#include "service/base/limits.h"
#include "service/base/line-file.h"
#include "service/base/paths.h"
#include "service/history/client-pattern.h"
#include "service/history/error-line.h"
#include "service/history/history-line.h"

#include <glib/gstdio.h>
#include <string.h>

#define REQUESTS_DIR  "requests"
#define ERROR_LOG     "error.log"
#define OLD_ERROR_LOG "error.log.old"

/* One exchange, or a line that is made already. */
typedef struct
{
  JumpExchangeRecord *record; /* (owned) (nullable) */
  char *line;                 /* (owned) (nullable) */
  gint64 wall;                /* seconds */
  gboolean is_request;        /* for the file of its day */
  gboolean is_error;          /* for the log of errors */
  gsize cost;                 /* bytes that it holds */
} Entry;

struct _JumpHistoryFile
{
  JumpClock *clock;    /* (owned) */
  char *requests_dir;  /* (owned) */
  char *error_log;     /* (owned) */
  char *old_error_log; /* (owned) */
  gboolean wants_requests;
  gboolean wants_errors;
  char **skip_clients; /* (owned) (nullable) */
  GThread *writer;     /* (owned) (nullable): until there is something to write */

  GMutex lock; /* of what follows */
  GCond is_filled;
  GQueue entries; /* (element-type Entry): (owned) */
  gsize cost;     /* of them all */
  gboolean is_closing;
};

static void
entry_free (Entry *entry)
{
  g_clear_pointer (&entry->record, jump_exchange_record_unref);
  g_free (entry->line);
  g_free (entry);
}

static gboolean
append (const char *path, const char *line)
{
  g_autoptr (GError) error = NULL;

  if (jump_line_file_append (path, line, strlen (line), &error))
    return TRUE;
  g_debug ("a line is lost: %s", error->message);
  return FALSE;
}

/* Days are those of this computer's clock on the wall. */
static void
append_request (JumpHistoryFile *self, const Entry *entry)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (entry->wall);
  g_autofree char *name = g_date_time_format (time, "%Y-%m-%d.jl");
  g_autofree char *path = g_build_filename (self->requests_dir, name, NULL);
  g_autofree char *line = jump_history_line_new (entry->record);
  g_autoptr (GError) error = NULL;

  if (!jump_paths_make_private_dir (self->requests_dir, &error))
    g_debug ("a line is lost: %s", error->message);
  else
    append (path, line);
}

/* A service that fails for weeks must not fill the disk. */
static void
append_error (JumpHistoryFile *self, const Entry *entry)
{
  g_autofree char *line = entry->record != NULL ? jump_error_line_new (entry->record, entry->wall)
                                                : g_strdup (entry->line);
  GStatBuf info;

  if (g_stat (self->error_log, &info) == 0 && info.st_size >= JUMP_LIMIT_ERROR_LOG)
    g_rename (self->error_log, self->old_error_log);
  append (self->error_log, line);
}

/* Returns: (transfer full) (nullable): NULL when there is nothing left and nothing will come */
static Entry *
wait_for_entry (JumpHistoryFile *self)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  while (g_queue_is_empty (&self->entries) && !self->is_closing)
    g_cond_wait (&self->is_filled, &self->lock);
  return g_queue_pop_head (&self->entries);
}

static void
forget_cost (JumpHistoryFile *self, gsize cost)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  self->cost -= cost;
}

static gpointer
run_writer (gpointer data)
{
  JumpHistoryFile *self = data;
  Entry *entry;

  while ((entry = wait_for_entry (self)) != NULL)
    {
      if (entry->is_request)
        append_request (self, entry);
      if (entry->is_error)
        append_error (self, entry);
      forget_cost (self, entry->cost);
      entry_free (entry);
    }
  return NULL;
}

/* Takes @entry. On a disk that is too slow, or gone, lines are lost rather than memory. */
static void
push (JumpHistoryFile *self, Entry *entry)
{
  gboolean is_taken;

  g_mutex_lock (&self->lock);
  is_taken = self->entries.length < JUMP_LIMIT_HISTORY_QUEUE &&
             self->cost + entry->cost <= JUMP_LIMIT_HISTORY_QUEUE_BYTES;
  if (is_taken)
    {
      self->cost += entry->cost;
      g_queue_push_tail (&self->entries, entry);
      g_cond_signal (&self->is_filled);
    }
  g_mutex_unlock (&self->lock);
  if (!is_taken)
    {
      g_debug ("a line is lost: too many wait for the disk");
      entry_free (entry);
    }
  else if (self->writer == NULL)
    self->writer = g_thread_new ("history-file", run_writer, self);
}

static gsize
get_size (GBytes *bytes)
{
  return bytes != NULL ? g_bytes_get_size (bytes) : 0;
}

static gboolean
has_failed (const JumpExchangeRecord *record)
{
  return record->status >= 400 || record->error != NULL;
}

static void
drop_bodies (JumpExchangeRecord *record)
{
  g_clear_pointer (&record->request_headers, g_free);
  g_clear_pointer (&record->reply_headers, g_free);
  g_clear_pointer (&record->request_body, g_bytes_unref);
  g_clear_pointer (&record->sent_body, g_bytes_unref);
  g_clear_pointer (&record->reply_body, g_byte_array_unref);
}

/**
 * jump_history_file_new:
 * @data_dir: where the files are to be
 * @clock: tells the day
 *
 * Returns: (transfer full): files that nothing is written to yet
 */
JumpHistoryFile *
jump_history_file_new (const char *data_dir, JumpClock *clock)
{
  JumpHistoryFile *self = g_new0 (JumpHistoryFile, 1);

  self->clock = g_object_ref (clock);
  self->requests_dir = g_build_filename (data_dir, REQUESTS_DIR, NULL);
  self->error_log = g_build_filename (data_dir, ERROR_LOG, NULL);
  self->old_error_log = g_build_filename (data_dir, OLD_ERROR_LOG, NULL);
  g_mutex_init (&self->lock);
  g_cond_init (&self->is_filled);
  g_queue_init (&self->entries);
  return self;
}

/**
 * jump_history_file_free:
 * @self: (transfer full): waits until the disk has what was added
 */
void
jump_history_file_free (JumpHistoryFile *self)
{
  g_mutex_lock (&self->lock);
  self->is_closing = TRUE;
  g_cond_signal (&self->is_filled);
  g_mutex_unlock (&self->lock);
  if (self->writer != NULL)
    g_thread_join (self->writer);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->is_filled);
  g_object_unref (self->clock);
  g_free (self->requests_dir);
  g_free (self->error_log);
  g_free (self->old_error_log);
  g_strfreev (self->skip_clients);
  g_free (self);
}

void
jump_history_file_set_wanted (JumpHistoryFile *self, gboolean requests, gboolean errors)
{
  self->wants_requests = requests;
  self->wants_errors = errors;
}

void
jump_history_file_set_skip_clients (JumpHistoryFile *self, const char *const *clients)
{
  g_strfreev (self->skip_clients);
  self->skip_clients = g_strdupv ((char **) clients);
}

/**
 * jump_history_file_add:
 * @self: the files
 * @record: of any state: only one that has ended, and is our own, is written
 *
 * Never waits: the writer gets a copy.
 */
void
jump_history_file_add (JumpHistoryFile *self, JumpExchangeRecord *record)
{
  gboolean is_error = self->wants_errors && has_failed (record);
  Entry *entry;

  if (record->state != JUMP_EXCHANGE_ENDED || record->is_imported ||
      (!self->wants_requests && !is_error))
    return;
  entry = g_new0 (Entry, 1);
  entry->record = jump_exchange_record_copy (record);
  if (jump_client_pattern_matches_any ((const char *const *) self->skip_clients, record))
    drop_bodies (entry->record);
  entry->wall = jump_clock_get_wall_seconds (self->clock);
  entry->is_request = self->wants_requests;
  entry->is_error = is_error;
  entry->cost = get_size (entry->record->request_body) + get_size (entry->record->sent_body) +
                (entry->record->reply_body != NULL ? entry->record->reply_body->len : 0);
  push (self, entry);
}

/**
 * jump_history_file_add_refresh_failure:
 * @self: the files
 * @endpoint: (nullable): the address that was asked
 * @status: of the answer, 0: none came
 * @error: in one sentence
 * @reply: (nullable): what upstream said; secrets in it are replaced, and of a long one only the begin is kept
 */
void
jump_history_file_add_refresh_failure (JumpHistoryFile *self,
                                       const char *endpoint,
                                       guint status,
                                       const char *error,
                                       const char *reply)
{
  Entry *entry;

  if (!self->wants_errors)
    return;
  entry = g_new0 (Entry, 1);
  entry->wall = jump_clock_get_wall_seconds (self->clock);
  entry->line = jump_error_line_new_for_refresh (entry->wall, endpoint, status, error, reply);
  entry->cost = strlen (entry->line);
  entry->is_error = TRUE;
  push (self, entry);
}
