/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/record-filter.h"

#include <string.h>

static JumpExchangeRecord *
make_record (void)
{
  JumpExchangeRecord *record = jump_exchange_record_new ();

  record->id = g_strdup ("a1");
  record->path = g_strdup ("/v1/messages");
  record->client = g_strdup ("claude-cli/2.1");
  record->client_name = g_strdup ("laptop");
  record->client_key = g_strdup ("k1");
  record->session = g_strdup ("s1");
  record->asked_model = g_strdup ("Sonnet");
  record->used_model = g_strdup ("claude-sonnet-4.6");
  record->error = g_strdup ("broke off");
  record->api = "messages";
  record->status = 404;
  record->started_wall = G_GINT64_CONSTANT (1800000000) * G_USEC_PER_SEC + 5;
  record->total_us = 1500;
  record->bytes_in = 100;
  record->bytes_out = 200;
  record->usage.input_tokens = 7;
  record->state = JUMP_EXCHANGE_ENDED;
  return record;
}

static void
test_matches (void)
{
  static const struct
  {
    JumpHistoryQuery query;
    gboolean matches;
  } cases[] = {
    { { 0 }, TRUE },
    { { .model = "claude-sonnet-4.6" }, TRUE },
    { { .model = "Sonnet" }, FALSE },
    { { .api = "messages", .client = "laptop", .client_key = "k1", .session = "s1" }, TRUE },
    { { .api = "chat" }, FALSE },
    { { .client = "claude-cli" }, FALSE },
    { { .client_key = "k2" }, FALSE },
    { { .client_key = "" }, FALSE },
    { { .session = "s" }, FALSE },
    { { .status = 4 }, TRUE },
    { { .status = 404 }, TRUE },
    { { .status = 40 }, FALSE },
    { { .status = 5 }, FALSE },
    { { .from = 1800000000 }, TRUE },
    { { .from = 1800000001 }, FALSE },
    { { .until = 1800000001 }, TRUE },
    { { .until = 1800000000 }, FALSE },
    { { .metric = JUMP_METRIC_DURATION, .at_least = 1500, .below = 1501 }, TRUE },
    { { .metric = JUMP_METRIC_DURATION, .below = 1500 }, FALSE },
    { { .metric = JUMP_METRIC_REQUEST_SIZE, .at_least = 101 }, FALSE },
    { { .metric = JUMP_METRIC_REPLY_SIZE, .at_least = 200 }, TRUE },
    { { .metric = JUMP_METRIC_INPUT_TOKENS, .at_least = 7 }, TRUE },
    { { .metric = JUMP_METRIC_OUTPUT_TOKENS }, FALSE }, /* not known */
    { { .metric = JUMP_METRIC_NANO_AIU }, FALSE },
  };
  g_autoptr (JumpExchangeRecord) record = make_record ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (jump_record_filter_matches (&cases[i].query, record), ==, cases[i].matches);
    }
  record->is_imported = TRUE;
  g_assert_true (jump_record_filter_matches (&(JumpHistoryQuery){ 0 }, record));
  g_assert_false (
      jump_record_filter_matches (&(JumpHistoryQuery){ .excludes_imported = TRUE }, record));
  g_clear_pointer (&record->client_key, g_free);
  g_assert_true (jump_record_filter_matches (&(JumpHistoryQuery){ .client_key = "" }, record));
}

static void
test_finds (void)
{
  static const struct
  {
    const char *text;
    const char *full_text;
    gboolean finds;
  } cases[] = {
    { NULL, NULL, TRUE },
    { "sonnet", NULL, TRUE },
    { "SONNET-4", NULL, TRUE },
    { "CLI/2", NULL, TRUE },
    { "broke", NULL, TRUE },
    { "Needle in", NULL, TRUE }, /* the question */
    { "straw", NULL, FALSE },    /* the answer */
    { "messages?", NULL, FALSE },
    { NULL, "needle", TRUE },
    { NULL, "STRAW needle", TRUE },
    { NULL, "\"needle\" sonnet  broke", TRUE },
    { NULL, "needle nothing", FALSE },
    { NULL, "  ", TRUE },
    { "sonnet", "nothing", FALSE },
    { NULL, "h\303\244y", TRUE },
  };
  static const char question[] = "{\"text\":\"A needle in the h\303\244y\"}";
  static const char answer[] = "some straw s";
  g_autoptr (JumpExchangeRecord) record = make_record ();
  g_autoptr (GBytes) request = g_bytes_new_static (question, strlen (question));
  g_autoptr (GByteArray) reply = g_byte_array_new ();

  g_byte_array_append (reply, (const guint8 *) answer, (guint) strlen (answer));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      JumpHistoryQuery query = { .text = cases[i].text, .full_text = cases[i].full_text };

      g_test_message ("%s, %s", cases[i].text, cases[i].full_text);
      g_assert_cmpint (jump_record_filter_finds (&query, record, request, reply),
                       ==,
                       cases[i].finds);
    }
  g_assert_false (
      jump_record_filter_finds (&(JumpHistoryQuery){ .full_text = "needle" }, record, NULL, NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record-filter/matches", test_matches);
  g_test_add_func ("/record-filter/finds", test_finds);
  return g_test_run ();
}
