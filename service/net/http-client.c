/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-net"

#include "service/net/http-client.h"

#include "service/base/error.h"
#include "service/net/easy-pool.h"
#include "service/net/http-problem.h"
#include "service/net/http-transfer.h"
#include "service/net/proxy-choice.h"
#include "service/net/sleep-watch.h"
#include "service/net/socket-table.h"

/* Unused connections that are kept, over all hosts: one per stream of a busy hour. */
#define MAX_CONNECTIONS 512
/* How long libcurl keeps an unused connection when nothing is said (CURLOPT_MAXAGE_CONN). */
#define USUAL_IDLE_SECONDS 118

struct _JumpHttpClient
{
  GObject parent_instance;

  JumpPoller *poller;           /* (owned) */
  CURLM *multi;                 /* (owned) */
  JumpSocketTable *sockets;     /* (owned) */
  JumpEasyPool pool;            /* (owned) */
  JumpProxyChoice proxies;      /* (owned) */
  JumpPollTimer *curl_timer;    /* (owned) */
  JumpPollTimer *silence_timer; /* (owned) one for all transfers */
  gint64 silence_due;           /* what the timer is set to, -1: never */
  GQueue transfers;             /* (owned) (element-type JumpHttpTransfer) all of them */
  GQueue attention;             /* (element-type JumpHttpTransfer) */
  guint call_timeout_ms;
  JumpSleepWatch sleep_watch;
  gint64 distrust_until; /* monotonic µs: reuse no connection before */
  guint curl_depth;      /* > 0: libcurl is calling us and must not be called */
  gboolean is_behind_portal;
  gboolean is_curl_due; /* libcurl asked to be called at once */
};

G_DEFINE_FINAL_TYPE (JumpHttpClient, jump_http_client, G_TYPE_OBJECT)

static void
set_silence_timer (JumpHttpClient *self, gint64 deadline)
{
  self->silence_due = deadline;
  jump_poll_timer_set (self->silence_timer, deadline);
}

static void
forget_attention (JumpHttpClient *self, JumpHttpTransfer *transfer)
{
  if (transfer->needs_attention)
    g_queue_unlink (&self->attention, &transfer->attention_link);
  transfer->needs_attention = FALSE;
}

static void
give_back_easy (JumpHttpClient *self, JumpHttpTransfer *transfer)
{
  CURL *easy = jump_http_transfer_steal_easy (transfer);

  if (easy != NULL)
    jump_easy_pool_give_back (&self->pool, easy, transfer->easy_generation);
}

static void
drop_transfer (JumpHttpClient *self, JumpHttpTransfer *transfer)
{
  g_queue_unlink (&self->transfers, &transfer->link);
  forget_attention (self, transfer);
  g_clear_pointer (&transfer->proxy_wait, jump_proxy_wait_cancel);
  if (self->transfers.length == 0 && self->silence_due >= 0)
    set_silence_timer (self, -1);
  if (transfer->is_started)
    curl_multi_remove_handle (self->multi, transfer->easy);
  give_back_easy (self, transfer);
  jump_http_transfer_free (transfer);
}

static void
finish_transfer (JumpHttpClient *self, JumpHttpTransfer *transfer, GError *error)
{
  g_autoptr (GError) owned_error = error;

  /* a connection must be free for others before our caller starts the next request */
  if (transfer->is_started)
    curl_multi_remove_handle (self->multi, transfer->easy);
  transfer->is_started = FALSE;
  transfer->is_ended = TRUE;
  forget_attention (self, transfer);
  if (!transfer->is_cancelled && transfer->funcs.on_done != NULL)
    transfer->funcs.on_done (transfer, owned_error, transfer->user_data);
  drop_transfer (self, transfer);
}

/* Nothing was sent yet, so the same may be asked of the system's next proxy. */
static gboolean
try_next_proxy (JumpHttpClient *self, JumpHttpTransfer *transfer, CURLcode result)
{
  if (!jump_http_transfer_skip_proxy (transfer, &self->proxies, result))
    return FALSE;
  curl_multi_remove_handle (self->multi, transfer->easy);
  transfer->is_started = FALSE;
  give_back_easy (self, transfer);
  jump_http_client_want_attention (self, transfer);
  return TRUE;
}

