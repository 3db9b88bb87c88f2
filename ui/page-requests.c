/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/page-requests.h"

#include "ui/history-menu.h"
#include "ui/request-archive.h"
#include "ui/request-details.h"
#include "ui/request-filter-bar.h"
#include "ui/request-list.h"
#include "ui/request-older-bar.h"
#include "ui/requests-empty.h"

#include <glib/gi18n-lib.h>

/* The list's part of the height, until somebody moves the handle. */
#define LIST_SHARE 0.42

struct _JumpPageRequests
{
  GtkBox parent_instance;

  JumpService *service;        /* (owned) */
  JumpRequestArchive *archive; /* (owned) */
  JumpRequestTable *table;     /* (owned) */
  GCancellable *reading;       /* (owned) (nullable): of the selected one, from the history */
  gboolean has_kept;           /* there are older ones in the history */
  gboolean is_placed;          /* the handle between list and details */

  GtkStack *stack;
  JumpRequestsEmpty *empty;
  JumpRequestFilterBar *filter_bar;
  JumpRequestOlderBar *older_bar;
  JumpHistoryMenu *history_menu;
  GtkPaned *paned;
  JumpRequestList *list;
  JumpRequestDetails *details;
  GtkToggleButton *pause_button;
  GtkWidget *new_button;
  GtkWidget *nothing_box;
};

enum
{
  SIGNAL_FIND,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JumpPageRequests, jump_page_requests, GTK_TYPE_BOX)

static void
update_stack (JumpPageRequests *self)
{
  gboolean is_empty =
      g_list_model_get_n_items (G_LIST_MODEL (self->archive)) == 0 && !self->has_kept;
  const char *name = is_empty ? "empty" : "list";

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), name) != 0)
    gtk_stack_set_visible_child_name (self->stack, name);
}

static void
update_new_button (JumpPageRequests *self)
{
  guint n_new = jump_request_table_get_n_new (self->table);
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->new_button, gtk_toggle_button_get_active (self->pause_button));
  if (!gtk_widget_get_visible (self->new_button))
    return;
  /* Translators: a button in a list that stays as it is for now; it makes the list go on */
  text = n_new == 0 ? g_strdup (_("Paused"))
                    : g_strdup_printf (ngettext ("Paused: %u new", "Paused: %u new", n_new), n_new);
  gtk_button_set_label (GTK_BUTTON (self->new_button), text);
}

static void
on_updated (JumpPageRequests *self)
{
  gboolean is_filtered =
      !jump_request_filter_is_empty (jump_request_table_get_filter (self->table));

  gtk_widget_set_visible (self->nothing_box,
                          is_filtered && jump_request_table_get_n_rows (self->table) == 0);
  update_new_button (self);
}

static void
on_history_changed (JumpPageRequests *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    update_stack (self);
}

static void
on_measured (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JumpPageRequests) self = user_data;
  JumpHistoryMeasure measure = { 0 };

  if (!jump_history_store_measure_finish (JUMP_HISTORY_STORE (source), result, &measure, NULL) ||
      self->archive == NULL)
    return;
  self->has_kept = measure.n_records > 0;
  /* an empty list says nothing; the last requests of the run before do */
  if (self->has_kept && g_list_model_get_n_items (G_LIST_MODEL (self->archive)) == 0)
    jump_request_archive_load (self->archive);
  update_stack (self);
}

static void
look_for_kept (JumpPageRequests *self)
{
  jump_history_store_measure_async (jump_service_get_history_store (self->service),
                                    NULL,
                                    on_measured,
                                    g_object_ref (self));
}

static void
on_mapped (JumpPageRequests *self)
{
  if (self->archive == NULL)
    return;
  look_for_kept (self);
  update_stack (self);
}

/* What was found of this run by its contents is looked at anew. */
static void
on_archive_changed (JumpPageRequests *self)
{
  if (jump_request_archive_take_marked (self->archive))
    jump_request_table_begin_anew (self->table);
}

static void
on_history_replaced (JumpPageRequests *self)
{
  jump_request_archive_clear (self->archive);
  look_for_kept (self);
}

/* There is nothing yet, nor the menu. */
static void
on_import_asked (JumpPageRequests *self)
{
  jump_history_menu_ask_import (self->history_menu);
}

