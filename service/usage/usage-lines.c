/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-usage"

#include "service/usage/usage-lines.h"

#include "service/base/json-write.h"
#include "service/base/limits.h"
#include "service/base/line-file.h"
#include "service/conversation/usage-sums.h"

#include <glib/gstdio.h>
#include <string.h>

#define AGENTS_DIR   "agents"
#define FILE_NAME    "token_usage.jl"
#define NO_USER      "anonymous"
#define PRIVATE_MODE 0700
#define NO_MODEL     "unknown"
/* Lines that wait for a folder that is away: three days of one user's. */
#define MAX_WAITING 1000

/* What one thread writes. */
typedef struct _Batch Batch;

struct _Batch
{
  char *folder;     /* (owned) */
  char *machine;    /* (owned) */
  GPtrArray *lines; /* (owned) (element-type utf8): those that could not be written stay */
  Batch *before;    /* (owned) (nullable): comes first */
  GThread *writer;  /* (owned) */
  GTask *waiting;   /* (owned) (nullable): returns when this is done */
  gint is_done;     /* atomic */
};

struct _JumpUsageLines
{
  JumpClock *clock; /* (owned) */
  char *folder;     /* (owned) (nullable) */
  char *machine;    /* (owned) (nullable) */
  GHashTable
      *users; /* (owned) (element-type utf8 GHashTable): of each user by model JumpUsageSums */
  GPtrArray *waiting; /* (owned) (element-type utf8): lines that are made but not written */
  guint alarm;
  Batch *batch; /* (owned) (nullable): what a thread writes now */
};

static void
batch_free (Batch *batch)
{
  g_free (batch->folder);
  g_free (batch->machine);
  g_clear_pointer (&batch->lines, g_ptr_array_unref);
  g_free (batch);
}

/* The folder itself has to be there: a disk that is not mounted must not get a folder in its place. */
static char *
make_place (const Batch *batch, GError **error)
{
  g_autofree char *dir = g_build_filename (batch->folder, AGENTS_DIR, batch->machine, NULL);

  if (!g_file_test (batch->folder, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT, "no folder %s", batch->folder);
      return NULL;
    }
  if (g_mkdir_with_parents (dir, PRIVATE_MODE) != 0)
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "cannot make %s", dir);
      return NULL;
    }
  return g_build_filename (dir, FILE_NAME, NULL);
}

static void
write_batch (Batch *batch)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = make_place (batch, &error);

  while (path != NULL && batch->lines->len > 0)
    {
      const char *line = g_ptr_array_index (batch->lines, 0);

      if (!jump_line_file_append (path, line, strlen (line), &error))
        break;
      g_ptr_array_remove_index (batch->lines, 0);
    }
  if (error != NULL)
    g_debug ("token usage waits: %s", error->message);
}

/* Waits for the one before, whose lines that could not be written are tried again. */
static void
take_over (Batch *batch)
{
  g_thread_join (g_steal_pointer (&batch->before->writer));
  g_ptr_array_extend_and_steal (batch->before->lines, g_steal_pointer (&batch->lines));
  batch->lines = g_steal_pointer (&batch->before->lines);
  g_clear_pointer (&batch->before, batch_free);
}

static gpointer
run_writer (gpointer data)
{
  Batch *batch = data;
  g_autoptr (GTask) waiting = g_steal_pointer (&batch->waiting);

  if (batch->before != NULL)
    take_over (batch);
  write_batch (batch);
  g_atomic_int_set (&batch->is_done, TRUE);
  if (waiting != NULL)
    g_task_return_boolean (waiting, TRUE);
  return NULL;
}

/* What is left of it comes first the next time. */
static void
take_batch_back (JumpUsageLines *self)
{
  g_thread_join (g_steal_pointer (&self->batch->writer));
  g_ptr_array_extend_and_steal (self->batch->lines, g_steal_pointer (&self->waiting));
  self->waiting = g_steal_pointer (&self->batch->lines);
  if (self->waiting->len > MAX_WAITING)
    g_ptr_array_remove_range (self->waiting, 0, self->waiting->len - MAX_WAITING);
  g_clear_pointer (&self->batch, batch_free);
}

