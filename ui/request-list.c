/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/request-list.h"

#include "ui/request-cell.h"
#include "ui/request-list-columns.h"
#include "ui/request-view.h"

/* Five times a second is as often as anybody reads; each pass takes a small part of a frame, and leaves
 * the rest for the next idle moment. */
#define PASS_INTERVAL_MS 200
#define PASS_LIMIT_US    2000
/* From so many rows on that go at once, the view is faster at beginning anew. */
#define MANY_ROWS 400
/* What the view takes at once in less than two milliseconds, and more than a screen has room for. The
 * others come to it in passes. */
#define FIRST_ROWS 1000
/* While the view has no rows, they are prepared before it is drawn, so that nobody sees it empty. */
#define FILLING_PRIORITY G_PRIORITY_HIGH_IDLE

struct _JumpRequestList
{
  GtkScrolledWindow parent_instance;

  JumpRequestTable *table;    /* (owned) (nullable) */
  JumpExchangeItem *selected; /* (owned) (nullable) */
  guint pass_source;
  guint tick_source;
  guint fit_source;
  gint64 last_pass;
  int last_width;
  gboolean follows;
  gboolean is_paused;
  gboolean is_busy;     /* rows are being exchanged: what is selected is nobody's choice */
  gboolean is_unplaced; /* rows have come and gone, the view has yet to put them into place */
  gboolean is_detached; /* the view gets its rows when there are enough of them */

  GtkTreeView *view;
};

enum
{
  PROP_0,
  PROP_FOLLOWS,
};

enum
{
  SIGNAL_SELECTED,
  SIGNAL_ACTIVATED,
  SIGNAL_UPDATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JumpRequestList, jump_request_list, GTK_TYPE_SCROLLED_WINDOW)

static void
scroll_to_end (JumpRequestList *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self));

  gtk_adjustment_set_value (adjustment,
                            gtk_adjustment_get_upper (adjustment) -
                                gtk_adjustment_get_page_size (adjustment));
}

static void
set_follows (JumpRequestList *self, gboolean follows)
{
  if (self->follows == follows)
    return;
  self->follows = follows;
  g_object_notify (G_OBJECT (self), "follows");
}

/* Comes after the view has put its rows into place, and itself where it was before. */
static void
on_view_allocated (JumpRequestList *self)
{
  self->is_unplaced = FALSE;
  if (self->follows)
    scroll_to_end (self);
}

/* Rows that come and go move the view, too, until it has put them into place: that is no person, unless
 * an event says so. */
static void
on_value_changed (JumpRequestList *self, GtkAdjustment *adjustment)
{
  double end = gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment);
  g_autoptr (GdkEvent) event = gtk_get_current_event ();

  if (self->is_busy || jump_request_view_is_placing (JUMP_REQUEST_VIEW (self->view)) ||
      (self->is_unplaced && event == NULL))
    return;
  set_follows (self, end >= gtk_adjustment_get_upper (adjustment) - 1);
}

static void
take_selection (JumpRequestList *self, JumpExchangeItem *item)
{
  if (g_set_object (&self->selected, item))
    g_signal_emit (self, signals[SIGNAL_SELECTED], 0, item);
}

static void
show_selection (JumpRequestList *self)
{
  GtkTreeSelection *selection = gtk_tree_view_get_selection (self->view);
  GtkTreeIter iter;

  if (self->selected == NULL || gtk_tree_selection_get_selected (selection, NULL, NULL))
    return;
  if (!jump_request_table_find (self->table, self->selected, &iter))
    return;
  self->is_busy = TRUE;
  gtk_tree_selection_select_iter (selection, &iter);
  self->is_busy = FALSE;
}

static void
set_model (JumpRequestList *self, GtkTreeModel *model)
{
  self->is_busy = TRUE;
  self->is_unplaced = TRUE;
  gtk_tree_view_set_model (self->view, model);
  self->is_busy = FALSE;
}

static void
detach (JumpRequestList *self)
{
  if (!self->is_detached)
    set_model (self, NULL);
  self->is_detached = TRUE;
}

/* Returns: whether there is a rest */
static gboolean
flush_detached (JumpRequestList *self, gint64 time_limit)
{
  gint64 end = g_get_monotonic_time () + time_limit;
  gboolean has_rest = TRUE;

  while (has_rest && jump_request_table_get_n_rows (self->table) < FIRST_ROWS)
    {
      has_rest = jump_request_table_flush (self->table, 0);
      if (time_limit >= 0 && g_get_monotonic_time () >= end)
        return has_rest;
    }
  self->is_detached = FALSE;
  set_model (self, GTK_TREE_MODEL (self->table));
  return has_rest;
}

