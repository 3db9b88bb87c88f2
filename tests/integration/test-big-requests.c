/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/limits.h"
#include "tests/integration/asking.h"

#include <string.h>

/* Conversations of a mebibyte are read and translated in a worker thread; nothing else is different. */

static const char *const models[] = { "gpt-4.1", "gpt-5.5", "claude-sonnet-4.6" };

#define LENGTH (1024 * 1024)

G_STATIC_ASSERT (LENGTH > JUMP_LIMIT_SCAN_ON_LOOP);

static char *
write_big (Api api, const char *model, gboolean stream, const char *extra)
{
  g_autofree char *text = g_strnfill (LENGTH, 'z');

  memcpy (text, "first words ", strlen ("first words "));
  return api_write (api, model, text, stream, extra);
}

/* The same for all APIs: upstream gets every byte, and what it thinks of the length arrives. */
static void
test_every_way (void)
{
  for (gsize m = 0; m < G_N_ELEMENTS (models); m++)
    for (Api api = 0; api < N_APIS; api++)
      {
        g_autoptr (Fixture) fixture = fixture_new_ruled (
            "{'on':'POST /chat/completions','reply':{'status':200,'json':{'choices':[{'index':0,"
            "'message':{'role':'assistant','content':'read it'},'finish_reason':'stop'}]}}},"
            "{'on':'POST /v1/messages','reply':{'status':200,'json':{'id':'msg_1','type':'message',"
            "'role':'assistant','model':'c','content':[{'type':'text','text':'read it'}],"
            "'stop_reason':'end_turn','usage':{'input_tokens':1,'output_tokens':1}}}}");
        g_autofree char *body = write_big (api, models[m], FALSE, NULL);
        g_autoptr (Answer) answer = fixture_ask (fixture, "POST", api_path (api), body);
        g_autofree char *text = NULL;
        g_autofree char *expected = g_strnfill (LENGTH - 20, 'z');
        g_autofree char *sent = NULL;

        g_assert_cmpuint (answer->status, ==, 200);
        text = api_read_text (api, answer);
        assert_says (text, m == 1 ? "first words" : "read it");
        g_assert_cmpuint (upstream_calls (fixture), ==, 1);
        for (guint i = 0; i < 3; i++)
          {
            static const char *const ways[] = { "POST /chat/completions",
                                                "POST /responses",
                                                "POST /v1/messages" };

            if (jump_simulator_count (fixture->simulator, ways[i]) > 0)
              sent = upstream_body (fixture, ways[i], 0);
          }
        assert_says (sent, expected);
      }
}

/* Refusals of such a body are the same as of a small one: the model, the shape, a field in the middle. */
static void
test_refusals (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");

  for (Api api = 0; api < N_APIS; api++)
    {
      g_autofree char *body = write_big (api, "gpt-4.1", TRUE, NULL);
      g_autofree char *unknown = write_big (api, "gpt-4.2", TRUE, NULL);
      g_autofree char *bad_field = write_big (api, "gpt-4.1", TRUE, ",'stream':7");
      g_autoptr (Answer) cut = NULL;
      g_autoptr (Answer) none = NULL;
      g_autoptr (Answer) bad = NULL;

      body[strlen (body) - 1] = '\0';
      cut = fixture_ask (fixture, "POST", api_path (api), body);
      api_assert_error (api, cut, 400, NULL, NULL);
      none = fixture_ask (fixture, "POST", api_path (api), unknown);
      api_assert_error (api, none, 404, NULL, "gpt-4.1");
      bad = fixture_ask (fixture, "POST", api_path (api), bad_field);
      api_assert_error (api, bad, 400, NULL, "stream");
    }
  g_assert_cmpuint (upstream_calls (fixture), ==, 0);
}

/* Mended and sent another way with the same body. */
static void
test_second_tries (void)
{
  for (Api api = 0; api < N_APIS; api++)
    {
      g_autoptr (Fixture) fixture = fixture_new_ruled (
          "{'on':'POST /responses','model':'gpt-5.4','reply':{'status':400,'json':{'error':{'message':"
          "'not accessible','code':'unsupported_api_for_model'}}}},"
          "{'on':'POST /chat/completions','model':'gpt-5.4','calls':'1','reply':{'status':400,'json':"
          "{'error':{'message':'reasoning effort is not supported','code':"
          "'invalid_reasoning_effort'}}}}");
      g_autoptr (GPtrArray) records = fixture_keep_records (fixture);
      g_autofree char *extra =
          api == API_CHAT ? g_strdup (",'reasoning_effort':'low'") : g_strdup ("");
      g_autofree char *body = write_big (api, "gpt-5.4", TRUE, extra);
      g_autoptr (Answer) answer = fixture_ask (fixture, "POST", api_path (api), body);

      g_test_message ("%s: %u %s %s",
                      api_path (api),
                      answer->status,
                      answer_header (answer, "x-jumpseat-route"),
                      answer_header (answer, "x-jumpseat-changes"));
      g_assert_cmpuint (records->len, ==, 1);
      if (api == API_CHAT)
        {
          g_assert_cmpuint (answer->status, ==, 200);
          assert_says (answer_header (answer, "x-jumpseat-changes"), "effort-dropped");
        }
      else
        assert_says (answer_header (answer, "x-jumpseat-changes"), "rerouted");
    }
}

/* A client may leave at any turn of the loop: while it sends, while a thread reads, while one translates. */
static void
test_leaving (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (GPtrArray) records = fixture_keep_records (fixture);
  g_autoptr (Answer) warm G_GNUC_UNUSED = api_ask (fixture, API_CHAT, "gpt-4.1", "hello", FALSE);
  guint n_left = 0;

  for (gsize m = 0; m < G_N_ELEMENTS (models); m++)
    for (Api api = 0; api < N_APIS; api++)
      for (guint n_turns = 1; n_turns < 200; n_turns = n_turns * 2 + 3)
        {
          g_autofree char *body = write_big (api, models[m], TRUE, NULL);
          Answer *answer = fixture_start (fixture, "POST", api_path (api), body, NULL);

          turn_some (n_turns);
          answer_free (answer);
          turn_some (5);
        }
  /* Threads that were at work come back to find nobody. */
  for (guint i = 0; i < 500; i++)
    {
      turn_some (5);
      g_usleep (200);
    }
  for (guint i = 0; i < records->len; i++)
    if (((JumpExchangeRecord *) records->pdata[i])->status == 499)
      n_left++;
  g_assert_cmpuint (n_left, >, 0);
}

/* The service goes while threads are at work. */
static void
test_service_goes (void)
{
  for (guint n_turns = 20; n_turns < 200; n_turns += 20)
    {
      g_autoptr (Fixture) fixture = fixture_new ("test");
      g_autoptr (Answer) warm G_GNUC_UNUSED =
          api_ask (fixture, API_CHAT, "gpt-4.1", "hello", FALSE);
      g_autofree char *body = write_big (API_MESSAGES, "gpt-5.5", TRUE, NULL);
      g_autoptr (Answer) answer = fixture_start (fixture, "POST", "/v1/messages", body, NULL);

      turn_some (n_turns);
      g_clear_object (&fixture->service);
      answer_wait (answer);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/big-requests/every-way", test_every_way);
  g_test_add_func ("/big-requests/refusals", test_refusals);
  g_test_add_func ("/big-requests/second-tries", test_second_tries);
  g_test_add_func ("/big-requests/leaving", test_leaving);
  g_test_add_func ("/big-requests/service-goes", test_service_goes);
  return g_test_run ();
}
