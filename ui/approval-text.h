/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

/* What a person is asked about a request that waits. Pure. (transfer full) */

char *jump_approval_text_question (const char *client, const char *model);
/* The question of a request, and behind it why it is asked where there is a reason. */
char *jump_approval_text_for_request (JumpApprovalRequest *request);
/* "Refused by itself in 42 seconds." */
char *jump_approval_text_left (gint64 seconds);
