/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/unit/auth-stage.h"

#include <string.h>

#define PATIENCE_SECONDS 10

void
auth_stage_set_up (AuthStage *stage, gconstpointer data)
{
  JumpHttpClientOptions options = { .connect_timeout_ms = 5000 };
  g_autofree char *url = NULL;

  stage->poller = jump_poller_new ();
  stage->peer = jump_http_peer_new ();
  stage->client = jump_http_client_new (stage->poller, &options);
  stage->clock = jump_clock_fake_new ();
  url = jump_http_peer_dup_url (stage->peer, "");
  stage->host = jump_github_host_new (url, url, "test-app", "read:user");
  stage->identity = jump_identity_new ();
}

void
auth_stage_tear_down (AuthStage *stage, gconstpointer data)
{
  auth_stage_settle ();
  g_assert_cmpuint (jump_clock_fake_count_alarms (stage->clock), ==, 0);
  g_assert_finalize_object (stage->client);
  g_assert_finalize_object (stage->clock);
  jump_http_peer_free (stage->peer);
  jump_poller_unref (stage->poller);
  jump_github_host_free (stage->host);
  jump_identity_free (stage->identity);
}

void
auth_stage_add_reply (AuthStage *stage, guint status, const char *headers, const char *body)
{
  g_autofree char *bytes =
      g_strdup_printf ("HTTP/1.1 %u Status\r\n%sContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
                       status,
                       headers == NULL ? "" : headers,
                       strlen (body),
                       body);

  jump_http_peer_add_reply (stage->peer, bytes, -1, 0, JUMP_PEER_KEEP);
}

void
auth_stage_add_cut (AuthStage *stage)
{
  jump_http_peer_add_reply (stage->peer, "HTTP/1.1 ", -1, 0, JUMP_PEER_CLOSE);
}

static gboolean
on_patience_lost (gpointer user_data)
{
  g_error ("nothing happened for %d seconds", PATIENCE_SECONDS);
  return G_SOURCE_REMOVE;
}

void
auth_stage_wait (gboolean (*is_true) (gpointer data), gpointer data)
{
  guint patience = g_timeout_add_seconds (PATIENCE_SECONDS, on_patience_lost, NULL);

  while (!is_true (data))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (patience);
}

static gboolean
has_result (gpointer data)
{
  return *(GAsyncResult **) data != NULL;
}

void
auth_stage_wait_result (GAsyncResult **result)
{
  auth_stage_wait (has_result, result);
}

void
auth_stage_settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

guint
auth_stage_count_requests (AuthStage *stage)
{
  auth_stage_settle ();
  return jump_http_peer_count_requests (stage->peer);
}

typedef struct
{
  JumpHttpPeer *peer;
  guint n;
} Wanted;

static gboolean
has_requests (gpointer data)
{
  Wanted *wanted = data;

  return jump_http_peer_count_requests (wanted->peer) >= wanted->n;
}

void
auth_stage_wait_requests (AuthStage *stage, guint n)
{
  Wanted wanted = { stage->peer, n };

  auth_stage_wait (has_requests, &wanted);
}

void
auth_stage_assert_request (AuthStage *stage, guint index, const char *part)
{
  const char *request;

  g_assert_cmpuint (index, <, jump_http_peer_count_requests (stage->peer));
  request = jump_http_peer_get_request (stage->peer, index);
  if (strstr (request, part) == NULL)
    g_error ("request %u has no \"%s\":\n%s", index, part, request);
}

void
auth_stage_assert_no_request_has (AuthStage *stage, const char *part)
{
  for (guint i = 0; i < jump_http_peer_count_requests (stage->peer); i++)
    g_assert_null (strstr (jump_http_peer_get_request (stage->peer, i), part));
}

void
auth_stage_on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **out_result = user_data;

  g_assert_null (*out_result);
  *out_result = g_object_ref (result);
}
