/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

/* A desktop notification for each request that waits for somebody to allow it, taken back when it does not wait any
 * more. Its buttons are the action "app.answer-approval" (ss: id, answer). */

#define JUMP_TYPE_APPROVAL_NOTICES (jump_approval_notices_get_type ())
G_DECLARE_FINAL_TYPE (JumpApprovalNotices, jump_approval_notices, JUMP, APPROVAL_NOTICES, GObject)

JumpApprovalNotices *jump_approval_notices_new (GApplication *application, JumpService *service);
