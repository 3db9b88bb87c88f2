/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/integration/asking.h"
#include "tests/integration/wire.h"

#include <string.h>

/* Clients that leave, clients that do not read, and a service that stops, on every way to a model. */

static const char *const models[] = { "gpt-4.1", "gpt-5.5", "claude-sonnet-4.6" };

#define ALL(how)                             \
  "{'on':'POST /chat/completions'," how "}," \
  "{'on':'POST /responses'," how "},"        \
  "{'on':'POST /v1/messages'," how "}"

static gboolean
has_text (gpointer data)
{
  return ((Answer *) data)->body->len > 0;
}

static gboolean
is_at_upstream (gpointer data)
{
  return upstream_calls (data) > 0;
}

static gboolean
has_two_calls (gpointer data)
{
  return upstream_calls (data) > 1;
}

typedef struct
{
  Fixture *fixture;
  guint n;
} Cancelled;

static gboolean
has_cancelled (gpointer data)
{
  const Cancelled *wanted = data;

  return jump_simulator_count_cancelled (wanted->fixture->simulator) >= wanted->n;
}

static void
assert_left (GPtrArray *records, Fixture *fixture)
{
  Cancelled wanted = { fixture, 1 };
  const JumpExchangeRecord *record;

  records_wait (records, 1);
  record = records->pdata[0];
  g_assert_cmpuint (record->status, ==, 499);
  turn_until (has_cancelled, &wanted);
  g_assert_cmpuint (jump_simulator_count_cancelled (fixture->simulator), ==, 1);
}

/* In the middle of the answer. */
static void
test_in_the_middle (void)
{
  for (gsize m = 0; m < G_N_ELEMENTS (models); m++)
    for (Api api = 0; api < N_APIS; api++)
      {
        g_autoptr (Fixture) fixture = fixture_new_ruled (ALL ("'stream':{'stall_after':9}"));
        g_autoptr (GPtrArray) records = fixture_keep_records (fixture);
        Answer *answer =
            api_start (fixture, api, models[m], "a long text with many words in it", TRUE);

        g_test_message ("%s %s", api_path (api), models[m]);
        turn_until (has_text, answer);
        answer_free (answer);
        assert_left (records, fixture);
        g_assert_cmpint (((JumpExchangeRecord *) records->pdata[0])->first_byte_us, >=, 0);
      }
}

/* Before a word of it: upstream still thinks. */
static void
test_before_the_head (void)
{
  for (gsize m = 0; m < G_N_ELEMENTS (models); m++)
    for (Api api = 0; api < N_APIS; api++)
      for (guint stream = 0; stream < 2; stream++)
        {
          g_autoptr (Fixture) fixture = fixture_new_ruled (ALL ("'stall':true"));
          g_autoptr (GPtrArray) records = fixture_keep_records (fixture);
          Answer *answer = api_start (fixture, api, models[m], "hello", stream == 1);

          turn_until (is_at_upstream, fixture);
          turn_some (20);
          answer_free (answer);
          records_wait (records, 1);
          g_assert_cmpuint (((JumpExchangeRecord *) records->pdata[0])->status, ==, 499);
        }
}

/* While a second try is under way. */
static void
test_between_tries (void)
{
  g_autoptr (Fixture) fixture = fixture_new_trying (
      "{'on':'POST /responses','calls':'1','reply':{'status':200,'json':{'id':'a','object':"
      "'response','status':'failed','error':{'code':'server_error','message':'x'},'output':[]}}},"
      "{'on':'POST /responses','calls':'2-','stall':true}");
  g_autoptr (GPtrArray) records = fixture_keep_records (fixture);
  Answer *answer = api_start (fixture, API_CHAT, "gpt-5.5", "hello", FALSE);

  turn_until (has_two_calls, fixture);
  answer_free (answer);
  records_wait (records, 1);
  g_assert_cmpuint (((JumpExchangeRecord *) records->pdata[0])->status, ==, 499);
  turn_some (100);
  g_assert_cmpuint (upstream_calls (fixture), ==, 2);
}

/* ---- clients that do not read ---- */

#define N_CHUNKS 3000

