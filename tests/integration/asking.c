/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/integration/asking.h"

#include <string.h>

static const char *const paths[N_APIS] = {
  [API_CHAT] = "/v1/chat/completions",     [API_RESPONSES] = "/v1/responses",
  [API_MESSAGES] = "/v1/messages",         [API_OLLAMA_CHAT] = "/api/chat",
  [API_OLLAMA_GENERATE] = "/api/generate", [API_COMPLETIONS] = "/v1/completions",
};

const char *
api_path (Api api)
{
  return paths[api];
}

char *
quoted (const char *text)
{
  return g_strdelimit (g_strdup (text), "'", '"');
}

static char *
write_scenario (const char *rules)
{
  g_autofree char *text =
      g_strdup_printf ("{'account':{'kind':'pro','login':'octocat'},'models':'default',"
                       "'rules':[%s]}",
                       rules != NULL ? rules : "");

  return quoted (text);
}

Fixture *
fixture_new_ruled (const char *rules)
{
  g_autofree char *json = write_scenario (rules);

  return fixture_new (json);
}

Fixture *
fixture_new_trying (const char *rules)
{
  g_autofree char *json = write_scenario (rules);

  return fixture_new_with_settings (json, JUMP_KEY_RETRIES_ATTEMPTS, "3", -1);
}

void
fixture_set (Fixture *fixture, const char *name, const char *text)
{
  g_autoptr (GError) error = NULL;

  jump_settings_set_text (fixture->settings, name, text, &error);
  g_assert_no_error (error);
}

char *
api_write (Api api, const char *model, const char *text, gboolean stream, const char *extra)
{
  g_autofree char *said = NULL;
  g_autofree char *body = NULL;

  switch (api)
    {
    case API_CHAT:
    case API_OLLAMA_CHAT:
      said = g_strdup_printf ("'messages':[{'role':'user','content':'%s'}]", text);
      break;
    case API_MESSAGES:
      said = g_strdup_printf ("'max_tokens':500,'messages':[{'role':'user','content':'%s'}]", text);
      break;
    case API_RESPONSES:
      said = g_strdup_printf ("'input':'%s'", text);
      break;
    case API_OLLAMA_GENERATE:
    case API_COMPLETIONS:
      said = g_strdup_printf ("'prompt':'%s'", text);
      break;
    case N_APIS:
      g_assert_not_reached ();
    }
  body = g_strdup_printf ("{'model':'%s','stream':%s,%s%s}",
                          model,
                          stream ? "true" : "false",
                          said,
                          extra != NULL ? extra : "");
  return quoted (body);
}

Answer *
api_start (Fixture *fixture, Api api, const char *model, const char *text, gboolean stream)
{
  g_autofree char *body = api_write (api, model, text, stream, NULL);

  return fixture_start (fixture, "POST", paths[api], body, NULL);
}

Answer *
api_ask (Fixture *fixture, Api api, const char *model, const char *text, gboolean stream)
{
  Answer *answer = api_start (fixture, api, model, text, stream);

  answer_wait (answer);
  return answer;
}

Answer *
ask_quoted (Fixture *fixture, const char *path, const char *body)
{
  g_autofree char *json = quoted (body);

  return fixture_ask (fixture, "POST", path, json);
}

JsonObject *
answer_parse (Answer *answer)
{
  g_autoptr (GError) error = NULL;
  JsonObject *object =
      jump_json_parse_object (answer->body->str, (gssize) answer->body->len, &error);

  g_assert_no_error (error);
  return object;
}

/* ---- what was said ---- */

/* Follows names and indices ("choices", "0") from @node. Returns: (transfer none) (nullable) */
static JsonNode *
follow (JsonNode *node, const char *path)
{
  g_auto (GStrv) steps = g_strsplit (path, ".", -1);

  for (guint i = 0; steps[i] != NULL && node != NULL; i++)
    {
      if (JSON_NODE_HOLDS_OBJECT (node))
        node = json_object_get_member (json_node_get_object (node), steps[i]);
      else if (JSON_NODE_HOLDS_ARRAY (node))
        {
          JsonArray *array = json_node_get_array (node);
          guint index = (guint) g_ascii_strtoull (steps[i], NULL, 10);

          node =
              index < json_array_get_length (array) ? json_array_get_element (array, index) : NULL;
        }
      else
        node = NULL;
    }
  return node;
}

