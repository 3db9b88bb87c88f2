/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/integration/asking.h"

#include <string.h>

/* Vectors: in every form that clients ask for, and cut into what upstream takes at once. */

#define EMBED "POST /embeddings"
#define MODEL "text-embedding-3-small"

/* Returns: (transfer full): a JSON array of texts "t0", "t1" … */
static char *
write_texts (guint n)
{
  g_autoptr (GString) text = g_string_new ("[");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s\"t%u\"", i > 0 ? "," : "", i);
  g_string_append_c (text, ']');
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static Answer *
embed_many (Fixture *fixture, const char *path, guint n, const char *extra)
{
  g_autofree char *texts = write_texts (n);
  g_autofree char *more = quoted (extra);
  g_autofree char *body = g_strdup_printf ("{\"model\":\"" MODEL "\",\"input\":%s%s}", texts, more);

  return fixture_ask (fixture, "POST", path, body);
}

static char *
vector_to_text (JsonArray *vector)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);

  json_node_set_array (node, vector);
  return json_to_string (node, FALSE);
}

static JsonArray *
get_vector (JsonObject *reply, guint index)
{
  JsonArray *data = jump_json_get_array (reply, "data");

  return jump_json_get_array (jump_json_array_get_object (data, index), "embedding");
}

/* Each text's vector is the one that it has alone, whatever slice it was in. */
static void
test_slices (void)
{
  static const guint sizes[] = { 1, 2, 511, 512, 513, 1024, 1300 };
  g_autoptr (Fixture) fixture = fixture_new ("test");

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      guint before = jump_simulator_count (fixture->simulator, EMBED);
      g_autoptr (Answer) all = embed_many (fixture, "/v1/embeddings", sizes[i], ",'dimensions':8");
      guint n_calls = jump_simulator_count (fixture->simulator, EMBED) - before;
      g_autofree char *last_body =
          g_strdup_printf ("{'model':'" MODEL "','dimensions':8,'input':'t%u'}", sizes[i] - 1);
      g_autoptr (Answer) last = ask_quoted (fixture, "/embeddings", last_body);
      g_autoptr (JsonObject) all_object = answer_parse (all);
      g_autoptr (JsonObject) last_object = answer_parse (last);
      JsonArray *data = jump_json_get_array (all_object, "data");
      g_autofree char *in_all = vector_to_text (get_vector (all_object, sizes[i] - 1));
      g_autofree char *alone = vector_to_text (get_vector (last_object, 0));

      g_assert_cmpuint (all->status, ==, 200);
      g_assert_cmpuint (n_calls, ==, (sizes[i] + 511) / 512);
      g_assert_cmpuint (json_array_get_length (data), ==, sizes[i]);
      for (guint n = 0; n < sizes[i]; n++)
        g_assert_cmpint (jump_json_get_int (jump_json_array_get_object (data, n), "index", -1),
                         ==,
                         n);
      g_assert_cmpstr (in_all, ==, alone);
      g_assert_cmpstr (jump_json_get_string (all_object, "object", NULL), ==, "list");
      g_assert_cmpstr (jump_json_get_string (all_object, "model", NULL), ==, MODEL);
      g_assert_cmpint (
          jump_json_get_int (jump_json_get_object (all_object, "usage"), "prompt_tokens", 0),
          >=,
          sizes[i]);
      assert_says (answer_header (all, "x-jumpseat-route"), "embeddings; model=" MODEL);
    }
}

static void
test_base64 (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (Answer) numbers = embed_many (fixture, "/v1/embeddings", 2, "");
  g_autoptr (Answer) coded =
      embed_many (fixture, "/v1/embeddings", 2, ",'encoding_format':'base64'");
  g_autoptr (JsonObject) numbers_object = answer_parse (numbers);
  g_autoptr (JsonObject) coded_object = answer_parse (coded);

  for (guint i = 0; i < 2; i++)
    {
      JsonArray *vector = get_vector (numbers_object, i);
      JsonObject *item = jump_json_array_get_object (jump_json_get_array (coded_object, "data"), i);
      gsize size = 0;
      g_autofree guchar *bytes =
          g_base64_decode (jump_json_get_string (item, "embedding", ""), &size);
      float first;

      g_assert_cmpuint (size, ==, 4 * json_array_get_length (vector));
      memcpy (&first, bytes, 4);
      g_assert_cmpfloat_with_epsilon ((double) first,
                                      json_array_get_double_element (vector, 0),
                                      1e-6);
    }
}

static void
test_dimensions (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (Answer) answer = embed_many (fixture, "/v1/embeddings", 3, ",'dimensions':64");
  g_autoptr (JsonObject) object = answer_parse (answer);

  g_assert_cmpuint (json_array_get_length (get_vector (object, 2)), ==, 64);
}

static void
test_ollama_forms (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (Answer) many = embed_many (fixture, "/api/embed", 600, "");
  g_autoptr (Answer) one =
      ask_quoted (fixture, "/api/embed", "{'model':'" MODEL ":latest','input':'t0'}");
  g_autoptr (Answer) old =
      ask_quoted (fixture, "/api/embeddings", "{'model':'" MODEL "','prompt':'t0'}");
  g_autoptr (JsonObject) many_object = answer_parse (many);
  g_autoptr (JsonObject) one_object = answer_parse (one);
  g_autoptr (JsonObject) old_object = answer_parse (old);
  JsonArray *vectors = jump_json_get_array (many_object, "embeddings");
  g_autofree char *first = vector_to_text (json_array_get_array_element (vectors, 0));
  g_autofree char *alone = vector_to_text (
      json_array_get_array_element (jump_json_get_array (one_object, "embeddings"), 0));

  g_assert_cmpuint (json_array_get_length (vectors), ==, 600);
  g_assert_cmpstr (first, ==, alone);
  g_assert_cmpint (jump_json_get_int (many_object, "prompt_eval_count", 0), >=, 600);
  g_assert_cmpstr (jump_json_get_string (one_object, "model", NULL), ==, MODEL ":latest");
  g_assert_cmpuint (json_array_get_length (jump_json_get_array (old_object, "embedding")), >, 0);
}

