/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-update"

#include "service/update/update-watch.h"

#include "service/base/error.h"
#include "service/net/json-call.h"
#include "service/update/update-memory.h"
#include "service/update/update-schedule.h"
#include "service/update/version-order.h"

/* Seldom enough to cost nothing, often enough that a computer that sleeps at night asks every day. */
#define LOOK_MS (60 * 60 * 1000)
/* A day on which nobody answers is not worth a connection that hangs. */
#define CALL_MS (30 * 1000)

struct _JumpUpdateWatch
{
  GObject parent_instance;

  JumpHttpClient *client; /* (owned) */
  JumpClock *clock;       /* (owned) */
  char *version;          /* (owned) */
  char *path;             /* (owned) (nullable) */
  char *feed_url;         /* (owned) (nullable) */
  JumpUpdateMemory memory;
  JumpUpdateSchedule schedule;
  GCancellable *call; /* (owned) (nullable): while one is under way */
  GPtrArray *waiting; /* (owned) (element-type GTask) */
  guint alarm;
  gboolean is_started;
  gboolean is_online;
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JumpUpdateWatch, jump_update_watch, G_TYPE_OBJECT)

/* A call under way; it may outlive the interest in it. */
typedef struct
{
  JumpUpdateWatch *watch;    /* (owned) */
  GCancellable *cancellable; /* (owned) */
} Flight;

static void
flight_free (Flight *self)
{
  g_object_unref (self->watch);
  g_object_unref (self->cancellable);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Flight, flight_free)

static void
emit_changed (JumpUpdateWatch *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
is_due (JumpUpdateWatch *self)
{
  return self->feed_url != NULL && self->is_online && self->call == NULL &&
         jump_update_schedule_is_due (&self->schedule,
                                      self->memory.asked_at,
                                      jump_clock_get_wall_seconds (self->clock));
}

static void
save (JumpUpdateWatch *self)
{
  if (self->path != NULL)
    jump_update_memory_save (&self->memory, self->path);
}

/* Takes @release, (nullable), and @etag. */
static void
keep (JumpUpdateWatch *self, JumpRelease *release, char *etag)
{
  g_clear_pointer (&self->memory.release, jump_release_free);
  g_clear_pointer (&self->memory.etag, g_free);
  self->memory.release = release;
  self->memory.etag = etag;
}

static void
take_reply (JumpUpdateWatch *self, JumpJsonReply *reply, GError **error)
{
  JumpRelease *release;

  switch (reply->status)
    {
    case 200:
      release = jump_release_new (jump_json_reply_get_object (reply), error);
      if (release != NULL)
        keep (self, release, g_steal_pointer (&reply->etag));
      return;
    case 304:
      return;
    case 404: /* nothing is released, or not any more */
      keep (self, NULL, NULL);
      return;
    case 403:
    case 429:
      jump_update_schedule_note_limit (&self->schedule,
                                       reply->retry_after,
                                       reply->limit_reset,
                                       jump_clock_get_wall_seconds (self->clock));
      break;
    default:
      break;
    }
  g_set_error (error,
               JUMP_ERROR,
               reply->status == 403 || reply->status == 429 ? JUMP_ERROR_RATE_LIMITED
                                                            : JUMP_ERROR_UPSTREAM,
               "release feed: status %u",
               reply->status);
}

/* @error: (nullable) */
static void
answer_all (JumpUpdateWatch *self, const GError *error)
{
  g_autoptr (GPtrArray) tasks = g_steal_pointer (&self->waiting);

  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < tasks->len; i++)
    {
      GTask *task = g_ptr_array_index (tasks, i);

      if (g_task_return_error_if_cancelled (task))
        continue;
      if (error != NULL)
        g_task_return_error (task, g_error_copy (error));
      else
        g_task_return_boolean (task, TRUE);
    }
}