/* Where the text stands in one piece of JSON: a whole reply, an event, a line. */
static void
append_text (Api api, JsonNode *node, GString *text)
{
  static const char *const places[N_APIS][3] = {
    [API_CHAT] = { "choices.0.message.content", "choices.0.delta.content" },
    [API_RESPONSES] = { "output.0.content.0.text", "output.1.content.0.text", NULL },
    [API_MESSAGES] = { "content.0.text", "content.1.text", "delta.text" },
    [API_OLLAMA_CHAT] = { "message.content" },
    [API_OLLAMA_GENERATE] = { "response" },
    [API_COMPLETIONS] = { "choices.0.text" },
  };
  JsonNode *type = follow (node, "type");

  if (api == API_RESPONSES && type != NULL &&
      g_str_equal (json_node_get_string (type), "response.output_text.delta"))
    g_string_append (text, json_node_get_string (follow (node, "delta")));
  for (guint i = 0; i < 3; i++)
    {
      JsonNode *found = places[api][i] != NULL ? follow (node, places[api][i]) : NULL;

      if (found != NULL && JSON_NODE_HOLDS_VALUE (found))
        g_string_append (text, json_node_get_string (found));
    }
}

char *
api_read_text (Api api, Answer *answer)
{
  g_auto (GStrv) lines = g_strsplit (answer->body->str, "\n", -1);
  GString *text = g_string_new (NULL);

  g_assert_no_error (answer->error);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *line = g_str_has_prefix (lines[i], "data: ") ? lines[i] + 6 : lines[i];
      g_autoptr (JsonNode) node = NULL;

      if (line[0] != '{')
        continue;
      node = json_from_string (line, NULL);
      g_assert_nonnull (node);
      append_text (api, node, text);
    }
  return g_string_free (text, FALSE);
}

/* ---- errors ---- */

static void
assert_words (const char *text, const char *words)
{
  g_assert_nonnull (text);
  g_assert_cmpstr (text, !=, "");
  if (words != NULL)
    assert_says (text, words);
}

static void
assert_error_object (Api api, JsonObject *object, const char *type, const char *words)
{
  JsonObject *error;

  if (api == API_OLLAMA_CHAT || api == API_OLLAMA_GENERATE)
    {
      assert_words (jump_json_get_string (object, "error", NULL), words);
      return;
    }
  error = jump_json_get_object (object, "error");
  g_assert_nonnull (error);
  assert_words (jump_json_get_string (error, "message", NULL), words);
  g_assert_nonnull (jump_json_get_string (error, "type", NULL));
  if (type != NULL && g_strcmp0 (jump_json_get_string (error, "code", NULL), type) != 0)
    g_assert_cmpstr (jump_json_get_string (error, "type", NULL), ==, type);
  if (api != API_MESSAGES)
    {
      g_assert_true (json_object_has_member (error, "code"));
      g_assert_true (json_object_has_member (error, "param"));
      return;
    }
  g_assert_cmpstr (jump_json_get_string (object, "type", NULL), ==, "error");
}

void
api_assert_error (Api api, Answer *answer, guint status, const char *type, const char *words)
{
  g_autoptr (JsonObject) object = NULL;

  g_assert_no_error (answer->error);
  g_test_message ("%u %s", answer->status, answer->body->str);
  g_assert_cmpuint (answer->status, ==, status);
  g_assert_cmpstr (answer_header (answer, "content-type"), ==, "application/json");
  g_assert_nonnull (answer_header (answer, "x-request-id"));
  object = answer_parse (answer);
  assert_error_object (api, object, type, words);
  if (api == API_MESSAGES)
    g_assert_cmpstr (jump_json_get_string (object, "request_id", NULL),
                     ==,
                     answer_header (answer, "x-request-id"));
}

