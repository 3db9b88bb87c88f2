/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/net/trust.h"

static gboolean
has_folder (const char *folder)
{
  return folder != NULL && g_file_test (folder, G_FILE_TEST_IS_DIR);
}

static void
set_blob (CURL *easy, const JumpTrust *self, GBytes *blob)
{
  gsize length;
  gconstpointer data = g_bytes_get_data (blob, &length);
  struct curl_blob curl_blob = { (void *) data, length, CURL_BLOB_COPY };

  if (curl_easy_setopt (easy, CURLOPT_CAINFO_BLOB, &curl_blob) == CURLE_OK &&
      curl_easy_setopt (easy, CURLOPT_PROXY_CAINFO_BLOB, &curl_blob) == CURLE_OK)
    return;
  /* the TLS libraries that take no blob read a file and a folder, both */
  curl_easy_setopt (easy, CURLOPT_CAINFO, self->file);
  curl_easy_setopt (easy, CURLOPT_PROXY_CAINFO, self->file);
}

/* Where the system has no folder of authorities but one file. */
static GBytes *
get_bundle (JumpTrust *self, CURL *easy)
{
  const char *file = NULL;
  g_autoptr (GBytes) system = NULL;
  char *text;
  gsize length;

  if (self->bundle != NULL)
    return self->bundle;
  curl_easy_getinfo (easy, CURLINFO_CAINFO, &file);
  if (file != NULL && g_file_get_contents (file, &text, &length, NULL))
    {
      system = g_bytes_new_take (text, length);
      self->bundle = jump_trust_join (system, self->extra);
    }
  else
    self->bundle = g_bytes_ref (self->extra);
  return self->bundle;
}

/**
 * jump_trust_apply:
 * @easy: a new handle, with the values that libcurl was built with
 *
 * With a bundle and a folder set together, libcurl 7.88 reads the whole bundle again for each
 * connection: 30 ms of CPU and 1 MB. Either one alone is cheap, and so is a folder with the few
 * certificates of a company in memory.
 */
void
jump_trust_apply (JumpTrust *self, CURL *easy)
{
  const char *folder = NULL;
  gboolean uses_folder;

  curl_easy_getinfo (easy, CURLINFO_CAPATH, &folder);
  uses_folder = has_folder (folder);
  if (self->extra != NULL)
    set_blob (easy, self, uses_folder ? self->extra : get_bundle (self, easy));
  if (!uses_folder)
    folder = NULL;
  curl_easy_setopt (easy, CURLOPT_CAPATH, folder);
  curl_easy_setopt (easy, CURLOPT_PROXY_CAPATH, folder);
  if (uses_folder && self->extra == NULL)
    {
      curl_easy_setopt (easy, CURLOPT_CAINFO, NULL);
      curl_easy_setopt (easy, CURLOPT_PROXY_CAINFO, NULL);
    }
}