/* A stream of some megabytes in upstream's dialect. Returns: (transfer full): a rule */
static char *
write_long_stream (const char *on, const char *first, const char *piece, const char *last)
{
  g_autoptr (GString) rule = g_string_new (NULL);
  g_autofree char *filler = g_strnfill (2000, 'y');

  g_string_append_printf (rule, "{'on':'%s','stream':{'chunks':[%s", on, first);
  for (guint i = 0; i < N_CHUNKS; i++)
    {
      g_autoptr (GString) one = g_string_new (piece);

      g_string_replace (one, "FILLER", filler, 0);
      g_string_append_printf (rule, ",%s", one->str);
    }
  g_string_append_printf (rule, ",%s]}}", last);
  return g_string_free (g_steal_pointer (&rule), FALSE);
}

#define MESSAGES_FIRST                                                                            \
  "'event: message_start\\ndata: {\\u0022type\\u0022:\\u0022message_start\\u0022,\\u0022message"  \
  "\\u0022:{\\u0022id\\u0022:\\u0022msg_1\\u0022,\\u0022type\\u0022:\\u0022message\\u0022,"       \
  "\\u0022role\\u0022:\\u0022assistant\\u0022,\\u0022content\\u0022:[],\\u0022model\\u0022:"      \
  "\\u0022c\\u0022,\\u0022usage\\u0022:{\\u0022input_tokens\\u0022:1,\\u0022output_tokens\\u0022" \
  ":1}}}\\n\\n','event: content_block_start\\ndata: {\\u0022type\\u0022:"                         \
  "\\u0022content_block_start\\u0022,\\u0022index\\u0022:0,\\u0022content_block\\u0022:{"         \
  "\\u0022type\\u0022:\\u0022text\\u0022,\\u0022text\\u0022:\\u0022\\u0022}}\\n\\n'"
#define MESSAGES_PIECE                                                                         \
  "'event: content_block_delta\\ndata: {\\u0022type\\u0022:\\u0022content_block_delta\\u0022," \
  "\\u0022index\\u0022:0,\\u0022delta\\u0022:{\\u0022type\\u0022:\\u0022text_delta\\u0022,"    \
  "\\u0022text\\u0022:\\u0022FILLER\\u0022}}\\n\\n'"
#define MESSAGES_LAST                                                                        \
  "'event: content_block_stop\\ndata: {\\u0022type\\u0022:\\u0022content_block_stop\\u0022," \
  "\\u0022index\\u0022:0}\\n\\n','event: message_delta\\ndata: {\\u0022type\\u0022:"         \
  "\\u0022message_delta\\u0022,\\u0022delta\\u0022:{\\u0022stop_reason\\u0022:"              \
  "\\u0022end_turn\\u0022},\\u0022usage\\u0022:{\\u0022output_tokens\\u0022:9}}\\n\\n',"     \
  "'event: message_stop\\ndata: {\\u0022type\\u0022:\\u0022message_stop\\u0022}\\n\\n'"

static gboolean
wire_has_some (gpointer data)
{
  Wire *wire = data;
  char byte;

  return g_socket_receive (wire->socket, &byte, 1, NULL, NULL) == 1;
}

/* Upstream is held back as long as nobody takes what is there; then all of it arrives. */
static void
check_brake (Api api, const char *model, const char *rule)
{
  g_autoptr (Fixture) fixture = fixture_new_ruled (rule);
  g_autoptr (GPtrArray) records = fixture_keep_records (fixture);
  g_autoptr (Wire) wire = wire_new (fixture);
  g_autofree char *body = api_write (api, model, "hello", TRUE, NULL);
  g_autofree char *request =
      g_strdup_printf ("POST %s HTTP/1.1\r\nHost: localhost\r\n"
                       "Connection: close\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
                       api_path (api),
                       strlen (body),
                       body);
  g_autofree char *filler = g_strnfill (2000, 'y');

  g_test_message ("%s %s", api_path (api), model);
  wire_send (wire, request, strlen (request));
  turn_until (wire_has_some, wire);
  for (guint i = 0; i < 300; i++)
    {
      turn_some (20);
      g_usleep (100);
    }
  g_assert_cmpuint (records->len, ==, 0);
  wire_wait_for_end (wire);
  records_wait (records, 1);
  g_assert_cmpuint (((JumpExchangeRecord *) records->pdata[0])->status, ==, 200);
  g_assert_cmpuint (((JumpExchangeRecord *) records->pdata[0])->bytes_out, >, N_CHUNKS * 2000);
  g_assert_null (((JumpExchangeRecord *) records->pdata[0])->error);
  g_assert_cmpuint (count_text (wire->got->str, filler), >=, N_CHUNKS);
}