/* Returns: (transfer full) (nullable): what a person sees */
static char *
dup_told (JumpUpdateWatch *self)
{
  const JumpRelease *release = jump_update_watch_get_release (self);

  if (release == NULL)
    return NULL;
  return g_strjoin ("\n", release->version, release->url, release->notes, NULL);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Flight) flight = user_data;
  JumpUpdateWatch *self = flight->watch;
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpJsonReply) reply =
      jump_json_call_finish (JUMP_HTTP_CLIENT (source), result, &error);
  g_autofree char *told = NULL;
  g_autofree char *words = NULL;

  if (self->call != flight->cancellable) /* another feed by now, or none */
    return;
  told = dup_told (self);
  g_clear_object (&self->call);
  if (reply != NULL)
    take_reply (self, reply, &error);
  if (error != NULL)
    g_debug ("looking for a newer version: %s", error->message);
  save (self);
  words = dup_told (self);
  if (g_strcmp0 (told, words) != 0)
    emit_changed (self);
  answer_all (self, error);
}

static void
ask (JumpUpdateWatch *self)
{
  JumpHttpRequest *request = jump_http_request_new ("GET", self->feed_url);
  g_autofree char *agent = g_strdup_printf ("Jumpseat/%s", self->version);
  Flight *flight = g_new0 (Flight, 1);

  self->call = g_cancellable_new ();
  /* counts whatever comes of it: a feed that is down is not helped by being asked more often */
  self->memory.asked_at = jump_clock_get_wall_seconds (self->clock);
  g_free (self->memory.feed_url);
  self->memory.feed_url = g_strdup (self->feed_url);
  jump_http_request_add_header (request, "Accept", "application/json");
  jump_http_request_add_header (request, "User-Agent", agent);
  if (self->memory.etag != NULL)
    jump_http_request_add_header (request, "If-None-Match", self->memory.etag);
  request->total_timeout_ms = CALL_MS;
  flight->watch = g_object_ref (self);
  flight->cancellable = g_object_ref (self->call);
  jump_json_call_async (self->client, request, self->call, on_answered, flight);
}

static void
on_look_due (gpointer user_data)
{
  JumpUpdateWatch *self = user_data;

  self->alarm = jump_clock_add_alarm (self->clock, LOOK_MS, on_look_due, self);
  if (is_due (self))
    ask (self);
}

static void
cut_call (JumpUpdateWatch *self)
{
  g_autoptr (GCancellable) call = g_steal_pointer (&self->call);
  g_autoptr (GError) error = NULL;

  if (call == NULL)
    return;
  g_cancellable_cancel (call);
  error = g_error_new_literal (JUMP_ERROR,
                               JUMP_ERROR_UNAVAILABLE,
                               "release feed: nobody wants to know any more");
  answer_all (self, error);
}

static void
plan (JumpUpdateWatch *self)
{
  jump_clock_clear_alarm (self->clock, &self->alarm);
  if (self->is_started && self->feed_url != NULL)
    self->alarm =
        jump_clock_add_alarm (self->clock, jump_update_schedule_get_first_ms (), on_look_due, self);
}

static void
jump_update_watch_dispose (GObject *object)
{
  JumpUpdateWatch *self = JUMP_UPDATE_WATCH (object);

  if (self->clock != NULL)
    jump_clock_clear_alarm (self->clock, &self->alarm);
  g_clear_object (&self->client);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (jump_update_watch_parent_class)->dispose (object);
}

static void
jump_update_watch_finalize (GObject *object)
{
  JumpUpdateWatch *self = JUMP_UPDATE_WATCH (object);

  g_clear_object (&self->call);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  jump_update_memory_clear (&self->memory);
  g_free (self->version);
  g_free (self->path);
  g_free (self->feed_url);
  G_OBJECT_CLASS (jump_update_watch_parent_class)->finalize (object);
}

static void
jump_update_watch_class_init (JumpUpdateWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jump_update_watch_dispose;
  G_OBJECT_CLASS (klass)->finalize = jump_update_watch_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed",
                                          G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          0);
}

static void
jump_update_watch_init (JumpUpdateWatch *self)
{
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  jump_update_schedule_init (&self->schedule);
  self->is_online = TRUE;
}

