/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/json-read.h"
#include "service/relay/route-summary.h"

typedef struct
{
  const char *model;
  const char *ways[JUMP_ROUTE_N_APIS]; /* chat, responses, messages, ollama */
} Row;

static const Row rows[] = {
  { "{\"id\":\"gpt-4.1\"}", { "direct", "via chat", "via chat", "via chat" } },
  { "{\"id\":\"gpt-5.5\",\"supported_endpoints\":[\"/responses\",\"ws:/responses\"]}",
    { "via responses", "direct", "via responses", "via responses" } },
  { "{\"id\":\"claude-sonnet-4.6\",\"vendor\":\"Anthropic\",\"supported_endpoints\":"
    "[\"/chat/completions\",\"/v1/messages\"]}",
    { "direct", "via messages", "direct", "via messages" } },
  { "{\"id\":\"sim-messages\",\"supported_endpoints\":[\"/v1/messages\"]}",
    { "via messages", "via messages", "direct", "via messages" } },
  { "{\"id\":\"text-embedding-3-small\",\"capabilities\":{\"type\":\"embeddings\"}}",
    { "none", "none", "none", "none" } },
};

static void
test_ways (void)
{
  static const char *const apis[] = { "chat", "responses", "messages", "ollama" };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = jump_json_parse (rows[i].model, -1, &error);
      g_autoptr (JumpModel) model = NULL;
      JumpRouteWay ways[JUMP_ROUTE_N_APIS];

      g_assert_no_error (error);
      model = jump_model_new_from_json (node);
      jump_route_summarise (model, ways);
      for (guint n = 0; n < JUMP_ROUTE_N_APIS; n++)
        {
          g_test_message ("%s %s", rows[i].model, apis[n]);
          g_assert_cmpstr (ways[n].api, ==, apis[n]);
          g_assert_cmpstr (ways[n].way, ==, rows[i].ways[n]);
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/route-summary/ways", test_ways);
  return g_test_run ();
}