static void
test_slow_client (void)
{
  g_autofree char *chat = write_long_stream (
      "POST /chat/completions",
      "{'id':'c','choices':[{'index':0,'delta':{'role':'assistant','content':''}}]}",
      "{'id':'c','choices':[{'index':0,'delta':{'content':'FILLER'}}]}",
      "{'id':'c','choices':[{'index':0,'delta':{},'finish_reason':'stop'}]}");
  g_autofree char *messages =
      write_long_stream ("POST /v1/messages", MESSAGES_FIRST, MESSAGES_PIECE, MESSAGES_LAST);
  static const Api apis[] = { API_CHAT, API_MESSAGES, API_OLLAMA_CHAT };

  for (gsize i = 0; i < G_N_ELEMENTS (apis); i++)
    {
      check_brake (apis[i], "gpt-4.1", chat);
      check_brake (apis[i], "claude-sonnet-4.6@messages", messages);
    }
}

/* ---- the service goes ---- */

static void
test_service_goes (void)
{
  for (gsize m = 0; m < G_N_ELEMENTS (models); m++)
    {
      g_autoptr (Fixture) fixture = fixture_new_ruled (ALL ("'stream':{'stall_after':9}"));
      Answer *answers[N_APIS];

      fixture_set (fixture, "traffic.concurrent", "0");
      for (Api api = 0; api < N_APIS; api++)
        answers[api] = api_start (fixture, api, models[m], "some words to begin with", TRUE);
      for (Api api = 0; api < N_APIS; api++)
        turn_until (has_text, answers[api]);
      g_clear_object (&fixture->service);
      for (Api api = 0; api < N_APIS; api++)
        {
          answer_wait (answers[api]);
          answer_free (answers[api]);
        }
    }
}

static void
on_stopped (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(gboolean *) user_data = jump_service_stop_finish (JUMP_SERVICE (source), result, NULL);
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *) data;
}

/* What still comes in ten seconds arrives; what does not is cut, and everybody is told of the end. */
static void
test_service_stops (void)
{
  g_autoptr (Fixture) fixture =
      fixture_new_ruled ("{'on':'POST /responses','stream':{'gap_ms':200}},"
                         "{'on':'POST /v1/messages','stream':{'stall_after':9}}");
  g_autoptr (GPtrArray) records = fixture_keep_records (fixture);
  g_autoptr (Answer) good = api_start (fixture, API_MESSAGES, "gpt-5.5", "hello there", TRUE);
  g_autoptr (Answer) bad = api_start (fixture, API_RESPONSES, "claude-sonnet-4.6", "hello", TRUE);
  g_autofree char *text = NULL;
  gboolean is_stopped = FALSE;

  turn_until (has_two_calls, fixture);
  jump_service_stop_async (fixture->service, on_stopped, &is_stopped);
  for (guint i = 0; i < 90; i++)
    {
      jump_clock_fake_advance (fixture->clock, 100);
      turn_some (20);
    }
  answer_wait (good);
  text = api_read_text (API_MESSAGES, good);
  assert_says (text, "hello there");
  g_assert_false (is_stopped);
  jump_clock_fake_advance (fixture->clock, 2000);
  turn_until (is_true, &is_stopped);
  answer_wait (bad);
  g_assert_nonnull (bad->error);
  g_assert_cmpuint (records->len, ==, 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/leaving/in-the-middle", test_in_the_middle);
  g_test_add_func ("/leaving/before-the-head", test_before_the_head);
  g_test_add_func ("/leaving/between-tries", test_between_tries);
  g_test_add_func ("/leaving/slow-client", test_slow_client);
  g_test_add_func ("/leaving/service-goes", test_service_goes);
  g_test_add_func ("/leaving/service-stops", test_service_stops);
  return g_test_run ();
}
