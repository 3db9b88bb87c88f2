/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/request-details.h"

#include "ui/conversation-view.h"
#include "ui/copy-text.h"
#include "ui/headers-view.h"
#include "ui/json-text.h"
#include "ui/json-view.h"
#include "ui/request-summary.h"

#include <glib/gi18n-lib.h>

/* How often a running one is looked at again. */
#define REFRESH_MS 500

struct _JumpRequestDetails
{
  GtkBox parent_instance;

  JumpService *service;   /* (owned) (nullable) */
  JumpExchangeItem *item; /* (owned) (nullable) */
  gulong changed_id;
  guint refresh_source;

  GtkStack *outer_stack;
  GtkWidget *switcher;
  GtkStack *stack;
  JumpRequestSummary *facts;
  JumpConversationView *conversation;
  JumpJsonView *request_view;
  JumpJsonView *reply_view;
  JumpHeadersView *headers;
  GtkWidget *body_button;
  GtkWidget *cancel_button;
};

G_DEFINE_FINAL_TYPE (JumpRequestDetails, jump_request_details, GTK_TYPE_BOX)

static const JumpExchangeRecord *
get_record (JumpRequestDetails *self)
{
  return jump_exchange_item_get_record (self->item);
}

static gboolean
is_tab (JumpRequestDetails *self, const char *name)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), name) == 0;
}

static const char *
get_missing_note (const JumpExchangeRecord *record)
{
  if (record->state == JUMP_EXCHANGE_RECEIVED)
    return _("The request is still being read.");
  return _("The contents of this request are not kept: the newest requests have theirs in memory, "
           "and older ones only where the settings say that questions and answers are kept on disk.");
}

/* Returns: (transfer full) (nullable): the response so far. */
static GBytes *
dup_reply (const JumpExchangeRecord *record)
{
  if (record->reply_body == NULL || record->reply_body->len == 0)
    return NULL;
  return g_bytes_new (record->reply_body->data, record->reply_body->len);
}

static gboolean
has_bodies (const JumpExchangeRecord *record)
{
  return record->request_body != NULL || record->reply_body != NULL ||
         record->request_headers != NULL;
}

static void
update_request (JumpRequestDetails *self, const JumpExchangeRecord *record)
{
  if (record->request_body != NULL && g_bytes_get_size (record->request_body) > 0)
    jump_json_view_set_body (self->request_view, record->id, record->request_body);
  else
    jump_json_view_set_note (self->request_view,
                             has_bodies (record) && record->state != JUMP_EXCHANGE_RECEIVED
                             ? _("This request has no body.")
                             : get_missing_note (record));
}

static void
update_reply (JumpRequestDetails *self, const JumpExchangeRecord *record)
{
  g_autoptr (GBytes) reply = dup_reply (record);

  if (reply != NULL)
    jump_json_view_set_body (self->reply_view, record->id, reply);
  else if (record->state != JUMP_EXCHANGE_ENDED)
    jump_json_view_set_note (self->reply_view, _("There is no response yet."));
  else
    jump_json_view_set_note (self->reply_view,
                             has_bodies (record)
                             ? _("This response has no body.")
                             : get_missing_note (record));
}

static void
update_conversation (JumpRequestDetails *self, const JumpExchangeRecord *record)
{
  if (has_bodies (record))
    jump_conversation_view_set_record (self->conversation, (JumpExchangeRecord *) record);
  else
    jump_conversation_view_set_note (self->conversation, get_missing_note (record));
}

/* Only what is in front is kept up to date. */
static void
update (JumpRequestDetails *self)
{
  const JumpExchangeRecord *record;

  if (self->item == NULL || self->stack == NULL)
    return;
  record = get_record (self);
  if (is_tab (self, "overview"))
    jump_request_summary_set_record (
        self->facts,
        record,
        jump_clock_get_wall_time (jump_service_get_clock (self->service)));
  else if (is_tab (self, "conversation"))
    update_conversation (self, record);
  else if (is_tab (self, "request"))
    update_request (self, record);
  else if (is_tab (self, "response"))
    update_reply (self, record);
  else if (is_tab (self, "headers"))
    jump_headers_view_set_record (self->headers, record);
  gtk_widget_set_visible (self->cancel_button, record->state != JUMP_EXCHANGE_ENDED);
  gtk_widget_set_visible (self->body_button, is_tab (self, "request") || is_tab (self, "response"));
}

static gboolean
on_refresh_due (gpointer user_data)
{
  JumpRequestDetails *self = user_data;

  update (self);
  if (jump_exchange_item_is_running (self->item))
    return G_SOURCE_CONTINUE;
  self->refresh_source = 0;
  return G_SOURCE_REMOVE;
}

static void
start_refreshing (JumpRequestDetails *self)
{
  if (self->refresh_source == 0 && self->item != NULL &&
      gtk_widget_get_mapped (GTK_WIDGET (self)) && jump_exchange_item_is_running (self->item))
    self->refresh_source = g_timeout_add (REFRESH_MS, on_refresh_due, self);
}