/* They come in at the top, where somebody wants to see them. */
static void
on_older_asked (JumpPageRequests *self)
{
  jump_request_list_set_follows (self->list, FALSE);
}

static void
on_edge_reached (JumpPageRequests *self, GtkPositionType edge)
{
  if (edge == GTK_POS_TOP && jump_request_archive_get_n_older (self->archive) > 0)
    jump_request_archive_load (self->archive);
}

static void
on_filter_changed (JumpPageRequests *self)
{
  g_autoptr (JumpRequestFilter) filter = jump_request_filter_bar_dup_filter (self->filter_bar);

  jump_request_list_set_filter (self->list, filter);
  jump_request_older_bar_set_text (self->older_bar, filter->text);
}

static void
on_filter_left (JumpPageRequests *self)
{
  jump_request_list_focus (self->list);
}

static void
on_clear_filter_clicked (JumpPageRequests *self)
{
  jump_request_filter_bar_clear (self->filter_bar);
  jump_request_list_focus (self->list);
}

static void
on_pause_toggled (JumpPageRequests *self)
{
  jump_request_list_set_paused (self->list, gtk_toggle_button_get_active (self->pause_button));
  update_new_button (self);
}

static void
on_new_clicked (JumpPageRequests *self)
{
  gtk_toggle_button_set_active (self->pause_button, FALSE);
  jump_request_list_set_follows (self->list, TRUE);
}

static void
on_clear_clicked (JumpPageRequests *self)
{
  gtk_toggle_button_set_active (self->pause_button, FALSE);
  jump_request_archive_clear (self->archive);
  jump_history_ring_clear (jump_service_get_history (self->service));
}

static gboolean
wants_more (JumpExchangeItem *item)
{
  const JumpExchangeRecord *record = jump_exchange_item_get_record (item);

  return record->state == JUMP_EXCHANGE_ENDED && record->id != NULL &&
         record->request_headers == NULL && record->request_body == NULL &&
         record->reply_body == NULL;
}

static void
on_record_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JumpPageRequests) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpExchangeRecord) record =
      jump_history_store_get_finish (JUMP_HISTORY_STORE (source), result, &error);
  g_autoptr (JumpExchangeItem) item = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->reading);
  if (record == NULL)
    return;
  item = jump_exchange_item_new (record);
  if (!wants_more (item))
    jump_request_details_show (self->details, item);
}

/* Its contents may be in the history, where they are no longer in memory. */
static void
on_selected (JumpPageRequests *self, JumpExchangeItem *item)
{
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  jump_request_details_show (self->details, item);
  if (item == NULL || !wants_more (item))
    return;
  self->reading = g_cancellable_new ();
  jump_history_store_get_async (jump_service_get_history_store (self->service),
                                jump_exchange_item_get_record (item)->id,
                                self->reading,
                                on_record_read,
                                g_object_ref (self));
}

static void
on_activated (JumpPageRequests *self)
{
  jump_request_details_focus (self->details);
}

static void
on_paned_allocated (JumpPageRequests *self, GtkAllocation *allocation)
{
  if (self->is_placed || allocation->height < 100)
    return;
  self->is_placed = TRUE;
  gtk_paned_set_position (self->paned, (int) (allocation->height * LIST_SHARE));
}

static gboolean
on_list_key_pressed (JumpPageRequests *self, GdkEvent *event)
{
  if (event->key.keyval == GDK_KEY_Escape)
    {
      jump_request_filter_bar_clear (self->filter_bar);
      return GDK_EVENT_STOP;
    }
  return jump_request_filter_bar_take_key (self->filter_bar, event);
}

static void
on_find_asked (JumpPageRequests *self)
{
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "list") == 0)
    jump_request_filter_bar_focus (self->filter_bar);
}

static void
jump_page_requests_dispose (GObject *object)
{
  JumpPageRequests *self = JUMP_PAGE_REQUESTS (object);

  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->table);
  g_clear_object (&self->archive);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (jump_page_requests_parent_class)->dispose (object);
}

