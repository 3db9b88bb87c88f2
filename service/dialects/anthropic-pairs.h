/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/dialects/anthropic-turns.h"

/* Tool calls and their results: upstream takes only whole pairs, the result in the turn behind the call,
 * and ids that no other pair has (protocol 9.10). */

/* Turns must alternate. May leave empty ones. */
void jump_anthropic_pairs_repair (JumpAnthropicTurns *turns, JumpChanges *changes);
