/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

/* Returns: (transfer full) (nullable): what has to be known of a list of models that is not
 * upstream's own of right now; NULL for one that is. Pure. @fetched_at: wall seconds, 0 unknown. */
char *jump_catalog_text_origin (JumpCatalogOrigin origin, gint64 fetched_at, gboolean is_signed_in);
