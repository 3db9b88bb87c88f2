/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/relay/approval-desk-private.h"

#define TEN_MINUTES (10 * 60 * G_USEC_PER_SEC)

struct _JumpApprovalDesk
{
  GObject parent_instance;

  JumpClock *clock; /* (owned) */
  gboolean is_needed;
  guint seconds;
  guint max_waiting;
  GHashTable *approved; /* (owned) (element-type utf8): for good */
  GHashTable *trusted;  /* (owned) (element-type utf8 gint64): until that monotonic time, µs */
  GHashTable
      *spenders; /* (owned) (element-type utf8 gint64): the same for more than budgets allow */
  GPtrArray *requests; /* (owned) (element-type JumpApprovalRequest): oldest first */
  GError *closed;      /* (owned) (nullable) */
};

enum
{
  SIGNAL_ALWAYS_ALLOWED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static GType
jump_approval_desk_get_item_type (GListModel *model)
{
  return JUMP_TYPE_APPROVAL_REQUEST;
}

static guint
jump_approval_desk_get_n_items (GListModel *model)
{
  return JUMP_APPROVAL_DESK (model)->requests->len;
}

static gpointer
jump_approval_desk_get_item (GListModel *model, guint position)
{
  GPtrArray *requests = JUMP_APPROVAL_DESK (model)->requests;

  return position < requests->len ? g_object_ref (requests->pdata[position]) : NULL;
}

static void
jump_approval_desk_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = jump_approval_desk_get_item_type;
  iface->get_n_items = jump_approval_desk_get_n_items;
  iface->get_item = jump_approval_desk_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (JumpApprovalDesk,
                               jump_approval_desk,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      jump_approval_desk_list_model_init))

static void
jump_approval_desk_finalize (GObject *object)
{
  JumpApprovalDesk *self = JUMP_APPROVAL_DESK (object);

  g_assert (self->requests->len == 0);
  g_clear_pointer (&self->requests, g_ptr_array_unref);
  g_clear_pointer (&self->approved, g_hash_table_unref);
  g_clear_pointer (&self->trusted, g_hash_table_unref);
  g_clear_pointer (&self->spenders, g_hash_table_unref);
  g_clear_error (&self->closed);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (jump_approval_desk_parent_class)->finalize (object);
}

static void
jump_approval_desk_class_init (JumpApprovalDeskClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jump_approval_desk_finalize;

  /**
   * JumpApprovalDesk::always-allowed:
   * @client: a name that somebody allows for good; whoever keeps the settings writes it down
   */
  signals[SIGNAL_ALWAYS_ALLOWED] = g_signal_new ("always-allowed",
                                                 G_TYPE_FROM_CLASS (klass),
                                                 G_SIGNAL_RUN_LAST,
                                                 0,
                                                 NULL,
                                                 NULL,
                                                 NULL,
                                                 G_TYPE_NONE,
                                                 1,
                                                 G_TYPE_STRING);
}

