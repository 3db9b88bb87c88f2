/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/qr-code.h"

#include <glib/gi18n-lib.h>
#include <qrencode.h>

/* Scanners want four modules of white around the code (ISO 18004). */
#define QUIET_ZONE 4
/* Pixels of a module: less is hard to catch with a telephone's camera. */
#define MODULE_SIZE 4

struct _JumpQrCode
{
  GtkDrawingArea parent_instance;

  QRcode *code; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (JumpQrCode, jump_qr_code, GTK_TYPE_DRAWING_AREA)

static int
count_modules (JumpQrCode *self)
{
  return self->code == NULL ? 0 : self->code->width + 2 * QUIET_ZONE;
}

static gboolean
is_dark (JumpQrCode *self, int column, int row)
{
  return (self->code->data[row * self->code->width + column] & 1) != 0;
}

static void
draw_modules (JumpQrCode *self, cairo_t *cr)
{
  for (int row = 0; row < self->code->width; row++)
    {
      for (int column = 0; column < self->code->width; column++)
        {
          if (is_dark (self, column, row))
            cairo_rectangle (cr, column + QUIET_ZONE, row + QUIET_ZONE, 1, 1);
        }
    }
  cairo_fill (cr);
}

/* A module is a whole number of the screen's points, so that no edge is grey. */
static gboolean
jump_qr_code_draw (GtkWidget *widget, cairo_t *cr)
{
  JumpQrCode *self = JUMP_QR_CODE (widget);
  int n_modules = count_modules (self);
  int factor = gtk_widget_get_scale_factor (widget);
  int width = gtk_widget_get_allocated_width (widget) * factor;
  int height = gtk_widget_get_allocated_height (widget) * factor;
  int size;
  int left, top;

  if (n_modules == 0)
    return GDK_EVENT_PROPAGATE;
  size = MAX (MIN (width, height) / n_modules, 1);
  left = (width - size * n_modules) / 2; /* whole pixels */
  top = (height - size * n_modules) / 2;
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  cairo_scale (cr, 1.0 / factor, 1.0 / factor);
  cairo_translate (cr, left, top);
  cairo_scale (cr, size, size);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_rectangle (cr, 0, 0, n_modules, n_modules);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  draw_modules (self, cr);
  return GDK_EVENT_PROPAGATE;
}

static void
jump_qr_code_get_preferred_width (GtkWidget *widget, int *minimum, int *natural)
{
  *minimum = *natural = count_modules (JUMP_QR_CODE (widget)) * MODULE_SIZE;
}

static void
jump_qr_code_get_preferred_height (GtkWidget *widget, int *minimum, int *natural)
{
  *minimum = *natural = count_modules (JUMP_QR_CODE (widget)) * MODULE_SIZE;
}

static void
jump_qr_code_finalize (GObject *object)
{
  JumpQrCode *self = JUMP_QR_CODE (object);

  g_clear_pointer (&self->code, QRcode_free);
  G_OBJECT_CLASS (jump_qr_code_parent_class)->finalize (object);
}

static void
jump_qr_code_class_init (JumpQrCodeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = jump_qr_code_finalize;
  widget_class->draw = jump_qr_code_draw;
  widget_class->get_preferred_width = jump_qr_code_get_preferred_width;
  widget_class->get_preferred_height = jump_qr_code_get_preferred_height;
}

static void
jump_qr_code_init (JumpQrCode *self)
{
  AtkObject *accessible = gtk_widget_get_accessible (GTK_WIDGET (self));

  atk_object_set_role (accessible, ATK_ROLE_IMAGE);
  atk_object_set_name (accessible, _ ("QR code"));
}

/**
 * jump_qr_code_new:
 *
 * Returns: (transfer floating): empty, and of no size, until it has a text
 */
GtkWidget *
jump_qr_code_new (void)
{
  return g_object_new (JUMP_TYPE_QR_CODE, NULL);
}

/**
 * jump_qr_code_set_text:
 * @self: a code
 * @text: (nullable): what it says; nothing is shown when it is NULL, empty, or longer than a code
 *   can hold (about 2300 bytes)
 */
void
jump_qr_code_set_text (JumpQrCode *self, const char *text)
{
  AtkObject *accessible = gtk_widget_get_accessible (GTK_WIDGET (self));
  g_autofree char *description = NULL;

  g_clear_pointer (&self->code, QRcode_free);
  if (text != NULL && *text != '\0')
    self->code = QRcode_encodeString8bit (text, 0, QR_ECLEVEL_M);
  if (self->code != NULL)
    /* Translators: %s is the address of a web page. */
    description = g_strdup_printf (_ ("Opens %s on a telephone."), text);
  atk_object_set_description (accessible, description == NULL ? "" : description);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
