/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* Bodies of type multipart/form-data (RFC 7578), read strictly: what two programs could read in two ways is refused.
 * Pure. */

/* Whether @content_type (nullable) is that of a form with parts. */
gboolean jump_multipart_form_is_one (const char *content_type);
/* @field: the part of that name. @out_data, @out_length: (out): inside @data. FALSE with JUMP_ERROR_BAD_REQUEST when
 * there is none, or the form is broken. */
gboolean jump_multipart_form_find (const char *content_type,
                                   const char *data,
                                   gsize length,
                                   const char *field,
                                   const char **out_data,
                                   gsize *out_length,
                                   GError **error);
