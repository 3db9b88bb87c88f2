/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <gtk/gtk.h>

/* A QR code of a text, black on white in every theme, as scanners want it. */

#define JUMP_TYPE_QR_CODE (jump_qr_code_get_type ())
G_DECLARE_FINAL_TYPE (JumpQrCode, jump_qr_code, JUMP, QR_CODE, GtkDrawingArea)

GtkWidget *jump_qr_code_new (void);
void jump_qr_code_set_text (JumpQrCode *self, const char *text);
