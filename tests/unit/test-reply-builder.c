/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/conversation/reply-builder.h"
#include "tests/support/event-dump.h"
#include "tests/support/event-order.h"

#include <string.h>

typedef struct
{
  JumpEventDump dump; /* (owned) */
  JumpEventOrder order;
} Listener;

static void
on_event_said (const JumpReplyEvent *event, gpointer user_data)
{
  Listener *listener = user_data;

  jump_event_dump_event (event, &listener->dump);
  jump_event_order_watch (&listener->order, event);
}

/* Returns: (transfer full): the events of @reply, whose order is right */
static char *
show_events (const JumpReply *reply)
{
  Listener listener = { { NULL }, { FALSE } };
  char *lines;

  jump_event_dump_init (&listener.dump);
  jump_reply_foreach_event (reply, on_event_said, &listener);
  g_assert_cmpstr (listener.order.problem, ==, NULL);
  g_assert_true (listener.order.has_ended);
  lines = g_strdup (listener.dump.lines->str);
  jump_event_dump_clear (&listener.dump);
  return lines;
}

static void
on_event_built (const JumpReplyEvent *event, gpointer user_data)
{
  jump_reply_builder_event (user_data, event);
}

static JumpReply *
make_reply (void)
{
  JumpReply *reply = jump_reply_new ();
  JumpPart *part;

  reply->id = g_strdup ("msg_1");
  reply->model = g_strdup ("gpt-5.5");
  part = jump_reply_add (reply, jump_part_new (JUMP_PART_REASONING));
  part->text = g_strdup ("Let me \"see\"");
  part->state.kind = JUMP_REASONING_ENCRYPTED;
  part->state.data = g_strdup ("zzz");
  part->state.model = g_strdup ("gpt-5.5");
  part = jump_reply_add (reply, jump_part_new (JUMP_PART_REASONING));
  part->state.kind = JUMP_REASONING_REDACTED;
  part->state.data = g_strdup ("yyy");
  part = jump_reply_add (reply, jump_part_new_text ("Hello\n\xf0\x9f\x99\x82"));
  part->annotations = g_strdup (" [ {\"type\":\n\t\"url_citation\"}, 2 ] ");
  jump_reply_add (reply, jump_part_new_text (""));
  part = jump_reply_add (reply, jump_part_new (JUMP_PART_REFUSAL));
  part->text = g_strdup ("No.");
  part = jump_reply_add (reply, jump_part_new (JUMP_PART_TOOL_CALL));
  part->call_id = g_strdup ("call_1");
  part->name = g_strdup ("read");
  part->arguments = g_strdup ("{\"path\":\"a\\nb\"}");
  part->call_state = g_strdup ("sig");
  part = jump_reply_add (reply, jump_part_new (JUMP_PART_TOOL_CALL));
  part->call_id = g_strdup ("call_2");
  part->name = g_strdup ("patch");
  part->tool_kind = JUMP_TOOL_CUSTOM;
  part->arguments = g_strdup ("*** Begin");
  reply->stop_reason = JUMP_STOP_SEQUENCE;
  reply->stop_sequence = g_strdup ("END");
  reply->usage.input_tokens = 10;
  reply->usage.output_tokens = 5;
  return reply;
}

