/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/dialects/dialect.h"

/* The repairs of OpenAI chat requests. See jump_request_patch(), which is how everybody else gets here. */

GBytes *jump_chat_patch (GBytes *body,
                         const JumpRequestFacts *facts,
                         const JumpModelTraits *traits,
                         JumpChanges *changes,
                         GError **error);
