/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/secret/secret-store-wincred.h"

#include <string.h>

#define KEY "unit-test"

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **out_result = user_data;

  *out_result = g_object_ref (result);
}

static void
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static char *
lookup (JumpSecretStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (JumpSecretText) secret = NULL;
  g_autoptr (GError) error = NULL;

  jump_secret_store_lookup_async (store, KEY, NULL, on_done, &result);
  wait_for (&result);
  secret = jump_secret_store_lookup_finish (store, result, &error);
  g_assert_no_error (error);
  return secret == NULL ? NULL : g_strdup (jump_secret_text_peek (secret));
}

static gboolean
save (JumpSecretStore *store, const char *text, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (JumpSecretText) secret = jump_secret_text_new (text);

  jump_secret_store_save_async (store, KEY, "Jumpseat test", secret, NULL, on_done, &result);
  wait_for (&result);
  return jump_secret_store_save_finish (store, result, error);
}

static void
clear (JumpSecretStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  jump_secret_store_clear_async (store, KEY, NULL, on_done, &result);
  wait_for (&result);
  g_assert_true (jump_secret_store_clear_finish (store, result, &error));
  g_assert_no_error (error);
}

/* Credential Manager takes 2560 bytes in one piece. */
static void
test_lengths (void)
{
  static const gsize lengths[] = { 40, 2560, 2559, 2561, 7000, 5120, 1 };
  g_autoptr (JumpSecretStore) store = jump_secret_store_wincred_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autofree char *text = g_strnfill (lengths[i], (char) ('a' + i));
      g_autofree char *found = NULL;
      g_autoptr (GError) error = NULL;

      memcpy (text, "x", 1);
      g_assert_true (save (store, text, &error));
      g_assert_no_error (error);
      found = lookup (store);
      g_assert_cmpstr (found, ==, text);
    }
  clear (store);
  g_assert_null (lookup (store));
  clear (store);
}

static void
test_too_long (void)
{
  g_autoptr (JumpSecretStore) store = jump_secret_store_wincred_new ();
  g_autofree char *text = g_strnfill (100 * 1000, 'x');
  g_autoptr (GError) error = NULL;

  g_assert_false (save (store, text, &error));
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_STORE);
  g_assert_null (lookup (store));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/secret-store-wincred/lengths", test_lengths);
  g_test_add_func ("/secret-store-wincred/too-long", test_too_long);
  return g_test_run ();
}
