/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/integration/asking.h"

#include <string.h>

/* Warm-ups and titles go to a small model where the person wishes that, and nothing else does. */

typedef struct
{
  const char *body; /* of a Messages client that names claude-sonnet-4.6 */
  gboolean is_small;
} Case;

static const Case cases[] = {
  { "{'model':'claude-sonnet-4.6','max_tokens':1,'messages':[{'role':'user','content':'quota'}]}",
    TRUE },
  { "{'model':'claude-sonnet-4.6','max_tokens':500,'messages':[{'role':'user','content':'Warmup'}]}",
    TRUE },
  { "{'model':'claude-sonnet-4.6','max_tokens':500,'system':'Generate a concise, sentence-case title "
    "for it.','messages':[{'role':'user','content':'mend the bug'}]}",
    TRUE },
  { "{'model':'claude-sonnet-4.6','max_tokens':500,'messages':[{'role':'user','content':'hello'}]}",
    FALSE },
  { "{'model':'claude-sonnet-4.6','max_tokens':500,'messages':[{'role':'user','content':"
    "'Your task is to create a detailed summary of the conversation'}]}",
    FALSE },
};

static const char *const ways[] = { "POST /chat/completions",
                                    "POST /responses",
                                    "POST /v1/messages" };

static char *
dup_used_model (Fixture *fixture)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      JsonNode *body = jump_simulator_get_body (fixture->simulator, ways[i], 0);

      if (body != NULL)
        return g_strdup (jump_json_get_string (json_node_get_object (body), "model", NULL));
    }
  return NULL;
}

static void
ask_all (const char *small, const char *expected)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint stream = 0; stream < 2; stream++)
      {
        g_autoptr (Fixture) fixture =
            fixture_new_with_settings ("test", JUMP_KEY_MODELS_SMALL, small, -1);
        g_autoptr (GString) body = g_string_new (cases[i].body);
        g_autoptr (GPtrArray) records = fixture_keep_records (fixture);
        g_autoptr (Answer) answer = NULL;
        g_autofree char *used = NULL;
        gboolean is_small = cases[i].is_small && expected != NULL;

        if (stream == 1)
          g_string_insert (body, 1, "'stream':true,");
        answer = ask_quoted (fixture, "/v1/messages", body->str);
        g_test_message ("%s: %s", body->str, answer->body->str);
        g_assert_cmpuint (answer->status, ==, 200);
        used = dup_used_model (fixture);
        g_assert_cmpstr (used, ==, is_small ? expected : "claude-sonnet-4.6");
        assert_says (answer->body->str, "\"model\":\"claude-sonnet-4.6\"");
        if (is_small)
          assert_says (answer_header (answer, "x-jumpseat-changes"), "small-model");
        else
          assert_silent (answer_header (answer, "x-jumpseat-changes"), "small-model");
        g_assert_cmpstr (((JumpExchangeRecord *) records->pdata[0])->used_model, ==, used);
      }
}

static void
test_off (void)
{
  ask_all ("", NULL);
}

static void
test_on (void)
{
  ask_all ("gpt-5-mini", "gpt-5-mini");
  ask_all ("claude-haiku-4.5", "claude-haiku-4.5");
}

/* A setting that names nothing costs nobody an answer. */
static void
test_unknown (void)
{
  ask_all ("gpt-0-nano", NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/small-model/off", test_off);
  g_test_add_func ("/small-model/on", test_on);
  g_test_add_func ("/small-model/unknown", test_unknown);
  return g_test_run ();
}
