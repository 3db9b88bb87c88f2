/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <json-glib/json-glib.h>

/* Reading the optional fields of a scenario. A typing error in a test's scenario must not pass
 * silently, so unknown fields and wrong ranges are errors (JUMP_ERROR_SETTINGS) that name the
 * field's path. */

gboolean jump_scenario_fields_only (JsonObject *object,
                                    const char *path,
                                    const char *const *allowed,
                                    GError **error);
gboolean jump_scenario_fields_int (JsonObject *object,
                                   const char *path,
                                   const char *member,
                                   gint64 min,
                                   gint64 max,
                                   gint64 fallback,
                                   gint64 *out_value,
                                   GError **error);
/* Returns: FALSE, always. */
gboolean jump_scenario_fields_fail (GError **error,
                                    const char *path,
                                    const char *member,
                                    const char *expected);
