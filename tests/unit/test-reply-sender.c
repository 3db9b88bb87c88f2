/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/reply-sender.h"
#include "tests/support/clock-fake.h"

#include <string.h>
#include <sys/socket.h>

#define HEAD                                                                  \
  "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: " \
  "chunked\r\nConnection: keep-alive\r\n\r\n"

typedef struct
{
  JumpClock *clock;
  GSocket *reader; /* (nullable): closed when the reader leaves */
  JumpReplySender *sender;
  GString *received;
  int outcome; /* JumpSenderOutcome, -1: not ended */
} Fixture;

static void
on_sender_ended (JumpReplySender *sender, JumpSenderOutcome outcome, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_assert_cmpint (fixture->outcome, ==, -1);
  fixture->outcome = (int) outcome;
}

/* A stream of three pieces: one, two, three. */
static JumpPlannedReply *
make_stream (void)
{
  JumpPlannedReply *reply = jump_planned_reply_new_stream ();

  jump_planned_reply_add_piece (reply, "one");
  jump_planned_reply_add_piece (reply, "two");
  jump_planned_reply_add_piece (reply, "three");
  return reply;
}

static void
start (Fixture *fixture, JumpPlannedReply *reply)
{
  int fds[2];
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GSocketConnection) connection = NULL;

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM, 0, fds), ==, 0);
  fixture->reader = g_socket_new_from_fd (fds[0], NULL);
  g_socket_set_blocking (fixture->reader, FALSE);
  socket = g_socket_new_from_fd (fds[1], NULL);
  connection = g_socket_connection_factory_create_connection (socket);
  fixture->sender =
      jump_reply_sender_new (fixture->clock, connection, reply, TRUE, on_sender_ended, fixture);
  jump_reply_sender_start (fixture->sender);
}

/* Lets everything happen that can, and reads what came. */
static void
settle (Fixture *fixture)
{
  gboolean busy = TRUE;

  while (busy)
    {
      char buffer[4096];
      gssize n = fixture->reader == NULL
                     ? 0
                     : g_socket_receive (fixture->reader, buffer, sizeof buffer, NULL, NULL);

      if (n > 0)
        g_string_append_len (fixture->received, buffer, n);
      busy = g_main_context_iteration (NULL, FALSE) || n > 0;
    }
}

static void
assert_received (Fixture *fixture, const char *expected)
{
  settle (fixture);
  g_assert_cmpstr (fixture->received->str, ==, expected);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->clock = jump_clock_fake_new ();
  fixture->received = g_string_new (NULL);
  fixture->outcome = -1;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  jump_reply_sender_free (fixture->sender);
  g_clear_object (&fixture->reader);
  g_assert_cmpuint (jump_clock_fake_count_alarms (fixture->clock), ==, 0);
  g_object_unref (fixture->clock);
  g_string_free (fixture->received, TRUE);
}

static void
test_whole (Fixture *fixture, gconstpointer data)
{
  start (fixture, make_stream ());
  assert_received (fixture, HEAD "3\r\none\r\n3\r\ntwo\r\n5\r\nthree\r\n0\r\n\r\n");
  g_assert_cmpint (fixture->outcome, ==, JUMP_SENDER_DONE);
}

static void
test_body (Fixture *fixture, gconstpointer data)
{
  JumpPlannedReply *reply = jump_planned_reply_new_text (418, "text/plain", "short");

  jump_planned_reply_add_header (reply, "X-Note", "hot");
  reply->delay_ms = 50;
  start (fixture, reply);
  assert_received (fixture, "");
  jump_clock_fake_advance (fixture->clock, 49);
  assert_received (fixture, "");
  jump_clock_fake_advance (fixture->clock, 1);
  settle (fixture);
  g_assert_true (g_str_has_prefix (fixture->received->str, "HTTP/1.1 418 "));
  g_assert_nonnull (strstr (fixture->received->str, "X-Note: hot\r\nContent-Length: 5\r\n"));
  g_assert_true (g_str_has_suffix (fixture->received->str, "\r\n\r\nshort"));
  g_assert_cmpint (fixture->outcome, ==, JUMP_SENDER_DONE);
}