static void
finish_completed (JumpHttpClient *self)
{
  CURLMsg *message;
  int left;

  while ((message = curl_multi_info_read (self->multi, &left)) != NULL)
    {
      JumpHttpTransfer *transfer = NULL;
      CURLcode result = message->data.result;

      if (message->msg != CURLMSG_DONE)
        continue;
      curl_easy_getinfo (message->easy_handle, CURLINFO_PRIVATE, &transfer);
      if (try_next_proxy (self, transfer, result))
        continue;
      finish_transfer (self,
                       transfer,
                       jump_http_transfer_make_error (transfer, result, self->is_behind_portal));
    }
}

static void
drive (JumpHttpClient *client, curl_socket_t fd, int what)
{
  g_autoptr (JumpHttpClient) self = g_object_ref (client); /* callbacks may drop the last one */
  int running;

  self->curl_depth++;
  curl_multi_socket_action (self->multi, fd, what, &running);
  self->curl_depth--;
  finish_completed (self);
}

static void
on_socket_ready (curl_socket_t fd, int what, gpointer user_data)
{
  drive (user_data, fd, what);
}

static void
on_curl_timer_due (gpointer user_data)
{
  JumpHttpClient *self = user_data;

  self->is_curl_due = FALSE;
  jump_poll_timer_set (self->curl_timer, -1);
  drive (self, CURL_SOCKET_TIMEOUT, 0);
}

static int
on_curl_timer_changed (CURLM *multi, long timeout_ms, void *user_data)
{
  JumpHttpClient *self = user_data;

  self->is_curl_due = timeout_ms == 0;
  jump_poll_timer_set (self->curl_timer,
                       timeout_ms < 0 ? -1 : g_get_monotonic_time () + timeout_ms * 1000);
  return 0;
}

static JumpHttpTransfer *
find_silent (JumpHttpClient *self, gint64 now)
{
  for (GList *link = self->transfers.head; link != NULL; link = link->next)
    if (jump_http_transfer_is_silent (link->data, now))
      return link->data;
  return NULL;
}

/* Deadlines move with every byte; the timer does not. It looks again when it is due. */
static void
on_silence_timer_due (gpointer user_data)
{
  g_autoptr (JumpHttpClient) self = g_object_ref (user_data);
  gint64 now = g_get_monotonic_time ();
  JumpHttpTransfer *transfer;

  self->silence_due = -1;
  while ((transfer = find_silent (self, now)) != NULL)
    {
      g_autofree char *detail =
          g_strdup_printf ("no data for %u ms", transfer->request->idle_timeout_ms);

      finish_transfer (
          self,
          transfer,
          jump_http_problem_new (CURLE_OPERATION_TIMEDOUT, transfer->request->url, detail));
    }
  for (GList *link = self->transfers.head; link != NULL; link = link->next)
    jump_http_client_watch_silence (self, link->data);
}

static void
start_transfer (JumpHttpClient *self, JumpHttpTransfer *transfer)
{
  GError *error = NULL;
  CURLMcode result;
  guint generation;
  CURL *easy;

  if (g_str_has_prefix (transfer->request->url, "https:") &&
      !jump_trust_check (&self->pool.trust, &error))
    {
      finish_transfer (self, transfer, error);
      return;
    }
  if (!jump_http_transfer_choose_proxy (transfer, &self->proxies))
    return;
  easy = jump_easy_pool_take (&self->pool, &generation);
  jump_http_transfer_set_easy (transfer,
                               easy,
                               generation,
                               self->proxies.proxy,
                               self->pool.connect_timeout_ms);
  result = curl_multi_add_handle (self->multi, easy);
  transfer->is_started = result == CURLM_OK;
  if (!transfer->is_started)
    finish_transfer (self,
                     transfer,
                     g_error_new (JUMP_ERROR,
                                  JUMP_ERROR_UPSTREAM,
                                  "could not start the request: %s",
                                  curl_multi_strerror (result)));
}

