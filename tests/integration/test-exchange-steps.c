/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/service-private.h"
#include "tests/integration/asking.h"

#include <string.h>

/* What the relay tells of an exchange while it runs: each step once, with what is known by then. */

static const char *const models[] = { "gpt-4.1", "gpt-5.5", "claude-sonnet-4.6" };

static const char *const states[] = {
  [JUMP_EXCHANGE_RECEIVED] = "received", [JUMP_EXCHANGE_ROUTED] = "routed",
  [JUMP_EXCHANGE_WAITING] = "waiting",   [JUMP_EXCHANGE_STREAMING] = "streaming",
  [JUMP_EXCHANGE_ENDED] = "ended",
};

typedef struct
{
  Fixture *fixture;
  GString *log; /* (owned) */
  gboolean has_ended;
} Steps;

static void
write_step (Steps *self, const JumpExchangeRecord *record, const char *signal)
{
  g_string_append_printf (self->log,
                          "%s %s/%s %s %s %u; ",
                          states[record->state],
                          record->asked_model != NULL ? record->asked_model : "-",
                          record->used_model != NULL ? record->used_model : "-",
                          record->route != NULL ? "way" : "-",
                          record->first_byte_us >= 0 ? "byte" : "-",
                          jump_relay_get_open_exchanges (self->fixture->service->relay));
  g_assert_cmpint (record->state == JUMP_EXCHANGE_ENDED, ==, g_str_equal (signal, "ended"));
  g_assert_nonnull (record->id);
  g_assert_nonnull (record->method);
  g_assert_nonnull (record->path);
  g_assert_nonnull (record->api);
  g_assert_cmpint (record->started_wall, >, 0);
  g_assert_false (self->has_ended);
}

static void
on_exchange_changed (JumpRelay *relay, JumpExchangeRecord *record, gpointer user_data)
{
  write_step (user_data, record, "changed");
}

static void
on_exchange_ended (JumpRelay *relay, JumpExchangeRecord *record, gpointer user_data)
{
  Steps *self = user_data;

  write_step (self, record, "ended");
  self->has_ended = TRUE;
}

static gboolean
has_ended (gpointer data)
{
  return ((Steps *) data)->has_ended;
}

static void
steps_init (Steps *self, Fixture *fixture)
{
  *self = (Steps){ .fixture = fixture, .log = g_string_new (NULL) };
  g_signal_connect (fixture->service->relay,
                    "exchange-changed",
                    G_CALLBACK (on_exchange_changed),
                    self);
  g_signal_connect (fixture->service->relay,
                    "exchange-ended",
                    G_CALLBACK (on_exchange_ended),
                    self);
}

static void
steps_check (Steps *self, const char *expected)
{
  turn_until (has_ended, self);
  turn_some (5);
  g_assert_cmpstr (self->log->str, ==, expected);
  g_string_truncate (self->log, 0);
  self->has_ended = FALSE;
}

static void
steps_clear (Steps *self)
{
  g_signal_handlers_disconnect_by_data (self->fixture->service->relay, self);
  g_string_free (self->log, TRUE);
}

/* Streams of hundreds of chunks are told of as often as whole replies. */
static void
test_success (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  Steps steps;

  steps_init (&steps, fixture);
  for (gsize m = 0; m < G_N_ELEMENTS (models); m++)
    for (Api api = 0; api < N_APIS; api++)
      for (guint stream = 0; stream < 2; stream++)
        {
          g_autoptr (Answer) answer =
              api_ask (fixture, api, models[m], "a long text with many words in it", stream == 1);
          g_autofree char *expected = g_strdup_printf ("received -/- - - 1; "
                                                       "routed %s/%s way - 1; "
                                                       "waiting %s/%s way - 1; "
                                                       "streaming %s/%s way byte 1; "
                                                       "ended %s/%s way byte 0; ",
                                                       models[m],
                                                       models[m],
                                                       models[m],
                                                       models[m],
                                                       models[m],
                                                       models[m],
                                                       models[m],
                                                       models[m]);

          g_test_message ("%s %s", api_path (api), models[m]);
          g_assert_cmpuint (answer->status, ==, 200);
          steps_check (&steps, expected);
        }
  steps_clear (&steps);
}

