/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/service-private.h"
#include "tests/integration/asking.h"

#include <string.h>

/* What clients see while a model thinks and upstream is silent. */

#define ALL_STALL(how)                                  \
  "{'on':'POST /chat/completions','stream':{" how "}}," \
  "{'on':'POST /responses','stream':{" how "}},"        \
  "{'on':'POST /v1/messages','stream':{" how "}}"

static const char *const models[] = { "gpt-4.1", "gpt-5.5", "claude-sonnet-4.6" };

static const char *const signs[N_APIS] = {
  [API_CHAT] = ": keepalive\n\n",
  [API_RESPONSES] = ": keepalive\n\n",
  [API_MESSAGES] = "event: ping\ndata: {\"type\":\"ping\"}\n\n",
  [API_OLLAMA_CHAT] = " ",
  [API_OLLAMA_GENERATE] = " ",
  [API_COMPLETIONS] = ": keepalive\n\n",
};

static gboolean
is_at_upstream (gpointer data)
{
  return upstream_calls (data) > 0;
}

/* Sockets need some turns of the loop until all have seen what is there. */
static void
let_seconds_pass (Fixture *fixture, guint seconds)
{
  for (guint i = 0; i < seconds; i++)
    {
      jump_clock_fake_advance (fixture->clock, 1000);
      turn_some (30);
    }
}

static guint
count (const char *text, const char *sign)
{
  guint n = 0;

  for (const char *at = strstr (text, sign); at != NULL; at = strstr (at + 1, sign))
    n++;
  return n;
}

/* As /api/stats tells it, "ping_sent". */
static guint64
count_sent (Fixture *fixture)
{
  JumpTrafficState traffic;

  jump_relay_get_traffic (fixture->service->relay, &traffic);
  return traffic.signs_of_life;
}

/* Silence after a word: one sign every fifteen seconds, none before fifteen have passed. */
static void
test_silence (void)
{
  for (gsize m = 0; m < G_N_ELEMENTS (models); m++)
    for (Api api = 0; api < N_APIS; api++)
      {
        g_autoptr (Fixture) fixture = fixture_new_ruled (ALL_STALL ("'stall_after':3"));
        g_autoptr (Answer) answer = api_start (fixture, api, models[m], "hello there", TRUE);
        guint64 n_signs;
        gsize before;

        g_test_message ("%s %s", api_path (api), models[m]);
        turn_until (is_at_upstream, fixture);
        turn_some (100);
        before = answer->body->len;
        let_seconds_pass (fixture, 14);
        g_assert_cmpuint (count_sent (fixture), ==, 0);
        g_assert_cmpuint (answer->body->len, ==, before);
        let_seconds_pass (fixture, 16);
        g_test_message ("%s", answer->body->str);
        g_assert_cmpuint (answer->status, ==, 200);
        g_assert_cmpuint (answer->body->len, >=, before + strlen (signs[api]));
        g_assert_true (g_str_has_suffix (answer->body->str, signs[api]));
        before = answer->body->len;
        n_signs = count_sent (fixture);
        g_assert_cmpuint (n_signs, >, 0);
        let_seconds_pass (fixture, 60);
        g_assert_cmpuint (answer->body->len, ==, before + 4 * strlen (signs[api]));
        g_assert_cmpuint (count_sent (fixture), ==, n_signs + 4);
        g_assert_false (answer->is_done);
      }
}

static guint
count_signs (Api api, Answer *answer)
{
  gboolean is_ollama = api == API_OLLAMA_CHAT || api == API_OLLAMA_GENERATE;

  return count (answer->body->str, is_ollama ? "\n " : signs[api]);
}

