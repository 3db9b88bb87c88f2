/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/net/http-client.h"
#include "service/net/trust.h"

#include <glib/gstdio.h>
#include <string.h>

#define CERTIFICATE "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"

static void
test_no_file (void)
{
  JumpTrust trust = { 0 };
  g_autoptr (GError) error = NULL;

  jump_trust_set_file (&trust, NULL);
  g_assert_true (jump_trust_check (&trust, &error));
  g_assert_no_error (error);
  g_assert_null (trust.extra);
  jump_trust_clear (&trust);
}

/* The error names the setting; a file that comes later is taken without a restart. */
static void
test_file (void)
{
  g_autofree char *folder = g_dir_make_tmp ("jumpseat-trust-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "company.pem", NULL);
  g_autoptr (GError) missing = NULL;
  g_autoptr (GError) wrong = NULL;
  JumpTrust trust = { 0 };

  jump_trust_set_file (&trust, file);
  g_assert_false (jump_trust_check (&trust, &missing));
  g_assert_error (missing, JUMP_ERROR, JUMP_ERROR_SETTINGS);
  g_assert_true (g_str_has_prefix (missing->message, "upstream.ca_file: "));
  g_assert_nonnull (strstr (missing->message, "company.pem"));

  g_assert_true (g_file_set_contents (file, "-----BEGIN PRIVATE KEY-----\nx", -1, NULL));
  g_assert_false (jump_trust_check (&trust, &wrong));
  g_assert_error (wrong, JUMP_ERROR, JUMP_ERROR_SETTINGS);
  g_assert_true (g_str_has_prefix (wrong->message, "upstream.ca_file: expected certificates"));

  g_assert_true (g_file_set_contents (file, CERTIFICATE, -1, NULL));
  g_assert_true (jump_trust_check (&trust, NULL));
  g_assert_cmpuint (g_bytes_get_size (trust.extra), ==, strlen (CERTIFICATE));
  jump_trust_clear (&trust);
  g_remove (file);
  g_rmdir (folder);
}

static void
test_join (void)
{
  g_autoptr (GBytes) system = g_bytes_new_static ("a", 1);
  g_autoptr (GBytes) extra = g_bytes_new_static ("b\n", 2);
  g_autoptr (GBytes) joined = jump_trust_join (system, extra);

  g_assert_cmpmem (g_bytes_get_data (joined, NULL), g_bytes_get_size (joined), "a\nb\n", 4);
}

/* What the system trusts stays trusted. */
static void
test_system_stays (void)
{
  g_autoptr (GBytes) extra = g_bytes_new_static (CERTIFICATE, strlen (CERTIFICATE));
  JumpTrust trust = { .extra = extra };
  const char *folder_before = NULL;
  const char *folder = NULL;
  CURL *easy = curl_easy_init ();

  curl_easy_getinfo (easy, CURLINFO_CAPATH, &folder_before);
  if (folder_before == NULL || !g_file_test (folder_before, G_FILE_TEST_IS_DIR))
    {
      g_autoptr (GBytes) all = NULL;
      const char *bundle = NULL;
      g_autofree char *text = NULL;

      curl_easy_getinfo (easy, CURLINFO_CAINFO, &bundle);
      jump_trust_apply (&trust, easy);
      all = g_steal_pointer (&trust.bundle);
      if (bundle != NULL && g_file_get_contents (bundle, &text, NULL, NULL))
        g_assert_cmpuint (g_bytes_get_size (all), >, strlen (text));
    }
  else
    {
      jump_trust_apply (&trust, easy);
      curl_easy_getinfo (easy, CURLINFO_CAPATH, &folder);
      g_assert_cmpstr (folder, ==, folder_before);
    }
  curl_easy_cleanup (easy);
}

static void
on_done (JumpHttpTransfer *transfer, const GError *error, gpointer user_data)
{
  *(GError **) user_data = g_error_copy (error);
}

/* No connection is opened with less trust than was asked for. */
static void
test_request (void)
{
  static const JumpHttpTransferFuncs funcs = { .on_done = on_done };
  JumpHttpClientOptions options = { .ca_file = "/nonexistent/company.pem" };
  g_autoptr (JumpPoller) poller = jump_poller_new ();
  g_autoptr (JumpHttpClient) client = jump_http_client_new (poller, &options);
  g_autoptr (GError) error = NULL;

  jump_http_client_start (client,
                          jump_http_request_new ("GET", "https://localhost:1/"),
                          &funcs,
                          &error);
  while (error == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_SETTINGS);
  g_assert_nonnull (strstr (error->message, "upstream.ca_file"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/trust/no-file", test_no_file);
  g_test_add_func ("/trust/file", test_file);
  g_test_add_func ("/trust/join", test_join);
  g_test_add_func ("/trust/system-stays", test_system_stays);
  g_test_add_func ("/trust/request", test_request);
  return g_test_run ();
}