static void
jump_approval_desk_init (JumpApprovalDesk *self)
{
  self->requests = g_ptr_array_new_with_free_func (g_object_unref);
  self->approved = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->trusted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->spenders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/* ---- deciding ---- */

static void
remove_request (JumpApprovalDesk *self, JumpApprovalRequest *request)
{
  guint position;

  if (request->desk == NULL || !g_ptr_array_find (self->requests, request, &position))
    return;
  request->desk = NULL;
  jump_clock_clear_alarm (self->clock, &request->alarm);
  g_ptr_array_remove_index (self->requests, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

/* @error: (nullable): it is not allowed. */
static void
decide (JumpApprovalDesk *self, JumpApprovalRequest *request, const GError *error)
{
  g_autoptr (JumpApprovalRequest) kept = g_object_ref (request);

  remove_request (self, kept);
  if (kept->func != NULL)
    kept->func (error, kept->user_data);
}

/* A comma separates the names in the settings, so that no name holds one. */
static char *
clean_name (const char *client)
{
  return g_strstrip (g_strdelimit (g_strdup (client), ",", ' '));
}

/* @list: of names and times */
static gboolean
is_trusted (JumpApprovalDesk *self, GHashTable *list, const char *client)
{
  const gint64 *until = g_hash_table_lookup (list, client);

  return until != NULL && *until > jump_clock_get_monotonic_time (self->clock);
}

static gboolean
needs_word (JumpApprovalDesk *self, const char *client)
{
  return self->is_needed && !g_hash_table_contains (self->approved, client) &&
         !is_trusted (self, self->trusted, client);
}

/* To be let in for good is not to be allowed any expense. */
static gboolean
needs_word_for_money (JumpApprovalDesk *self, const char *client, const char *reason)
{
  return reason != NULL && !is_trusted (self, self->spenders, client);
}

/* Handlers may answer others meanwhile. */
static void
let_go (JumpApprovalDesk *self)
{
  guint i = 0;

  while (i < self->requests->len)
    {
      JumpApprovalRequest *request = self->requests->pdata[i];

      if (needs_word (self, request->client) ||
          needs_word_for_money (self, request->client, request->reason))
        {
          i++;
          continue;
        }
      decide (self, request, NULL);
      i = 0;
    }
}

static void
on_patience_over (gpointer user_data)
{
  JumpApprovalRequest *request = user_data;
  JumpApprovalDesk *self = request->desk;
  g_autoptr (GError) error = NULL;

  request->alarm = 0;
  error = g_error_new (JUMP_ERROR,
                       JUMP_ERROR_FORBIDDEN,
                       "nobody allowed this request within %" G_GINT64_FORMAT
                       " seconds: it waited for an answer in Jumpseat (settings traffic.approval "
                       "and traffic.approval_seconds)",
                       request->until - request->since);
  decide (self, request, error);
}

JumpApprovalDesk *
jump_approval_desk_new (JumpClock *clock)
{
  JumpApprovalDesk *self = g_object_new (JUMP_TYPE_APPROVAL_DESK, NULL);

  self->clock = g_object_ref (clock);
  return self;
}

/**
 * jump_approval_desk_set_rules:
 * @rules: copied; requests that wait already keep the time they were given
 */
void
jump_approval_desk_set_rules (JumpApprovalDesk *self, const JumpApprovalRules *rules)
{
  self->is_needed = rules->is_needed;
  self->seconds = rules->seconds;
  self->max_waiting = MAX (rules->waiting, 1);
  g_hash_table_remove_all (self->approved);
  for (gsize i = 0; rules->approved_clients != NULL && rules->approved_clients[i] != NULL; i++)
    g_hash_table_add (self->approved, clean_name (rules->approved_clients[i]));
  let_go (self);
}

void
jump_approval_desk_close (JumpApprovalDesk *self, const GError *error)
{
  if (self->closed == NULL)
    self->closed = g_error_copy (error);
  while (self->requests->len > 0)
    decide (self, self->requests->pdata[0], error);
}

gboolean
jump_approval_desk_needs_word (JumpApprovalDesk *self, const char *client, const char *reason)
{
  g_autofree char *name = clean_name (client);

  return needs_word (self, name) || needs_word_for_money (self, name, reason);
}

static gboolean
may_wait (JumpApprovalDesk *self, guint *out_retry_after, GError **error)
{
  *out_retry_after = 0;
  if (self->closed != NULL)
    {
      g_propagate_error (error, g_error_copy (self->closed));
      return FALSE;
    }
  if (self->requests->len < self->max_waiting)
    return TRUE;
  *out_retry_after = self->seconds;
  g_set_error (error,
               JUMP_ERROR,
               JUMP_ERROR_UNAVAILABLE,
               "%u requests already wait until somebody allows them in Jumpseat (settings "
               "traffic.approval and traffic.waiting)",
               self->requests->len);
  return FALSE;
}

/**
 * jump_approval_desk_ask:
 * @id: the X-Request-Id
 * @client: name of a key or a program
 * @model: (nullable): as asked for
 * @reason: (nullable): what it is about, when that is money
 *
 * Returns: (transfer none) (nullable): the new row
 */
JumpApprovalRequest *
jump_approval_desk_ask (JumpApprovalDesk *self,
                        const char *id,
                        const char *client,
                        const char *model,
                        const char *reason,
                        JumpApprovalFunc func,
                        gpointer user_data,
                        guint *out_retry_after,
                        GError **error)
{
  JumpApprovalRequest *request;

  if (!may_wait (self, out_retry_after, error))
    return NULL;
  request = g_object_new (JUMP_TYPE_APPROVAL_REQUEST, NULL);
  request->desk = self;
  request->id = g_strdup (id);
  request->client = clean_name (client);
  request->model = g_strdup (model != NULL ? model : "");
  request->reason = g_strdup (reason);
  request->since = jump_clock_get_wall_seconds (self->clock);
  request->until = request->since + self->seconds;
  request->func = func;
  request->user_data = user_data;
  request->alarm =
      jump_clock_add_alarm (self->clock, (guint64) self->seconds * 1000, on_patience_over, request);
  g_ptr_array_add (self->requests, request);
  g_list_model_items_changed (G_LIST_MODEL (self), self->requests->len - 1, 0, 1);
  return request;
}

void
jump_approval_desk_withdraw (JumpApprovalDesk *self, JumpApprovalRequest *request)
{
  request->func = NULL;
  remove_request (self, request);
}

/* ---- the public face ---- */

static JumpApprovalRequest *
find_request (JumpApprovalDesk *self, const char *id)
{
  for (guint i = 0; i < self->requests->len; i++)
    {
      JumpApprovalRequest *request = self->requests->pdata[i];

      if (g_str_equal (request->id, id))
        return request;
    }
  return NULL;
}

static void
trust (GHashTable *list, const char *client, gint64 until)
{
  g_hash_table_replace (list, g_strdup (client), g_memdup2 (&until, sizeof until));
}

/* @is_about_money: then others of @client may spend, too, not only come in. */
static void
trust_for_a_while (JumpApprovalDesk *self, const char *client, gboolean is_about_money)
{
  gint64 until = jump_clock_get_monotonic_time (self->clock) + TEN_MINUTES;

  trust (self->trusted, client, until);
  if (is_about_money)
    trust (self->spenders, client, until);
  let_go (self);
}

/* Money is allowed until the program ends; who was let in already has nothing else allowed by that. */
static void
approve_for_good (JumpApprovalDesk *self, const char *client, gboolean is_about_money)
{
  gboolean is_let_in = !needs_word (self, client);

  if (is_about_money)
    trust (self->spenders, client, G_MAXINT64);
  if (!is_about_money || !is_let_in)
    g_hash_table_add (self->approved, g_strdup (client));
  let_go (self);
  if (!is_about_money || !is_let_in)
    g_signal_emit (self, signals[SIGNAL_ALWAYS_ALLOWED], 0, client);
}

static GError *
new_denial (const JumpApprovalRequest *request)
{
  if (request->reason == NULL)
    return g_error_new (JUMP_ERROR,
                        JUMP_ERROR_FORBIDDEN,
                        "somebody refused this request in Jumpseat (setting traffic.approval)");
  return g_error_new (JUMP_ERROR,
                      JUMP_ERROR_FORBIDDEN,
                      "somebody refused this request in Jumpseat: %s",
                      request->reason);
}

/**
 * jump_approval_desk_answer:
 * @self: a desk
 * @id: of a request that waits
 * @answer: what becomes of it, and of others of its client
 *
 * Returns: whether a request of that id was waiting
 */
gboolean
jump_approval_desk_answer (JumpApprovalDesk *self, const char *id, JumpApprovalAnswer answer)
{
  JumpApprovalRequest *request = find_request (self, id);
  g_autoptr (JumpApprovalDesk) alive G_GNUC_UNUSED = g_object_ref (self);
  g_autofree char *client = NULL;
  g_autoptr (GError) denied = NULL;

  if (request == NULL)
    return FALSE;
  client = g_strdup (request->client);
  switch (answer)
    {
    case JUMP_APPROVAL_DENY:
      denied = new_denial (request);
      decide (self, request, denied);
      break;
    case JUMP_APPROVAL_ONCE:
      decide (self, request, NULL);
      break;
    case JUMP_APPROVAL_TEN_MINUTES:
      trust_for_a_while (self, client, request->reason != NULL);
      break;
    case JUMP_APPROVAL_ALWAYS:
      approve_for_good (self, client, request->reason != NULL);
      break;
    }
  return TRUE;
}

/**
 * jump_approval_answer_parse:
 * @word: "deny", "once", "ten_minutes" or "always"
 * @out_answer: (out): what it means
 *
 * Returns: FALSE for any other word
 */
gboolean
jump_approval_answer_parse (const char *word, JumpApprovalAnswer *out_answer)
{
  static const struct
  {
    const char *word;
    JumpApprovalAnswer answer;
  } words[] = {
    { "deny", JUMP_APPROVAL_DENY },
    { "once", JUMP_APPROVAL_ONCE },
    { "ten_minutes", JUMP_APPROVAL_TEN_MINUTES },
    { "always", JUMP_APPROVAL_ALWAYS },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i].word, word))
      {
        *out_answer = words[i].answer;
        return TRUE;
      }
  return FALSE;
}
