/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/json-read.h"
#include "service/base/json-write.h"
#include "service/dialects/dialect.h"
#include "service/sse/sse-parser.h"

#include <string.h>

/* Streams that clients get, put together again as strict libraries do it: numbers that rise, items and
 * parts that are announced before anything is told of them, ids that stay, texts that are told whole as
 * they were told in pieces. */

typedef struct
{
  GPtrArray *types; /* (owned) (element-type utf8): of the events, in order */
  GPtrArray *ids;   /* (owned) (element-type utf8): of the items */
  GString *pieces;  /* (owned): of the part that comes */
  JsonNode *last;   /* (owned) (nullable): the last event */
  JsonArray *items; /* (owned): the finished ones */
  gint64 sequence;
  guint n_comments;
} Client;

static void
client_clear (Client *self)
{
  g_ptr_array_unref (self->types);
  g_ptr_array_unref (self->ids);
  g_string_free (self->pieces, TRUE);
  g_clear_pointer (&self->last, json_node_unref);
  json_array_unref (self->items);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Client, client_clear)

static void
check_place (Client *self, JsonObject *event)
{
  gint64 index = jump_json_get_int (event, "output_index", -1);

  g_assert_cmpint (index, ==, self->ids->len - 1);
  g_assert_cmpstr (jump_json_get_string (event, "item_id", NULL),
                   ==,
                   g_ptr_array_index (self->ids, index));
}

static void
take_item (Client *self, JsonObject *event, gboolean is_done)
{
  JsonObject *item = jump_json_get_object (event, "item");
  const char *id = jump_json_get_string (item, "id", NULL);

  g_assert_nonnull (id);
  if (!is_done)
    g_ptr_array_add (self->ids, g_strdup (id));
  g_assert_cmpint (jump_json_get_int (event, "output_index", -1), ==, self->ids->len - 1);
  g_assert_cmpstr (g_ptr_array_index (self->ids, self->ids->len - 1), ==, id);
  if (is_done)
    json_array_add_element (self->items, json_node_copy (json_object_get_member (event, "item")));
}

static void
take_whole (Client *self, JsonObject *event)
{
  static const char *const fields[] = { "text", "refusal", "arguments", "input" };

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const char *text = jump_json_get_string (event, fields[i], NULL);

      if (text != NULL)
        g_assert_cmpstr (text, ==, self->pieces->str);
    }
  g_string_truncate (self->pieces, 0);
}

static gboolean
on_event (const JumpSseEvent *sse, gpointer user_data)
{
  Client *self = user_data;
  g_autofree char *name = g_strndup (sse->event, sse->event_length);
  g_autoptr (GError) error = NULL;
  JsonNode *node = jump_json_parse (sse->data, (gssize) sse->data_length, &error);
  JsonObject *event;
  const char *type;

  g_assert_no_error (error);
  event = json_node_get_object (node);
  type = jump_json_get_string (event, "type", NULL);
  g_assert_cmpstr (type, ==, name);
  g_assert_cmpint (jump_json_get_int (event, "sequence_number", -1), ==, ++self->sequence);
  if (g_str_equal (type, "response.output_item.added"))
    take_item (self, event, FALSE);
  else if (g_str_equal (type, "response.output_item.done"))
    take_item (self, event, TRUE);
  else if (json_object_has_member (event, "item_id"))
    check_place (self, event);
  if (g_str_has_suffix (type, ".delta"))
    g_string_append (self->pieces, jump_json_get_string (event, "delta", NULL));
  else if (g_str_has_suffix (type, ".done") && !g_str_has_suffix (type, "_item.done") &&
           !g_str_has_suffix (type, "_part.done"))
    take_whole (self, event);
  g_ptr_array_add (self->types, g_strdup (type));
  g_clear_pointer (&self->last, json_node_unref);
  self->last = node;
  return TRUE;
}

static void
on_comment (const char *text, gsize length, gpointer user_data)
{
  ((Client *) user_data)->n_comments++;
}

static void
read_stream (Client *self, const GString *stream)
{
  g_autoptr (JumpSseParser) parser =
      jump_sse_parser_new (stream->len + 1, on_event, on_comment, self);

  self->types = g_ptr_array_new_with_free_func (g_free);
  self->ids = g_ptr_array_new_with_free_func (g_free);
  self->pieces = g_string_new (NULL);
  self->last = NULL;
  self->items = json_array_new ();
  self->sequence = -1;
  self->n_comments = 0;
  g_assert_true (jump_sse_parser_push (parser, stream->str, stream->len, NULL));
  g_assert_cmpuint (jump_sse_parser_get_pending (parser), ==, 0);
}

/* ---- what is said ---- */

static void
say (JumpEncoder *encoder, GString *out, JumpReplyEvent event)
{
  jump_encoder_event (encoder, &event, out);
}

static JumpJsonSpan
quote (const char *json)
{
  return (JumpJsonSpan){ json, strlen (json) };
}

#define SAY(...) say (encoder, out, (JumpReplyEvent){ __VA_ARGS__ })

