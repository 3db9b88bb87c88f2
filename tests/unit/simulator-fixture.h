/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-read.h"
#include "service/simulator/simulator.h"
#include "tests/support/clock-fake.h"

#include <libsoup/soup.h>
#include <string.h>

/* A simulator with the scenario "test" on a fake clock, signed in and exchanged, and a client that
 * asks it over its socket. Shared by the tests of the simulator's sides. */

#define CHAT  "POST /chat/completions"
#define HELLO "\"messages\":[{\"role\":\"user\",\"content\":\"Hello you there\"}]"

typedef struct
{
  JumpClock *clock;
  JumpSimulator *simulator;
  SoupSession *session;
  char *github;
  char *copilot;
} Fixture;

typedef struct
{
  guint status;
  char *type;
  char *body;
} Reply;

static inline void
reply_clear (Reply *reply)
{
  g_free (reply->type);
  g_free (reply->body);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reply, reply_clear)

static inline void
on_result_came (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static inline GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static inline void
spin (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static inline JumpScenario *
read_scenario (const char *text)
{
  g_autoptr (GError) error = NULL;
  JumpScenario *scenario = *text == '{' ? jump_scenario_new_from_data (text, -1, &error)
                                        : jump_scenario_new_builtin (text, &error);

  g_assert_no_error (error);
  return scenario;
}

static inline void
set_scenario (Fixture *fixture, const char *text)
{
  g_autoptr (JumpScenario) scenario = read_scenario (text);

  jump_simulator_set_scenario (fixture->simulator, scenario);
}

/* @authorization: (nullable): NULL sends the Copilot token and the other usual headers. */
static inline SoupMessage *
make_message (Fixture *fixture, const char *key, const char *body, const char *authorization)
{
  g_auto (GStrv) parts = g_strsplit (key, " ", 2);
  g_autofree char *url = g_strconcat (jump_simulator_get_url (fixture->simulator), parts[1], NULL);
  SoupMessage *message = soup_message_new (parts[0], url);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  if (body != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

      soup_message_set_request_body_from_bytes (message, "application/json", bytes);
    }
  soup_message_headers_replace (headers, "User-Agent", "GitHubCopilotChat/0.52.0");
  if (authorization == NULL)
    {
      g_autofree char *bearer = g_strconcat ("Bearer ", fixture->copilot, NULL);

      soup_message_headers_replace (headers, "Authorization", bearer);
      soup_message_headers_replace (headers, "Editor-Version", "vscode/1.124.2");
      soup_message_headers_replace (headers, "Copilot-Integration-Id", "vscode-chat");
    }
  else if (*authorization != '\0')
    {
      soup_message_headers_replace (headers, "Authorization", authorization);
    }
  return message;
}

/* Status 0: the connection broke. */
static inline Reply
send_message (Fixture *fixture, SoupMessage *message)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) bytes = NULL;
  Reply reply = { 0 };

  soup_session_send_and_read_async (fixture->session,
                                    message,
                                    G_PRIORITY_DEFAULT,
                                    NULL,
                                    on_result_came,
                                    &result);
  bytes = soup_session_send_and_read_finish (fixture->session, wait_for (&result), NULL);
  if (bytes == NULL)
    return reply;
  reply.status = soup_message_get_status (message);
  reply.type = g_strdup (
      soup_message_headers_get_one (soup_message_get_response_headers (message), "Content-Type"));
  reply.body = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  return reply;
}

static inline Reply
ask (Fixture *fixture, const char *key, const char *body, const char *authorization)
{
  g_autoptr (SoupMessage) message = make_message (fixture, key, body, authorization);

  return send_message (fixture, message);
}

static inline JsonObject *
parse (const char *body)
{
  g_autoptr (GError) error = NULL;
  JsonObject *object = jump_json_parse_object (body, -1, &error);

  g_assert_no_error (error);
  return object;
}

static inline void
exchange (Fixture *fixture)
{
  g_autofree char *authorization = g_strconcat ("token ", fixture->github, NULL);
  g_auto (Reply) reply = ask (fixture, "GET /copilot_internal/v2/token", NULL, authorization);
  g_autoptr (JsonObject) object = NULL;
  JsonObject *endpoints;

  g_assert_cmpuint (reply.status, ==, 200);
  object = parse (reply.body);
  endpoints = jump_json_get_object (object, "endpoints");
  g_assert_cmpstr (jump_json_get_string (endpoints, "api", NULL),
                   ==,
                   jump_simulator_get_url (fixture->simulator));
  g_free (fixture->copilot);
  fixture->copilot = g_strdup (jump_json_get_string (object, "token", NULL));
}

static inline void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JumpScenario) scenario = read_scenario ("test");
  g_autoptr (GError) error = NULL;

  fixture->clock = jump_clock_fake_new ();
  fixture->simulator = jump_simulator_new (fixture->clock, scenario);
  jump_simulator_start (fixture->simulator, 0, &error);
  g_assert_no_error (error);
  fixture->session = soup_session_new ();
  fixture->github = jump_simulator_sign_in (fixture->simulator);
  exchange (fixture);
}

static inline void
tear_down (Fixture *fixture, gconstpointer data)
{
  soup_session_abort (fixture->session);
  g_object_unref (fixture->session);
  g_object_unref (fixture->simulator);
  spin ();
  g_assert_cmpuint (jump_clock_fake_count_alarms (fixture->clock), ==, 0);
  g_object_unref (fixture->clock);
  g_free (fixture->github);
  g_free (fixture->copilot);
}

static inline void
assert_says (Reply *reply, guint status, const char *says)
{
  if (reply->status != status || strstr (reply->body, says) == NULL)
    g_error ("%u %s, expected %u %s", reply->status, reply->body, status, says);
}
