/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/qr-code.h"

#include <glib/gstdio.h>
#include <string.h>

#define ADDRESS "https://github.com/login/device"

/* Draws the code as a window would, without one. @size: 0 takes the natural size. */
static cairo_surface_t *
draw (const char *text, int size)
{
  GtkWidget *window = gtk_offscreen_window_new ();
  GtkWidget *code = jump_qr_code_new ();
  cairo_surface_t *surface;
  cairo_t *cr;
  int natural;

  gtk_container_add (GTK_CONTAINER (window), code);
  gtk_widget_show (code);
  jump_qr_code_set_text (JUMP_QR_CODE (code), text);
  gtk_widget_get_preferred_width (code, NULL, &natural);
  natural = size > 0 ? size : natural;
  gtk_widget_size_allocate (code, &(GtkAllocation){ 0, 0, natural, natural });
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, natural, natural);
  cr = cairo_create (surface);
  GTK_WIDGET_GET_CLASS (code)->draw (code, cr);
  cairo_destroy (cr);
  gtk_widget_destroy (window);
  cairo_surface_flush (surface);
  return surface;
}

static guint32
get_pixel (cairo_surface_t *surface, int x, int y)
{
  const guchar *data = cairo_image_surface_get_data (surface);
  guint32 pixel;

  memcpy (&pixel, data + y * cairo_image_surface_get_stride (surface) + x * 4, sizeof pixel);
  return pixel & 0xffffff;
}

/* Black on white and nothing between: grey edges are what makes scanning fail. */
static void
test_crisp (void)
{
  cairo_surface_t *surface = draw (ADDRESS, 0);
  int size = cairo_image_surface_get_width (surface);
  guint n_black = 0;

  g_assert_cmpint (size, >, 25 * 4);
  for (int y = 0; y < size; y++)
    {
      for (int x = 0; x < size; x++)
        {
          guint32 pixel = get_pixel (surface, x, y);

          g_assert_true (pixel == 0 || pixel == 0xffffff);
          n_black += pixel == 0 ? 1 : 0;
          if (x < 16 || y < 16 || x >= size - 16 || y >= size - 16)
            g_assert_cmphex (pixel, ==, 0xffffff);
        }
    }
  g_assert_cmpuint (n_black, >, (guint) (size * size / 10));
  cairo_surface_destroy (surface);
}

static void
check_decoded (const char *text, int size)
{
  g_autofree char *zbarimg = g_find_program_in_path ("zbarimg");
  cairo_surface_t *surface = draw (text, size);
  g_autofree char *path = NULL;
  g_autofree char *output = NULL;
  g_autoptr (GError) error = NULL;
  const char *arguments[] = { zbarimg, "--quiet", "--raw", "--nodbus", NULL, NULL };
  int handle;

  if (zbarimg == NULL)
    {
      cairo_surface_destroy (surface);
      g_test_skip ("no zbarimg");
      return;
    }
  handle = g_file_open_tmp ("jumpseat-qr-XXXXXX.png", &path, NULL);
  g_close (handle, NULL);
  g_assert_cmpint (cairo_surface_write_to_png (surface, path), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (surface);
  arguments[4] = path;
  g_spawn_sync (NULL,
                (char **) arguments,
                NULL,
                G_SPAWN_STDERR_TO_DEV_NULL,
                NULL,
                NULL,
                &output,
                NULL,
                NULL,
                &error);
  g_assert_no_error (error);
  g_assert_cmpstr (g_strchomp (output), ==, text);
  g_unlink (path);
}

static void
test_decoded (void)
{
  check_decoded (ADDRESS, 0);
  check_decoded ("https://acme.ghe.com/login/device?user_code=WDJB-MJHT", 0);
  check_decoded (ADDRESS, 331);
}

static void
test_without_text (void)
{
  GtkWidget *code = g_object_ref_sink (jump_qr_code_new ());
  g_autofree char *long_text = g_strnfill (5000, 'x');
  AtkObject *accessible = gtk_widget_get_accessible (code);
  int natural;

  gtk_widget_show (code);
  jump_qr_code_set_text (JUMP_QR_CODE (code), ADDRESS);
  g_assert_nonnull (strstr (atk_object_get_description (accessible), ADDRESS));
  jump_qr_code_set_text (JUMP_QR_CODE (code), long_text);
  gtk_widget_get_preferred_width (code, NULL, &natural);
  g_assert_cmpint (natural, ==, 0);
  g_assert_cmpstr (atk_object_get_description (accessible), ==, "");
  jump_qr_code_set_text (JUMP_QR_CODE (code), NULL);
  gtk_widget_destroy (code);
  g_object_unref (code);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check (&argc, &argv))
    {
      g_print ("1..0 # SKIP no display\n");
      return 0;
    }
  g_test_add_func ("/qr-code/crisp", test_crisp);
  g_test_add_func ("/qr-code/decoded", test_decoded);
  g_test_add_func ("/qr-code/without-text", test_without_text);
  return g_test_run ();
}
