/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/usage/request-counters.h"

#include <string.h>

static JumpExchangeRecord *
make_record (const char *user, const char *model, guint status, const char *changes)
{
  JumpExchangeRecord *record = jump_exchange_record_new ();

  record->path = g_strdup ("/v1/messages");
  record->client_key = user != NULL ? g_strdup ("k1") : NULL;
  record->client_name = g_strdup (user != NULL ? user : "curl");
  record->asked_model = g_strdup ("sonnet");
  record->used_model = g_strdup (model);
  record->changes = g_strdup (changes);
  record->status = status;
  record->bytes_in = 10;
  record->bytes_out = 100;
  record->usage.input_tokens = 50;
  record->usage.cache_read_tokens = 20;
  record->usage.cache_write_tokens = 5;
  record->usage.output_tokens = 7;
  return record;
}

static void
add (JumpRequestCounters *counters,
     const char *user,
     const char *model,
     guint status,
     const char *changes)
{
  g_autoptr (JumpExchangeRecord) record = make_record (user, model, status, changes);

  jump_request_counters_add (counters, record);
}

static char *
write_json (JumpRequestCounters *counters, const char *user)
{
  g_auto (JumpJsonWriter) writer = { 0 };

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_request_counters_write (counters, &writer, user);
  jump_json_writer_member (&writer, "counters");
  jump_json_writer_begin_object (&writer);
  jump_request_counters_write_changes (counters, &writer);
  jump_json_writer_end_object (&writer);
  jump_json_writer_end_object (&writer);
  return jump_json_writer_finish (&writer);
}

static void
test_counts (void)
{
  g_autoptr (JumpRequestCounters) counters = jump_request_counters_new ();
  g_autofree char *all = NULL;
  g_autofree char *guest = NULL;
  g_autofree char *nobody = NULL;

  add (counters, NULL, "claude-sonnet-4.6", 200, "tools-sorted, thinking-adapted");
  add (counters, "guest", NULL, 503, "");
  add (counters, "guest", "gpt-4.1", 499, "tools-sorted");
  all = write_json (counters, NULL);
  g_assert_cmpstr (
      all,
      ==,
      "{\"total_requests\":3,\"failed_requests\":1,\"bytes_sent\":30,\"bytes_received\":300,"
      "\"model_stats\":{"
      "\"claude-sonnet-4.6\":{\"request_count\":1,\"input_tokens\":25,\"output_tokens\":7,"
      "\"cache_creation_input_tokens\":5,\"cache_read_input_tokens\":20,\"bytes_sent\":10,"
      "\"bytes_received\":100},"
      "\"gpt-4.1\":{\"request_count\":1,\"input_tokens\":25,\"output_tokens\":7,"
      "\"cache_creation_input_tokens\":5,\"cache_read_input_tokens\":20,\"bytes_sent\":10,"
      "\"bytes_received\":100},"
      "\"sonnet\":{\"request_count\":1,\"input_tokens\":25,\"output_tokens\":7,"
      "\"cache_creation_input_tokens\":5,\"cache_read_input_tokens\":20,\"bytes_sent\":10,"
      "\"bytes_received\":100}},"
      "\"endpoint_stats\":{\"/v1/messages\":{\"request_count\":3,\"bytes_sent\":30,"
      "\"bytes_received\":300}},"
      "\"counters\":{\"mod.thinking-adapted\":1,\"mod.tools-sorted\":2}}");
  guest = write_json (counters, "guest");
  g_assert_true (g_str_has_prefix (guest, "{\"total_requests\":2,\"failed_requests\":1,"));
  nobody = write_json (counters, "nobody");
  g_assert_true (g_str_has_prefix (nobody, "{\"total_requests\":0,"));
}

/* What a file brought is no usage of this run. */
static void
test_imported (void)
{
  g_autoptr (JumpRequestCounters) counters = jump_request_counters_new ();
  g_autoptr (JumpExchangeRecord) record = make_record (NULL, "gpt-4.1", 200, "");
  g_autofree char *all = NULL;

  record->is_imported = TRUE;
  jump_request_counters_add (counters, record);
  all = write_json (counters, NULL);
  g_assert_true (g_str_has_prefix (all, "{\"total_requests\":0,"));
}

/* Clients may make up names for ever. */
static void
test_many_names (void)
{
  g_autoptr (JumpRequestCounters) counters = jump_request_counters_new ();
  g_autofree char *all = NULL;

  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *model = g_strdup_printf ("model-%u", i);

      add (counters, NULL, model, 404, "");
    }
  all = write_json (counters, NULL);
  g_assert_nonnull (strstr (all, "\"(others)\":{\"request_count\":800,"));
  g_assert_null (strstr (all, "model-500"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/request-counters/counts", test_counts);
  g_test_add_func ("/request-counters/imported", test_imported);
  g_test_add_func ("/request-counters/many-names", test_many_names);
  return g_test_run ();
}
