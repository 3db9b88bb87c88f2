/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/history/exchange-item.h"
#include "tests/support/signal-log.h"

static JumpExchangeItem *
new_item (JumpExchangeState state)
{
  g_autoptr (JumpExchangeRecord) record = jump_exchange_record_new ();

  record->id = g_strdup ("id");
  record->state = state;
  record->request_headers = g_strdup ("A: b\n");
  record->request_body = g_bytes_new ("{}", 2);
  record->reply_headers = g_strdup ("C: d\n");
  record->reply_body = g_byte_array_new ();
  record->status = 200;
  return jump_exchange_item_new (record);
}

static void
test_running (void)
{
  for (JumpExchangeState state = JUMP_EXCHANGE_RECEIVED; state <= JUMP_EXCHANGE_ENDED; state++)
    {
      g_autoptr (JumpExchangeItem) item = new_item (state);

      g_assert_cmpint (jump_exchange_item_is_running (item), ==, state != JUMP_EXCHANGE_ENDED);
    }
}

static void
test_changed (void)
{
  g_autoptr (JumpExchangeItem) item = new_item (JUMP_EXCHANGE_WAITING);
  g_autoptr (JumpSignalLog) log = jump_signal_log_new ();

  jump_signal_log_attach (log, G_OBJECT (item), "changed");
  jump_exchange_item_emit_changed (item);
  jump_signal_log_assert (log, "changed", NULL);
}

/* The facts stay; who shows the bodies hears of it, once. */
static void
test_drop_bodies (void)
{
  g_autoptr (JumpExchangeItem) item = new_item (JUMP_EXCHANGE_ENDED);
  g_autoptr (JumpSignalLog) log = jump_signal_log_new ();
  const JumpExchangeRecord *record = jump_exchange_item_get_record (item);

  jump_signal_log_attach (log, G_OBJECT (item), "changed");
  jump_exchange_item_drop_bodies (item);
  jump_signal_log_assert (log, "changed", NULL);
  g_assert_null (record->request_headers);
  g_assert_null (record->request_body);
  g_assert_null (record->reply_headers);
  g_assert_null (record->reply_body);
  g_assert_cmpstr (record->id, ==, "id");
  g_assert_cmpuint (record->status, ==, 200);
  jump_exchange_item_drop_bodies (item);
  jump_signal_log_assert (log, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange-item/running", test_running);
  g_test_add_func ("/exchange-item/changed", test_changed);
  g_test_add_func ("/exchange-item/drop-bodies", test_drop_bodies);
  return g_test_run ();
}
