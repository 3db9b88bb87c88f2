/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/setting-layout.h"
#include "ui/setting-text.h"
#include "ui/setting-words.h"

#include <string.h>

static gboolean
is_left_out (JumpSettingKey key)
{
  return key == JUMP_KEY_UPSTREAM_CLIENT_ID || key == JUMP_KEY_UPSTREAM_SCOPE;
}

static gboolean
kind_fits (JumpSettingType type, JumpFieldKind kind)
{
  switch (type)
    {
    case JUMP_SETTING_BOOLEAN:
      return kind == JUMP_FIELD_SWITCH;
    case JUMP_SETTING_INT:
      return kind == JUMP_FIELD_NUMBER || kind == JUMP_FIELD_PORT;
    case JUMP_SETTING_CHOICE:
      return kind == JUMP_FIELD_CHOICE;
    case JUMP_SETTING_STRING:
      return kind == JUMP_FIELD_TEXT || kind == JUMP_FIELD_FILE;
    case JUMP_SETTING_ADDRESS:
    case JUMP_SETTING_HOSTS:
    case JUMP_SETTING_ORIGINS:
    case JUMP_SETTING_URL:
    case JUMP_SETTING_PROXY:
      return kind == JUMP_FIELD_TEXT;
    }
  return FALSE;
}

/* A new key has to be shown, or left out on purpose. */
static void
test_every_key_once (void)
{
  guint n_entries;
  const JumpSettingEntry *entries = jump_setting_layout_get (&n_entries);
  guint seen[JUMP_N_KEYS] = { 0 };

  for (guint i = 0; i < n_entries; i++)
    {
      const JumpSettingRow *row = jump_setting_row (entries[i].key);

      seen[entries[i].key]++;
      g_test_message ("%s.%s", row->group, row->name);
      g_assert_true (kind_fits (row->type, entries[i].kind));
      g_assert_cmpstr (jump_setting_label (entries[i].key), !=, "");
    }
  for (guint i = 0; i < JUMP_N_KEYS; i++)
    {
      g_test_message ("%s.%s", jump_setting_row (i)->group, jump_setting_row (i)->name);
      g_assert_cmpuint (seen[i], ==, is_left_out ((JumpSettingKey) i) ? 0 : 1);
    }
}

/* Whoever sees "system" in a list has been forgotten. */
static void
test_choices_have_words (void)
{
  for (guint i = 0; i < JUMP_N_KEYS; i++)
    {
      const JumpSettingRow *row = jump_setting_row ((JumpSettingKey) i);
      g_auto (GStrv) words =
          row->type == JUMP_SETTING_CHOICE ? g_strsplit (row->choices, "|", -1) : NULL;

      for (guint j = 0; words != NULL && words[j] != NULL; j++)
        {
          const char *label = jump_setting_choice_label ((JumpSettingKey) i, words[j]);

          g_test_message ("%s.%s: %s", row->group, row->name, words[j]);
          if (i == JUMP_KEY_TRANSLATION_REASONING_FIELD)
            g_assert_cmpstr (label, ==, words[j]);
          else
            g_assert_cmpstr (label, !=, words[j]);
        }
    }
}

static void
test_expected (void)
{
  static const struct
  {
    JumpSettingKey key;
    const char *part;
  } rows[] = {
    { JUMP_KEY_SERVER_PORT, "A number from 0 to 65535." },
    { JUMP_KEY_TIMEOUT_DIAL, "A number from 1 to 300." },
    { JUMP_KEY_UPSTREAM_GITHUB_URL, "https://" },
    { JUMP_KEY_UPSTREAM_PROXY, "proxy" },
    { JUMP_KEY_IDENTITY_INTENT, "not empty" },
    { JUMP_KEY_MODELS_SMALL, "A text of one line." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = jump_setting_describe_expected (rows[i].key);

      g_assert_nonnull (strstr (text, rows[i].part));
    }
}

static void
test_overrides (void)
{
  g_autofree char *option = jump_setting_describe_override ("--port");
  g_autofree char *variable = jump_setting_describe_override ("PORT");

  g_assert_null (jump_setting_describe_override ("default"));
  g_assert_null (jump_setting_describe_override ("file"));
  g_assert_cmpstr (option, ==, "Set by --port on the command line.");
  g_assert_cmpstr (variable, ==, "Set by the environment variable PORT.");
}

static void
test_pairs (void)
{
  static JumpSettingPair known = { (char *) "sonnet", (char *) "claude-sonnet-*" };
  g_autoptr (GPtrArray) table = g_ptr_array_new ();
  g_autofree char *long_name = g_strnfill (201, 'x');
  const struct
  {
    const char *name;
    const char *target;
    const char *old_name;
    gboolean is_right;
  } rows[] = {
    { "fast", "gpt-4.1", NULL, TRUE },
    { "sonnet", "claude-opus-*", "sonnet", TRUE },
    { "Sonnet", "claude-opus-*", NULL, FALSE },
    { "fast", "sonnet", "fast", TRUE },
    { "sonnet", "gpt-4.1", "fast", FALSE },
    { "", "gpt-4.1", NULL, FALSE },
    { "fast", "", NULL, FALSE },
    { "same", "same", NULL, FALSE },
    { "two\nlines", "gpt-4.1", NULL, FALSE },
    { "fast", "gpt\t4", NULL, FALSE },
    { long_name, "gpt-4.1", NULL, FALSE },
  };

  g_ptr_array_add (table, &known);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *mistake =
          jump_setting_describe_pair (rows[i].name, rows[i].target, table, rows[i].old_name);

      g_test_message ("%s = %s", rows[i].name, rows[i].target);
      g_assert_cmpint (mistake == NULL, ==, rows[i].is_right);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/setting-text/every-key-once", test_every_key_once);
  g_test_add_func ("/setting-text/choices-have-words", test_choices_have_words);
  g_test_add_func ("/setting-text/expected", test_expected);
  g_test_add_func ("/setting-text/overrides", test_overrides);
  g_test_add_func ("/setting-text/pairs", test_pairs);
  return g_test_run ();
}
