/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/dialects/openai-chat-request.h"
#include "service/models/model.h"

/* What has to change in a client's chat request before Copilot takes it (protocol 5.3), and nothing
 * else: every other byte, fields nobody here knows included, passes as it came. Pure. */

/* @request: a scan of @body. @model: (nullable): the catalogue's entry of @model_id. @out_changes: (out)
 * (transfer full): comma-separated names of the changes, "" for none.
 * Returns: (transfer full): the body to send; @body itself when nothing had to change. */
GBytes *jump_request_patch_chat (GBytes *body,
                                 const JumpChatRequest *request,
                                 const char *model_id,
                                 JumpModel *model,
                                 char **out_changes);
