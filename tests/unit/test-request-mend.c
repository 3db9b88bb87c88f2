/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "mend-stage.h"

#define CHAT &jump_dialect_chat
#define RESP &jump_dialect_responses
#define MESS &jump_dialect_messages
#define HI   "{\"role\":\"user\",\"content\":\"hi\"}"

static void
test_reasoning (void)
{
#define THOUGHT   "{\"type\":\"thinking\",\"thinking\":\"t\",\"signature\":\"s\"}"
#define REDACTED  "{\"type\":\"redacted_thinking\",\"data\":\"d\"}"
#define TEXT      "{\"type\":\"text\",\"text\":\"a\"}"
#define CALL      "{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"f\",\"input\":{}}"
#define RESULT    "{\"type\":\"tool_result\",\"tool_use_id\":\"toolu_1\",\"content\":\"r\"}"
#define BOT(all)  "{\"role\":\"assistant\",\"content\":[" all "]}"
#define USER(all) "{\"role\":\"user\",\"content\":[" all "]}"
#define TALK(all) "\"messages\":[" all "]"
#define ENABLED   "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2000}"
#define SIGNATURE "messages.1.content.0: Invalid `signature` in `thinking` block"
  const MendRow rows[] = {
    { MESS,
      NULL,
      NULL,
      SIGNATURE,
      "{" TALK (HI "," BOT (THOUGHT "," REDACTED "," TEXT) "," HI) "}",
      "{" TALK (HI "," BOT (TEXT) "," HI) "}",
      "reasoning-dropped" },
    { MESS,
      NULL,
      NULL,
      SIGNATURE,
      "{" TALK (HI "," BOT (THOUGHT) "," HI) "," ENABLED "}",
      "{" TALK (HI "," HI) "," ENABLED "}",
      "reasoning-dropped" },
    { MESS,
      NULL,
      NULL,
      SIGNATURE,
      "{" TALK (HI "," BOT (THOUGHT "," CALL) "," USER (RESULT)) "," ENABLED "}",
      "{" TALK (HI "," BOT (CALL) "," USER (RESULT)) "}",
      "reasoning-dropped" },
    { MESS,
      NULL,
      NULL,
      "messages.1.content.0.type: Expected `thinking` or `redacted_thinking`, but found `tool_use`",
      "{" TALK (HI "," BOT (CALL) "," USER (RESULT)) "," ENABLED "}",
      "{" TALK (HI "," BOT (CALL) "," USER (RESULT)) "}",
      "reasoning-dropped" },
    { MESS, NULL, NULL, SIGNATURE, "{" TALK (HI) "}", NULL, NULL },
    { CHAT,
      NULL,
      NULL,
      "invalid reasoning_opaque",
      "{" TALK ("{\"role\":\"assistant\",\"reasoning_opaque\":\"x\",\"reasoning_text\":\"t\","
                "\"content\":\"a\"}") "}",
      "{" TALK ("{\"role\":\"assistant\",\"content\":\"a\"}") "}",
      "reasoning-dropped" },
  };

  mend_stage_check (rows, G_N_ELEMENTS (rows));
}

