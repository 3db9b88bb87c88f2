/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/record-query.h"

#include "service/base/error.h"

#define PER_PAGE     50
#define PER_PAGE_MAX 1000

/* Another name of the last metric, for programs that count in it. */
#define NANO_NAME "nano_aiu"

static const char *const metrics[] = { "request_size",  "reply_size", "duration", "input_tokens",
                                       "output_tokens", "credits",    NULL };

static gboolean
read_status (JumpHistoryQuery *self, const JumpQueryString *query, GError **error)
{
  gint64 status = 0;

  if (jump_query_string_get_int (query, "status", 0, 999, &status, NULL) &&
      (status == 0 || status == 2 || status == 4 || status == 5 || status >= 100))
    {
      self->status = (guint) status;
      return TRUE;
    }
  g_set_error (error,
               JUMP_ERROR,
               JUMP_ERROR_BAD_REQUEST,
               "status: expected 2, 4 or 5 for a hundred, or a status from 100 to 999");
  return FALSE;
}

static gboolean
read_metric (JumpHistoryQuery *self, const JumpQueryString *query, GError **error)
{
  guint metric = G_MAXUINT;

  if (g_strcmp0 (jump_query_string_get (query, "metric"), NANO_NAME) == 0)
    metric = JUMP_METRIC_NANO_AIU - JUMP_METRIC_REQUEST_SIZE;
  else if (!jump_query_string_get_choice (query, "metric", metrics, &metric, error))
    return FALSE;
  if (!jump_query_string_get_int (query, "at_least", 0, G_MAXINT64, &self->at_least, error) ||
      !jump_query_string_get_int (query, "below", 0, G_MAXINT64, &self->below, error))
    return FALSE;
  if (metric != G_MAXUINT)
    self->metric = (JumpMetric) (JUMP_METRIC_REQUEST_SIZE + (gint) metric);
  return TRUE;
}

/* Returns: (transfer none) (nullable): the id */
static const char *
find_key (JumpKeyStore *keys, const char *id_or_name)
{
  JumpClientKey *key = jump_key_store_find (keys, id_or_name);

  return key != NULL ? jump_client_key_get_id (key) : NULL;
}

/* Of keys that are gone, the ids in the records are all that is left. */
static void
read_key (JumpHistoryQuery *self, const JumpQueryString *query, JumpKeyStore *keys)
{
  const char *key = jump_query_string_get (query, "key");
  const char *id = key != NULL ? find_key (keys, key) : NULL;

  self->client_key = id != NULL ? id : key;
}

/* A user is who shows a key; its name is what people know. Whoever shows none is nobody in particular. */
static void
read_user (JumpHistoryQuery *self, const JumpQueryString *query, JumpKeyStore *keys)
{
  const char *user = jump_query_string_get (query, "user");

  if (user == NULL)
    return;
  if (g_str_equal (user, JUMP_RECORD_NO_USER))
    self->client_key = "";
  else
    {
      self->client_key = find_key (keys, user);
      if (self->client_key == NULL)
        self->client = user;
    }
}

static gboolean
read_numbers (JumpHistoryQuery *self, const JumpQueryString *query, GError **error)
{
  gint64 page = 1;
  gint64 per_page = PER_PAGE;

  if (!jump_query_string_get_int (query, "page", 1, G_MAXINT64, &page, error) ||
      !jump_query_string_get_int (query, "per_page", 1, PER_PAGE_MAX, &per_page, error) ||
      !jump_query_string_get_int (query, "from", 0, JUMP_RECORD_LAST_SECOND, &self->from, error) ||
      !jump_query_string_get_int (query, "until", 0, JUMP_RECORD_LAST_SECOND, &self->until, error))
    return FALSE;
  self->page = (guint) MIN (page, G_MAXINT);
  self->per_page = (guint) per_page;
  return TRUE;
}

gboolean
jump_record_query_read (JumpHistoryQuery *self,
                        const JumpQueryString *query,
                        JumpKeyStore *keys,
                        GError **error)
{
  *self = (JumpHistoryQuery){
    .text = jump_query_string_get (query, "search"),
    .model = jump_query_string_get (query, "model"),
    .api = jump_query_string_get (query, "api"),
    .client = jump_query_string_get (query, "client"),
    .session = jump_query_string_get (query, "session"),
  };
  read_key (self, query, keys);
  read_user (self, query, keys);
  return read_numbers (self, query, error) && read_status (self, query, error) &&
         read_metric (self, query, error);
}

const char *const *
jump_record_query_get_metrics (void)
{
  return metrics;
}
