/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/limits.h"
#include "service/relay/reply-recorder.h"

/* A client's sink that says what it was told. */
typedef struct
{
  JumpReplySink sink;
  GString *log; /* (owned) */
  const JumpReplySinkEvents *events;
  gpointer events_data;
  gboolean is_slow;
} Client;

static void
client_head (JumpReplySink *sink, guint status, const char *const *headers, gssize length)
{
  g_string_append_printf (((Client *) sink)->log,
                          "head %u %s %d;",
                          status,
                          headers[0],
                          (int) length);
}

static gboolean
client_write (JumpReplySink *sink, const char *data, gsize length)
{
  g_string_append_printf (((Client *) sink)->log, "write %u;", (guint) length);
  return !((Client *) sink)->is_slow;
}

static void
client_end (JumpReplySink *sink)
{
  g_string_append (((Client *) sink)->log, "end;");
}

static void
client_abort (JumpReplySink *sink)
{
  g_string_append (((Client *) sink)->log, "abort;");
}

static void
client_set_events (JumpReplySink *sink, const JumpReplySinkEvents *events, gpointer user_data)
{
  ((Client *) sink)->events = events;
  ((Client *) sink)->events_data = user_data;
}

static const JumpReplySinkClass client_class = {
  client_head, client_write, client_end, client_abort, client_set_events,
};

static const char *const headers[] = { "Content-Type", "text/plain", "X-Id", "7", NULL };

static void
test_passes (void)
{
  Client client = { { &client_class }, g_string_new (NULL), NULL, NULL, FALSE };
  g_autoptr (JumpExchangeRecord) record = jump_exchange_record_new ();
  gsize kept = 0;
  JumpReplySink *recorder = jump_reply_recorder_new (&client.sink, record, &kept);
  static const JumpReplySinkEvents events = { NULL, NULL };

  jump_reply_sink_set_events (recorder, &events, record);
  g_assert_true (client.events == &events);
  g_assert_true (client.events_data == record);
  jump_reply_sink_head (recorder, 201, headers, -1);
  g_assert_true (jump_reply_sink_write (recorder, "one", 3));
  client.is_slow = TRUE;
  g_assert_false (jump_reply_sink_write (recorder, "two!", 4));
  jump_reply_sink_end (recorder);
  g_assert_cmpstr (client.log->str, ==, "head 201 Content-Type -1;write 3;write 4;end;");
  g_assert_cmpstr (record->reply_headers, ==, "Content-Type: text/plain\nX-Id: 7\n");
  g_assert_cmpmem (record->reply_body->data, record->reply_body->len, "onetwo!", 7);
  g_assert_false (record->is_reply_cut);
  jump_reply_recorder_free (recorder);
  g_string_free (client.log, TRUE);
}

static void
test_cut (void)
{
  Client client = { { &client_class }, g_string_new (NULL), NULL, NULL, FALSE };
  g_autoptr (JumpExchangeRecord) record = jump_exchange_record_new ();
  gsize kept = 0;
  JumpReplySink *recorder = jump_reply_recorder_new (&client.sink, record, &kept);
  g_autofree char *data = g_strnfill (JUMP_LIMIT_KEPT_REPLY, 'x');

  jump_reply_sink_head (recorder, 200, headers, -1);
  jump_reply_sink_write (recorder, data, JUMP_LIMIT_KEPT_REPLY - 1);
  jump_reply_sink_write (recorder, "y", 1);
  g_assert_false (record->is_reply_cut);
  jump_reply_sink_write (recorder, "", 0);
  g_assert_false (record->is_reply_cut);
  jump_reply_sink_write (recorder, "z", 1);
  g_assert_true (record->is_reply_cut);
  jump_reply_sink_write (recorder, data, 1000);
  jump_reply_sink_abort (recorder);
  g_assert_cmpuint (record->reply_body->len, ==, JUMP_LIMIT_KEPT_REPLY);
  g_assert_cmpint (record->reply_body->data[JUMP_LIMIT_KEPT_REPLY - 1], ==, 'y');
  g_assert_true (g_str_has_suffix (client.log->str, "write 1000;abort;"));
  jump_reply_recorder_free (recorder);
  g_string_free (client.log, TRUE);
}

/* Somebody let go of the bodies while the reply was under way: there is no second half. */
static void
test_dropped (void)
{
  Client client = { { &client_class }, g_string_new (NULL), NULL, NULL, FALSE };
  g_autoptr (JumpExchangeRecord) record = jump_exchange_record_new ();
  gsize kept = 0;
  JumpReplySink *recorder = jump_reply_recorder_new (&client.sink, record, &kept);

  jump_reply_sink_head (recorder, 200, headers, -1);
  jump_reply_sink_write (recorder, "one", 3);
  g_clear_pointer (&record->reply_body, g_byte_array_unref);
  jump_reply_sink_write (recorder, "two", 3);
  g_assert_null (record->reply_body);
  jump_reply_recorder_free (recorder);
  g_string_free (client.log, TRUE);
}

/* Many streams at once hold no more than the history may. */
static void
test_many (void)
{
  Client client = { { &client_class }, g_string_new (NULL), NULL, NULL, FALSE };
  g_autoptr (JumpExchangeRecord) record = jump_exchange_record_new ();
  gsize kept = JUMP_LIMIT_HISTORY_BYTES - 2;
  JumpReplySink *recorder = jump_reply_recorder_new (&client.sink, record, &kept);

  jump_reply_sink_head (recorder, 200, headers, -1);
  jump_reply_sink_write (recorder, "one", 3);
  jump_reply_sink_write (recorder, "two", 3);
  g_assert_cmpuint (kept, ==, JUMP_LIMIT_HISTORY_BYTES);
  g_assert_cmpmem (record->reply_body->data, record->reply_body->len, "on", 2);
  g_assert_true (record->is_reply_cut);
  g_assert_true (g_str_has_suffix (client.log->str, "write 3;write 3;"));
  jump_reply_recorder_free (recorder);
  g_assert_cmpuint (kept, ==, JUMP_LIMIT_HISTORY_BYTES - 2);
  g_string_free (client.log, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reply-recorder/passes", test_passes);
  g_test_add_func ("/reply-recorder/cut", test_cut);
  g_test_add_func ("/reply-recorder/dropped", test_dropped);
  g_test_add_func ("/reply-recorder/many", test_many);
  return g_test_run ();
}
