/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

/* Tells the service what the computer knows of itself: that it has slept, that its network came or
 * went. Only where a screen runs: it costs connections that a headless service does without. */

typedef struct _JumpDeskWatch JumpDeskWatch;

JumpDeskWatch *jump_desk_watch_new (JumpService *service);
void jump_desk_watch_free (JumpDeskWatch *self);
