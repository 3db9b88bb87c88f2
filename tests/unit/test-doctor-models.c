/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/json-read.h"
#include "service/doctor/call-model.h"

/* Which model is asked, and what is said of its price. */

static GListModel *
make_list (const char *text)
{
  g_autoptr (JsonNode) node = jump_json_parse (text, -1, NULL);
  JsonArray *entries = json_node_get_array (node);
  GListStore *store = g_list_store_new (JUMP_TYPE_MODEL);

  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      g_autoptr (JumpModel) model = jump_model_new_from_json (json_array_get_element (entries, i));

      g_list_store_append (store, model);
    }
  return G_LIST_MODEL (store);
}

static const char models[] =
    "[{\"id\":\"dear\",\"capabilities\":{\"type\":\"chat\"},\"billing\":{\"multiplier\":10}},"
    "{\"id\":\"shut\",\"capabilities\":{\"type\":\"chat\"},\"billing\":{\"multiplier\":0},"
    "\"policy\":{\"state\":\"disabled\"}},"
    "{\"id\":\"cheap\",\"capabilities\":{\"type\":\"chat\"},\"billing\":{\"multiplier\":0.25},"
    "\"supported_endpoints\":[\"/chat/completions\",\"/responses\"]},"
    "{\"id\":\"other\",\"capabilities\":{\"type\":\"chat\"},"
    "\"supported_endpoints\":[\"/v1/messages\"]},"
    "{\"id\":\"vector\",\"capabilities\":{\"type\":\"embeddings\"}}]";

static void
expect (JumpModelEndpoints endpoint, const char *id, const char *cost)
{
  g_autoptr (GListModel) list = make_list (models);
  g_autoptr (JumpModel) model = jump_call_model_choose (list, endpoint);
  g_autofree char *text = NULL;

  g_assert_nonnull (model);
  g_assert_cmpstr (jump_model_get_id (model), ==, id);
  text = jump_call_model_describe_cost (model, 10, 1);
  g_assert_cmpstr (text, ==, cost);
}

static void
test_choice (void)
{
  expect (JUMP_ENDPOINT_CHAT, "cheap", "0.25 premium requests");
  expect (JUMP_ENDPOINT_RESPONSES, "cheap", "0.25 premium requests");
  expect (JUMP_ENDPOINT_MESSAGES, "other", "price unknown");
  expect (JUMP_ENDPOINT_EMBEDDINGS, "vector", "price unknown");
}

static void
test_none (void)
{
  g_autoptr (GListModel) list = make_list ("[]");

  g_assert_null (jump_call_model_choose (list, JUMP_ENDPOINT_CHAT));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/doctor-models/choice", test_choice);
  g_test_add_func ("/doctor-models/none", test_none);
  return g_test_run ();
}