/* What runs is looked at in its time; what has ended says so at once. */
static void
on_item_changed (JumpRequestDetails *self)
{
  if (jump_exchange_item_is_running (self->item))
    return;
  g_clear_handle_id (&self->refresh_source, g_source_remove);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    update (self);
}

static void
on_mapped (JumpRequestDetails *self)
{
  update (self);
  start_refreshing (self);
}

static void
on_unmapped (JumpRequestDetails *self)
{
  g_clear_handle_id (&self->refresh_source, g_source_remove);
}

/* A screen reader can press what nobody sees; so each asks whether there is a request. */
static void
on_curl_clicked (JumpRequestDetails *self)
{
  g_autofree char *text = NULL;

  if (self->item == NULL)
    return;
  text = jump_exchange_curl_new (get_record (self), jump_service_get_url (self->service));
  jump_copy_text (GTK_WIDGET (self), text, _("Command copied"));
}

static void
on_id_clicked (JumpRequestDetails *self)
{
  if (self->item == NULL)
    return;
  jump_copy_text (GTK_WIDGET (self), get_record (self)->id, _("ID copied"));
}

static void
on_body_clicked (JumpRequestDetails *self)
{
  const JumpExchangeRecord *record;
  g_autoptr (GBytes) body = NULL;
  g_autofree char *text = NULL;
  gsize size;
  const char *data;

  if (self->item == NULL)
    return;
  record = get_record (self);
  if (!is_tab (self, "request"))
    body = dup_reply (record);
  else if (record->request_body != NULL)
    body = g_bytes_ref (record->request_body);
  if (body == NULL)
    return;
  data = g_bytes_get_data (body, &size);
  text = g_utf8_make_valid (data != NULL ? data : "", (gssize) size);
  jump_copy_text (GTK_WIDGET (self), text, _("Body copied"));
}

static void
on_cancel_clicked (JumpRequestDetails *self)
{
  if (self->item == NULL)
    return;
  jump_service_cancel_exchange (self->service, get_record (self)->id);
}

static void
jump_request_details_dispose (GObject *object)
{
  JumpRequestDetails *self = JUMP_REQUEST_DETAILS (object);

  g_clear_handle_id (&self->refresh_source, g_source_remove);
  if (self->item != NULL)
    g_clear_signal_handler (&self->changed_id, self->item);
  g_clear_object (&self->item);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (jump_request_details_parent_class)->dispose (object);
}

static void
jump_request_details_class_init (JumpRequestDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jump_request_details_dispose;
  g_type_ensure (JUMP_TYPE_REQUEST_SUMMARY);
  g_type_ensure (JUMP_TYPE_CONVERSATION_VIEW);
  g_type_ensure (JUMP_TYPE_JSON_VIEW);
  g_type_ensure (JUMP_TYPE_HEADERS_VIEW);
  gtk_widget_class_set_template_from_resource (
      widget_class,
      "/io/github/jumpseat/Jumpseat/ui/request-details.ui");
  gtk_widget_class_bind_template_child (widget_class, JumpRequestDetails, outer_stack);
  gtk_widget_class_bind_template_child (widget_class, JumpRequestDetails, switcher);
  gtk_widget_class_bind_template_child (widget_class, JumpRequestDetails, stack);
  gtk_widget_class_bind_template_child (widget_class, JumpRequestDetails, facts);
  gtk_widget_class_bind_template_child (widget_class, JumpRequestDetails, conversation);
  gtk_widget_class_bind_template_child (widget_class, JumpRequestDetails, request_view);
  gtk_widget_class_bind_template_child (widget_class, JumpRequestDetails, reply_view);
  gtk_widget_class_bind_template_child (widget_class, JumpRequestDetails, headers);
  gtk_widget_class_bind_template_child (widget_class, JumpRequestDetails, body_button);
  gtk_widget_class_bind_template_child (widget_class, JumpRequestDetails, cancel_button);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_bind_template_callback (widget_class, on_mapped);
  gtk_widget_class_bind_template_callback (widget_class, on_unmapped);
  gtk_widget_class_bind_template_callback (widget_class, on_curl_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_id_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_body_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_clicked);
}

static void
jump_request_details_init (JumpRequestDetails *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * jump_request_details_set_service:
 * @service: referenced; set once
 */
void
jump_request_details_set_service (JumpRequestDetails *self, JumpService *service)
{
  g_return_if_fail (self->service == NULL);
  self->service = g_object_ref (service);
}

void
jump_request_details_show (JumpRequestDetails *self, JumpExchangeItem *item)
{
  if (self->item == item)
    return;
  g_clear_handle_id (&self->refresh_source, g_source_remove);
  if (self->item != NULL)
    g_clear_signal_handler (&self->changed_id, self->item);
  g_set_object (&self->item, item);
  gtk_stack_set_visible_child_name (self->outer_stack, item != NULL ? "details" : "hint");
  if (item == NULL)
    return;
  self->changed_id = g_signal_connect_swapped (item, "changed", G_CALLBACK (on_item_changed), self);
  update (self);
  start_refreshing (self);
}

void
jump_request_details_focus (JumpRequestDetails *self)
{
  if (self->item != NULL)
    gtk_widget_child_focus (self->switcher, GTK_DIR_TAB_FORWARD);
}
