/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/unit/event-list.h"

#define RESPONSES "POST /responses"
#define THINKING                                                   \
  "\"stream\":true,\"reasoning\":{\"effort\":\"low\",\"summary\":" \
  "\"auto\"},\"include\":[\"reasoning.encrypted_content\"],"
#define WEATHER                                                                          \
  "\"tools\":[{\"type\":\"function\",\"name\":\"get_weather\",\"parameters\":{\"type\":" \
  "\"object\",\"properties\":{\"city\":{\"type\":\"string\"}},\"required\":[\"city\"]}}],"

static void
ask_stream (Fixture *fixture, const char *body, EventList *events)
{
  g_auto (Reply) reply = ask (fixture, RESPONSES, body, NULL);

  assert_says (&reply, 200, "event: response.created");
  event_list_init (events, reply.body);
}

static void
test_order (Fixture *fixture, gconstpointer data)
{
  g_auto (EventList) events = { 0 };

  ask_stream (fixture,
              "{\"model\":\"gpt-5.5\"," THINKING WEATHER "\"input\":\"Weather in Paris\"}",
              &events);
  assert_order (&events,
                "response.created\n"
                "response.in_progress\n"
                "response.output_item.added\n"
                "response.reasoning_summary_part.added\n"
                "response.reasoning_summary_text.delta\n"
                "response.reasoning_summary_text.done\n"
                "response.reasoning_summary_part.done\n"
                "response.output_item.done\n"
                "response.output_item.added\n"
                "response.function_call_arguments.delta\n"
                "response.function_call_arguments.done\n"
                "response.output_item.done\n"
                "response.completed\n");
  for (guint i = 0; i < events.objects->len; i++)
    {
      JsonObject *event = events.objects->pdata[i];

      g_assert_cmpint (jump_json_get_int (event, "sequence_number", -1), ==, i);
      g_assert_cmpstr (jump_json_get_string (event, "type", NULL), ==, events.types->pdata[i]);
    }
}

static void
add_id (GHashTable *ids, JsonObject *object, const char *member)
{
  const char *id = jump_json_get_string (object, member, NULL);

  if (id != NULL && !g_hash_table_add (ids, g_strdup (id)))
    g_error ("%s came twice", id);
}

/* Each event has other ids; only the call's stays. Announced items are empty. */
static void
test_ids (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (EventList) events = { 0 };
  JsonObject *added;
  JsonObject *done;

  ask_stream (fixture,
              "{\"model\":\"gpt-5.5\"," THINKING WEATHER "\"input\":\"Weather in Paris\"}",
              &events);
  for (guint i = 0; i < events.objects->len; i++)
    {
      JsonObject *event = events.objects->pdata[i];
      JsonObject *item = jump_json_get_object (event, "item");
      JsonObject *response = jump_json_get_object (event, "response");

      add_id (ids, event, "item_id");
      if (item != NULL)
        add_id (ids, item, "id");
      if (response != NULL)
        add_id (ids, response, "id");
    }
  g_assert_cmpuint (g_hash_table_size (ids), >, 8);

  added = jump_json_get_object (event_list_find (&events, "response.output_item.added", 1), "item");
  done = jump_json_get_object (event_list_find (&events, "response.output_item.done", 1), "item");
  g_assert_cmpstr (jump_json_get_string (added, "arguments", NULL), ==, "");
  g_assert_cmpstr (jump_json_get_string (done, "arguments", NULL), ==, "{\"city\":\"Paris\"}");
  g_assert_cmpstr (jump_json_get_string (added, "call_id", NULL),
                   ==,
                   jump_json_get_string (done, "call_id", NULL));
}

static void
test_text (Fixture *fixture, gconstpointer data)
{
  g_auto (EventList) events = { 0 };
  g_autoptr (GString) text = g_string_new (NULL);
  JsonObject *completed;
  JsonObject *delta;

  ask_stream (fixture,
              "{\"model\":\"gpt-5.5\",\"stream\":true,\"input\":\"Hello you there\"}",
              &events);
  assert_order (&events,
                "response.created\n"
                "response.in_progress\n"
                "response.output_item.added\n"
                "response.content_part.added\n"
                "response.output_text.delta\n"
                "response.output_text.done\n"
                "response.content_part.done\n"
                "response.output_item.done\n"
                "response.completed\n");
  for (guint i = 0; (delta = event_list_find (&events, "response.output_text.delta", i)) != NULL;
       i++)
    {
      g_string_append (text, jump_json_get_string (delta, "delta", ""));
      g_assert_cmpstr (jump_json_get_string (delta, "obfuscation", ""), !=, "");
    }
  g_assert_cmpstr (text->str, ==, "You said: Hello you there");
  completed = event_list_find (&events, "response.completed", 0);
  g_assert_nonnull (jump_json_get_object (completed, "copilot_usage"));
}

