/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/auth/identity.h"
#include "service/base/secret-text.h"
#include "service/net/json-call.h"

/* What all calls to GitHub (not Copilot) have in common: who we are, who the account is, how long
 * to wait; and that replies with a token in them are wiped. */

JumpHttpRequest *jump_github_request_new (const char *method,
                                          const char *base_url,
                                          const char *path,
                                          const JumpIdentity *identity);
/* Protocol 2.1: GitHub takes "token" and "Bearer"; VS Code sends the first. */
void jump_github_request_add_token (JumpHttpRequest *request,
                                    const JumpIdentity *identity,
                                    const JumpSecretText *token);
void jump_github_reply_wipe (JumpJsonReply *reply, const char *member);