static void
unpause_transfer (JumpHttpClient *self, JumpHttpTransfer *transfer)
{
  CURLcode result;

  transfer->is_held_by_curl = FALSE;
  self->curl_depth++;
  result = curl_easy_pause (transfer->easy, CURLPAUSE_CONT);
  self->curl_depth--;
  /* libcurl hands out here what it held, and leaves the transfer as it is if that fails */
  if (result != CURLE_OK)
    finish_transfer (self, transfer, jump_http_transfer_make_error (transfer, result, FALSE));
}

/* What may not be done while libcurl is calling us is done here, at the end of the turn. */
static void
on_turn_ended (gpointer user_data)
{
  g_autoptr (JumpHttpClient) self = g_object_ref (user_data);
  guint n = self->attention.length;

  while (n-- > 0 && self->attention.length > 0)
    {
      JumpHttpTransfer *transfer = g_queue_pop_head_link (&self->attention)->data;

      transfer->needs_attention = FALSE;
      if (transfer->is_cancelled)
        drop_transfer (self, transfer);
      else if (!transfer->is_started)
        start_transfer (self, transfer);
      else if (transfer->is_held_by_curl && !transfer->is_paused)
        unpause_transfer (self, transfer);
    }
  if (self->is_curl_due)
    on_curl_timer_due (self);
}

static void
jump_http_client_finalize (GObject *object)
{
  JumpHttpClient *self = JUMP_HTTP_CLIENT (object);

  while (self->transfers.head != NULL)
    drop_transfer (self, self->transfers.head->data);
  jump_poller_cancel_deferred (self->poller, on_turn_ended, self);
  jump_easy_pool_clear (&self->pool);
  jump_proxy_choice_clear (&self->proxies);
  curl_multi_cleanup (self->multi);
  jump_socket_table_free (self->sockets);
  jump_poll_timer_free (self->curl_timer);
  jump_poll_timer_free (self->silence_timer);
  jump_poller_unref (self->poller);
  G_OBJECT_CLASS (jump_http_client_parent_class)->finalize (object);
}

static void
jump_http_client_class_init (JumpHttpClientClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jump_http_client_finalize;
  curl_global_init (CURL_GLOBAL_DEFAULT);
}

static void
jump_http_client_init (JumpHttpClient *self)
{
  self->multi = curl_multi_init ();
  if (self->multi == NULL)
    g_error ("no memory for the HTTP client");
  self->silence_due = -1;
  g_queue_init (&self->transfers);
  g_queue_init (&self->attention);
  jump_easy_pool_init (&self->pool);
}

/**
 * jump_http_client_new:
 * @options: copied
 *
 * Returns: (transfer full): a client on the main context of @poller. Dropping its last reference
 *   cancels what is under way
 */
JumpHttpClient *
jump_http_client_new (JumpPoller *poller, const JumpHttpClientOptions *options)
{
  JumpHttpClient *self = g_object_new (JUMP_TYPE_HTTP_CLIENT, NULL);

  self->poller = jump_poller_ref (poller);
  self->proxies.poller = poller;
  g_set_object (&self->proxies.resolver, options->proxy_resolver);
  self->curl_timer = jump_poller_timer_new (poller, on_curl_timer_due, self);
  self->silence_timer = jump_poller_timer_new (poller, on_silence_timer_due, self);
  self->sockets = jump_socket_table_new (poller, self->multi, on_socket_ready, self);
  self->pool.open_socket = jump_socket_table_open;
  self->pool.close_socket = jump_socket_table_close;
  self->pool.socket_data = self->sockets;
  curl_multi_setopt (self->multi, CURLMOPT_TIMERFUNCTION, on_curl_timer_changed);
  curl_multi_setopt (self->multi, CURLMOPT_TIMERDATA, self);
  curl_multi_setopt (self->multi, CURLMOPT_MAXCONNECTS, (long) MAX_CONNECTIONS);
  curl_multi_setopt (self->multi, CURLMOPT_PIPELINING, (long) CURLPIPE_NOTHING);
  jump_http_client_set_options (self, options);
  return self;
}

/**
 * jump_http_client_set_options:
 * @options: copied
 *
 * Requests under way keep what they were started with.
 */
void
jump_http_client_set_options (JumpHttpClient *self, const JumpHttpClientOptions *options)
{
  g_free (self->proxies.proxy);
  self->proxies.proxy = g_strdup (options->proxy);
  jump_easy_pool_set_options (&self->pool, options);
  self->call_timeout_ms = options->call_timeout_ms;
}