static void
test_items (void)
{
#define INPUT(all) "{\"input\":[" all "]}"
#define STATE      "{\"type\":\"reasoning\",\"summary\":[],\"encrypted_content\":\"x\"}"
#define FCALL(id, more) \
  "{\"type\":\"function_call\",\"call_id\":\"" id "\",\"name\":\"f\",\"arguments\":\"{}\"" more "}"
#define OUTPUT(id) "{\"type\":\"function_call_output\",\"call_id\":\"" id "\",\"output\":\"o\"}"
  const MendRow rows[] = {
    { RESP,
      "invalid_request_body",
      NULL,
      "The encrypted content could not be verified.",
      INPUT (HI "," STATE "," FCALL ("1", "") "," OUTPUT ("1")),
      INPUT (HI "," FCALL ("1", "") "," OUTPUT ("1")),
      "reasoning-dropped" },
    /* H-12: the output of a call that goes */
    { RESP,
      NULL,
      NULL,
      "failed to decrypt",
      INPUT (HI "," FCALL ("1", ",\"encrypted_content\":\"x\"") "," OUTPUT ("1") "," HI),
      INPUT (HI "," HI),
      "reasoning-dropped" },
    { RESP,
      "invalid_request_body",
      NULL,
      "Bad Request",
      INPUT (HI "," STATE),
      INPUT (HI),
      "reasoning-dropped" },
    { RESP, "invalid_request_body", NULL, "Bad Request", INPUT (HI), NULL, NULL },
    { RESP,
      NULL,
      NULL,
      "input item ID does not belong to this connection",
      INPUT ("{\"id\":\"msg_1\",\"role\":\"user\",\"content\":\"hi\"}," STATE),
      INPUT (HI "," STATE),
      "item-ids-dropped" },
    { RESP,
      NULL,
      NULL,
      "input item ID does not belong to this connection",
      INPUT (HI "," STATE),
      INPUT (HI),
      "item-ids-dropped" },
  };

  mend_stage_check (rows, G_N_ELEMENTS (rows));
}

static void
test_pairs (void)
{
#define UNEXPECTED \
  "messages.2.content.0: unexpected `tool_use_id` found in `tool_result` blocks: toolu_1."
#define WITHOUT "`tool_use` ids were found without `tool_result` blocks immediately after: toolu_1"
  const MendRow rows[] = {
    { MESS,
      NULL,
      NULL,
      UNEXPECTED,
      "{" TALK (HI "," BOT (TEXT) "," USER (RESULT "," TEXT)) "}",
      "{" TALK (HI "," BOT (TEXT) "," USER (TEXT)) "}",
      "tool-pairs-repaired:" },
    { MESS,
      NULL,
      NULL,
      WITHOUT,
      "{" TALK (HI "," BOT (TEXT "," CALL) "," HI "," USER (RESULT)) "}",
      "{" TALK (HI "," BOT (TEXT) "," HI) "}",
      "tool-pairs-repaired:" },
    { RESP,
      NULL,
      NULL,
      "No tool call found for function call output with call_id 1.",
      INPUT (HI "," OUTPUT ("1")),
      INPUT (HI),
      "tool-pairs-repaired:" },
    { MESS, NULL, NULL, "unexpected `tool_use_id`: toolu_9", "{" TALK (HI) "}", NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = NULL;
      g_autofree char *sent = mend_stage_run (&rows[i], 400, "", &name);
      g_autofree char *late_name = NULL;
      g_autofree char *late = NULL;

      g_assert_cmpstr (sent, ==, rows[i].expected);
      if (name == NULL)
        continue;
      g_assert_true (g_str_has_prefix (name, rows[i].name));
      late = mend_stage_run (&rows[i],
                             400,
                             "tool-pairs-repaired:1,tool-pairs-repaired:2,tool-pairs-repaired:3",
                             &late_name);
      g_assert_null (late);
    }
}

/* Failures of other kinds are nobody's fault here, whatever their words. */
static void
test_kinds (void)
{
  static const struct
  {
    guint status;
    gboolean is_mended;
  } rows[] = {
    { 400, TRUE },  { 401, TRUE },  { 403, TRUE },  { 402, FALSE },
    { 404, FALSE }, { 429, FALSE }, { 500, FALSE }, { 503, FALSE },
  };
  const MendRow row = { MESS,           NULL, NULL, "zeta: Extra inputs are not permitted",
                        "{\"zeta\":1}", NULL, NULL };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = NULL;
      g_autofree char *sent = mend_stage_run (&row, rows[i].status, "", &name);

      g_test_message ("status %u", rows[i].status);
      g_assert_cmpint (sent != NULL, ==, rows[i].is_mended);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/request-mend/reasoning", test_reasoning);
  g_test_add_func ("/request-mend/items", test_items);
  g_test_add_func ("/request-mend/pairs", test_pairs);
  g_test_add_func ("/request-mend/kinds", test_kinds);
  return g_test_run ();
}
