/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/conversation/prompt.h"

/* A conversation as one line: "call ID NAME", "result ID NAME", messages separated by "|". "-" stands for
 * what is absent. */
static JumpPrompt *
make_prompt (const char *text)
{
  JumpPrompt *prompt = jump_prompt_new ();
  g_auto (GStrv) messages = g_strsplit (text, "|", -1);

  for (guint i = 0; messages[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (g_strstrip (messages[i]), ", ", -1);
      JumpMessage *message =
          jump_prompt_add_message (prompt, jump_message_new (JUMP_ROLE_ASSISTANT));

      for (guint j = 0; parts[j] != NULL; j++)
        {
          g_auto (GStrv) words = g_strsplit (parts[j], " ", -1);
          JumpPart *part = jump_message_add (message,
                                             jump_part_new (g_str_equal (words[0], "call")
                                                                ? JUMP_PART_TOOL_CALL
                                                                : JUMP_PART_TOOL_RESULT));

          part->call_id = g_str_equal (words[1], "-") ? NULL : g_strdup (words[1]);
          part->name = g_str_equal (words[2], "-") ? NULL : g_strdup (words[2]);
          message->role = part->kind == JUMP_PART_TOOL_CALL ? JUMP_ROLE_ASSISTANT : JUMP_ROLE_USER;
        }
    }
  return prompt;
}

static char *
show_prompt (const JumpPrompt *prompt)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < prompt->messages->len; i++)
    {
      const JumpMessage *message = g_ptr_array_index (prompt->messages, i);

      for (guint j = 0; j < message->parts->len; j++)
        {
          const JumpPart *part = g_ptr_array_index (message->parts, j);

          g_string_append_printf (text,
                                  "%s%s %s %s",
                                  j > 0   ? ", "
                                  : i > 0 ? " | "
                                          : "",
                                  part->kind == JUMP_PART_TOOL_CALL ? "call" : "result",
                                  part->call_id,
                                  part->name == NULL ? "-" : part->name);
        }
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_cases (void)
{
  static const struct
  {
    const char *before;
    const char *after;
  } cases[] = {
    /* ids of the client's stay, names are filled in */
    { "call a x, call b y | result b -, result a -",
      "call a x, call b y | result b y, result a x" },
    { "call a x | result a other", "call a x | result a other" },
    /* by order where there are neither ids nor names */
    { "call - x, call - y | result - - | result - -",
      "call call_0_0 x, call call_0_1 y | result call_0_0 x | result call_0_1 y" },
    /* by name where the order is another one */
    { "call - x, call - y | result - y, result - x",
      "call call_0_0 x, call call_0_1 y | result call_0_1 y, result call_0_0 x" },
    /* two of the same name in order */
    { "call - x, call - x | result - x, result - x",
      "call call_0_0 x, call call_0_1 x | result call_0_0 x, result call_0_1 x" },
    /* a call that a later result names is not given away */
    { "call a x, call - y | result - -, result a -",
      "call a x, call call_0_1 y | result call_0_1 y, result a x" },
    { "call a x, call b x | result - x, result a x",
      "call a x, call b x | result b x, result a x" },
    /* the second turn answers its own call */
    { "call - x | result - x | call - x | result - x",
      "call call_0_0 x | result call_0_0 x | call call_2_0 x | result call_2_0 x" },
    /* a call answered by name is not answered again by order */
    { "call - x, call - y | result - x | result - -",
      "call call_0_0 x, call call_0_1 y | result call_0_0 x | result call_0_1 y" },
    /* results that answer nothing */
    { "result - x", "result call_0_0 x" },
    { "call - x | result - z", "call call_0_0 x | result call_1_0 z" },
    { "result - - | call - x", "result call_0_0 - | call call_1_0 x" },
    { "result q - | call - x", "result q - | call call_1_0 x" },
    /* made ids keep out of the client's way */
    { "call - x, call call_0_0 y | result - x, result call_0_0 -",
      "call call_0_0_ x, call call_0_0 y | result call_0_0_ x, result call_0_0 y" },
    /* an id used in every turn means the latest call */
    { "call a x | result a - | call a y | result a -",
      "call a x | result a x | call a y | result a y" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JumpPrompt) prompt = make_prompt (cases[i].before);
      g_autofree char *after = NULL;

      jump_prompt_match_calls (prompt);
      after = show_prompt (prompt);
      g_assert_cmpstr (after, ==, cases[i].after);
      /* and once more: nothing is left to do */
      jump_prompt_match_calls (prompt);
      g_free (after);
      after = show_prompt (prompt);
      g_assert_cmpstr (after, ==, cases[i].after);
    }
}

static void
test_empty_ids_and_kinds (void)
{
  g_autoptr (JumpPrompt) prompt = make_prompt ("call - x | result - x");
  JumpMessage *first = g_ptr_array_index (prompt->messages, 0);
  JumpMessage *second = g_ptr_array_index (prompt->messages, 1);
  JumpPart *call = g_ptr_array_index (first->parts, 0);
  JumpPart *result = g_ptr_array_index (second->parts, 0);

  call->call_id = g_strdup ("");
  call->tool_kind = JUMP_TOOL_CUSTOM;
  call->name_space = g_strdup ("space");
  result->call_id = g_strdup ("");
  g_clear_pointer (&result->name, g_free);
  jump_prompt_match_calls (prompt);
  g_assert_cmpstr (call->call_id, ==, "call_0_0");
  g_assert_cmpstr (result->call_id, ==, "call_0_0");
  g_assert_cmpstr (result->name, ==, "x");
  g_assert_cmpstr (result->name_space, ==, "space");
  g_assert_cmpint (result->tool_kind, ==, JUMP_TOOL_CUSTOM);
}

/* Quadratic work would take minutes here. */
static void
test_long (void)
{
  g_autoptr (JumpPrompt) prompt = jump_prompt_new ();
  JumpMessage *message = jump_prompt_add_message (prompt, jump_message_new (JUMP_ROLE_ASSISTANT));
  JumpPart *last = NULL;

  for (guint i = 0; i < 100000; i++)
    {
      JumpPart *call = jump_message_add (message, jump_part_new (JUMP_PART_TOOL_CALL));

      call->name = g_strdup ("x");
      last = jump_message_add (message, jump_part_new (JUMP_PART_TOOL_RESULT));
      last->name = g_strdup (i % 2 == 0 ? "nobody" : "x");
    }
  jump_prompt_match_calls (prompt);
  g_assert_cmpstr (last->call_id, ==, "call_0_99998");
}

static void
test_drop (void)
{
  g_autoptr (JumpPrompt) prompt = jump_prompt_new ();

  jump_prompt_drop (prompt, "logit_bias");
  jump_prompt_drop (prompt, "logit_bias");
  jump_prompt_drop (prompt, "audio");
  g_assert_cmpuint (prompt->dropped->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (prompt->dropped, 1), ==, "audio");
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);

      jump_prompt_drop (prompt, name);
    }
  g_assert_cmpuint (prompt->dropped->len, ==, 100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/call-match/cases", test_cases);
  g_test_add_func ("/call-match/empty-ids-and-kinds", test_empty_ids_and_kinds);
  g_test_add_func ("/call-match/long", test_long);
  g_test_add_func ("/prompt/drop", test_drop);
  return g_test_run ();
}
