/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-scan.h"
#include "service/conversation/part.h"

/* Ollama's images: base64 without a word about what is in it. */

/* @images: an array of strings, or absent. Adds an IMAGE part per image to @parts. Errors name @path
 * and the position: "messages[1].images[0]: expected …". */
gboolean
jump_ollama_images_read (JumpJsonSpan images, const char *path, GPtrArray *parts, GError **error);
/* Returns: (nullable): the media type, told from the first bytes of the @base64 text; NULL: none that any
 * model could take. */
const char *jump_ollama_images_sniff (const char *base64);
