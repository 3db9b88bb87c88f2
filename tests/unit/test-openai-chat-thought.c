/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/openai-chat-thought.h"

#include <string.h>

typedef struct
{
  const char *text; /* (nullable): JSON string */
  JumpReasoningKind kind;
  const char *data; /* (nullable) */
} Piece;

typedef struct
{
  const char *text;  /* (nullable) */
  const char *data;  /* (nullable) */
  const char *model; /* (nullable) */
} Expected;

/* Puts @pieces into one field, as an encoder does. */
static char *
write_field (const Piece *pieces, guint n, GString *text)
{
  g_autoptr (GString) field = g_string_new (NULL);
  JumpChatThought thought = { 0 };

  for (guint i = 0; i < n; i++)
    {
      JumpReasoningState state = { pieces[i].kind, (char *) pieces[i].data, NULL };

      if (pieces[i].text != NULL)
        {
          JumpJsonSpan span = { pieces[i].text, strlen (pieces[i].text) };
          g_autofree char *decoded = jump_json_span_dup_string (span);

          jump_chat_thought_note_text (&thought, span);
          g_string_append (text, decoded);
        }
      if (pieces[i].kind != JUMP_REASONING_NONE)
        jump_chat_thought_put_state (&thought, &state, "m.1", field);
    }
  return g_string_free (g_steal_pointer (&field), FALSE);
}

static void
assert_parts (const GPtrArray *parts, const Expected *expected, guint n)
{
  g_assert_cmpuint (parts->len, ==, n);
  for (guint i = 0; i < n; i++)
    {
      const JumpPart *part = g_ptr_array_index (parts, i);

      g_assert_cmpint (part->kind, ==, JUMP_PART_REASONING);
      g_assert_cmpstr (part->text, ==, expected[i].text);
      g_assert_cmpstr (part->state.data, ==, expected[i].data);
      g_assert_cmpstr (part->state.model, ==, expected[i].model);
    }
}

static void
check (const Piece *pieces, guint n, const Expected *expected, guint n_expected)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *field = write_field (pieces, n, text);
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func ((GDestroyNotify) jump_part_free);

  g_test_message ("%s", field);
  g_assert_true (jump_chat_thought_read (parts, text->len > 0 ? text->str : NULL, field));
  assert_parts (parts, expected, n_expected);
}

static void
test_one_state (void)
{
  static const Piece bare[] = { { "\"hm\"", JUMP_REASONING_OPAQUE, "b==" } };
  static const Piece sealed[] = { { "\"hm\"", JUMP_REASONING_SIGNATURE, "s==" } };
  static const Piece alone[] = { { NULL, JUMP_REASONING_REDACTED, "r==" } };
  static const Piece text[] = { { "\"hm\"", JUMP_REASONING_NONE, NULL } };

  check (bare, 1, (Expected[]){ { "hm", "b==", NULL } }, 1);
  check (sealed, 1, (Expected[]){ { "hm", "s==", "m.1" } }, 1);
  check (alone, 1, (Expected[]){ { NULL, "r==", "m.1" } }, 1);
  check (text, 1, (Expected[]){ { "hm", NULL, NULL } }, 1);
}

/* Upstream cuts its own state as it likes. */
static void
test_bare_pieces (void)
{
  static const Piece pieces[] = {
    { "\"hm\"", JUMP_REASONING_OPAQUE, "b" },
    { NULL, JUMP_REASONING_OPAQUE, "==" },
  };

  check (pieces, 2, (Expected[]){ { "hm", "b==", NULL } }, 1);
}

static void
test_several_states (void)
{
  static const Piece pieces[] = {
    { "\"first \\n\\u00e4\\ud83d\\ude00\"", JUMP_REASONING_ENCRYPTED, "one" },
    { "\"\xc3\xa4 second\"", JUMP_REASONING_ENCRYPTED, "two" },
    { NULL, JUMP_REASONING_REDACTED, "three" },
  };
  static const Expected expected[] = {
    { "first \n\xc3\xa4\xf0\x9f\x98\x80", "one", "m.1" },
    { "\xc3\xa4 second", "two", "m.1" },
    { NULL, "three", "m.1" },
  };

  check (pieces, 3, expected, 3);
}

/* Half a pair of surrogates comes with each piece. */
static void
test_cut_surrogates (void)
{
  JumpChatThought thought = { 0 };

  jump_chat_thought_note_text (&thought, (JumpJsonSpan){ "\"\\ud83d\"", 8 });
  jump_chat_thought_note_text (&thought, (JumpJsonSpan){ "\"\\ude00\"", 8 });
  g_assert_cmpuint (thought.n_text, ==, 4);
}

/* A text that a client has shortened or changed must not be cut inside of a character. */
static void
test_changed_text (void)
{
  static const char field[] = "jumpseat1.encrypted.m.one 3:jumpseat1.encrypted.m.two";
  static const struct
  {
    const char *text;
    Expected expected[2];
  } rows[] = {
    { "abcdef", { { "abc", "one", "m" }, { "def", "two", "m" } } },
    { "ab", { { "ab", "one", "m" }, { NULL, "two", "m" } } },
    { "ab\xc3\xa4", { { "ab\xc3\xa4", "one", "m" }, { NULL, "two", "m" } } },
    { NULL, { { NULL, "one", "m" }, { NULL, "two", "m" } } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GPtrArray) parts =
          g_ptr_array_new_with_free_func ((GDestroyNotify) jump_part_free);

      g_assert_true (jump_chat_thought_read (parts, rows[i].text, field));
      assert_parts (parts, rows[i].expected, 2);
    }
}

static void
test_unreadable (void)
{
  static const char *const fields[] = {
    "jumpseat9.opaque.m.x",
    "jumpseat1.what.m.x",
    "jumpseat1.encrypted.m.one 3:jumpseat2.x.y.z",
  };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autoptr (GPtrArray) parts =
          g_ptr_array_new_with_free_func ((GDestroyNotify) jump_part_free);

      g_assert_false (jump_chat_thought_read (parts, "hm", fields[i]));
      g_assert_cmpuint (parts->len, ==, 1);
    }
}

/* State that cannot stand beside what is there already is left out, not glued to it. */
static void
test_mixed (void)
{
  static const Piece bare_first[] = {
    { NULL, JUMP_REASONING_OPAQUE, "b" },
    { NULL, JUMP_REASONING_SIGNATURE, "s" },
  };
  static const Piece sealed_first[] = {
    { NULL, JUMP_REASONING_SIGNATURE, "s" },
    { NULL, JUMP_REASONING_OPAQUE, "b" },
  };

  check (bare_first, 2, (Expected[]){ { NULL, "b", NULL } }, 1);
  check (sealed_first, 2, (Expected[]){ { NULL, "s", "m.1" } }, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/openai-chat-thought/one-state", test_one_state);
  g_test_add_func ("/openai-chat-thought/bare-pieces", test_bare_pieces);
  g_test_add_func ("/openai-chat-thought/several-states", test_several_states);
  g_test_add_func ("/openai-chat-thought/cut-surrogates", test_cut_surrogates);
  g_test_add_func ("/openai-chat-thought/changed-text", test_changed_text);
  g_test_add_func ("/openai-chat-thought/unreadable", test_unreadable);
  g_test_add_func ("/openai-chat-thought/mixed", test_mixed);
  return g_test_run ();
}