static void
test_refusals (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (Answer) chats =
      ask_quoted (fixture, "/v1/embeddings", "{'model':'gpt-4.1','input':'a'}");
  g_autoptr (Answer) ollama = ask_quoted (fixture, "/api/embed", "{'model':'gpt-4.1','input':'a'}");
  g_autoptr (Answer) unknown =
      ask_quoted (fixture, "/v1/embeddings", "{'model':'text-embedding-9','input':'a'}");
  g_autoptr (Answer) bad =
      ask_quoted (fixture, "/v1/embeddings", "{'model':'" MODEL "','input':{'a':1}}");
  g_autoptr (Answer) empty = fixture_ask (fixture, "POST", "/v1/embeddings", "");
  g_autoptr (Answer) asked = api_ask (fixture, API_CHAT, MODEL, "hello", FALSE);

  api_assert_error (API_CHAT, chats, 400, NULL, "makes no embeddings");
  api_assert_error (API_OLLAMA_CHAT, ollama, 400, NULL, "makes no embeddings");
  api_assert_error (API_CHAT, unknown, 404, "model_not_found", "text-embedding-3-small");
  api_assert_error (API_CHAT, bad, 400, NULL, "input");
  api_assert_error (API_CHAT, empty, 400, "invalid_json", NULL);
  api_assert_error (API_CHAT, asked, 400, NULL, "only makes embeddings");
  g_assert_cmpuint (jump_simulator_count (fixture->simulator, EMBED), ==, 0);
}

static void
test_second_slice_fails (void)
{
  static const struct
  {
    const char *reply;
    guint status;
    const char *words;
  } cases[] = {
    { "'reply':{'status':429,'headers':{'Retry-After':'9'},'json':{'error':{'message':'slow down',"
      "'code':'rate_limited'}}}",
      429,
      "slow down" },
    { "'reply':{'status':200,'json':{'data':[]}}", 502, NULL },
    { "'reply':{'status':200,'text':'nonsense'}", 502, NULL },
    { "'cut':true", 502, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *rule =
          g_strdup_printf ("{'on':'" EMBED "','calls':'2-',%s}", cases[i].reply);
      g_autoptr (Fixture) fixture = fixture_new_ruled (rule);
      g_autoptr (Answer) openai = embed_many (fixture, "/v1/embeddings", 1500, ",'dimensions':8");
      g_autoptr (Answer) ollama = embed_many (fixture, "/api/embed", 10, "");

      g_test_message ("%s", cases[i].reply);
      api_assert_error (API_CHAT, openai, cases[i].status, NULL, cases[i].words);
      api_assert_error (API_OLLAMA_CHAT, ollama, cases[i].status, NULL, cases[i].words);
      if (cases[i].status == 429)
        {
          g_assert_cmpstr (answer_header (openai, "retry-after"), ==, "9");
          /* the second is told to wait as well, without asking */
          g_assert_cmpuint (jump_simulator_count (fixture->simulator, EMBED), ==, 2);
        }
    }
}

static gboolean
has_second_call (gpointer data)
{
  Fixture *fixture = data;

  return jump_simulator_count (fixture->simulator, EMBED) >= 2;
}

/* Nobody is there for the second slice: there is no third. */
static void
test_client_leaves (void)
{
  g_autoptr (Fixture) fixture =
      fixture_new_ruled ("{'on':'" EMBED "','calls':'2-','delay_ms':5000}");
  g_autoptr (GPtrArray) records = fixture_keep_records (fixture);
  g_autofree char *texts = write_texts (1500);
  g_autofree char *body =
      g_strdup_printf ("{\"model\":\"" MODEL "\",\"dimensions\":8,\"input\":%s}", texts);
  Answer *answer = fixture_start (fixture, "POST", "/v1/embeddings", body, NULL);

  turn_until (has_second_call, fixture);
  answer_free (answer);
  records_wait (records, 1);
  jump_clock_fake_advance (fixture->clock, 10000);
  turn_some (200);
  g_assert_cmpuint (jump_simulator_count (fixture->simulator, EMBED), ==, 2);
}

/* Big enough for the worker thread. */
static void
test_big (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (GPtrArray) records = fixture_keep_records (fixture);
  g_autofree char *text = g_strnfill (400000, 'x');
  g_autofree char *body =
      g_strdup_printf ("{\"model\":\"" MODEL "\",\"input\":[\"%s\",\"t1\"]}", text);
  Answer *gone = fixture_start (fixture, "POST", "/v1/embeddings", body, NULL);
  g_autoptr (Answer) answer = NULL;

  turn_some (30);
  answer_free (gone);
  answer = fixture_ask (fixture, "POST", "/v1/embeddings", body);
  g_assert_cmpuint (answer->status, !=, 0);
  records_wait (records, 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/embeddings/slices", test_slices);
  g_test_add_func ("/embeddings/base64", test_base64);
  g_test_add_func ("/embeddings/dimensions", test_dimensions);
  g_test_add_func ("/embeddings/ollama", test_ollama_forms);
  g_test_add_func ("/embeddings/refusals", test_refusals);
  g_test_add_func ("/embeddings/second-slice-fails", test_second_slice_fails);
  g_test_add_func ("/embeddings/client-leaves", test_client_leaves);
  g_test_add_func ("/embeddings/big", test_big);
  return g_test_run ();
}