/**
 * jump_update_watch_new:
 * @client: with the proxy and the certificates of the settings; referenced
 * @clock: referenced
 * @version: of this program
 * @path: (nullable): absolute path of the file for what the feed said
 *
 * Returns: (transfer full): a watch that asks nobody yet
 */
JumpUpdateWatch *
jump_update_watch_new (JumpHttpClient *client,
                       JumpClock *clock,
                       const char *version,
                       const char *path)
{
  JumpUpdateWatch *self = g_object_new (JUMP_TYPE_UPDATE_WATCH, NULL);

  self->client = g_object_ref (client);
  self->clock = g_object_ref (clock);
  self->version = g_strdup (version);
  self->path = g_strdup (path);
  return self;
}

/**
 * jump_update_watch_set_feed:
 * @self: a watch
 * @url: (nullable): whom to ask; NULL: nobody
 *
 * What another feed said is forgotten.
 */
void
jump_update_watch_set_feed (JumpUpdateWatch *self, const char *url)
{
  gboolean was_told = jump_update_watch_get_release (self) != NULL;

  if (g_strcmp0 (self->feed_url, url) == 0)
    return;
  cut_call (self);
  g_free (self->feed_url);
  self->feed_url = g_strdup (url);
  self->schedule.not_before = 0;
  jump_update_memory_clear (&self->memory);
  if (url != NULL && self->path != NULL)
    jump_update_memory_load (&self->memory, self->path);
  if (g_strcmp0 (self->memory.feed_url, url) != 0)
    jump_update_memory_clear (&self->memory);
  plan (self);
  if (was_told || jump_update_watch_get_release (self) != NULL)
    emit_changed (self);
}

void
jump_update_watch_set_online (JumpUpdateWatch *self, gboolean is_online)
{
  self->is_online = is_online;
}

gboolean
jump_update_watch_start (JumpUpdateWatch *self)
{
  if (self->is_started)
    return FALSE;
  self->is_started = TRUE;
  plan (self);
  return TRUE;
}

void
jump_update_watch_stop (JumpUpdateWatch *self)
{
  self->is_started = FALSE;
  plan (self);
  cut_call (self);
}

const JumpRelease *
jump_update_watch_get_release (JumpUpdateWatch *self)
{
  const JumpRelease *release = self->memory.release;

  if (self->feed_url == NULL || release == NULL || !release->is_final ||
      jump_version_compare (release->version, self->version) <= 0)
    return NULL;
  return release;
}

gboolean
jump_update_watch_has_feed (JumpUpdateWatch *self)
{
  return self->feed_url != NULL;
}

gint64
jump_update_watch_get_asked_at (JumpUpdateWatch *self)
{
  return self->memory.asked_at;
}

/**
 * jump_update_watch_ask_async:
 * @self: a watch
 * @cancellable: (nullable): ends the waiting, not the call
 * @callback: called when jump_update_watch_get_release() is as new as it gets
 * @user_data: for @callback
 *
 * Asks although it was asked today already.
 */
void
jump_update_watch_ask_async (JumpUpdateWatch *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, jump_update_watch_ask_async);
  if (self->feed_url == NULL)
    {
      g_task_return_new_error (task,
                               JUMP_ERROR,
                               JUMP_ERROR_UNAVAILABLE,
                               "release feed: newer versions are not looked for");
      return;
    }
  g_ptr_array_add (self->waiting, g_steal_pointer (&task));
  if (self->call == NULL)
    ask (self);
}

/**
 * jump_update_watch_ask_finish:
 * @error: JUMP_ERROR_UNAVAILABLE where nobody is asked, JUMP_ERROR_RATE_LIMITED, JUMP_ERROR_UPSTREAM,
 *   JUMP_ERROR_PROTOCOL, and those of the HTTP client
 *
 * Returns: whether the feed answered
 */
gboolean
jump_update_watch_ask_finish (JumpUpdateWatch *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
