/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/conversation/client-pass.h"

static void
test_models (void)
{
  static const struct
  {
    const char *models; /* separated by spaces */
    const char *model;
    gboolean is_allowed;
  } rows[] = {
    { "", "anything", TRUE },
    { "gpt-4.1", "gpt-4.1", TRUE },
    { "gpt-4.1", "GPT-4.1", TRUE },
    { "gpt-4.1", "gpt-4.1-mini", FALSE },
    { "gpt-4.1", "gpt-4", FALSE },
    { "gpt-4.1", "", FALSE },
    { "gpt-4*", "gpt-4.1-mini", TRUE },
    { "gpt-4*", "gpt-4", TRUE },
    { "gpt-4*", "gpt-3", FALSE },
    { "gpt-4*", "xgpt-4", FALSE },
    { "*", "anything", TRUE },
    { "*-mini", "gpt-4.1-mini", FALSE },
    { "a b*", "a", TRUE },
    { "a b*", "bc", TRUE },
    { "a b*", "ac", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (GStrv) models = g_strsplit (rows[i].models, " ", -1);
      g_autoptr (JumpClientPass) pass =
          jump_client_pass_new ("1", "a", (const char *const *) models);

      if (jump_client_pass_allows_model (pass, rows[i].model) != rows[i].is_allowed)
        g_error ("\"%s\" and \"%s\"", rows[i].models, rows[i].model);
    }
}

static void
test_no_key (void)
{
  g_assert_true (jump_client_pass_allows_model (NULL, "anything"));
}

static void
test_life (void)
{
  g_autoptr (JumpClientPass) pass = jump_client_pass_new ("12345678", "laptop", NULL);
  JumpClientPass *other = jump_client_pass_ref (pass);

  g_clear_pointer (&pass, jump_client_pass_unref);
  g_assert_cmpstr (other->id, ==, "12345678");
  g_assert_cmpstr (other->name, ==, "laptop");
  g_assert_null (other->models);
  jump_client_pass_unref (other);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/client-pass/models", test_models);
  g_test_add_func ("/client-pass/no-key", test_no_key);
  g_test_add_func ("/client-pass/life", test_life);
  return g_test_run ();
}
