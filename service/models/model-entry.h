/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/models/model.h"

/* The parts of a catalogue entry that come in more than one form. */

/* @object: (nullable): where the flag stands. Returns: whether it says yes, however it says it */
gboolean jump_model_entry_says_yes (JsonObject *object, const char *member);
JumpModelEndpoints jump_model_entry_read_endpoints (JsonObject *entry, const char *kind);