static JumpReplyOptions
make_options (void)
{
  return (JumpReplyOptions){ .client_model = "my \"model\"",
                             .used_model = "claude-x",
                             .request_id = "0f6d",
                             .now = 1700000000,
                             .estimated_input = -1 };
}

/* Returns: the response object of the last event */
static JsonObject *
get_response (const Client *client)
{
  return jump_json_get_object (json_node_get_object (client->last), "response");
}

static void
assert_types (const Client *client, const char *expected)
{
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < client->types->len; i++)
    {
      const char *type = g_ptr_array_index (client->types, i);

      g_string_append_printf (all,
                              "%s%s",
                              i == 0 ? "" : " ",
                              g_str_has_prefix (type, "response.") ? type + 9 : type);
    }
  g_assert_cmpstr (all->str, ==, expected);
}

static void
test_all_items (void)
{
  JumpReplyOptions options = make_options ();
  g_autoptr (JumpEncoder) encoder = jump_dialect_responses.new_encoder (&options);
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GBytes) kept = NULL;
  JumpReasoningState state = { JUMP_REASONING_SIGNATURE, (char *) "sig", NULL };
  JumpUsageCount usage = { 10, 5, 3, -1, 2, -1 };
  g_auto (Client) client;
  JsonArray *output;

  encoder->keep_response = TRUE;
  SAY (.kind = JUMP_EVENT_START, .id = "up", .model = "up-model");
  SAY (.kind = JUMP_EVENT_REASONING, .text = quote ("\"hm\\n\""));
  SAY (.kind = JUMP_EVENT_STATE, .state = &state);
  SAY (.kind = JUMP_EVENT_PART_END);
  SAY (.kind = JUMP_EVENT_TEXT, .text = quote ("\"a\\u00e9\""));
  SAY (.kind = JUMP_EVENT_PING);
  SAY (.kind = JUMP_EVENT_TEXT, .text = quote ("\"b\""));
  SAY (.kind = JUMP_EVENT_PART_END);
  SAY (.kind = JUMP_EVENT_TOOL_CALL, .id = "c1", .name = "f", .tool_kind = JUMP_TOOL_FUNCTION);
  SAY (.kind = JUMP_EVENT_ARGUMENTS, .text = quote ("\"{\\\"x\\\"\""));
  SAY (.kind = JUMP_EVENT_ARGUMENTS, .text = quote ("\":1}\""));
  SAY (.kind = JUMP_EVENT_PART_END);
  SAY (.kind = JUMP_EVENT_STOP, .stop_reason = JUMP_STOP_TOOLS);
  SAY (.kind = JUMP_EVENT_USAGE, .usage = &usage);
  SAY (.kind = JUMP_EVENT_END);
  read_stream (&client, out);
  assert_types (
      &client,
      "created in_progress output_item.added reasoning_summary_part.added "
      "reasoning_summary_text.delta reasoning_summary_text.done reasoning_summary_part.done "
      "output_item.done output_item.added content_part.added output_text.delta output_text.delta "
      "output_text.done content_part.done output_item.done output_item.added "
      "function_call_arguments.delta function_call_arguments.delta function_call_arguments.done "
      "output_item.done completed");
  g_assert_cmpuint (client.n_comments, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (client.ids, 0), ==, "rs_0f6d_0");
  g_assert_cmpstr (g_ptr_array_index (client.ids, 1), ==, "msg_0f6d_1");
  g_assert_cmpstr (g_ptr_array_index (client.ids, 2), ==, "fc_0f6d_2");
  output = jump_json_get_array (get_response (&client), "output");
  g_assert_cmpuint (json_array_get_length (output), ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *told = jump_json_node_to_text (json_array_get_element (client.items, i));
      g_autofree char *final = jump_json_node_to_text (json_array_get_element (output, i));

      g_assert_cmpstr (told, ==, final);
    }
  g_assert_cmpstr (jump_json_get_string (get_response (&client), "model", NULL),
                   ==,
                   "my \"model\"");
  g_assert_cmpstr (
      jump_json_get_string (json_array_get_object_element (output, 0), "encrypted_content", NULL),
      ==,
      "jumpseat1.signature.claude-x.sig");
  g_assert_cmpint (
      jump_json_get_int (jump_json_get_object (get_response (&client), "usage"), "total_tokens", 0),
      ==,
      15);
  kept = jump_encoder_dup_response (encoder);
  {
    g_autofree char *text = jump_json_node_to_text (
        json_object_get_member (json_node_get_object (client.last), "response"));
    g_autoptr (JsonNode) node =
        jump_json_parse (g_bytes_get_data (kept, NULL), (gssize) g_bytes_get_size (kept), NULL);
    g_autofree char *kept_text = jump_json_node_to_text (node);

    g_assert_cmpstr (kept_text, ==, text);
  }
}

static const struct
{
  JumpStopReason reason;
  const char *status;
  const char *why; /* (nullable) */
} stops[] = {
  { JUMP_STOP_UNKNOWN, "completed", NULL },
  { JUMP_STOP_END, "completed", NULL },
  { JUMP_STOP_SEQUENCE, "completed", NULL },
  { JUMP_STOP_LIMIT, "incomplete", "max_output_tokens" },
  { JUMP_STOP_CONTEXT, "incomplete", "max_output_tokens" },
  { JUMP_STOP_TOOLS, "completed", NULL },
  { JUMP_STOP_FILTER, "incomplete", "content_filter" },
  { JUMP_STOP_REFUSAL, "incomplete", "content_filter" },
  { JUMP_STOP_PAUSE, "completed", NULL },
};

