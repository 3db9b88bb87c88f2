/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-write.h"
#include "service/http/client-request.h"

#include <gio/gio.h>

/* Replies that are written whole, of our own making. Each ends the request: it must not be touched
 * afterwards. */

void jump_http_reply_bytes (JumpClientRequest *request,
                            guint status,
                            const char *content_type,
                            GBytes *body);
/* A page for browsers (S-17). @policy: its Content-Security-Policy. @extra: (nullable)
 * (array zero-terminated=1): more headers, names and values. */
void jump_http_reply_page (JumpClientRequest *request,
                           guint status,
                           const char *html,
                           const char *policy,
                           const char *const *extra);
/* Part of a page, which browsers keep. @etag: of this version; @is_known: they have it already (304). */
void jump_http_reply_file (JumpClientRequest *request,
                           const char *content_type,
                           GBytes *body,
                           const char *policy,
                           const char *etag,
                           gboolean is_known);
/* 204: all that there is to say stands in the head. @extra: (nullable) (array zero-terminated=1): names and values */
void jump_http_reply_empty (JumpClientRequest *request, const char *const *extra);
void jump_http_reply_text (JumpClientRequest *request, guint status, const char *text);
/* Takes what @writer holds. */
void jump_http_reply_json (JumpClientRequest *request, guint status, JumpJsonWriter *writer);
void jump_http_reply_error (JumpClientRequest *request, const GError *error);
/* @allow: (nullable): the Allow header of a 405. */
void jump_http_reply_refusal (JumpClientRequest *request,
                              guint status,
                              const char *code,
                              const char *message,
                              const char *allow);
/* 429. @seconds: after which it may work. */
void jump_http_reply_retry_later (JumpClientRequest *request,
                                  guint seconds,
                                  const char *code,
                                  const char *message);
