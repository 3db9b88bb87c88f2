/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

#include <gtk/gtk.h>

/* One finding of the doctor: how it went, what was found, and what helps. */

#define JUMP_TYPE_FINDING_ROW (jump_finding_row_get_type ())
G_DECLARE_FINAL_TYPE (JumpFindingRow, jump_finding_row, JUMP, FINDING_ROW, GtkListBoxRow)

GtkWidget *jump_finding_row_new (const JumpFinding *finding);