void
api_assert_stream_error (Api api, Answer *answer, const char *words)
{
  g_auto (GStrv) lines = NULL;
  const char *last = NULL;
  g_autoptr (JsonObject) object = NULL;

  g_assert_no_error (answer->error);
  g_assert_cmpuint (answer->status, ==, 200);
  lines = g_strsplit (answer->body->str, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      /* signs of life stand in front */
      const char *start = g_strchug (lines[i]);
      const char *line = g_str_has_prefix (start, "data: ") ? start + 6 : start;

      if (line[0] == '{' && (strstr (line, "\"error\"") != NULL))
        last = line;
    }
  g_test_message ("%s", answer->body->str);
  g_assert_nonnull (last);
  object = jump_json_parse_object (last, -1, NULL);
  g_assert_nonnull (object);
  if (api != API_RESPONSES)
    assert_error_object (api, object, NULL, words);
  else
    assert_says (last, words);
}

/* ---- records ---- */

typedef struct
{
  Fixture *fixture;
  Answer *answer;
  guint longest_ms;
} Wait;

static gboolean
is_answered (gpointer data)
{
  Wait *wait = data;
  gint64 next = jump_clock_fake_get_next_alarm (wait->fixture->clock);

  /* Time passes while nothing else happens. */
  if (!wait->answer->is_done && !g_main_context_pending (NULL) && next > 0 &&
      next <= wait->longest_ms)
    jump_clock_fake_advance (wait->fixture->clock, (guint64) next);
  return wait->answer->is_done;
}

void
answer_wait_through (Fixture *fixture, Answer *answer, guint longest_ms)
{
  Wait wait = { fixture, answer, longest_ms };

  turn_until (is_answered, &wait);
}

char *
fixture_dup_authorization (Fixture *fixture)
{
  g_autofree char *name =
      g_strdup_printf ("control-%u.json", jump_service_get_port (fixture->service));
  g_autofree char *path = g_build_filename (fixture->paths->runtime_dir, name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (JsonObject) object = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  object = jump_json_parse_object (text, -1, NULL);
  return g_strconcat ("Bearer ", jump_json_get_string (object, "key", NULL), NULL);
}

Answer *
control_ask (Fixture *fixture, const char *method, const char *path, const char *body)
{
  g_autofree char *authorization = fixture_dup_authorization (fixture);
  Answer *answer =
      fixture_start (fixture, method, path, body, "Authorization", authorization, NULL);

  answer_wait (answer);
  return answer;
}

static void
on_exchange_ended (JumpService *service, JumpExchangeRecord *record, gpointer user_data)
{
  g_ptr_array_add (user_data, jump_exchange_record_ref (record));
}

static void
unref_records (gpointer records, GClosure *closure)
{
  g_ptr_array_unref (records);
}

GPtrArray *
fixture_keep_records (Fixture *fixture)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) jump_exchange_record_unref);

  g_signal_connect_data (fixture->service,
                         "exchange-ended",
                         G_CALLBACK (on_exchange_ended),
                         g_ptr_array_ref (records),
                         unref_records,
                         0);
  return records;
}

typedef struct
{
  const GPtrArray *records;
  guint n;
} Wanted;

static gboolean
has_records (gpointer data)
{
  const Wanted *wanted = data;

  return wanted->records->len >= wanted->n;
}

void
records_wait (GPtrArray *records, guint n)
{
  Wanted wanted = { records, n };

  turn_until (has_records, &wanted);
}

/* ---- upstream ---- */

char *
upstream_body (Fixture *fixture, const char *method_and_path, guint newest)
{
  JsonNode *node = jump_simulator_get_body (fixture->simulator, method_and_path, newest);

  return node != NULL ? json_to_string (node, FALSE) : g_strdup ("");
}

guint
upstream_calls (Fixture *fixture)
{
  return jump_simulator_count (fixture->simulator, "POST /chat/completions") +
         jump_simulator_count (fixture->simulator, "POST /responses") +
         jump_simulator_count (fixture->simulator, "POST /v1/messages");
}

void
assert_says (const char *text, const char *words)
{
  if (text == NULL || strstr (text, words) == NULL)
    g_error ("\"%s\" does not say \"%s\"", text, words);
}

void
assert_silent (const char *text, const char *words)
{
  if (text != NULL && strstr (text, words) != NULL)
    g_error ("\"%s\" says \"%s\"", text, words);
}