static void
jump_page_requests_class_init (JumpPageRequestsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jump_page_requests_dispose;
  g_type_ensure (JUMP_TYPE_REQUESTS_EMPTY);
  g_type_ensure (JUMP_TYPE_REQUEST_FILTER_BAR);
  g_type_ensure (JUMP_TYPE_REQUEST_OLDER_BAR);
  g_type_ensure (JUMP_TYPE_HISTORY_MENU);
  g_type_ensure (JUMP_TYPE_REQUEST_LIST);
  g_type_ensure (JUMP_TYPE_REQUEST_DETAILS);
  signals[SIGNAL_FIND] = g_signal_new_class_handler ("find",
                                                     G_TYPE_FROM_CLASS (klass),
                                                     G_SIGNAL_RUN_LAST | G_SIGNAL_ACTION,
                                                     G_CALLBACK (on_find_asked),
                                                     NULL,
                                                     NULL,
                                                     NULL,
                                                     G_TYPE_NONE,
                                                     0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/jumpseat/Jumpseat/ui/page-requests.ui");
  gtk_widget_class_bind_template_child (widget_class, JumpPageRequests, stack);
  gtk_widget_class_bind_template_child (widget_class, JumpPageRequests, empty);
  gtk_widget_class_bind_template_child (widget_class, JumpPageRequests, filter_bar);
  gtk_widget_class_bind_template_child (widget_class, JumpPageRequests, older_bar);
  gtk_widget_class_bind_template_child (widget_class, JumpPageRequests, history_menu);
  gtk_widget_class_bind_template_child (widget_class, JumpPageRequests, paned);
  gtk_widget_class_bind_template_child (widget_class, JumpPageRequests, list);
  gtk_widget_class_bind_template_child (widget_class, JumpPageRequests, details);
  gtk_widget_class_bind_template_child (widget_class, JumpPageRequests, pause_button);
  gtk_widget_class_bind_template_child (widget_class, JumpPageRequests, new_button);
  gtk_widget_class_bind_template_child (widget_class, JumpPageRequests, nothing_box);
  gtk_widget_class_bind_template_callback (widget_class, on_mapped);
  gtk_widget_class_bind_template_callback (widget_class, on_history_replaced);
  gtk_widget_class_bind_template_callback (widget_class, on_import_asked);
  gtk_widget_class_bind_template_callback (widget_class, on_older_asked);
  gtk_widget_class_bind_template_callback (widget_class, on_edge_reached);
  gtk_widget_class_bind_template_callback (widget_class, on_updated);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_left);
  gtk_widget_class_bind_template_callback (widget_class, on_clear_filter_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_pause_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_new_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_clear_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_paned_allocated);
  gtk_widget_class_bind_template_callback (widget_class, on_list_key_pressed);
}

static void
jump_page_requests_init (JumpPageRequests *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
jump_page_requests_new (JumpService *service)
{
  JumpPageRequests *self = g_object_new (JUMP_TYPE_PAGE_REQUESTS, NULL);
  JumpHistoryRing *history = jump_service_get_history (service);
  g_autoptr (JumpRequestNames) names = jump_request_names_new ();

  self->service = g_object_ref (service);
  self->archive = jump_request_archive_new (history, jump_service_get_history_store (service));
  self->table = jump_request_table_new (G_LIST_MODEL (self->archive),
                                        jump_service_get_clock (service),
                                        names);
  jump_request_older_bar_set_archive (self->older_bar, self->archive);
  jump_history_menu_set_service (self->history_menu, service);
  jump_requests_empty_set_service (self->empty, service);
  jump_request_filter_bar_set_names (self->filter_bar, names);
  jump_request_list_set_table (self->list, self->table);
  jump_request_details_set_service (self->details, service);
  g_signal_connect_object (self->archive,
                           "changed",
                           G_CALLBACK (on_archive_changed),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->archive,
                           "items-changed",
                           G_CALLBACK (on_history_changed),
                           self,
                           G_CONNECT_SWAPPED);
  update_stack (self);
  return GTK_WIDGET (self);
}

/**
 * jump_page_requests_select:
 * @id: (nullable): an X-Request-Id
 *
 * Selects that exchange, whatever the filter hides at the moment; nothing happens when it is no longer
 * kept.
 */
void
jump_page_requests_select (JumpPageRequests *self, const char *id)
{
  JumpExchangeItem *item =
      id != NULL ? jump_history_ring_find (jump_service_get_history (self->service), id) : NULL;

  if (item == NULL)
    return;
  update_stack (self);
  gtk_toggle_button_set_active (self->pause_button, FALSE);
  jump_request_filter_bar_clear (self->filter_bar);
  jump_request_list_select (self->list, item);
  jump_request_list_focus (self->list);
}
