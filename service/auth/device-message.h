/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/auth/github-host.h"
#include "service/net/json-call.h"

/* What is asked and answered during a sign-in (protocol 1). Pure. */

typedef enum
{
  JUMP_DEVICE_ANSWER_PENDING,
  JUMP_DEVICE_ANSWER_SLOW_DOWN,
  JUMP_DEVICE_ANSWER_TOKEN,
  JUMP_DEVICE_ANSWER_EXPIRED,
  JUMP_DEVICE_ANSWER_DENIED,
  JUMP_DEVICE_ANSWER_ERROR, /* final */
} JumpDeviceAnswer;

char *jump_device_start_body_new (const JumpGithubHost *host);
char *jump_device_poll_body_new (const JumpGithubHost *host, const char *device_code);

JsonObject *jump_device_reply_read (JumpJsonReply *reply);
gint64 jump_device_reply_get_number (JsonObject *fields, const char *member);
gboolean jump_device_reply_check_start (guint status, JsonObject *fields, GError **error);
JumpDeviceAnswer jump_device_reply_judge_poll (guint status, JsonObject *fields, GError **error);
