/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/history/history-database.h"

/* The tables and how they came to be: each version is a step from the one before it, and stays as it is for good. */

#define JUMP_HISTORY_VERSION 2

/* Reads only: whether this program knows the file's version; an error names it. */
gboolean jump_history_schema_check (JumpHistoryDatabase *database, GError **error);
/* Makes the tables, or takes the steps that are missing. */
gboolean jump_history_schema_apply (JumpHistoryDatabase *database, GError **error);
/* As far as @version: for files as earlier programs made them. */
gboolean
jump_history_schema_apply_until (JumpHistoryDatabase *database, guint version, GError **error);
