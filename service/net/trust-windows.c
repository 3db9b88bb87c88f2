/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/net/trust.h"

#include <string.h>
#include <windows.h>

/* after windows.h, which it needs */
#include <wincrypt.h>

/* Where lists of revoked certificates cannot be reached, as behind many a company's proxy, Schannel would
 * refuse everything. */
#define TRUST_OPTIONS ((long) (CURLSSLOPT_NATIVE_CA | CURLSSLOPT_REVOKE_BEST_EFFORT))

static void
append_certificate (GByteArray *all, PCCERT_CONTEXT certificate)
{
  g_autofree char *text = g_base64_encode (certificate->pbCertEncoded, certificate->cbCertEncoded);
  g_autoptr (GString) lines = g_string_new ("-----BEGIN CERTIFICATE-----\n");

  for (const char *at = text; *at != '\0'; at += MIN (64, strlen (at)))
    g_string_append_printf (lines, "%.64s\n", at);
  g_string_append (lines, "-----END CERTIFICATE-----\n");
  g_byte_array_append (all, (const guint8 *) lines->str, (guint) lines->len);
}

/* Returns: (transfer full): the authorities that Windows trusts, as PEM */
static GBytes *
read_system (void)
{
  GByteArray *all = g_byte_array_new ();
  HCERTSTORE store = CertOpenSystemStoreW (0, L"ROOT");
  PCCERT_CONTEXT certificate = NULL;

  while (store != NULL && (certificate = CertEnumCertificatesInStore (store, certificate)) != NULL)
    append_certificate (all, certificate);
  if (store != NULL)
    CertCloseStore (store, 0);
  return g_byte_array_free_to_bytes (all);
}

/**
 * jump_trust_apply:
 * @easy: a new handle, with the values that libcurl was built with
 *
 * A libcurl with OpenSSL has to be told to ask Windows whom it trusts; one with Schannel does so by itself.
 * With Schannel a file or a blob replaces what Windows trusts, so the blob holds both.
 */
void
jump_trust_apply (JumpTrust *self, CURL *easy)
{
  struct curl_blob blob = { .flags = CURL_BLOB_COPY };

  curl_easy_setopt (easy, CURLOPT_SSL_OPTIONS, TRUST_OPTIONS);
  curl_easy_setopt (easy, CURLOPT_PROXY_SSL_OPTIONS, TRUST_OPTIONS);
  if (self->extra == NULL)
    return;
  if (self->bundle == NULL)
    {
      g_autoptr (GBytes) system = read_system ();

      self->bundle = jump_trust_join (system, self->extra);
    }
  blob.data = (void *) g_bytes_get_data (self->bundle, &blob.len);
  curl_easy_setopt (easy, CURLOPT_CAINFO_BLOB, &blob);
  curl_easy_setopt (easy, CURLOPT_PROXY_CAINFO_BLOB, &blob);
}
