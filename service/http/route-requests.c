/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/history/history-line.h"
#include "service/http/http-reply.h"
#include "service/http/pending-answer.h"
#include "service/http/record-listing.h"
#include "service/http/record-query.h"
#include "service/http/routes.h"

/* What the answer says of what was asked for. */
typedef struct
{
  JumpPendingAnswer *answer; /* (owned) */
  guint page;
  guint per_page;
  char *user; /* (owned) (nullable) */
} Listing;

static void
free_listing (Listing *self)
{
  jump_pending_answer_free (self->answer);
  g_free (self->user);
  g_free (self);
}

/* features.md B3: the envelope of GET /api/requests. @page: (nullable): nothing fits */
static void
answer_page (JumpClientRequest *request, const Listing *listing, const JumpHistoryPage *page)
{
  guint64 total = page != NULL ? page->total : 0;
  g_auto (JumpJsonWriter) writer = { 0 };

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member (&writer, "items");
  jump_json_writer_begin_array (&writer);
  for (guint i = 0; page != NULL && i < page->records->len; i++)
    jump_history_line_write_item (&writer, g_ptr_array_index (page->records, i));
  jump_json_writer_end_array (&writer);
  jump_json_writer_member_int (&writer, "total", (gint64) total);
  jump_json_writer_member_int (&writer, "page", listing->page);
  jump_json_writer_member_int (&writer, "per_page", listing->per_page);
  jump_json_writer_member_int (&writer,
                               "total_pages",
                               (gint64) ((total + listing->per_page - 1) / listing->per_page));
  jump_json_writer_member_string (&writer, "user_filter", listing->user);
  jump_json_writer_member_boolean (&writer, "is_total_cut", page != NULL && page->is_total_cut);
  jump_json_writer_end_object (&writer);
  jump_http_reply_json (request, 200, &writer);
}

static void
on_page_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Listing *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpHistoryPage) page = jump_record_listing_find_finish (result, &error);
  JumpClientRequest *request = jump_pending_answer_take (self->answer);

  if (request != NULL && page != NULL)
    answer_page (request, self, page);
  else if (request != NULL)
    jump_http_reply_error (request, error);
  free_listing (self);
}

static void
answer_query (JumpHttpContext *context,
              JumpClientRequest *request,
              const JumpHistoryQuery *query,
              const JumpQueryString *parameters)
{
  Listing *listing = g_new0 (Listing, 1);

  listing->answer = jump_pending_answer_new (context, request);
  listing->page = query->page;
  listing->per_page = query->per_page;
  listing->user = g_strdup (jump_query_string_get (parameters, "user"));
  jump_record_listing_find_async (context,
                                  query,
                                  listing->answer->cancellable,
                                  on_page_found,
                                  listing);
}

/* GET /api/requests?page=1&per_page=50&search=&user=, and the filters of record-query.h */
void
jump_route_requests (JumpHttpContext *context, JumpClientRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpQueryString) parameters = jump_query_string_new (request->query, &error);
  JumpHistoryQuery query;

  if (parameters == NULL || !jump_record_query_read (&query, parameters, context->keys, &error))
    jump_http_reply_error (request, error);
  else
    answer_query (context, request, &query, parameters);
}

/* GET /api/requests/search?q=&page=&per_page=: the same, of those in which all words of q are; none for no words. */
void
jump_route_requests_search (JumpHttpContext *context, JumpClientRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpQueryString) parameters = jump_query_string_new (request->query, &error);
  JumpHistoryQuery query;
  g_autofree char *words = NULL;

  if (parameters == NULL || !jump_record_query_read (&query, parameters, context->keys, &error))
    {
      jump_http_reply_error (request, error);
      return;
    }
  words = g_strdup (jump_query_string_get (parameters, "q"));
  if (words == NULL || *g_strstrip (words) == '\0')
    {
      Listing nothing = { .page = query.page, .per_page = query.per_page };

      nothing.user = (char *) jump_query_string_get (parameters, "user");
      answer_page (request, &nothing, NULL);
      return;
    }
  query.full_text = words;
  answer_query (context, request, &query, parameters);
}
