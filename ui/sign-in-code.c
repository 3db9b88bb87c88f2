/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/sign-in-code.h"

#include "ui/qr-code.h"
#include "ui/sign-in-view-text.h"

#include <glib/gi18n-lib.h>

struct _JumpSignInCode
{
  GtkBox parent_instance;

  GtkWidget *address_label;
  GtkWidget *code_label;
  GtkWidget *copy_button;
  GtkWidget *remaining_label;
  GtkWidget *trouble_label;
  GtkWidget *qr_code;

  JumpDeviceFlow *flow; /* (owned) (nullable) */
  JumpClock *clock;     /* (owned) (nullable) */
  guint tick;           /* once a second while the remaining time is seen */
};

typedef enum
{
  SIGNAL_OPEN_REQUESTED,
  N_SIGNALS,
} Signal;

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JumpSignInCode, jump_sign_in_code, GTK_TYPE_BOX)

static void
show_remaining (JumpSignInCode *self)
{
  g_autofree char *text = NULL;

  if (self->flow == NULL)
    return;
  text = jump_sign_in_describe_remaining (jump_device_flow_get_expires_at (self->flow) -
                                          jump_clock_get_wall_seconds (self->clock));
  gtk_label_set_text (GTK_LABEL (self->remaining_label), text);
}

static gboolean
on_second_passed (gpointer user_data)
{
  show_remaining (JUMP_SIGN_IN_CODE (user_data));
  return G_SOURCE_CONTINUE;
}

static gboolean
on_address_activated (GtkLabel *label, const char *uri, JumpSignInCode *self)
{
  g_signal_emit (self, signals[SIGNAL_OPEN_REQUESTED], 0);
  return GDK_EVENT_STOP;
}

static void
on_copy_clicked (GtkButton *button, JumpSignInCode *self)
{
  GtkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self), GDK_SELECTION_CLIPBOARD);

  gtk_clipboard_set_text (clipboard, gtk_label_get_text (GTK_LABEL (self->code_label)), -1);
  /* Translators: on a button, after its text was copied. */
  gtk_button_set_label (button, _ ("_Copied"));
}

/* The countdown costs a wake-up a second, so it runs only where somebody can see it. */
static void
jump_sign_in_code_map (GtkWidget *widget)
{
  JumpSignInCode *self = JUMP_SIGN_IN_CODE (widget);

  GTK_WIDGET_CLASS (jump_sign_in_code_parent_class)->map (widget);
  show_remaining (self);
  if (self->tick == 0)
    self->tick = g_timeout_add_seconds (1, on_second_passed, self);
}

static void
jump_sign_in_code_unmap (GtkWidget *widget)
{
  JumpSignInCode *self = JUMP_SIGN_IN_CODE (widget);

  g_clear_handle_id (&self->tick, g_source_remove);
  GTK_WIDGET_CLASS (jump_sign_in_code_parent_class)->unmap (widget);
}

static void
jump_sign_in_code_dispose (GObject *object)
{
  JumpSignInCode *self = JUMP_SIGN_IN_CODE (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_object (&self->flow);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (jump_sign_in_code_parent_class)->dispose (object);
}

static void
jump_sign_in_code_class_init (JumpSignInCodeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jump_sign_in_code_dispose;
  widget_class->map = jump_sign_in_code_map;
  widget_class->unmap = jump_sign_in_code_unmap;
  signals[SIGNAL_OPEN_REQUESTED] = g_signal_new ("open-requested",
                                                 JUMP_TYPE_SIGN_IN_CODE,
                                                 G_SIGNAL_RUN_LAST,
                                                 0,
                                                 NULL,
                                                 NULL,
                                                 NULL,
                                                 G_TYPE_NONE,
                                                 0);
  g_type_ensure (JUMP_TYPE_QR_CODE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/jumpseat/Jumpseat/ui/sign-in-code.ui");
  gtk_widget_class_bind_template_child (widget_class, JumpSignInCode, address_label);
  gtk_widget_class_bind_template_child (widget_class, JumpSignInCode, code_label);
  gtk_widget_class_bind_template_child (widget_class, JumpSignInCode, copy_button);
  gtk_widget_class_bind_template_child (widget_class, JumpSignInCode, remaining_label);
  gtk_widget_class_bind_template_child (widget_class, JumpSignInCode, trouble_label);
  gtk_widget_class_bind_template_child (widget_class, JumpSignInCode, qr_code);
  gtk_widget_class_bind_template_callback (widget_class, on_address_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked);
}

static void
jump_sign_in_code_init (JumpSignInCode *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * jump_sign_in_code_set_flow:
 * @self: a view
 * @flow: a sign-in that has a code
 * @clock: the service's, by which the code expires
 */
void
jump_sign_in_code_set_flow (JumpSignInCode *self, JumpDeviceFlow *flow, JumpClock *clock)
{
  const char *code = jump_device_flow_get_user_code (flow);
  const char *uri = jump_device_flow_get_verification_uri (flow);
  g_autofree char *spelled = jump_sign_in_spell_code (code);
  g_autofree char *link = g_markup_printf_escaped ("<a href=\"%s\">%s</a>", uri, uri);

  g_set_object (&self->clock, clock);
  if (g_set_object (&self->flow, flow))
    {
      gtk_label_set_text (GTK_LABEL (self->code_label), code);
      gtk_button_set_label (GTK_BUTTON (self->copy_button), _ ("_Copy"));
      atk_object_set_description (gtk_widget_get_accessible (self->code_label), spelled);
      gtk_label_set_markup (GTK_LABEL (self->address_label), link);
      jump_qr_code_set_text (JUMP_QR_CODE (self->qr_code), uri);
    }
  show_remaining (self);
}

/**
 * jump_sign_in_code_set_trouble:
 * @self: a view
 * @has_trouble: whether GitHub cannot be asked right now; asking goes on by itself
 */
void
jump_sign_in_code_set_trouble (JumpSignInCode *self, gboolean has_trouble)
{
  gtk_widget_set_visible (self->trouble_label, has_trouble);
}
