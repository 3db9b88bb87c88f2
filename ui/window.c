/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-ui"

#include "ui/window.h"

#include "ui/approval-bar.h"
#include "ui/error-bar.h"
#include "ui/page-models.h"
#include "ui/page-overview.h"
#include "ui/page-requests.h"
#include "ui/page-settings.h"
#include "ui/page-usage.h"
#include "ui/page-welcome.h"
#include "ui/shortcuts.h"
#include "ui/title-bar.h"
#include "ui/toast.h"
#include "ui/window-state.h"

#include <glib/gi18n-lib.h>

/* Narrower than this, in letters, the sidebar shows its icons alone. */
#define NARROW 95

struct _JumpWindow
{
  GtkWindow parent_instance;

  JumpService *service;   /* (owned) (nullable) */
  JumpWindowState *state; /* (owned) (nullable): until the service is known */
  char *state_path;       /* (owned) (nullable) */

  /* of the template */
  JumpErrorBar *error_bar;
  JumpApprovalBar *approval_bar;
  GtkListBox *sidebar;
  GtkWidget *sidebar_box;
  GtkStack *stack;
  JumpTitleBar *title_bar;
  JumpToast *toast;
};

G_DEFINE_FINAL_TYPE (JumpWindow, jump_window, GTK_TYPE_WINDOW)

typedef struct
{
  const char *name;
  const char *title; /* to translate */
  GtkWidget *(*build) (JumpService *service);
} PageRow;

static const PageRow page_rows[] = {
  { "overview", N_ ("Overview"), jump_page_overview_new },
    { "requests", N_ ("Requests"), jump_page_requests_new },
      { "usage", N_ ("Usage"), jump_page_usage_new },
        { "models", N_ ("Models"), jump_page_models_new },
          { "settings", N_ ("Settings"), jump_page_settings_new },
            { "welcome", N_ ("Welcome"), jump_page_welcome_new },
          };

static const PageRow *
find_page (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (page_rows); i++)
    {
      if (g_strcmp0 (page_rows[i].name, name) == 0)
        return &page_rows[i];
    }
  return NULL;
}

/* Returns: (transfer none): built when it is first needed, so that the window is there soon. */
static GtkWidget *
ensure_page (JumpWindow *self, const PageRow *row)
{
  GtkWidget *page = gtk_stack_get_child_by_name (self->stack, row->name);

  if (page != NULL)
    return page;
  page = row->build (self->service);
  gtk_widget_show (page);
  gtk_stack_add_named (self->stack, page, row->name);
  return page;
}

static void
on_row_selected (GtkListBox *sidebar, GtkListBoxRow *row, JumpWindow *self)
{
  if (row != NULL && self->service != NULL)
    jump_window_show_page (self, gtk_widget_get_name (GTK_WIDGET (row)));
}

/* Tab stops once, at the row of the page: to walk through the rows is to change the page. */
static gboolean
on_sidebar_focus (GtkWidget *sidebar, GtkDirectionType direction, JumpWindow *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (sidebar));

  if (direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD)
    return FALSE;
  g_signal_stop_emission_by_name (sidebar, "focus");
  if (row == NULL || gtk_container_get_focus_child (GTK_CONTAINER (sidebar)) != NULL)
    return FALSE;
  gtk_widget_grab_focus (GTK_WIDGET (row));
  return TRUE;
}

/* The row follows the page here; the handler is for the other way. */
static void
select_row (JumpWindow *self, const char *name)
{
  g_autoptr (GList) rows = gtk_container_get_children (GTK_CONTAINER (self->sidebar));

  g_signal_handlers_block_by_func (self->sidebar, on_row_selected, self);
  gtk_list_box_unselect_all (self->sidebar);
  for (GList *link = rows; link != NULL; link = link->next)
    {
      if (g_str_equal (gtk_widget_get_name (link->data), name))
        gtk_list_box_select_row (self->sidebar, link->data);
    }
  g_signal_handlers_unblock_by_func (self->sidebar, on_row_selected, self);
}

static void
save_state (JumpWindow *self)
{
  g_autoptr (GError) error = NULL;

  /* whoever only wants to look leaves nothing behind */
  if (self->state == NULL || jump_service_get_is_demo (self->service))
    return;
  if (!jump_window_state_save (self->state, self->state_path, &error))
    g_debug ("keeping the window's state: %s", error->message);
}

static gboolean
wants_welcome (JumpWindow *self)
{
  return !self->state->has_welcomed && !jump_service_get_is_demo (self->service) &&
         jump_account_get_state (jump_service_get_account (self->service)) ==
             JUMP_ACCOUNT_SIGNED_OUT;
}