static void
write_model (JumpJsonWriter *writer, const char *model, const JumpUsageSums *sums)
{
  guint64 cached = sums->cached_tokens + sums->cache_write_tokens;
  guint64 fresh = sums->input_tokens > cached ? sums->input_tokens - cached : 0;

  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer, "model", model);
  jump_json_writer_member_int (writer, "request_count", (gint64) sums->n_requests);
  jump_json_writer_member_int (writer, "input_tokens", (gint64) fresh);
  jump_json_writer_member_int (writer,
                               "cache_creation_input_tokens",
                               (gint64) sums->cache_write_tokens);
  jump_json_writer_member_int (writer, "cache_read_input_tokens", (gint64) sums->cached_tokens);
  jump_json_writer_member_int (writer, "output_tokens", (gint64) sums->output_tokens);
  jump_json_writer_member_int (writer,
                               "total_tokens",
                               (gint64) (fresh + cached + sums->output_tokens));
  jump_json_writer_member_int (writer, "data_sent", (gint64) sums->bytes_in);
  jump_json_writer_member_int (writer, "data_received", (gint64) sums->bytes_out);
  jump_json_writer_member_int (writer, "total_data", (gint64) (sums->bytes_in + sums->bytes_out));
  if (sums->nano_aiu > 0 || sums->n_unpriced == 0)
    jump_json_writer_member_int (writer, "nano_aiu", (gint64) sums->nano_aiu);
  jump_json_writer_end_object (writer);
}

/* Returns: (transfer full): {"timestamp","user_id","models":[…]} */
static char *
make_line (gint64 now, const char *user, GHashTable *models)
{
  g_auto (JumpJsonWriter) writer = { 0 };
  GHashTableIter iter;
  gpointer model;
  gpointer sums;

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_int (&writer, "timestamp", now);
  jump_json_writer_member_string (&writer, "user_id", user);
  jump_json_writer_member (&writer, "models");
  jump_json_writer_begin_array (&writer);
  g_hash_table_iter_init (&iter, models);
  while (g_hash_table_iter_next (&iter, &model, &sums))
    write_model (&writer, model, sums);
  jump_json_writer_end_array (&writer);
  jump_json_writer_end_object (&writer);
  return jump_json_writer_finish (&writer);
}

static void
make_lines (JumpUsageLines *self)
{
  gint64 now = jump_clock_get_wall_seconds (self->clock);
  GHashTableIter iter;
  gpointer user;
  gpointer models;

  g_hash_table_iter_init (&iter, self->users);
  while (g_hash_table_iter_next (&iter, &user, &models))
    g_ptr_array_add (self->waiting, make_line (now, user, models));
  g_hash_table_remove_all (self->users);
}

/* @waiting: (transfer full) (nullable) */
static void
start_batch (JumpUsageLines *self, GTask *waiting)
{
  Batch *batch = g_new0 (Batch, 1);

  batch->folder = g_strdup (self->folder);
  batch->machine = g_strdup (self->machine);
  batch->lines = g_steal_pointer (&self->waiting);
  batch->before = g_steal_pointer (&self->batch);
  batch->waiting = waiting;
  self->waiting = g_ptr_array_new_with_free_func (g_free);
  self->batch = batch;
  batch->writer = g_thread_new ("usage-lines", run_writer, batch);
}

/* Folders that are away are tried again and again: a circle. */
static void on_alarm (gpointer user_data);

static void
set_alarm (JumpUsageLines *self)
{
  if (self->alarm == 0)
    self->alarm =
        jump_clock_add_alarm (self->clock, JUMP_LIMIT_USAGE_LINE_SECONDS * 1000, on_alarm, self);
}

/* As long as a folder is away, and only then, this goes on without anything new. */
static void
on_alarm (gpointer user_data)
{
  JumpUsageLines *self = user_data;

  self->alarm = 0;
  jump_usage_lines_flush (self);
  if (self->batch != NULL || self->waiting->len > 0)
    set_alarm (self);
}