/* Returns: whether there is a rest */
static gboolean
flush (JumpRequestList *self, gint64 time_limit)
{
  gboolean has_rest;
  guint first_moved;

  if (!self->is_detached && jump_request_table_get_n_gone (self->table) > MANY_ROWS)
    {
      detach (self);
      jump_request_table_begin_anew (self->table);
    }
  if (self->is_detached)
    return flush_detached (self, time_limit);
  self->is_busy = TRUE;
  jump_request_view_hold (JUMP_REQUEST_VIEW (self->view));
  has_rest = jump_request_table_flush (self->table, time_limit);
  first_moved = jump_request_table_take_first_moved (self->table);
  self->is_unplaced |= first_moved != G_MAXUINT;
  jump_request_view_release (JUMP_REQUEST_VIEW (self->view), first_moved);
  self->is_busy = FALSE;
  return has_rest;
}

static gboolean
on_tick (gpointer user_data)
{
  JumpRequestList *self = user_data;

  if (jump_request_table_get_n_running (self->table) > 0)
    {
      jump_request_table_touch_running (self->table);
      return G_SOURCE_CONTINUE;
    }
  self->tick_source = 0;
  return G_SOURCE_REMOVE;
}

static void
schedule_tick (JumpRequestList *self)
{
  if (self->tick_source == 0 && !self->is_paused && gtk_widget_get_mapped (GTK_WIDGET (self)) &&
      jump_request_table_get_n_running (self->table) > 0)
    self->tick_source = g_timeout_add_seconds (1, on_tick, self);
}

static gboolean
on_pass_due (gpointer user_data)
{
  JumpRequestList *self = user_data;
  gboolean has_rest = flush (self, PASS_LIMIT_US);
  int priority = self->is_detached ? FILLING_PRIORITY : G_PRIORITY_DEFAULT_IDLE;

  self->last_pass = g_get_monotonic_time ();
  self->pass_source = has_rest ? g_idle_add_full (priority, on_pass_due, self, NULL) : 0;
  show_selection (self);
  if (!has_rest && self->selected != NULL &&
      !jump_request_table_has_item (self->table, self->selected))
    take_selection (self, NULL);
  schedule_tick (self);
  g_signal_emit (self, signals[SIGNAL_UPDATED], 0);
  return G_SOURCE_REMOVE;
}

static void
schedule_pass (JumpRequestList *self)
{
  gint64 since = (g_get_monotonic_time () - self->last_pass) / 1000;

  if (self->pass_source != 0 || self->table == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  self->pass_source =
      g_timeout_add_full (self->is_detached ? FILLING_PRIORITY : G_PRIORITY_DEFAULT_IDLE,
                          (guint) CLAMP (PASS_INTERVAL_MS - since, 0, PASS_INTERVAL_MS),
                          on_pass_due,
                          self,
                          NULL);
}

static void
stop_sources (JumpRequestList *self)
{
  g_clear_handle_id (&self->pass_source, g_source_remove);
  g_clear_handle_id (&self->tick_source, g_source_remove);
  g_clear_handle_id (&self->fit_source, g_source_remove);
}

static void
on_mapped (JumpRequestList *self)
{
  schedule_pass (self);
}

static void
on_unmapped (JumpRequestList *self)
{
  stop_sources (self);
}

static gboolean
on_fit_due (gpointer user_data)
{
  JumpRequestList *self = user_data;

  self->fit_source = 0;
  jump_request_list_columns_fit (self->view, self->last_width);
  return G_SOURCE_REMOVE;
}

/* Columns cannot be hidden while their places are being given out. */
static void
schedule_fit (JumpRequestList *self)
{
  if (self->fit_source == 0)
    self->fit_source = g_idle_add_full (GTK_PRIORITY_RESIZE, on_fit_due, self, NULL);
}

static void
on_size_allocated (JumpRequestList *self, GtkAllocation *allocation)
{
  if (allocation->width == self->last_width)
    return;
  self->last_width = allocation->width;
  schedule_fit (self);
}

static void
on_style_updated (JumpRequestList *self)
{
  jump_request_list_columns_measure (self->view);
  if (self->last_width > 0)
    schedule_fit (self);
}

static void
on_selection_changed (JumpRequestList *self, GtkTreeSelection *selection)
{
  GtkTreeIter iter;

  if (self->is_busy)
    return;
  if (gtk_tree_selection_get_selected (selection, NULL, &iter))
    take_selection (self, jump_request_table_get_item (self->table, &iter));
  else
    take_selection (self, NULL);
}

static void
on_row_activated (JumpRequestList *self)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0);
}

static void
jump_request_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  if (id == PROP_FOLLOWS)
    g_value_set_boolean (value, JUMP_REQUEST_LIST (object)->follows);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
