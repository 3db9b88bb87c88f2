/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/relay/patch-work.h"

/* Pictures in a conversation of any dialect: upstream fetches none from the web, keeps no files, and takes
 * only so many in one prompt (protocol 5.3, 6.3, 9.19). */

/* @list_name: "messages" or "input". @text_type: of a part that is text.
 * Of too many pictures the oldest are replaced by a few words: agents collect screenshots, and a
 * conversation that is refused for them would be stuck for good. Notes "images-dropped". FALSE with
 * JUMP_ERROR_BAD_REQUEST that names the part that is not in the request itself. */
gboolean jump_image_patch (JumpPatchWork *work,
                           const char *list_name,
                           const char *text_type,
                           GError **error);
/* Whether @part is a picture, in the words of any dialect. */
gboolean jump_image_is_part (JumpJsonSpan part);
