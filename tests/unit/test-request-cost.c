/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/request-cost.h"
#include "service/relay/session-name.h"

#include <string.h>

/* What a record says of its price and its conversation. */

#define PRICED(prices) \
  "{\"id\":\"m\",\"billing\":{\"token_prices\":{\"batch_size\":1000000,\"default\":{" prices "}}}}"

static const struct
{
  const char *model;
  JumpUsageCount usage; /* input, output, cache read, cache write, reasoning, nano-AIU */
  gint64 nano;
} estimates[] = {
  /* 1000 at 200 credits a million are 0.2, 100 at 800 are 0.08 */
  { PRICED ("\"input_price\":200,\"output_price\":800"), { 1000, 100, -1, -1, -1, -1 }, 280000000 },
  { PRICED ("\"input_price\":200,\"output_price\":800,\"cache_price\":50"),
    { 1000, 100, 800, -1, -1, -1 },
    160000000 },
  { PRICED (
        "\"input_price\":200,\"output_price\":800,\"cache_price\":50,\"cache_write_price\":250"),
    { 1000, 0, 400, 400, -1, -1 },
    160000000 },
  /* without a price of their own cached tokens cost as others do */
  { PRICED ("\"input_price\":200,\"output_price\":800"),
    { 1000, 100, 800, -1, -1, -1 },
    280000000 },
  /* a stream that was cut: what arrived */
  { PRICED ("\"input_price\":200,\"output_price\":800"), { 1000, -1, -1, -1, -1, -1 }, 200000000 },
  { PRICED ("\"input_price\":200,\"output_price\":800"), { -1, -1, -1, -1, -1, -1 }, -1 },
  { PRICED (""), { 1000, 100, -1, -1, -1, -1 }, -1 },
  { "{\"id\":\"m\"}", { 1000, 100, -1, -1, -1, -1 }, -1 },
};

static void
test_estimates (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (estimates); i++)
    {
      g_autoptr (JsonNode) node = json_from_string (estimates[i].model, NULL);
      g_autoptr (JumpModel) model = jump_model_new_from_json (node);

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (jump_request_cost_estimate (model, &estimates[i].usage),
                       ==,
                       estimates[i].nano);
      g_assert_cmpint (jump_request_cost_estimate (NULL, &estimates[i].usage), ==, -1);
    }
}

static void
test_text (void)
{
  static const struct
  {
    gint64 nano;
    const char *text;
  } rows[] = {
    { 312400000, "0.3124" }, { 0, "0" },   { 1, "0.000000001" },
    { 1000000000, "1" },     { -1, NULL }, { 120050000000, "120.05" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      JumpUsageCount usage = JUMP_USAGE_COUNT_UNKNOWN;
      g_autofree char *text = NULL;

      usage.nano_aiu = rows[i].nano;
      text = jump_request_cost_dup_text (&usage);
      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

static void
test_sessions (void)
{
  static const struct
  {
    const char *told;
    const char *in_body;
    gboolean is_person;
    const char *name;
  } rows[] = {
    { "a-1", "b", FALSE, "a-1" },
    { NULL, "b", FALSE, "b" },
    { NULL, "b", TRUE, NULL },
    { NULL, NULL, FALSE, NULL },
    { "", "b", FALSE, "b" },
    { "a b\r\n\"c\"", NULL, FALSE, "abc" },
    { NULL, "user_1_account__session_5-6", TRUE, "5-6" },
    { NULL, "user_1_session_", TRUE, NULL },
    { NULL, "{\"device_id\":\"d\",\"session_id\":\"5-6\"}", TRUE, "5-6" },
    { "\xc3\xa9", NULL, FALSE, NULL },
  };
  g_autofree char *endless = g_strnfill (1000, 'x');
  g_autofree char *cut = jump_session_name_new (endless, NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name =
          jump_session_name_new (rows[i].told, rows[i].in_body, rows[i].is_person);

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_cmpstr (name, ==, rows[i].name);
    }
  g_assert_cmpuint (strlen (cut), ==, 128);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/request-cost/estimates", test_estimates);
  g_test_add_func ("/request-cost/text", test_text);
  g_test_add_func ("/request-cost/sessions", test_sessions);
  return g_test_run ();
}
