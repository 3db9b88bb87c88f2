/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/simulator/incoming-call.h"
#include "service/simulator/planned-reply.h"

/* What all APIs refuse about pictures: without the header, at models that see nothing, by address
 * (protocol 5.1 and 5.3). */

/* @external: whether one of them is not in the body itself.
 * Returns: (transfer full) (nullable): the refusal, NULL when nothing is wrong. */
JumpPlannedReply *jump_picture_check (const JumpIncomingCall *call,
                                      JsonObject *model,
                                      guint n_images,
                                      gboolean external);
