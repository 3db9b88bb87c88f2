/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/json-read.h"
#include "service/models/model.h"

static JumpModel *
make (const char *members)
{
  g_autofree char *text =
      g_strdup_printf ("{\"id\":\"m\"%s%s}", *members == '\0' ? "" : ",", members);
  g_autoptr (JsonNode) node = jump_json_parse (text, -1, NULL);

  g_assert_nonnull (node);
  return jump_model_new_from_json (node);
}

static void
test_policy (void)
{
  static const struct
  {
    const char *members;
    JumpModelPolicy policy;
    const char *state;
    const char *terms;
  } rows[] = {
    { "", JUMP_MODEL_POLICY_NONE, NULL, NULL },
    { "\"policy\":null", JUMP_MODEL_POLICY_NONE, NULL, NULL },
    { "\"policy\":{\"state\":\"enabled\",\"terms\":\"\"}",
      JUMP_MODEL_POLICY_ENABLED,
      "enabled",
      NULL },
    { "\"policy\":{\"state\":\"unconfigured\",\"terms\":\"Read [this](https://gh.io/x).\"}",
      JUMP_MODEL_POLICY_UNCONFIGURED,
      "unconfigured",
      "Read [this](https://gh.io/x)." },
    { "\"policy\":{\"state\":\"disabled\"}", JUMP_MODEL_POLICY_DISABLED, "disabled", NULL },
    { "\"policy\":{\"state\":\"odd\"}", JUMP_MODEL_POLICY_UNCONFIGURED, "odd", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (JumpModel) model = make (rows[i].members);

      g_assert_cmpint (jump_model_get_policy (model), ==, rows[i].policy);
      g_assert_cmpstr (jump_model_get_policy_state (model), ==, rows[i].state);
      g_assert_cmpstr (jump_model_get_terms (model), ==, rows[i].terms);
    }
}

static void
check_prices (const char *billing,
              double input,
              double cache_read,
              double cache_write,
              double output)
{
  g_autofree char *members = g_strdup_printf ("\"billing\":{%s}", billing);
  g_autoptr (JumpModel) model = make (members);
  JumpModelPrices prices;
  gboolean is_known = jump_model_get_prices (model, &prices);

  g_assert_cmpint (is_known, ==, input >= 0 || output >= 0);
  g_assert_cmpfloat_with_epsilon (prices.input, input, 0.0001);
  g_assert_cmpfloat_with_epsilon (prices.cache_read, cache_read, 0.0001);
  g_assert_cmpfloat_with_epsilon (prices.cache_write, cache_write, 0.0001);
  g_assert_cmpfloat_with_epsilon (prices.output, output, 0.0001);
}

static void
test_prices (void)
{
  g_autoptr (JumpModel) plain = make ("");
  g_autoptr (JumpModel) cheap = make ("\"billing\":{\"multiplier\":0.33}");
  g_autoptr (JumpModel) free_model = make ("\"billing\":{\"multiplier\":0}");

  g_assert_cmpfloat (jump_model_get_multiplier (plain), ==, -1);
  g_assert_cmpfloat (jump_model_get_multiplier (cheap), ==, 0.33);
  g_assert_cmpfloat (jump_model_get_multiplier (free_model), ==, 0);
  check_prices ("", -1, -1, -1, -1);
  check_prices ("\"token_prices\":{\"batch_size\":1000000,\"default\":{\"input_price\":300,"
                "\"output_price\":1500,\"cache_price\":30,\"cache_write_price\":375}}",
                300,
                30,
                375,
                1500);
  check_prices ("\"token_prices\":{\"batch_size\":1000,\"default\":{\"input_price\":0.3,"
                "\"cache_read_price\":0.03}}",
                300,
                30,
                -1,
                -1);
  check_prices ("\"token_prices\":{\"batch_size\":1000000,\"input_price\":300000000000,"
                "\"output_price\":1500000000000}",
                300,
                -1,
                -1,
                1500);
}

static void
test_warnings (void)
{
  g_autoptr (JumpModel) plain = make ("\"warning_messages\":[]");
  g_autoptr (JumpModel) old_client =
      make ("\"warning_messages\":[{\"code\":\"client_version_deprecated\",\"message\":\"Old\"}]");
  g_autoptr (JumpModel) retiring =
      make ("\"warning_messages\":[{\"message\":\"First\"},{\"code\":7},"
            "{\"code\":\"model_deprecated\",\"message\":\"Retires on 2027-03-31.\"}]");
  g_auto (GStrv) none = jump_model_get_warnings (plain);
  g_auto (GStrv) texts = jump_model_get_warnings (retiring);
  g_autofree char *day = jump_model_get_retires_on (retiring);
  g_autofree char *no_day = jump_model_get_retires_on (old_client);

  g_assert_null (none);
  g_assert_false (jump_model_get_is_retiring (plain));
  g_assert_false (jump_model_get_is_retiring (old_client));
  g_assert_null (no_day);
  g_assert_true (jump_model_get_is_retiring (retiring));
  g_assert_cmpstr (day, ==, "2027-03-31");
  g_assert_cmpuint (g_strv_length (texts), ==, 2);
  g_assert_cmpstr (texts[0], ==, "First");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model-offer/policy", test_policy);
  g_test_add_func ("/model-offer/prices", test_prices);
  g_test_add_func ("/model-offer/warnings", test_warnings);
  return g_test_run ();
}