static void
test_stops (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (stops); i++)
    {
      JumpReplyOptions options = make_options ();
      g_autoptr (JumpEncoder) encoder = jump_dialect_responses.new_encoder (&options);
      g_autoptr (GString) out = g_string_new (NULL);
      g_auto (Client) client;
      JsonObject *item;

      SAY (.kind = JUMP_EVENT_START);
      SAY (.kind = JUMP_EVENT_TEXT, .text = quote ("\"a\""));
      SAY (.kind = JUMP_EVENT_PART_END);
      SAY (.kind = JUMP_EVENT_STOP, .stop_reason = stops[i].reason);
      SAY (.kind = JUMP_EVENT_END);
      read_stream (&client, out);
      g_assert_cmpstr (jump_json_get_string (get_response (&client), "status", NULL),
                       ==,
                       stops[i].status);
      item = json_array_get_object_element (client.items, 0);
      g_assert_cmpstr (jump_json_get_string (item, "status", NULL), ==, stops[i].status);
      g_assert_cmpstr (stops[i].why == NULL
                           ? NULL
                           : jump_json_get_string (jump_json_get_object (get_response (&client),
                                                                         "incomplete_details"),
                                                   "reason",
                                                   NULL),
                       ==,
                       stops[i].why);
    }
}

static void
test_refusal_in_words (void)
{
  JumpReplyOptions options = make_options ();
  g_autoptr (JumpEncoder) encoder = jump_dialect_responses.new_encoder (&options);
  g_autoptr (GString) out = g_string_new (NULL);
  g_auto (Client) client;

  SAY (.kind = JUMP_EVENT_START);
  SAY (.kind = JUMP_EVENT_TEXT, .text = quote ("\"a\""));
  SAY (.kind = JUMP_EVENT_PART_END);
  SAY (.kind = JUMP_EVENT_REFUSAL, .text = quote ("\"no\""));
  SAY (.kind = JUMP_EVENT_PART_END);
  SAY (.kind = JUMP_EVENT_STOP, .stop_reason = JUMP_STOP_REFUSAL);
  SAY (.kind = JUMP_EVENT_END);
  read_stream (&client, out);
  assert_types (&client,
                "created in_progress output_item.added content_part.added output_text.delta "
                "output_text.done content_part.done content_part.added refusal.delta refusal.done "
                "content_part.done output_item.done completed");
}

static void
test_failure (void)
{
  JumpReplyOptions options = make_options ();
  g_autoptr (JumpFailure) failure =
      jump_failure_new (JUMP_FAILURE_OVERFLOW, 400, "model_max_prompt_tokens_exceeded", "too long");
  g_autoptr (JumpEncoder) encoder = jump_dialect_responses.new_encoder (&options);
  g_autoptr (GString) out = g_string_new (NULL);
  g_auto (Client) client;
  JsonObject *error;

  SAY (.kind = JUMP_EVENT_FAILURE, .failure = failure);
  SAY (.kind = JUMP_EVENT_END);
  read_stream (&client, out);
  assert_types (&client, "created in_progress error failed");
  error = jump_json_get_object (get_response (&client), "error");
  g_assert_cmpstr (jump_json_get_string (error, "code", NULL), ==, "context_length_exceeded");
  g_assert_cmpstr (jump_json_get_string (error, "message", NULL), ==, "too long");
}

static void
test_failure_in_the_middle (void)
{
  JumpReplyOptions options = make_options ();
  g_autoptr (JumpFailure) failure =
      jump_failure_new (JUMP_FAILURE_RATE_LIMIT, 429, NULL, "slow down");
  g_autoptr (JumpEncoder) encoder = jump_dialect_responses.new_encoder (&options);
  g_autoptr (GString) out = g_string_new (NULL);
  g_auto (Client) client;

  SAY (.kind = JUMP_EVENT_START);
  SAY (.kind = JUMP_EVENT_TEXT, .text = quote ("\"half\""));
  SAY (.kind = JUMP_EVENT_FAILURE, .failure = failure);
  SAY (.kind = JUMP_EVENT_END);
  read_stream (&client, out);
  assert_types (&client,
                "created in_progress output_item.added content_part.added output_text.delta "
                "output_text.done content_part.done output_item.done error failed");
  g_assert_cmpuint (json_array_get_length (jump_json_get_array (get_response (&client), "output")),
                    ==,
                    1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/openai-responses-encoder/all-items", test_all_items);
  g_test_add_func ("/openai-responses-encoder/stops", test_stops);
  g_test_add_func ("/openai-responses-encoder/refusal-in-words", test_refusal_in_words);
  g_test_add_func ("/openai-responses-encoder/failure", test_failure);
  g_test_add_func ("/openai-responses-encoder/failure-in-the-middle", test_failure_in_the_middle);
  return g_test_run ();
}