static void
test_gaps (Fixture *fixture, gconstpointer data)
{
  JumpPlannedReply *reply = make_stream ();

  reply->gap_ms = 25;
  start (fixture, reply);
  assert_received (fixture, HEAD "3\r\none\r\n");
  g_assert_cmpint (jump_clock_fake_get_next_alarm (fixture->clock), ==, 25);
  jump_clock_fake_advance (fixture->clock, 25);
  assert_received (fixture, HEAD "3\r\none\r\n3\r\ntwo\r\n");
  jump_clock_fake_advance (fixture->clock, 25);
  assert_received (fixture, HEAD "3\r\none\r\n3\r\ntwo\r\n5\r\nthree\r\n0\r\n\r\n");
  g_assert_cmpint (fixture->outcome, ==, JUMP_SENDER_DONE);
}

static void
test_split (Fixture *fixture, gconstpointer data)
{
  JumpPlannedReply *reply = make_stream ();

  reply->split_bytes = 2;
  start (fixture, reply);
  assert_received (fixture,
                   HEAD "2\r\non\r\n1\r\ne\r\n2\r\ntw\r\n1\r\no\r\n2\r\nth\r\n2\r\nre\r\n1\r\ne\r\n"
                        "0\r\n\r\n");
}

static void
test_cut_after (Fixture *fixture, gconstpointer data)
{
  JumpPlannedReply *reply = make_stream ();

  reply->cut_after_bytes = 4;
  start (fixture, reply);
  assert_received (fixture, HEAD "3\r\none\r\n1\r\nt\r\n");
  g_assert_cmpint (fixture->outcome, ==, JUMP_SENDER_CUT);
}

static void
test_cut (Fixture *fixture, gconstpointer data)
{
  JumpPlannedReply *reply = make_stream ();

  reply->cut = TRUE;
  start (fixture, reply);
  assert_received (fixture, "");
  g_assert_cmpint (fixture->outcome, ==, JUMP_SENDER_CUT);
}

static void
test_stall_after (Fixture *fixture, gconstpointer data)
{
  JumpPlannedReply *reply = make_stream ();

  reply->stall_after = 2;
  start (fixture, reply);
  assert_received (fixture, HEAD "3\r\none\r\n3\r\ntwo\r\n");
  jump_clock_fake_advance (fixture->clock, 3600 * 1000);
  settle (fixture);
  g_assert_cmpint (fixture->outcome, ==, -1);
}

/* Whatever it waits for, it notices at once that the reader left. */
static void
test_left (Fixture *fixture, gconstpointer data)
{
  JumpPlannedReply *reply = make_stream ();

  switch (GPOINTER_TO_INT (data))
    {
    case 0:
      reply->stall = TRUE;
      break;
    case 1:
      reply->delay_ms = 1000;
      break;
    case 2:
      reply->gap_ms = 1000;
      break;
    default:
      reply->stall_after = 1;
      break;
    }
  start (fixture, reply);
  settle (fixture);
  g_assert_cmpint (fixture->outcome, ==, -1);
  g_socket_close (fixture->reader, NULL);
  g_clear_object (&fixture->reader);
  settle (fixture);
  g_assert_cmpint (fixture->outcome, ==, JUMP_SENDER_LEFT);
}

/* A reader that does not read stops the stream, and finds all of it when it does. */
static void
test_slow_reader (Fixture *fixture, gconstpointer data)
{
  JumpPlannedReply *reply = jump_planned_reply_new_stream ();
  g_autofree char *big = g_strnfill (100000, 'x');

  for (guint i = 0; i < 50; i++)
    jump_planned_reply_add_piece (reply, big);
  start (fixture, reply);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpint (fixture->outcome, ==, -1);
  settle (fixture);
  g_assert_cmpint (fixture->outcome, ==, JUMP_SENDER_DONE);
  g_assert_cmpuint (fixture->received->len, >, 50 * 100000);
  g_assert_true (g_str_has_suffix (fixture->received->str, "xx\r\n0\r\n\r\n"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func, data) \
  g_test_add ("/reply-sender/" name, Fixture, GINT_TO_POINTER (data), set_up, func, tear_down)
  ADD ("whole", test_whole, 0);
  ADD ("body", test_body, 0);
  ADD ("gaps", test_gaps, 0);
  ADD ("split", test_split, 0);
  ADD ("cut-after", test_cut_after, 0);
  ADD ("cut", test_cut, 0);
  ADD ("stall-after", test_stall_after, 0);
  ADD ("left/stalled", test_left, 0);
  ADD ("left/delayed", test_left, 1);
  ADD ("left/between-pieces", test_left, 2);
  ADD ("left/stalled-later", test_left, 3);
  ADD ("slow-reader", test_slow_reader, 0);
  return g_test_run ();
}
