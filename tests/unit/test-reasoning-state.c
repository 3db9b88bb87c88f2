/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/conversation/reasoning-state.h"

#include <string.h>

static void
test_seal (void)
{
  static const struct
  {
    JumpReasoningState state;
    const char *sealed;
  } cases[] = {
    { { JUMP_REASONING_OPAQUE, (char *) "abc+/=", (char *) "gpt-5.5" },
      "jumpseat1.opaque.gpt-5%2E5.abc+/=" },
    { { JUMP_REASONING_ENCRYPTED, (char *) "a.b.c", (char *) "gpt_5" },
      "jumpseat1.encrypted.gpt_5.a.b.c" },
    { { JUMP_REASONING_SIGNATURE, (char *) "x", (char *) "vendor/m 1\xc3\xa4" },
      "jumpseat1.signature.vendor%2Fm%201%C3%A4.x" },
    { { JUMP_REASONING_REDACTED, (char *) "x", NULL }, "jumpseat1.redacted..x" },
    { { JUMP_REASONING_NONE, NULL, NULL }, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *sealed = jump_reasoning_state_seal (&cases[i].state);
      g_auto (JumpReasoningState) opened = { JUMP_REASONING_NONE, NULL, NULL };

      g_assert_cmpstr (sealed, ==, cases[i].sealed);
      g_assert_true (jump_reasoning_state_open (&opened, sealed, JUMP_REASONING_OPAQUE));
      g_assert_cmpint (opened.kind, ==, cases[i].state.kind);
      g_assert_cmpstr (opened.data, ==, cases[i].state.data);
      g_assert_cmpstr (opened.model, ==, cases[i].state.model);
    }
}

static void
test_bare (void)
{
  static const char *const texts[] = {
    "EqQBCgIYAhIM",          "jumpseat",
    "jumpseat.opaque.m.x",   "jumpseat1",
    "jumpseatx1.opaque.m.x", " jumpseat1.opaque.m.x",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_auto (JumpReasoningState) state = { JUMP_REASONING_NONE, NULL, NULL };

      g_assert_false (jump_reasoning_text_is_sealed (texts[i]));
      g_assert_true (jump_reasoning_state_open (&state, texts[i], JUMP_REASONING_SIGNATURE));
      g_assert_cmpint (state.kind, ==, JUMP_REASONING_SIGNATURE);
      g_assert_cmpstr (state.data, ==, texts[i]);
      g_assert_null (state.model);
    }
}

static void
test_nothing (void)
{
  static const char *const texts[] = { NULL, "" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      JumpReasoningState state = { JUMP_REASONING_OPAQUE, NULL, NULL };

      g_assert_true (jump_reasoning_state_open (&state, texts[i], JUMP_REASONING_SIGNATURE));
      g_assert_cmpint (state.kind, ==, JUMP_REASONING_NONE);
      g_assert_null (state.data);
      g_assert_false (jump_reasoning_text_is_sealed (texts[i]));
    }
}

static void
test_unreadable (void)
{
  static const char *const texts[] = {
    "jumpseat1.",
    "jumpseat1.opaque",
    "jumpseat1.opaque.m",
    "jumpseat1.opaque.m.",
    "jumpseat1.telepathy.m.x",
    "jumpseat1..m.x",
    "jumpseat1.Opaque.m.x",
    "jumpseat1.opaque.m%2.x",
    "jumpseat1.opaque.m%zz.x",
    "jumpseat1.opaque.m%00.x",
    "jumpseat1.opaque.m%ff.x",
    "jumpseat1.opaque.a b.x",
    "jumpseat2.opaque.m.x",
    "jumpseat12.opaque.m.x",
    "jumpseat1.opaque.m.jumpseat1.opaque.m.x",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      JumpReasoningState state = { JUMP_REASONING_NONE, NULL, NULL };

      g_assert_true (jump_reasoning_text_is_sealed (texts[i]));
      g_assert_false (jump_reasoning_state_open (&state, texts[i], JUMP_REASONING_SIGNATURE));
      g_assert_cmpint (state.kind, ==, JUMP_REASONING_NONE);
      g_assert_null (state.data);
      g_assert_null (state.model);
    }
}

static void
test_fits (void)
{
  static const guint messages = 1u << JUMP_REASONING_SIGNATURE | 1u << JUMP_REASONING_REDACTED;
  static const struct
  {
    JumpReasoningState state;
    guint kinds;
    const char *model;
    gboolean fits;
  } cases[] = {
    { { JUMP_REASONING_SIGNATURE, (char *) "x", (char *) "a" }, messages, "a", TRUE },
    { { JUMP_REASONING_REDACTED, (char *) "x", (char *) "a" }, messages, "a", TRUE },
    { { JUMP_REASONING_SIGNATURE, (char *) "x", (char *) "a" }, messages, "b", FALSE },
    { { JUMP_REASONING_SIGNATURE, (char *) "x", (char *) "a" }, messages, NULL, FALSE },
    { { JUMP_REASONING_SIGNATURE, (char *) "x", NULL }, messages, "b", TRUE },
    { { JUMP_REASONING_OPAQUE, (char *) "x", (char *) "a" }, messages, "a", FALSE },
    { { JUMP_REASONING_OPAQUE, (char *) "x", NULL }, messages, "a", FALSE },
    { { JUMP_REASONING_NONE, NULL, NULL }, ~0u, "a", FALSE },
    { { JUMP_REASONING_OPAQUE, (char *) "x", (char *) "a" }, 0, "a", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (jump_reasoning_state_fits (&cases[i].state, cases[i].kinds, cases[i].model),
                     ==,
                     cases[i].fits);
}

static void
test_copy (void)
{
  const JumpReasoningState state = { JUMP_REASONING_OPAQUE, (char *) "x", (char *) "m" };
  g_auto (JumpReasoningState) copy = { JUMP_REASONING_NONE, NULL, NULL };

  jump_reasoning_state_copy (&copy, &state);
  g_assert_cmpint (copy.kind, ==, JUMP_REASONING_OPAQUE);
  g_assert_cmpstr (copy.data, ==, "x");
  g_assert_true (copy.data != state.data);
  g_assert_cmpstr (copy.model, ==, "m");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reasoning-state/seal", test_seal);
  g_test_add_func ("/reasoning-state/bare", test_bare);
  g_test_add_func ("/reasoning-state/nothing", test_nothing);
  g_test_add_func ("/reasoning-state/unreadable", test_unreadable);
  g_test_add_func ("/reasoning-state/fits", test_fits);
  g_test_add_func ("/reasoning-state/copy", test_copy);
  return g_test_run ();
}