static void
test_events (void)
{
  g_autoptr (JumpReply) reply = make_reply ();
  g_autofree char *lines = show_events (reply);

  g_assert_cmpstr (
      lines,
      ==,
      "{\"event\":\"start\",\"id\":\"msg_1\",\"model\":\"gpt-5.5\",\"usage\":{\"input\":10}}\n"
      "{\"event\":\"reasoning\",\"text\":\"Let me \\\"see\\\"\"}\n"
      "{\"event\":\"state\",\"kind\":\"encrypted\",\"data\":\"zzz\",\"model\":\"gpt-5.5\"}\n"
      "{\"event\":\"part_end\"}\n"
      "{\"event\":\"state\",\"kind\":\"redacted\",\"data\":\"yyy\"}\n"
      "{\"event\":\"part_end\"}\n"
      "{\"event\":\"text\",\"text\":\"Hello\\n\xf0\x9f\x99\x82\"}\n"
      "{\"event\":\"annotation\",\"text\":{\"type\":  \"url_citation\"}}\n"
      "{\"event\":\"annotation\",\"text\":2}\n"
      "{\"event\":\"part_end\"}\n"
      "{\"event\":\"text\",\"text\":\"\"}\n"
      "{\"event\":\"part_end\"}\n"
      "{\"event\":\"refusal\",\"text\":\"No.\"}\n"
      "{\"event\":\"part_end\"}\n"
      "{\"event\":\"tool_call\",\"id\":\"call_1\",\"name\":\"read\",\"tool\":\"function\",\"call_state\":\"sig\"}\n"
      "{\"event\":\"arguments\",\"text\":\"{\\\"path\\\":\\\"a\\\\nb\\\"}\"}\n"
      "{\"event\":\"part_end\"}\n"
      "{\"event\":\"tool_call\",\"id\":\"call_2\",\"name\":\"patch\",\"tool\":\"custom\"}\n"
      "{\"event\":\"arguments\",\"text\":\"*** Begin\"}\n"
      "{\"event\":\"part_end\"}\n"
      "{\"event\":\"usage\",\"usage\":{\"input\":10,\"output\":5}}\n"
      "{\"event\":\"stop\",\"reason\":\"sequence\",\"sequence\":\"END\"}\n"
      "{\"event\":\"end\"}\n");
}

static void
test_nothing_said (void)
{
  g_autoptr (JumpReply) reply = jump_reply_new ();
  g_autofree char *lines = NULL;
  JumpPart *call;

  jump_reply_add (reply, jump_part_new (JUMP_PART_REASONING));
  jump_reply_add (reply, jump_part_new (JUMP_PART_OTHER));
  g_assert_false (jump_reply_has_tool_calls (reply));
  call = jump_reply_add (reply, jump_part_new (JUMP_PART_TOOL_CALL));
  call->call_id = g_strdup ("c");
  call->name = g_strdup ("n");
  g_assert_true (jump_reply_has_tool_calls (reply));
  lines = show_events (reply);
  g_assert_cmpstr (lines,
                   ==,
                   "{\"event\":\"start\"}\n"
                   "{\"event\":\"tool_call\",\"id\":\"c\",\"name\":\"n\",\"tool\":\"function\"}\n"
                   "{\"event\":\"arguments\",\"text\":\"{}\"}\n"
                   "{\"event\":\"part_end\"}\n"
                   "{\"event\":\"stop\",\"reason\":\"unknown\"}\n"
                   "{\"event\":\"end\"}\n");
}

static void
test_there_and_back (void)
{
  g_autoptr (JumpReply) reply = make_reply ();
  g_autoptr (JumpReplyBuilder) builder = jump_reply_builder_new ();
  g_autoptr (JumpReply) back = NULL;
  g_autoptr (JumpReply) empty = NULL;
  g_autofree char *lines = show_events (reply);
  g_autofree char *back_lines = NULL;

  jump_reply_foreach_event (reply, on_event_built, builder);
  back = jump_reply_builder_finish (builder);
  back_lines = show_events (back);
  g_assert_cmpstr (back_lines, ==, lines);
  g_assert_null (jump_reply_builder_get_failure (builder));
  empty = jump_reply_builder_finish (builder);
  g_assert_cmpuint (empty->parts->len, ==, 0);
  g_assert_null (empty->id);
}

static void
say_text (JumpReplyBuilder *builder, JumpReplyEventKind kind, const char *json)
{
  const JumpReplyEvent event = { .kind = kind, .text = { json, strlen (json) } };

  jump_reply_builder_event (builder, &event);
}

