/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-scan.h"

/* Appends the numbers of the JSON array @vector as base64 of little-endian float32, which is what
 * OpenAI's clients ask for by default. */
void jump_embeddings_vector_append_base64 (GString *out, JumpJsonSpan vector);