/* Waits for the disk. */
static void
flush_and_wait (JumpUsageLines *self)
{
  jump_usage_lines_flush (self);
  if (self->batch == NULL)
    return;
  take_batch_back (self);
  if (g_hash_table_size (self->users) == 0) /* all there was is with the disk, or refused */
    return;
  jump_usage_lines_flush (self);
  if (self->batch != NULL)
    take_batch_back (self);
}

/**
 * jump_usage_lines_new:
 * @clock: tells when the next line is due
 *
 * Returns: (transfer full): lines without a place yet
 */
JumpUsageLines *
jump_usage_lines_new (JumpClock *clock)
{
  JumpUsageLines *self = g_new0 (JumpUsageLines, 1);

  self->clock = g_object_ref (clock);
  self->users =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_hash_table_unref);
  self->waiting = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * jump_usage_lines_free:
 * @self: (transfer full): waits until the disk has the last line, or refuses it
 */
void
jump_usage_lines_free (JumpUsageLines *self)
{
  flush_and_wait (self);
  jump_clock_clear_alarm (self->clock, &self->alarm);
  g_clear_pointer (&self->users, g_hash_table_unref);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_object_unref (self->clock);
  g_free (self->folder);
  g_free (self->machine);
  g_free (self);
}

/**
 * jump_usage_lines_set_place:
 * @self: the lines
 * @folder: has to be there; what is below it is made
 * @machine: name of this computer's folder there
 *
 * What was used before goes to the place before.
 */
void
jump_usage_lines_set_place (JumpUsageLines *self, const char *folder, const char *machine)
{
  if (g_strcmp0 (self->folder, folder) == 0 && g_strcmp0 (self->machine, machine) == 0)
    return;
  if (self->folder != NULL)
    jump_usage_lines_flush (self);
  g_free (self->folder);
  g_free (self->machine);
  self->folder = g_strdup (folder);
  self->machine = g_strdup (machine);
  if (g_hash_table_size (self->users) > 0)
    set_alarm (self);
}

/**
 * jump_usage_lines_add:
 * @self: the lines
 * @record: counts when it has ended and is our own
 */
void
jump_usage_lines_add (JumpUsageLines *self, const JumpExchangeRecord *record)
{
  const char *user =
      record->client_key != NULL && record->client_name != NULL ? record->client_name : NO_USER;
  const char *model = record->used_model != NULL ? record->used_model : NO_MODEL;
  GHashTable *models;
  JumpUsageSums *sums;

  if (record->state != JUMP_EXCHANGE_ENDED || record->is_imported)
    return;
  models = g_hash_table_lookup (self->users, user);
  if (models == NULL)
    {
      models = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      g_hash_table_insert (self->users, g_strdup (user), models);
    }
  sums = g_hash_table_lookup (models, model);
  if (sums == NULL)
    {
      sums = g_new0 (JumpUsageSums, 1);
      g_hash_table_insert (models, g_strdup (model), sums);
    }
  jump_usage_sums_add (sums, record);
  if (self->folder != NULL)
    set_alarm (self);
}

/**
 * jump_usage_lines_flush:
 * @self: the lines
 *
 * Does not wait. While the disk is still busy with the lines before, these wait for the next time.
 */
void
jump_usage_lines_flush (JumpUsageLines *self)
{
  if (self->batch != NULL && !g_atomic_int_get (&self->batch->is_done))
    return;
  if (self->batch != NULL)
    take_batch_back (self);
  if (self->folder == NULL)
    return;
  make_lines (self);
  if (self->waiting->len == 0)
    return;
  start_batch (self, NULL);
}

/**
 * jump_usage_lines_flush_async:
 * @self: the lines; they may be freed before @callback is called
 * @callback: called from the main loop
 * @user_data: for @callback
 */
void
jump_usage_lines_flush_async (JumpUsageLines *self,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_source_tag (task, jump_usage_lines_flush_async);
  if (self->folder != NULL)
    make_lines (self);
  if (self->folder != NULL && (self->waiting->len > 0 || self->batch != NULL))
    {
      start_batch (self, task);
      return;
    }
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}
