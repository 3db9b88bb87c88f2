/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/request-summary.h"

#include "ui/client-name.h"
#include "ui/error-text.h"
#include "ui/request-filter.h"
#include "ui/request-row-text.h"
#include "ui/request-summary-text.h"

struct _JumpRequestSummary
{
  GtkScrolledWindow parent_instance;

  GtkWidget *error_box;
  GtkLabel *error_title_label;
  GtkLabel *error_text_label;
  GtkLabel *error_words_label;
  GtkWidget *error_button;
  GtkLabel *state_label;
  GtkLabel *time_label;
  GtkLabel *asked_label;
  GtkLabel *used_label;
  GtkLabel *client_label;
  GtkLabel *api_label;
  GtkLabel *way_label;
  GtkLabel *path_label;
  GtkLabel *first_byte_label;
  GtkLabel *duration_label;
  GtkLabel *input_label;
  GtkLabel *output_label;
  GtkLabel *credits_label;
  GtkLabel *size_label;
  GtkLabel *id_label;
  GtkLabel *upstream_label;
  GtkLabel *session_label;
  GtkLabel *process_label;
  GtkLabel *changes_label;
};

G_DEFINE_FINAL_TYPE (JumpRequestSummary, jump_request_summary, GTK_TYPE_SCROLLED_WINDOW)

/* Setting the same text again would take away what somebody has selected of it. */
static void
set_label (GtkLabel *label, const char *text)
{
  const char *shown = text != NULL && *text != '\0' ? text : "–";

  if (g_strcmp0 (gtk_label_get_text (label), shown) != 0)
    gtk_label_set_text (label, shown);
}

static void
take_label (GtkLabel *label, char *text)
{
  set_label (label, text);
  g_free (text);
}

static void
set_optional (GtkLabel *label, const char *text)
{
  set_label (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

static void
set_button (GtkWidget *button, const JumpErrorText *text)
{
  gboolean has_button = text != NULL && text->button != NULL && text->action != NULL;
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  gtk_widget_set_visible (button, has_button);
  if (!has_button || !g_action_parse_detailed_name (text->action, &name, &target, NULL))
    return;
  if (text->target != NULL)
    {
      g_clear_pointer (&target, g_variant_unref);
      target = g_variant_ref_sink (g_variant_new_string (text->target));
    }
  gtk_button_set_label (GTK_BUTTON (button), text->button);
  /* The target first: a button checks its action against it. */
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), name);
}

static void
update_error (JumpRequestSummary *self, const JumpExchangeRecord *record)
{
  JumpAttention attention = jump_request_summary_attention (record);
  gboolean has_failed = jump_request_outcome (record) == JUMP_REQUEST_FAILED;
  g_autoptr (JumpErrorText) text = NULL;
  g_autofree char *state = jump_request_state_text_new (record);

  gtk_widget_set_visible (self->error_box, has_failed);
  if (!has_failed)
    return;
  if (attention != JUMP_ATTENTION_NONE)
    text = jump_error_text_new_for_attention (attention, NULL, NULL);
  set_label (self->error_title_label, text != NULL ? text->title : state);
  set_optional (self->error_text_label, text != NULL ? text->text : NULL);
  set_optional (self->error_words_label, record->error);
  set_button (self->error_button, text);
}

static void
jump_request_summary_class_init (JumpRequestSummaryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (
      widget_class,
      "/io/github/jumpseat/Jumpseat/ui/request-summary.ui");
  gtk_widget_class_bind_template_child (widget_class, JumpRequestSummary, error_box);
  gtk_widget_class_bind_template_child (widget_class, JumpRequestSummary, error_title_label);
  gtk_widget_class_bind_template_child (widget_class, JumpRequestSummary, error_text_label);
  gtk_widget_class_bind_template_child (widget_class, JumpRequestSummary, error_words_label);
  gtk_widget_class_bind_template_child (widget_class, JumpRequestSummary, error_button);
  gtk_widget_class_bind_template_child (widget_class, JumpRequestSummary, state_label);
  gtk_widget_class_bind_template_child (widget_class, JumpRequestSummary, time_label);
  gtk_widget_class_bind_template_child (widget_class, JumpRequestSummary, asked_label);
  gtk_widget_class_bind_template_child (widget_class, JumpRequestSummary, used_label);
  gtk_widget_class_bind_template_child (widget_class, JumpRequestSummary, client_label);
  gtk_widget_class_bind_template_child (widget_class, JumpRequestSummary, api_label);
  gtk_widget_class_bind_template_child (widget_class, JumpRequestSummary, way_label);
  gtk_widget_class_bind_template_child (widget_class, JumpRequestSummary, path_label);
  gtk_widget_class_bind_template_child (widget_class, JumpRequestSummary, first_byte_label);
  gtk_widget_class_bind_template_child (widget_class, JumpRequestSummary, duration_label);
  gtk_widget_class_bind_template_child (widget_class, JumpRequestSummary, input_label);
  gtk_widget_class_bind_template_child (widget_class, JumpRequestSummary, output_label);
  gtk_widget_class_bind_template_child (widget_class, JumpRequestSummary, credits_label);
  gtk_widget_class_bind_template_child (widget_class, JumpRequestSummary, size_label);
  gtk_widget_class_bind_template_child (widget_class, JumpRequestSummary, id_label);
  gtk_widget_class_bind_template_child (widget_class, JumpRequestSummary, upstream_label);
  gtk_widget_class_bind_template_child (widget_class, JumpRequestSummary, session_label);
  gtk_widget_class_bind_template_child (widget_class, JumpRequestSummary, process_label);
  gtk_widget_class_bind_template_child (widget_class, JumpRequestSummary, changes_label);
}

static void
jump_request_summary_init (JumpRequestSummary *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
jump_request_summary_set_record (JumpRequestSummary *self,
                                 const JumpExchangeRecord *record,
                                 gint64 now_wall)
{
  g_autofree char *name = jump_client_name_new (record->client);
  const JumpRequestColumn first_byte = JUMP_REQUEST_COLUMN_FIRST_BYTE;

  update_error (self, record);
  take_label (self->state_label, jump_request_summary_state_new (record));
  take_label (self->time_label, jump_request_summary_time_new (record));
  set_label (self->asked_label, record->asked_model);
  set_label (self->used_label, record->used_model);
  /* The whole of it where that says more. */
  set_label (self->client_label, record->client != NULL ? record->client : name);
  set_label (self->api_label, jump_request_api_name (record->api));
  take_label (self->way_label, jump_request_summary_way_new (record));
  take_label (self->path_label, g_strdup_printf ("%s %s", record->method, record->path));
  take_label (self->first_byte_label,
              jump_request_row_text_new (record, first_byte, name, now_wall));
  take_label (self->duration_label, jump_request_duration_text_new (record, now_wall));
  take_label (self->input_label, jump_request_summary_input_new (&record->usage));
  take_label (self->output_label, jump_request_summary_output_new (&record->usage));
  take_label (self->credits_label,
              jump_request_row_text_new (record, JUMP_REQUEST_COLUMN_CREDITS, name, now_wall));
  take_label (self->size_label, jump_request_summary_size_new (record));
  set_label (self->id_label, record->id);
  set_label (self->upstream_label, record->upstream_id);
  set_label (self->session_label, record->session);
  set_label (self->process_label, record->process);
  take_label (self->changes_label, jump_request_summary_changes_new (record->changes));
}