/* As long as upstream speaks nothing of ours gets in between, and nothing comes behind the end. */
static void
test_no_silence (void)
{
  g_autoptr (Fixture) quick = fixture_new ("test");

  for (gsize m = 0; m < G_N_ELEMENTS (models); m++)
    for (Api api = 0; api < N_APIS; api++)
      {
        g_autoptr (Fixture) fixture = fixture_new_ruled (ALL_STALL ("'gap_ms':1000"));
        g_autoptr (Answer) expected = api_ask (quick, api, models[m], "hello", TRUE);
        g_autoptr (Answer) answer = api_start (fixture, api, models[m], "hello", TRUE);
        gsize length;

        g_test_message ("%s %s", api_path (api), models[m]);
        turn_until (is_at_upstream, fixture);
        for (guint i = 0; i < 300 && !answer->is_done; i++)
          let_seconds_pass (fixture, 1);
        g_assert_true (answer->is_done);
        g_assert_no_error (answer->error);
        g_assert_cmpuint (count_signs (api, answer), ==, count_signs (api, expected));
        length = answer->body->len;
        let_seconds_pass (fixture, 60);
        g_assert_cmpuint (answer->body->len, ==, length);
      }
}

/* A long thought in the middle: what the client's parser sees is the same as without it. */
static void
test_parsers_bear_it (void)
{
  for (gsize m = 0; m < G_N_ELEMENTS (models); m++)
    for (Api api = 0; api < N_APIS; api++)
      {
        g_autoptr (Fixture) fixture = fixture_new_ruled (ALL_STALL ("'gap_ms':40000"));
        g_autoptr (Answer) answer = api_start (fixture, api, models[m], "hello there", TRUE);
        g_autofree char *text = NULL;
        g_auto (GStrv) lines = NULL;

        g_test_message ("%s %s", api_path (api), models[m]);
        turn_until (is_at_upstream, fixture);
        for (guint i = 0; i < 3000 && !answer->is_done; i++)
          let_seconds_pass (fixture, 1);
        g_assert_true (answer->is_done);
        g_assert_cmpuint (count_signs (api, answer), >, 0);
        lines = g_strsplit (answer->body->str, "\n", -1);
        for (guint i = 0; lines[i] != NULL; i++)
          g_strchug (lines[i]);
        g_string_free (answer->body, TRUE);
        text = g_strjoinv ("\n", lines);
        answer->body = g_string_new (text);
        g_free (text);
        text = api_read_text (api, answer);
        assert_says (text, "hello there");
      }
}

/* For replies that are no streams there is nothing to keep alive. */
static void
test_nothing_to_keep (void)
{
  g_autoptr (Fixture) whole = fixture_new_ruled ("{'on':'POST /*','delay_ms':90000}");

  for (Api api = 0; api < N_APIS; api++)
    {
      g_autoptr (Answer) second = api_start (whole, api, "gpt-5.5", "hello", FALSE);
      g_autoptr (JsonObject) object = NULL;

      turn_until (is_at_upstream, whole);
      let_seconds_pass (whole, 60);
      g_assert_cmpuint (second->status, ==, 0);
      for (guint i = 0; i < 100 && !second->is_done; i++)
        let_seconds_pass (whole, 1);
      g_assert_cmpuint (second->status, ==, 200);
      object = answer_parse (second);
    }
}

/* Responses keep their first events back, so that a failure can be hidden, also through a long thought: all
 * that the client has to see is that somebody is there. */
static void
test_patience (void)
{
  for (Api api = 0; api < N_APIS; api++)
    {
      g_autoptr (Fixture) fixture =
          fixture_new_ruled ("{'on':'POST /responses','stream':{'stall_after':2}}");
      g_autoptr (Answer) answer = api_start (fixture, api, "gpt-5.5", "hello", TRUE);

      g_test_message ("%s", api_path (api));
      turn_until (is_at_upstream, fixture);
      turn_some (100);
      g_assert_cmpuint (answer->status, ==, 0);
      let_seconds_pass (fixture, 31);
      g_assert_cmpuint (answer->status, ==, 200);
      g_assert_true (g_str_has_prefix (answer->body->str, signs[api]));
      g_assert_cmpuint (answer->body->len % strlen (signs[api]), ==, 0);
      g_assert_false (answer->is_done);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/signs-of-life/silence", test_silence);
  g_test_add_func ("/signs-of-life/no-silence", test_no_silence);
  g_test_add_func ("/signs-of-life/parsers-bear-it", test_parsers_bear_it);
  g_test_add_func ("/signs-of-life/nothing-to-keep", test_nothing_to_keep);
  g_test_add_func ("/signs-of-life/patience", test_patience);
  return g_test_run ();
}