static gboolean
is_on_welcome (JumpWindow *self)
{
  return g_strcmp0 (jump_window_get_page (self), "welcome") == 0;
}

static void
leave_welcome (JumpWindow *self)
{
  self->state->has_welcomed = TRUE;
  save_state (self);
  if (is_on_welcome (self))
    jump_window_show_page (self, self->state->page);
}

static void
on_account_changed (JumpAccount *account, JumpWindow *self)
{
  if (jump_account_get_state (account) == JUMP_ACCOUNT_SIGNED_IN && !self->state->has_welcomed)
    leave_welcome (self);
  else if (wants_welcome (self))
    jump_window_show_page (self, "welcome");
}

static void
on_find_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  JumpWindow *self = user_data;
  GtkWidget *page = gtk_stack_get_visible_child (self->stack);

  if (page != NULL && g_signal_lookup ("find", G_OBJECT_TYPE (page)) != 0)
    g_signal_emit_by_name (page, "find");
}

static void
on_close_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_window_close (GTK_WINDOW (user_data));
}

static void
on_shortcuts_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  jump_shortcuts_show (GTK_WINDOW (user_data));
}

static void
on_menu_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  JumpWindow *self = user_data;

  jump_title_bar_open_menu (self->title_bar);
}

static void
on_leave_welcome_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  leave_welcome (user_data);
}

static const GActionEntry action_entries[] = {
  { "find", on_find_activated, NULL, NULL, NULL },
  { "close", on_close_activated, NULL, NULL, NULL },
  { "shortcuts", on_shortcuts_activated, NULL, NULL, NULL },
  { "menu", on_menu_activated, NULL, NULL, NULL },
  { "leave-welcome", on_leave_welcome_activated, NULL, NULL, NULL },
};

static void
add_actions (JumpWindow *self)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (group),
                                   action_entries,
                                   G_N_ELEMENTS (action_entries),
                                   self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "win", G_ACTION_GROUP (group));
}

/* A row is an icon and a label in a box. */
static void
show_row_label (GtkWidget *row, gpointer is_shown)
{
  GtkWidget *box = gtk_bin_get_child (GTK_BIN (row));
  g_autoptr (GList) children = gtk_container_get_children (GTK_CONTAINER (box));

  gtk_widget_set_visible (g_list_last (children)->data, GPOINTER_TO_INT (is_shown));
  gtk_widget_set_has_tooltip (row, !GPOINTER_TO_INT (is_shown));
}

static gboolean
is_wide (JumpWindow *self, int width)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int letter = pango_font_metrics_get_approximate_char_width (metrics);

  pango_font_metrics_unref (metrics);
  return width >= PANGO_PIXELS (NARROW * letter);
}

static gboolean
jump_window_configure_event (GtkWidget *widget, GdkEventConfigure *event)
{
  JumpWindow *self = JUMP_WINDOW (widget);
  gboolean is_handled =
      GTK_WIDGET_CLASS (jump_window_parent_class)->configure_event (widget, event);
  int width;
  int height;

  gtk_window_get_size (GTK_WINDOW (self), &width, &height);
  gtk_container_foreach (GTK_CONTAINER (self->sidebar),
                         show_row_label,
                         GINT_TO_POINTER (is_wide (self, width)));
  if (self->state != NULL && !gtk_window_is_maximized (GTK_WINDOW (self)))
    {
      self->state->width = width;
      self->state->height = height;
    }
  return is_handled;
}

static gboolean
jump_window_window_state_event (GtkWidget *widget, GdkEventWindowState *event)
{
  JumpWindow *self = JUMP_WINDOW (widget);

  if (self->state != NULL)
    self->state->is_maximized = (event->new_window_state & GDK_WINDOW_STATE_MAXIMIZED) != 0;
  return GTK_WIDGET_CLASS (jump_window_parent_class)->window_state_event (widget, event);
}

static void
jump_window_unmap (GtkWidget *widget)
{
  save_state (JUMP_WINDOW (widget));
  GTK_WIDGET_CLASS (jump_window_parent_class)->unmap (widget);
}

static void
jump_window_dispose (GObject *object)
{
  JumpWindow *self = JUMP_WINDOW (object);

  /* before the template's children go */
  save_state (self);
  g_clear_pointer (&self->state, jump_window_state_free);
  g_clear_pointer (&self->state_path, g_free);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (jump_window_parent_class)->dispose (object);
}

