/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/usage-count.h"

/* A chat completion that is not streamed, put right (protocol 5.4): split choices merged into one,
 * object, created, id, index, model filled, arguments "" → "{}", padding and filter results hidden. A reply
 * that needs nothing passes byte for byte. */

/* @client_model: what the client asked for; replies carry it. @request_id: used to make an id when there is none.
 * @now: wall seconds. @requested_n: the request's n (1 when absent): with n > 1 choices with distinct
 * indexes are alternatives and are not merged. @out_usage: (out) (nullable).
 * Returns: (transfer full) (nullable): the body to send; NULL with @error when it is no chat completion:
 * JUMP_ERROR_UPSTREAM for HTTP 200 with an error object inside, JUMP_ERROR_PROTOCOL for anything else. */
GBytes *jump_chat_reply_repair (GBytes *body,
                                const char *client_model,
                                const char *request_id,
                                gint64 now,
                                guint requested_n,
                                JumpUsageCount *out_usage,
                                GError **error);

/* Reads usage and copilot_usage of any chat reply object or chunk. */
gboolean jump_chat_read_usage (const char *json, gsize length, JumpUsageCount *out_usage);