/* Upstreams cut their pieces anywhere, also between the two halves of a character. */
static void
test_pieces (void)
{
  g_autoptr (JumpReplyBuilder) builder = jump_reply_builder_new ();
  g_autoptr (JumpReply) reply = NULL;
  const JumpPart *text;
  const JumpPart *reasoning;

  say_text (builder, JUMP_EVENT_TEXT, "\"a\\ud83d\"");
  say_text (builder, JUMP_EVENT_TEXT, "\"\"");
  say_text (builder, JUMP_EVENT_TEXT, "\"\\ude42b\"");
  /* a missing PART_END does not mix parts */
  say_text (builder, JUMP_EVENT_REASONING, "\"hm\"");
  reply = jump_reply_builder_finish (builder);
  g_assert_cmpuint (reply->parts->len, ==, 2);
  text = g_ptr_array_index (reply->parts, 0);
  reasoning = g_ptr_array_index (reply->parts, 1);
  g_assert_cmpstr (text->text,
                   ==,
                   "a\xf0\x9f\x99\x82"
                   "b");
  g_assert_cmpint (reasoning->kind, ==, JUMP_PART_REASONING);
  g_assert_cmpstr (reasoning->text, ==, "hm");
}

static void
test_failure (void)
{
  g_autoptr (JumpReplyBuilder) builder = jump_reply_builder_new ();
  g_autoptr (JumpFailure) failure =
      jump_failure_new (JUMP_FAILURE_OVERLOADED, 529, NULL, "Overloaded");
  g_autoptr (JumpReply) reply = NULL;
  const JumpUsageCount usage = { 7, -1, -1, -1, -1, -1 };

  jump_reply_builder_event (
      builder,
      &(JumpReplyEvent){ .kind = JUMP_EVENT_START, .id = "x", .usage = &usage });
  say_text (builder, JUMP_EVENT_TEXT, "\"half\"");
  jump_reply_builder_event (builder,
                            &(JumpReplyEvent){ .kind = JUMP_EVENT_FAILURE, .failure = failure });
  jump_reply_builder_event (builder, &(JumpReplyEvent){ .kind = JUMP_EVENT_END });
  reply = jump_reply_builder_finish (builder);
  g_assert_cmpuint (reply->parts->len, ==, 1);
  g_assert_cmpint (reply->usage.input_tokens, ==, 7);
  g_assert_nonnull (jump_reply_builder_get_failure (builder));
  g_assert_cmpstr (jump_reply_builder_get_failure (builder)->message, ==, "Overloaded");
}

/* The watcher itself must notice what it is there for. */
static void
test_order (void)
{
  static const struct
  {
    JumpReplyEventKind kinds[4];
    gboolean is_fine;
  } cases[] = {
    { { JUMP_EVENT_START, JUMP_EVENT_PING, JUMP_EVENT_STOP, JUMP_EVENT_END }, TRUE },
    { { JUMP_EVENT_PING, JUMP_EVENT_START, JUMP_EVENT_STOP, JUMP_EVENT_END }, FALSE },
    { { JUMP_EVENT_START, JUMP_EVENT_STOP, JUMP_EVENT_STOP, JUMP_EVENT_END }, FALSE },
    { { JUMP_EVENT_START, JUMP_EVENT_STOP, JUMP_EVENT_END, JUMP_EVENT_PING }, FALSE },
    { { JUMP_EVENT_START, JUMP_EVENT_PART_END, JUMP_EVENT_STOP, JUMP_EVENT_END }, FALSE },
    { { JUMP_EVENT_START, JUMP_EVENT_PING, JUMP_EVENT_PING, JUMP_EVENT_END }, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      JumpEventOrder order = { FALSE };

      for (guint j = 0; j < 4; j++)
        jump_event_order_watch (&order, &(JumpReplyEvent){ .kind = cases[i].kinds[j] });
      g_assert_cmpint (order.problem == NULL, ==, cases[i].is_fine);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reply/events", test_events);
  g_test_add_func ("/reply/nothing-said", test_nothing_said);
  g_test_add_func ("/reply-builder/there-and-back", test_there_and_back);
  g_test_add_func ("/reply-builder/pieces", test_pieces);
  g_test_add_func ("/reply-builder/failure", test_failure);
  g_test_add_func ("/event-order/promises", test_order);
  return g_test_run ();
}