static void
jump_window_class_init (JumpWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (JUMP_TYPE_APPROVAL_BAR);
  g_type_ensure (JUMP_TYPE_ERROR_BAR);
  g_type_ensure (JUMP_TYPE_TITLE_BAR);
  g_type_ensure (JUMP_TYPE_TOAST);
  G_OBJECT_CLASS (klass)->dispose = jump_window_dispose;
  widget_class->configure_event = jump_window_configure_event;
  widget_class->window_state_event = jump_window_window_state_event;
  widget_class->unmap = jump_window_unmap;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/jumpseat/Jumpseat/ui/window.ui");
  gtk_widget_class_bind_template_child (widget_class, JumpWindow, error_bar);
  gtk_widget_class_bind_template_child (widget_class, JumpWindow, approval_bar);
  gtk_widget_class_bind_template_child (widget_class, JumpWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, JumpWindow, sidebar_box);
  gtk_widget_class_bind_template_child (widget_class, JumpWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, JumpWindow, title_bar);
  gtk_widget_class_bind_template_child (widget_class, JumpWindow, toast);
  gtk_widget_class_bind_template_callback (widget_class, on_row_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_sidebar_focus);
}

static void
jump_window_init (JumpWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_actions (self);
  jump_shortcuts_add (GTK_WINDOW (self));
}

/* What was right on yesterday's screen may be too large for all that are there today. */
static void
fit_to_monitors (GdkDisplay *display, int *width, int *height)
{
  int most_width = 0;
  int most_height = 0;

  for (int i = 0; i < gdk_display_get_n_monitors (display); i++)
    {
      GdkRectangle area;

      gdk_monitor_get_workarea (gdk_display_get_monitor (display, i), &area);
      most_width = MAX (most_width, area.width);
      most_height = MAX (most_height, area.height);
    }
  if (most_width > 0 && most_height > 0)
    {
      *width = MIN (*width, most_width);
      *height = MIN (*height, most_height);
    }
}

/**
 * jump_window_new:
 * @service: what is shown
 * @app_actions: the group "app." of its widgets
 *
 * Returns: (transfer none): as every toplevel, with the page and the size of last time
 */
GtkWidget *
jump_window_new (JumpService *service, GActionGroup *app_actions)
{
  JumpWindow *self = g_object_new (JUMP_TYPE_WINDOW, NULL);
  const JumpPaths *paths = jump_service_get_paths (service);

  self->service = g_object_ref (service);
  self->state_path = g_build_filename (paths->data_dir, "window.ini", NULL);
  self->state = jump_window_state_load (self->state_path);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "app", app_actions);
  jump_title_bar_set_service (self->title_bar, service);
  jump_error_bar_set_service (self->error_bar, service);
  jump_approval_bar_set_service (self->approval_bar, service);
  g_signal_connect_object (jump_service_get_account (service),
                           "changed",
                           G_CALLBACK (on_account_changed),
                           self,
                           0);
  fit_to_monitors (gtk_widget_get_display (GTK_WIDGET (self)),
                   &self->state->width,
                   &self->state->height);
  gtk_window_set_default_size (GTK_WINDOW (self), self->state->width, self->state->height);
  if (self->state->is_maximized)
    gtk_window_maximize (GTK_WINDOW (self));
  jump_window_show_page (self, wants_welcome (self) ? "welcome" : self->state->page);
  return GTK_WIDGET (self);
}

void
jump_window_show_page (JumpWindow *self, const char *page)
{
  const PageRow *row = find_page (page);
  gboolean is_welcome;

  if (row == NULL)
    row = &page_rows[0];
  is_welcome = g_str_equal (row->name, "welcome");
  gtk_stack_set_visible_child (self->stack, ensure_page (self, row));
  gtk_widget_set_visible (self->sidebar_box, !is_welcome);
  jump_title_bar_set_page_title (self->title_bar, is_welcome ? "Jumpseat" : _ (row->title));
  jump_title_bar_set_offers_sign_in (self->title_bar, !is_welcome);
  select_row (self, row->name);
  if (is_welcome || g_strcmp0 (self->state->page, row->name) == 0)
    return;
  g_free (self->state->page);
  self->state->page = g_strdup (row->name);
}

const char *
jump_window_get_page (JumpWindow *self)
{
  return gtk_stack_get_visible_child_name (self->stack);
}

void
jump_window_show_request (JumpWindow *self, const char *id)
{
  jump_window_show_page (self, "requests");
  jump_page_requests_select (JUMP_PAGE_REQUESTS (gtk_stack_get_visible_child (self->stack)), id);
}

void
jump_window_tell (JumpWindow *self, const char *text)
{
  jump_toast_show (self->toast, text);
}
