/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "config.h"

#include "service/doctor/call-request.h"

#include "service/base/json-write.h"
#include "service/base/secret-text.h"

JumpHttpRequest *
jump_call_request_new (const JumpDoctorTools *tools,
                       const char *path,
                       const char *before,
                       const char *model,
                       const char *after)
{
  g_autofree char *url = g_strconcat (tools->url, path, NULL);
  JumpHttpRequest *request = jump_http_request_new ("POST", url);
  char *authorization = g_strconcat ("Bearer ", tools->key, NULL);
  g_autoptr (GString) text = g_string_new (before);
  g_autoptr (GBytes) body = NULL;

  jump_json_append_string (text, model);
  g_string_append (text, after);
  body = g_bytes_new (text->str, text->len);
  jump_http_request_set_body (request, body, "application/json");
  jump_http_request_add_header (request, "Authorization", authorization);
  jump_http_request_add_header (request, "User-Agent", "jumpseat-doctor/" JUMPSEAT_VERSION);
  jump_secret_free (authorization);
  return request;
}