guint
jump_http_client_get_call_timeout (JumpHttpClient *self)
{
  return self->call_timeout_ms;
}

JumpProxyChoice *
jump_http_client_get_proxies (JumpHttpClient *self)
{
  return &self->proxies;
}

/**
 * jump_http_client_get_library:
 *
 * Returns: (transfer none): libcurl and what it is built on, with versions
 */
const char *
jump_http_client_get_library (void)
{
  return curl_version ();
}

void
jump_http_client_distrust_connections (JumpHttpClient *self)
{
  guint seconds = self->pool.idle_connection_seconds > 0 ? self->pool.idle_connection_seconds
                                                         : USUAL_IDLE_SECONDS;

  g_debug ("not reusing connections for %u s: the machine slept", seconds);
  self->distrust_until = g_get_monotonic_time () + (gint64) seconds * G_USEC_PER_SEC;
  jump_http_client_note_network_change (self);
}

void
jump_http_client_set_behind_portal (JumpHttpClient *self, gboolean is_behind_portal)
{
  self->is_behind_portal = is_behind_portal;
}

void
jump_http_client_note_network_change (JumpHttpClient *self)
{
  jump_proxy_choice_forget (&self->proxies);
}

void
jump_http_client_want_attention (JumpHttpClient *self, JumpHttpTransfer *transfer)
{
  if (transfer->needs_attention || transfer->is_ended)
    return;
  transfer->needs_attention = TRUE;
  g_queue_push_tail_link (&self->attention, &transfer->attention_link);
  jump_poller_defer (self->poller, on_turn_ended, self);
}

/**
 * jump_http_client_start:
 * @request: (transfer full):
 * @funcs: copied; members may be NULL
 *
 * The request leaves at the end of this turn of the main loop.
 *
 * Returns: (transfer none):
 */
JumpHttpTransfer *
jump_http_client_start (JumpHttpClient *self,
                        JumpHttpRequest *request,
                        const JumpHttpTransferFuncs *funcs,
                        gpointer user_data)
{
  gint64 now = g_get_monotonic_time ();
  JumpHttpTransfer *transfer;

  if (jump_sleep_watch_has_slept (&self->sleep_watch, g_get_real_time (), now))
    jump_http_client_distrust_connections (self);
  if (now < self->distrust_until)
    request->fresh_connection = TRUE;
  transfer = jump_http_transfer_new (self, request, funcs, user_data);
  g_queue_push_tail_link (&self->transfers, &transfer->link);
  jump_http_client_want_attention (self, transfer);
  return transfer;
}

/* Called for every request that is about to be sent and after every pause. */
void
jump_http_client_watch_silence (JumpHttpClient *self, JumpHttpTransfer *transfer)
{
  gint64 deadline = jump_http_transfer_get_silence_deadline (transfer);

  if (deadline >= 0 && (self->silence_due < 0 || deadline < self->silence_due))
    set_silence_timer (self, deadline);
}

/**
 * jump_http_transfer_resume:
 *
 * on_data comes later, from the main loop, never from inside this function.
 */
void
jump_http_transfer_resume (JumpHttpTransfer *transfer)
{
  JumpHttpClient *self = transfer->client;

  if (!transfer->is_paused || transfer->is_ended)
    return;
  transfer->is_paused = FALSE;
  if (transfer->heard_at >= 0)
    transfer->heard_at = g_get_monotonic_time ();
  jump_http_client_watch_silence (self, transfer);
  if (transfer->is_held_by_curl)
    jump_http_client_want_attention (self, transfer);
}

/**
 * jump_http_transfer_cancel:
 *
 * From inside on_headers and on_data the connection is closed before the turn ends.
 */
void
jump_http_transfer_cancel (JumpHttpTransfer *transfer)
{
  JumpHttpClient *self = transfer->client;

  if (transfer->is_ended)
    return;
  transfer->is_cancelled = TRUE;
  if (self->curl_depth == 0)
    drop_transfer (self, transfer);
  else
    jump_http_client_want_attention (self, transfer);
}