static void
test_other_purposes (void)
{
  static const struct
  {
    const char *path;
    const char *body;
    guint status;
    const char *steps;
  } cases[] = {
    { "/v1/embeddings",
      "{'model':'text-embedding-3-small','input':['a','b']}",
      200,
      "received -/- - - 1; "
      "routed text-embedding-3-small/text-embedding-3-small way - 1; "
      "waiting text-embedding-3-small/text-embedding-3-small way - 1; "
      "streaming text-embedding-3-small/text-embedding-3-small way byte 1; "
      "ended text-embedding-3-small/text-embedding-3-small way byte 0; " },
    { "/v1/responses/input_tokens",
      "{'model':'gpt-5.5','input':'hello'}",
      200,
      "received -/- - - 1; "
      "routed gpt-5.5/gpt-5.5 way - 1; "
      "ended gpt-5.5/gpt-5.5 way - 0; " },
    { "/v1/chat/completions",
      "{'model':'gpt-99','messages':[{'role':'user','content':'hello'}]}",
      404,
      "received -/- - - 1; ended gpt-99/- - - 0; " },
    { "/v1/embeddings",
      "{'model':'gpt-99','input':'a'}",
      404,
      "received -/- - - 1; ended gpt-99/- - byte 0; " },
    { "/v1/chat/completions", "{'model'", 400, "received -/- - - 1; ended -/- - - 0; " },
  };
  g_autoptr (Fixture) fixture = fixture_new ("test");
  Steps steps;

  steps_init (&steps, fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Answer) answer = ask_quoted (fixture, cases[i].path, cases[i].body);

      g_test_message ("%s %s: %s", cases[i].path, cases[i].body, answer->body->str);
      g_assert_cmpuint (answer->status, ==, cases[i].status);
      steps_check (&steps, cases[i].steps);
    }
  steps_clear (&steps);
}

/* A second try waits a second time; a refusal never streams. */
static void
test_tries (void)
{
  g_autoptr (Fixture) again = fixture_new_trying (
      "{'on':'POST /responses','calls':'1','reply':{'status':200,'json':{'id':'a','object':"
      "'response','status':'failed','error':{'code':'server_error','message':'x'},'output':[]}}}");
  g_autoptr (Fixture) refused = fixture_new_ruled (
      "{'on':'POST /*','reply':{'status':429,'json':{'error':{'message':'too many'}}}}");
  g_autoptr (Answer) mended = NULL;
  g_autoptr (Answer) refusal = NULL;
  Steps steps;

  steps_init (&steps, again);
  mended = api_ask (again, API_CHAT, "gpt-5.5", "hello", FALSE);
  g_assert_cmpuint (mended->status, ==, 200);
  steps_check (&steps,
               "received -/- - - 1; routed gpt-5.5/gpt-5.5 way - 1; "
               "waiting gpt-5.5/gpt-5.5 way - 1; waiting gpt-5.5/gpt-5.5 way - 1; "
               "streaming gpt-5.5/gpt-5.5 way byte 1; ended gpt-5.5/gpt-5.5 way byte 0; ");
  steps_clear (&steps);

  steps_init (&steps, refused);
  refusal = api_ask (refused, API_CHAT, "gpt-4.1", "hello", TRUE);
  g_assert_cmpuint (refusal->status, ==, 429);
  steps_check (&steps,
               "received -/- - - 1; routed gpt-4.1/gpt-4.1 way - 1; "
               "waiting gpt-4.1/gpt-4.1 way - 1; ended gpt-4.1/gpt-4.1 way - 0; ");
  steps_clear (&steps);
}

/* What the record calls the API. */
static void
test_api (void)
{
  static const struct
  {
    const char *path;
    const char *api;
  } cases[] = {
    { "/v1/chat/completions", "chat" },
    { "/chat/completions", "chat" },
    { "/v1/completions", "completions" },
    { "/v1/responses", "responses" },
    { "/v1/messages", "messages" },
    { "/api/chat", "ollama" },
    { "/api/generate", "ollama" },
    { "/v1/messages/count_tokens", "count" },
    { "/v1/responses/input_tokens", "count" },
    { "/v1/embeddings", "embeddings" },
    { "/api/embed", "embeddings" },
    { "/api/embeddings", "embeddings" },
  };
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (GPtrArray) records = fixture_keep_records (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Answer) answer = ask_quoted (fixture, cases[i].path, "{'model':7}");
      const JumpExchangeRecord *record;

      g_assert_cmpuint (answer->status, >=, 400);
      records_wait (records, i + 1);
      record = records->pdata[i];
      g_assert_cmpstr (record->path, ==, cases[i].path);
      g_assert_cmpstr (record->api, ==, cases[i].api);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange-steps/success", test_success);
  g_test_add_func ("/exchange-steps/other-purposes", test_other_purposes);
  g_test_add_func ("/exchange-steps/tries", test_tries);
  g_test_add_func ("/exchange-steps/api", test_api);
  return g_test_run ();
}
