/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/unit/event-list.h"

#define MESSAGES "POST /v1/messages"
#define START    "{\"model\":\"claude-sonnet-4.6\",\"max_tokens\":4000,"
#define THINKING "\"stream\":true,\"thinking\":{\"type\":\"adaptive\"},"
#define TOOL                                                                                   \
  "\"tools\":[{\"name\":\"get_weather\",\"input_schema\":{\"type\":\"object\",\"properties\":" \
  "{\"city\":{\"type\":\"string\"}},\"required\":[\"city\"]}}],"
#define SAYS(text) "\"messages\":[{\"role\":\"user\",\"content\":\"" text "\"}]}"

static void
ask_stream (Fixture *fixture, const char *body, EventList *events)
{
  g_auto (Reply) reply = ask (fixture, MESSAGES, body, NULL);

  assert_says (&reply, 200, "event: message_start");
  event_list_init (events, reply.body);
}

/* Returns: (transfer full): the deltas' @member of all blocks, joined */
static char *
join_deltas (const EventList *events, const char *member)
{
  GString *text = g_string_new (NULL);
  JsonObject *event;

  for (guint i = 0; (event = event_list_find (events, "content_block_delta", i)) != NULL; i++)
    g_string_append (text,
                     jump_json_get_string (jump_json_get_object (event, "delta"), member, ""));
  return g_string_free (text, FALSE);
}

static void
test_order (Fixture *fixture, gconstpointer data)
{
  g_auto (EventList) events = { 0 };
  g_autofree char *input = NULL;
  JsonObject *block;
  JsonObject *end;

  ask_stream (fixture, START THINKING TOOL SAYS ("Weather in Paris"), &events);
  assert_order (&events,
                "message_start\n"
                "content_block_start\n"
                "ping\n"
                "content_block_delta\n"
                "content_block_stop\n"
                "content_block_start\n"
                "content_block_delta\n"
                "content_block_stop\n"
                "content_block_start\n"
                "content_block_delta\n"
                "content_block_stop\n"
                "message_delta\n"
                "message_stop\n");
  block =
      jump_json_get_object (event_list_find (&events, "content_block_start", 2), "content_block");
  g_assert_cmpstr (jump_json_get_string (block, "type", NULL), ==, "tool_use");
  g_assert_cmpuint (json_object_get_size (jump_json_get_object (block, "input")), ==, 0);
  g_assert_nonnull (jump_json_get_object (block, "caller"));
  input = join_deltas (&events, "partial_json");
  g_assert_cmpstr (input, ==, "{\"city\":\"Paris\"}");
  end = event_list_find (&events, "message_delta", 0);
  g_assert_cmpstr (jump_json_get_string (jump_json_get_object (end, "delta"), "stop_reason", NULL),
                   ==,
                   "tool_use");
  g_assert_nonnull (jump_json_get_object (end, "copilot_usage"));
  g_assert_nonnull (jump_json_get_object (event_list_find (&events, "message_stop", 0),
                                          "amazon-bedrock-invocationMetrics"));
}

static void
test_head (Fixture *fixture, gconstpointer data)
{
  g_auto (EventList) bedrock = { 0 };
  g_auto (Reply) vertex = ask (fixture,
                               MESSAGES,
                               "{\"model\":\"claude-haiku-4.5\",\"max_tokens\":9," SAYS ("Hi"),
                               NULL);
  g_auto (Reply) count = ask (fixture,
                              "POST /v1/messages/count_tokens",
                              "{\"model\":\"claude-haiku-4.5\"," SAYS ("Hi"),
                              NULL);
  JsonObject *message;

  ask_stream (fixture, START "\"stream\":true," SAYS ("Hi"), &bedrock);
  message = jump_json_get_object (event_list_find (&bedrock, "message_start", 0), "message");
  g_assert_true (g_str_has_prefix (jump_json_get_string (message, "id", ""), "msg_bdrk_"));
  g_assert_cmpstr (jump_json_get_string (message, "model", NULL), ==, "claude-sonnet-4-6");
  assert_says (&vertex, 200, "\"id\":\"msg_vrtx_");
  assert_says (&vertex, 200, "\"stop_details\":null");
  g_assert_cmpstr (count.body, ==, "{\"input_tokens\":8}");
}

