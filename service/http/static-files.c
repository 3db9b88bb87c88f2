/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/static-files.h"

#include "data/dashboard-resource.h"
#include "service/http/http-reply.h"

#include <string.h>

#define FOLDER "/io/github/jumpseat/Jumpseat/dashboard/"

/* Everything comes from here, and nothing is written into the page as text. */
#define POLICY                                                                      \
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " \
  "connect-src 'self'; font-src 'self'; form-action 'none'; base-uri 'none'; "      \
  "frame-ancestors 'none'"

static const char *const types[][2] = {
  { ".js", "text/javascript; charset=utf-8" },
  { ".css", "text/css; charset=utf-8" },
  { ".html", "text/html; charset=utf-8" },
  { ".svg", "image/svg+xml; charset=utf-8" },
};

/* Returns: (nullable): NULL for what no page needs */
static const char *
find_type (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      if (g_str_has_suffix (name, types[i][0]))
        return types[i][1];
    }
  return NULL;
}

/* Returns: (transfer full) (nullable) */
static GBytes *
find_file (const char *name)
{
  g_autofree char *path = g_strconcat (FOLDER, name, NULL);

  if (strchr (name, '/') != NULL || find_type (name) == NULL)
    return NULL;
  return g_resource_lookup_data (jump_dashboard_data_get_resource (),
                                 path,
                                 G_RESOURCE_LOOKUP_FLAGS_NONE,
                                 NULL);
}

/**
 * jump_static_files_answer_index:
 * @request: must not be touched afterwards
 * @extra: (nullable) (array zero-terminated=1): more headers, at most one
 */
void
jump_static_files_answer_index (JumpClientRequest *request, const char *const *extra)
{
  g_autoptr (GBytes) file = find_file ("index.html");
  gsize length;
  const char *data = g_bytes_get_data (file, &length);
  g_autofree char *html = g_strndup (data, length);

  jump_http_reply_page (request, 200, html, POLICY, extra);
}

/* The files are small; what they say is their version. */
static char *
write_etag (GBytes *file)
{
  g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, file);

  return g_strdup_printf ("\"%.32s\"", sum);
}

void
jump_static_files_answer (JumpHttpContext *context, JumpClientRequest *request)
{
  g_autoptr (GBytes) file = find_file (request->parameter);
  g_autofree char *etag = NULL;
  gboolean is_known;

  if (file == NULL)
    {
      jump_http_reply_refusal (request, 404, "unknown_path", "there is no such file here", NULL);
      return;
    }
  etag = write_etag (file);
  is_known = request->if_none_match != NULL && strstr (request->if_none_match, etag) != NULL;
  jump_http_reply_file (request, find_type (request->parameter), file, POLICY, etag, is_known);
}