static void
test_incomplete (Fixture *fixture, gconstpointer data)
{
  g_auto (EventList) events = { 0 };
  g_autofree char *text = g_strnfill (200, 'x');
  g_autofree char *body =
      g_strdup_printf ("{\"model\":\"gpt-5.5\",\"stream\":true,\"max_output_tokens\":16,"
                       "\"input\":\"%s\"}",
                       text);
  JsonObject *response;

  ask_stream (fixture, body, &events);
  response = event_list_find (&events, "response.incomplete", 0);
  g_assert_nonnull (response);
  response = jump_json_get_object (response, "response");
  g_assert_cmpstr (jump_json_get_string (response, "status", NULL), ==, "incomplete");
  g_assert_cmpstr (
      jump_json_get_string (jump_json_get_object (response, "incomplete_details"), "reason", NULL),
      ==,
      "max_output_tokens");
}

static void
test_refusal (Fixture *fixture, gconstpointer data)
{
  g_auto (EventList) events = { 0 };

  ask_stream (fixture,
              "{\"model\":\"gpt-5.5\",\"stream\":true,\"input\":\"please refuse\"}",
              &events);
  g_assert_nonnull (event_list_find (&events, "response.refusal.delta", 0));
  g_assert_null (event_list_find (&events, "response.output_text.delta", 0));
  g_assert_nonnull (event_list_find (&events, "response.completed", 0));
}

static void
test_custom_tool (Fixture *fixture, gconstpointer data)
{
  g_auto (EventList) events = { 0 };
  JsonObject *done;

  ask_stream (fixture,
              "{\"model\":\"gpt-5.5\",\"stream\":true,\"tools\":[{\"type\":\"custom\",\"name\":"
              "\"apply_patch\"}],\"input\":\"Create hello.txt with the text hello\"}",
              &events);
  g_assert_nonnull (event_list_find (&events, "response.custom_tool_call_input.delta", 0));
  done = event_list_find (&events, "response.custom_tool_call_input.done", 0);
  g_assert_cmpstr (jump_json_get_string (done, "input", NULL),
                   ==,
                   "*** Begin Patch\n*** Add File: hello.txt\n+hello\n*** End Patch\n");
}

static void
test_quirks (Fixture *fixture, gconstpointer data)
{
  g_auto (Reply) reply = { 0 };
  g_auto (EventList) events = { 0 };

  set_scenario (fixture, "{\"quirks\":[\"keepalive\",\"done\",\"no_type\"]}");
  reply =
      ask (fixture, RESPONSES, "{\"model\":\"gpt-5.5\",\"stream\":true,\"input\":\"Hello\"}", NULL);
  event_list_init (&events, reply.body);
  g_assert_nonnull (event_list_find (&events, "keepalive", 0));
  g_assert_true (g_str_has_suffix (reply.body, "data: [DONE]\n\n"));
  g_assert_null (jump_json_get_string (events.objects->pdata[0], "type", NULL));
}

/* What came back in order is counted; the reasoning keeps the id it came with. */
static void
test_second_turn (Fixture *fixture, gconstpointer data)
{
  g_auto (EventList) events = { 0 };
  g_autofree char *reasoning = NULL;
  g_autofree char *body = NULL;
  g_auto (Reply) reply = { 0 };
  JsonNode *item;

  ask_stream (fixture, "{\"model\":\"gpt-5.5\"," THINKING "\"input\":\"Hello\"}", &events);
  g_assert_cmpuint (jump_simulator_count_reasoning (fixture->simulator, RESPONSES, 0), ==, 0);
  item = json_object_get_member (event_list_find (&events, "response.output_item.done", 0), "item");
  reasoning = json_to_string (item, FALSE);
  body = g_strdup_printf ("{\"model\":\"gpt-5.5\",\"input\":[{\"role\":\"user\",\"content\":\"a\"},"
                          "%s,{\"role\":\"assistant\",\"content\":\"b\"},{\"role\":\"user\","
                          "\"content\":\"c\"}]}",
                          reasoning);
  reply = ask (fixture, RESPONSES, body, NULL);
  assert_says (&reply, 200, "You said: c");
  g_assert_cmpuint (jump_simulator_count_reasoning (fixture->simulator, RESPONSES, 0), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) \
  g_test_add ("/responses-stream/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("order", test_order);
  ADD ("ids", test_ids);
  ADD ("text", test_text);
  ADD ("incomplete", test_incomplete);
  ADD ("refusal", test_refusal);
  ADD ("custom-tool", test_custom_tool);
  ADD ("quirks", test_quirks);
  ADD ("second-turn", test_second_turn);
  return g_test_run ();
}