static void
test_stops (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *body;
    const char *says;
  } rows[] = {
    { START SAYS ("Hello"), "\"stop_reason\":\"end_turn\",\"stop_sequence\":null" },
    { START "\"stop_sequences\":[\"said\"]," SAYS ("Hello"),
      "\"stop_reason\":\"stop_sequence\",\"stop_sequence\":\"said\"" },
    { "{\"model\":\"claude-sonnet-4.6\",\"max_tokens\":2," SAYS ("Hello"),
      "\"stop_reason\":\"max_tokens\"" },
    { START SAYS ("please refuse"), "\"stop_reason\":\"refusal\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (Reply) reply = ask (fixture, MESSAGES, rows[i].body, NULL);

      assert_says (&reply, 200, rows[i].says);
    }
}

/* Returns: (transfer full): the next turn, with the first block of @reply in the one before */
static char *
answer_turn (const char *reply_text, const char *replaced, const char *with)
{
  g_autoptr (JsonObject) reply = parse (reply_text);
  JsonNode *first = json_array_get_element (jump_json_get_array (reply, "content"), 0);
  g_autofree char *block = json_to_string (first, FALSE);
  g_auto (GStrv) parts = g_strsplit (block, replaced, -1);
  g_autofree char *changed = g_strjoinv (with, parts);

  return g_strdup_printf (START
                          "\"messages\":[{\"role\":\"user\",\"content\":\"a\"},{\"role\":"
                          "\"assistant\",\"content\":[%s,{\"type\":\"text\",\"text\":\"b\"}]},"
                          "{\"role\":\"user\",\"content\":\"c\"}]}",
                          changed);
}

static void
test_second_turn (Fixture *fixture, gconstpointer data)
{
  static const char *const scenarios[] = { "test", "quirks" };

  for (guint i = 0; i < G_N_ELEMENTS (scenarios); i++)
    {
      g_auto (Reply) first = { 0 };
      g_auto (Reply) good = { 0 };
      g_auto (Reply) bad = { 0 };
      g_autofree char *same = NULL;
      g_autofree char *changed = NULL;

      set_scenario (fixture, scenarios[i]);
      first = ask (fixture,
                   MESSAGES,
                   START "\"thinking\":{\"type\":\"adaptive\"}," SAYS ("Hello"),
                   NULL);
      assert_says (&first,
                   200,
                   i == 0 ? "\"type\":\"thinking\"" : "\"type\":\"redacted_thinking\"");
      same = answer_turn (first.body, "none of it", "");
      good = ask (fixture, MESSAGES, same, NULL);
      assert_says (&good, 200, "You said: c");
      g_assert_cmpuint (jump_simulator_count_reasoning (fixture->simulator, MESSAGES, 0), ==, 1);
      changed =
          answer_turn (first.body, i == 0 ? "The user" : "data\":\"", i == 0 ? "A" : "data\":\"A");
      bad = ask (fixture, MESSAGES, changed, NULL);
      assert_says (&bad, 400, "Invalid `");
    }
}

/* Newer models hide what they think, and sign the empty text. */
static void
test_hidden (Fixture *fixture, gconstpointer data)
{
  g_auto (EventList) events = { 0 };
  g_autofree char *thinking = NULL;
  g_autofree char *signature = NULL;

  ask_stream (fixture,
              "{\"model\":\"claude-sonnet-5\",\"max_tokens\":4000," THINKING SAYS ("Hello"),
              &events);
  thinking = join_deltas (&events, "thinking");
  signature = join_deltas (&events, "signature");
  g_assert_cmpstr (thinking, ==, "");
  g_assert_cmpstr (signature, !=, "");
}

/* Marked prompts are written to the cache once and read from it then. */
static void
test_cache (Fixture *fixture, gconstpointer data)
{
  const char *body =
      START "\"system\":[{\"type\":\"text\",\"text\":\"Be kind and very, very brief\","
            "\"cache_control\":{\"type\":\"ephemeral\"}}],\"messages\":[{\"role\":"
            "\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"b\"},"
            "{\"role\":\"user\",\"content\":\"c\"}]}";
  g_auto (Reply) first = ask (fixture, MESSAGES, body, NULL);
  g_auto (Reply) second = ask (fixture, MESSAGES, body, NULL);

  assert_says (&first, 200, "\"cache_creation_input_tokens\":20,\"cache_read_input_tokens\":0");
  assert_says (&second, 200, "\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":25");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) \
  g_test_add ("/messages-stream/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("order", test_order);
  ADD ("head", test_head);
  ADD ("stops", test_stops);
  ADD ("second-turn", test_second_turn);
  ADD ("hidden", test_hidden);
  ADD ("cache", test_cache);
  return g_test_run ();
}
