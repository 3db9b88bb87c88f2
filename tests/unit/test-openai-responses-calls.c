/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/base/json-read.h"
#include "service/base/json-write.h"
#include "service/dialects/dialect.h"

#include <string.h>

/* Calls of tools on their way back: by the client's own name, namespace and kind. */

#define REQUEST                                                                                    \
  "{\"input\":[{\"type\":\"additional_tools\",\"role\":\"developer\",\"tools\":[{\"type\":"        \
  "\"namespace\",\"name\":\"functions\",\"tools\":[{\"type\":\"custom\",\"name\":\"exec\"}]}]},"   \
  "{\"role\":\"user\",\"content\":\"x\"}],\"tools\":[{\"type\":\"namespace\",\"name\":\"agents\"," \
  "\"tools\":[{\"type\":\"function\",\"name\":\"spawn\",\"parameters\":{}}]},{\"type\":\"custom\"" \
  ",\"name\":\"apply_patch\"},{\"type\":\"function\",\"name\":\"long.name\"}]}"

typedef struct
{
  JumpPrompt *prompt;   /* (owned) */
  JumpToolNames *names; /* (owned) */
  JumpEncoder *encoder; /* (owned) */
  GString *out;         /* (owned) */
} Stage;

static void
stage_init (Stage *self)
{
  g_autoptr (GError) error = NULL;
  JumpReplyOptions options = { .client_model = "m", .request_id = "r" };

  self->prompt = jump_dialect_responses.read_prompt (REQUEST, strlen (REQUEST), &error);
  g_assert_no_error (error);
  self->names = jump_tool_names_new (self->prompt);
  options.names = self->names;
  self->encoder = jump_dialect_responses.new_encoder (&options);
  self->encoder->keep_response = TRUE;
  self->out = g_string_new (NULL);
}

static void
stage_clear (Stage *self)
{
  jump_encoder_free (self->encoder);
  jump_tool_names_unref (self->names);
  jump_prompt_free (self->prompt);
  g_string_free (self->out, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Stage, stage_clear)

static void
say_to (JumpEncoder *encoder, GString *out, JumpReplyEvent event)
{
  jump_encoder_event (encoder, &event, out);
}

static void
say (Stage *self, JumpReplyEvent event)
{
  say_to (self->encoder, self->out, event);
}

/* Returns: (transfer full): the call's item as the client gets it */
static JsonNode *
run_call (Stage *self, const char *wire, JumpToolKind kind, const char *const *pieces)
{
  g_autoptr (GBytes) response = NULL;
  g_autoptr (JsonNode) node = NULL;

  say (self, (JumpReplyEvent){ .kind = JUMP_EVENT_START });
  say (
      self,
      (JumpReplyEvent){ .kind = JUMP_EVENT_TOOL_CALL, .id = "c", .name = wire, .tool_kind = kind });
  for (guint i = 0; pieces[i] != NULL; i++)
    say (self,
         (JumpReplyEvent){ .kind = JUMP_EVENT_ARGUMENTS,
                           .text = { pieces[i], strlen (pieces[i]) } });
  say (self, (JumpReplyEvent){ .kind = JUMP_EVENT_PART_END });
  say (self, (JumpReplyEvent){ .kind = JUMP_EVENT_STOP, .stop_reason = JUMP_STOP_TOOLS });
  say (self, (JumpReplyEvent){ .kind = JUMP_EVENT_END });
  response = jump_encoder_dup_response (self->encoder);
  node = jump_json_parse (g_bytes_get_data (response, NULL),
                          (gssize) g_bytes_get_size (response),
                          NULL);
  return json_node_copy (
      json_array_get_element (jump_json_get_array (json_node_get_object (node), "output"), 0));
}

static void
assert_item (JsonNode *node, const char *expected)
{
  g_autofree char *text = NULL;

  json_object_remove_member (json_node_get_object (node), "id");
  text = jump_json_node_to_text (node);
  g_assert_cmpstr (text, ==, expected);
}

/* A row per tool of REQUEST, and some that no one knows. */
static const struct
{
  const char *name_space;
  const char *name;
  JumpToolKind upstream_kind;
  const char *pieces[3];
  const char *item;
} rows[] = {
  { "agents",
    "spawn",
    JUMP_TOOL_FUNCTION,
    { "\"{\\\"a\\\"\"", "\":1}\"" },
    "{\"type\":\"function_call\",\"status\":\"completed\",\"call_id\":\"c\",\"name\":\"spawn\","
    "\"namespace\":\"agents\",\"arguments\":\"{\\\"a\\\":1}\"}" },
  { "functions",
    "exec",
    JUMP_TOOL_FUNCTION,
    { "\"{\\\"input\\\":\\\"text(\\\\\\\"\"", "\"hi\\\\\\\")\\\\n\\\"}\"" },
    "{\"type\":\"custom_tool_call\",\"status\":\"completed\",\"call_id\":\"c\",\"name\":\"exec\","
    "\"input\":\"text(\\\"hi\\\")\\n\"}" },
  { NULL,
    "apply_patch",
    JUMP_TOOL_FUNCTION,
    { "\"{\\\"patch\\\":\\\"x\\\"}\"" },
    "{\"type\":\"custom_tool_call\",\"status\":\"completed\",\"call_id\":\"c\","
    "\"name\":\"apply_patch\",\"input\":\"{\\\"patch\\\":\\\"x\\\"}\"}" },
  { NULL,
    "apply_patch",
    JUMP_TOOL_FUNCTION,
    { "\"no JSON\"" },
    "{\"type\":\"custom_tool_call\",\"status\":\"completed\",\"call_id\":\"c\","
    "\"name\":\"apply_patch\",\"input\":\"no JSON\"}" },
  { NULL,
    "apply_patch",
    JUMP_TOOL_CUSTOM,
    { "\"*** Begin\"", "\"\\n\"" },
    "{\"type\":\"custom_tool_call\",\"status\":\"completed\",\"call_id\":\"c\","
    "\"name\":\"apply_patch\",\"input\":\"*** Begin\\n\"}" },
  { NULL,
    "long.name",
    JUMP_TOOL_FUNCTION,
    { "\"{}\"" },
    "{\"type\":\"function_call\",\"status\":\"completed\",\"call_id\":\"c\","
    "\"name\":\"long.name\",\"arguments\":\"{}\"}" },
  { NULL,
    "unknown",
    JUMP_TOOL_FUNCTION,
    { "\"{}\"" },
    "{\"type\":\"function_call\",\"status\":\"completed\",\"call_id\":\"c\","
    "\"name\":\"unknown\",\"arguments\":\"{}\"}" },
};

static void
test_kinds (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (Stage) stage;
      g_autoptr (JsonNode) item = NULL;

      stage_init (&stage);
      item = run_call (&stage,
                       jump_tool_names_to_wire (stage.names, rows[i].name_space, rows[i].name),
                       rows[i].upstream_kind,
                       rows[i].pieces);
      assert_item (item, rows[i].item);
    }
}

