/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "ui/usage-numbers.h"

#include <gtk/gtk.h>

/* What was used in a time, in a few figures, and what they do not say by themselves. */

#define JUMP_TYPE_USAGE_FIGURES (jump_usage_figures_get_type ())
G_DECLARE_FINAL_TYPE (JumpUsageFigures, jump_usage_figures, JUMP, USAGE_FIGURES, GtkBox)

void jump_usage_figures_set_sums (JumpUsageFigures *self, const JumpUsageSums *sums);