jump_request_list_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  if (id == PROP_FOLLOWS)
    jump_request_list_set_follows (JUMP_REQUEST_LIST (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

/* The adjustment of the time of init is not the one that stays. */
static void
jump_request_list_constructed (GObject *object)
{
  GtkScrolledWindow *window = GTK_SCROLLED_WINDOW (object);

  G_OBJECT_CLASS (jump_request_list_parent_class)->constructed (object);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (window),
                           "value-changed",
                           G_CALLBACK (on_value_changed),
                           object,
                           G_CONNECT_SWAPPED);
}

static void
jump_request_list_dispose (GObject *object)
{
  JumpRequestList *self = JUMP_REQUEST_LIST (object);

  stop_sources (self);
  self->is_busy = TRUE;
  if (self->table != NULL)
    g_signal_handlers_disconnect_by_data (self->table, self);
  if (self->view != NULL)
    gtk_tree_view_set_model (self->view, NULL);
  self->view = NULL;
  g_clear_object (&self->table);
  g_clear_object (&self->selected);
  G_OBJECT_CLASS (jump_request_list_parent_class)->dispose (object);
}

static void
jump_request_list_class_init (JumpRequestListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (JUMP_TYPE_REQUEST_VIEW);
  g_type_ensure (JUMP_TYPE_REQUEST_CELL);
  object_class->constructed = jump_request_list_constructed;
  object_class->get_property = jump_request_list_get_property;
  object_class->set_property = jump_request_list_set_property;
  object_class->dispose = jump_request_list_dispose;
  g_object_class_install_property (
      object_class,
      PROP_FOLLOWS,
      g_param_spec_boolean ("follows",
                            NULL,
                            NULL,
                            TRUE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));
  signals[SIGNAL_SELECTED] = g_signal_new ("selected",
                                           G_TYPE_FROM_CLASS (klass),
                                           G_SIGNAL_RUN_LAST,
                                           0,
                                           NULL,
                                           NULL,
                                           NULL,
                                           G_TYPE_NONE,
                                           1,
                                           JUMP_TYPE_EXCHANGE_ITEM);
  signals[SIGNAL_ACTIVATED] = g_signal_new ("activated",
                                            G_TYPE_FROM_CLASS (klass),
                                            G_SIGNAL_RUN_LAST,
                                            0,
                                            NULL,
                                            NULL,
                                            NULL,
                                            G_TYPE_NONE,
                                            0);
  signals[SIGNAL_UPDATED] = g_signal_new ("updated",
                                          G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/jumpseat/Jumpseat/ui/request-list.ui");
  gtk_widget_class_bind_template_child (widget_class, JumpRequestList, view);
  gtk_widget_class_bind_template_callback (widget_class, on_mapped);
  gtk_widget_class_bind_template_callback (widget_class, on_unmapped);
  gtk_widget_class_bind_template_callback (widget_class, on_size_allocated);
  gtk_widget_class_bind_template_callback (widget_class, on_style_updated);
  gtk_widget_class_bind_template_callback (widget_class, on_selection_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
}

static void
jump_request_list_init (JumpRequestList *self)
{
  self->follows = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->view,
                           "size-allocate",
                           G_CALLBACK (on_view_allocated),
                           self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  jump_request_list_columns_connect (self->view);
  jump_request_list_columns_measure (self->view);
}

/**
 * jump_request_list_set_table:
 * @table: referenced; set once
 */
void
jump_request_list_set_table (JumpRequestList *self, JumpRequestTable *table)
{
  g_return_if_fail (self->table == NULL);
  self->table = g_object_ref (table);
  g_signal_connect_swapped (table, "pending", G_CALLBACK (schedule_pass), self);
  self->is_detached = TRUE;
  schedule_pass (self);
}

/**
 * jump_request_list_set_filter:
 * @filter: copied
 *
 * What is shown begins at the newest again.
 */
void
jump_request_list_set_filter (JumpRequestList *self, const JumpRequestFilter *filter)
{
  if (jump_request_filter_equal (jump_request_table_get_filter (self->table), filter))
    return;
  detach (self);
  jump_request_table_set_filter (self->table, filter);
  set_follows (self, TRUE);
  self->last_pass = 0;
  g_clear_handle_id (&self->pass_source, g_source_remove);
  schedule_pass (self);
}

/**
 * jump_request_list_set_paused:
 * @is_paused: whether the rows stay as they are; what comes meanwhile is counted by the table
 */
void
jump_request_list_set_paused (JumpRequestList *self, gboolean is_paused)
{
  self->is_paused = is_paused;
  if (is_paused)
    g_clear_handle_id (&self->tick_source, g_source_remove);
  jump_request_table_set_frozen (self->table, is_paused);
  schedule_pass (self);
}

void
jump_request_list_set_follows (JumpRequestList *self, gboolean follows)
{
  set_follows (self, follows);
  if (follows)
    scroll_to_end (self);
}

gboolean
jump_request_list_get_follows (JumpRequestList *self)
{
  return self->follows;
}

void
jump_request_list_select (JumpRequestList *self, JumpExchangeItem *item)
{
  GtkTreeIter iter;

  g_clear_handle_id (&self->pass_source, g_source_remove);
  while (flush (self, -1))
    continue;
  self->is_busy = TRUE;
  gtk_tree_selection_unselect_all (gtk_tree_view_get_selection (self->view));
  self->is_busy = FALSE;
  take_selection (self, item);
  show_selection (self);
  if (jump_request_table_find (self->table, item, &iter))
    {
      g_autoptr (GtkTreePath) path = gtk_tree_model_get_path (GTK_TREE_MODEL (self->table), &iter);

      gtk_tree_view_scroll_to_cell (self->view, path, NULL, FALSE, 0, 0);
    }
  schedule_pass (self);
}

void
jump_request_list_focus (JumpRequestList *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}