/* The free text can only be told when the JSON around it is complete: in one piece. */
static void
test_wrapped_input_in_one_piece (void)
{
  static const char *const pieces[] = { "\"{\\\"inp\"", "\"ut\\\":\\\"a\\\\u00e9\\\"}\"", NULL };
  g_auto (Stage) stage;
  g_autoptr (JsonNode) item = NULL;

  stage_init (&stage);
  item = run_call (&stage, "apply_patch", JUMP_TOOL_FUNCTION, pieces);
  g_assert_nonnull (strstr (stage.out->str, "\"delta\":\"a\\u00e9\""));
  g_assert_null (strstr (stage.out->str, "inp\""));
}

/* Replays of calls in the namespace that Codex leaves out find their tool again. */
static void
test_namespace_of_replays (void)
{
  static const char request[] =
      "{\"tools\":[{\"type\":\"namespace\",\"name\":\"functions\",\"tools\":"
      "[{\"type\":\"custom\",\"name\":\"exec\"}]}],\"input\":["
      "{\"type\":\"custom_tool_call\",\"call_id\":\"c\",\"name\":\"exec\",\"input\":\"1\"},"
      "{\"type\":\"custom_tool_call_output\",\"call_id\":\"c\",\"output\":\"2\"}]}";
  g_autoptr (JumpPrompt) prompt =
      jump_dialect_responses.read_prompt (request, strlen (request), NULL);
  g_autoptr (JumpToolNames) names = jump_tool_names_new (prompt);
  JumpModelTraits traits = { .id = "gpt-5.5" };
  g_auto (JumpChanges) changes = { NULL };
  g_autoptr (GBytes) body =
      jump_dialect_responses.write_prompt (prompt, &traits, names, &changes, NULL);
  g_autofree char *text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));

  g_assert_nonnull (strstr (text, "\"call_id\":\"c\",\"name\":\"functions__exec\""));
  g_assert_nonnull (strstr (text, "{\"type\":\"custom\",\"name\":\"functions__exec\"}"));
  g_assert_cmpstr (jump_changes_get (&changes), ==, "tools-renamed");
}

/* What Gemini notes with a call travels in its id, to the client and back. */
static void
test_call_state (void)
{
  JumpReplyOptions options = { .client_model = "m", .request_id = "r" };
  g_autoptr (JumpEncoder) encoder = jump_dialect_responses.new_encoder (&options);
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (JumpPrompt) prompt = NULL;
  g_autofree char *request = NULL;
  g_autofree char *id = NULL;
  const JumpMessage *message;
  const JumpPart *part;
  const char *at;

  say_to (encoder, out, (JumpReplyEvent){ .kind = JUMP_EVENT_START });
  say_to (encoder,
          out,
          (JumpReplyEvent){ .kind = JUMP_EVENT_TOOL_CALL,
                            .id = "c",
                            .name = "f",
                            .call_state = "note/+" });
  at = strstr (out->str, "\"call_id\":\"") + strlen ("\"call_id\":\"");
  id = g_strndup (at, strcspn (at, "\""));
  g_assert_cmpstr (id, !=, "c");
  request = g_strdup_printf ("{\"input\":[{\"type\":\"function_call\",\"call_id\":\"%s\","
                             "\"name\":\"f\"},{\"type\":\"function_call_output\","
                             "\"call_id\":\"%s\",\"output\":\"x\"}]}",
                             id,
                             id);
  prompt = jump_dialect_responses.read_prompt (request, strlen (request), NULL);
  for (guint i = 0; i < 2; i++)
    {
      message = g_ptr_array_index (prompt->messages, i);
      part = g_ptr_array_index (message->parts, 0);
      g_assert_cmpstr (part->call_id, ==, "c");
      g_assert_cmpstr (part->call_state, ==, i == 0 ? "note/+" : NULL);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/openai-responses-calls/kinds", test_kinds);
  g_test_add_func ("/openai-responses-calls/wrapped-input-in-one-piece",
                   test_wrapped_input_in_one_piece);
  g_test_add_func ("/openai-responses-calls/namespace-of-replays", test_namespace_of_replays);
  g_test_add_func ("/openai-responses-calls/call-state", test_call_state);
  return g_test_run ();
}
