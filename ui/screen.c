/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/screen.h"

#include "ui/window.h"

struct _JumpScreen
{
  GObject parent_instance;

  GApplication *application; /* (unowned): owns us */
  JumpService *service;      /* (owned) */
  GtkWidget *window;         /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (JumpScreen, jump_screen, G_TYPE_OBJECT)

static void
jump_screen_dispose (GObject *object)
{
  JumpScreen *self = JUMP_SCREEN (object);

  g_clear_pointer (&self->window, gtk_widget_destroy);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (jump_screen_parent_class)->dispose (object);
}

static void
jump_screen_class_init (JumpScreenClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jump_screen_dispose;
}

static void
jump_screen_init (JumpScreen *self)
{
}

JumpScreen *
jump_screen_new (GApplication *application, JumpService *service)
{
  JumpScreen *self = g_object_new (JUMP_TYPE_SCREEN, NULL);

  self->application = application;
  self->service = g_object_ref (service);
  return self;
}

JumpService *
jump_screen_get_service (JumpScreen *self)
{
  return self->service;
}

GApplication *
jump_screen_get_application (JumpScreen *self)
{
  return self->application;
}

void
jump_screen_show_window (JumpScreen *self)
{
  if (self->window == NULL)
    self->window = jump_window_new (self->service, G_ACTION_GROUP (self->application));
  gtk_window_present (GTK_WINDOW (self->window));
}

GtkWindow *
jump_screen_get_window (JumpScreen *self)
{
  return self->window == NULL ? NULL : GTK_WINDOW (self->window);
}

void
jump_screen_show_page (JumpScreen *self, const char *page)
{
  jump_screen_show_window (self);
  jump_window_show_page (JUMP_WINDOW (self->window), page);
}

void
jump_screen_show_request (JumpScreen *self, const char *id)
{
  jump_screen_show_window (self);
  jump_window_show_request (JUMP_WINDOW (self->window), id);
}

void
jump_screen_sign_in (JumpScreen *self)
{
}

void
jump_screen_copy (JumpScreen *self, const char *text, const char *done)
{
}
