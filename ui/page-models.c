/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/page-models.h"

#include "ui/catalog-text.h"
#include "ui/error-text.h"
#include "ui/model-details.h"
#include "ui/model-list-box.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _JumpPageModels
{
  GtkBox parent_instance;

  JumpService *service;      /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned): ends with the page */
  GError *error;             /* (owned) (nullable) of the last fetch */
  gboolean is_fetching;
  gboolean is_filling; /* the choice of vendors is being written */

  /* of the template */
  GtkEntry *search_entry;
  GtkComboBoxText *vendor_combo;
  GtkComboBox *ability_combo;
  GtkComboBox *state_combo;
  GtkToggleButton *chat_check;
  GtkImage *filter_image;
  GtkWidget *refresh_button;
  GtkStack *refresh_stack;
  GtkSpinner *refresh_spinner;
  GtkRevealer *note_revealer;
  GtkLabel *note_label;
  GtkWidget *sign_in_button;
  GtkStack *stack;
  GtkSpinner *loading_spinner;
  GtkLabel *failed_title;
  GtkLabel *failed_label;
  GtkWidget *failed_button;
  JumpModelListBox *model_list;
  JumpModelDetails *details;
};

G_DEFINE_FINAL_TYPE (JumpPageModels, jump_page_models, GTK_TYPE_BOX)

static JumpModelCatalog *
get_catalog (JumpPageModels *self)
{
  return jump_service_get_catalog (self->service);
}

static gboolean
is_signed_in (JumpPageModels *self)
{
  return jump_account_get_state (jump_service_get_account (self->service)) ==
         JUMP_ACCOUNT_SIGNED_IN;
}

static void
show_note (JumpPageModels *self)
{
  JumpModelCatalog *catalog = get_catalog (self);
  g_autofree char *origin = jump_catalog_text_origin (jump_model_catalog_get_origin (catalog),
                                                      jump_model_catalog_get_fetched_at (catalog),
                                                      is_signed_in (self));
  g_autoptr (GString) text = g_string_new (origin);

  if (self->error != NULL)
    {
      g_autoptr (JumpErrorText) problem = jump_error_text_new_for_error (self->error);

      g_string_prepend (text, text->len > 0 ? " " : "");
      g_string_prepend (text, problem->title);
      g_string_insert_c (text, (gssize) strlen (problem->title), '.');
    }
  gtk_label_set_text (self->note_label, text->str);
  gtk_widget_set_visible (self->sign_in_button,
                          jump_account_get_state (jump_service_get_account (self->service)) ==
                              JUMP_ACCOUNT_SIGNED_OUT);
  gtk_revealer_set_reveal_child (self->note_revealer, text->len > 0);
}

static void
show_failure (JumpPageModels *self)
{
  g_autoptr (JumpErrorText) text = NULL;

  if (self->error != NULL)
    text = jump_error_text_new_for_error (self->error);
  gtk_widget_set_visible (self->failed_button, is_signed_in (self));
  gtk_label_set_text (self->failed_title, text == NULL ? _ ("No Models") : text->title);
  gtk_label_set_text (self->failed_label,
                      text == NULL
                      ? _ ("Your account offers none.")
                      : text->text);
}

static const char *
choose_view (JumpPageModels *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (get_catalog (self))) == 0)
    return self->is_fetching ? "loading" : "failed";
  return jump_model_list_box_has_match (self->model_list) ? "list" : "empty";
}

static void
update (JumpPageModels *self)
{
  const char *view = choose_view (self);
  gboolean is_loading = g_str_equal (view, "loading");

  show_note (self);
  show_failure (self);
  gtk_stack_set_visible_child_name (self->stack, view);
  g_object_set (self->loading_spinner, "active", is_loading, NULL);
  gtk_stack_set_visible_child (self->refresh_stack,
                               self->is_fetching
                                   ? GTK_WIDGET (self->refresh_spinner)
                                   : gtk_stack_get_child_by_name (self->refresh_stack, "idle"));
  g_object_set (self->refresh_spinner, "active", self->is_fetching, NULL);
  gtk_widget_set_sensitive (self->refresh_button, !self->is_fetching && is_signed_in (self));
}

static void
update_filter (JumpPageModels *self)
{
  const char *text = gtk_entry_get_text (self->search_entry);
  int vendor = gtk_combo_box_get_active (GTK_COMBO_BOX (self->vendor_combo));
  JumpModelFilter filter = {
    .text = text[0] == '\0' ? NULL : g_strdup (text),
    .vendor = vendor > 0 ? gtk_combo_box_text_get_active_text (self->vendor_combo) : NULL,
    .ability = (JumpWantedAbility) MAX (gtk_combo_box_get_active (self->ability_combo), 0),
    .state = (JumpWantedState) MAX (gtk_combo_box_get_active (self->state_combo), 0),
    .hides_embeddings = gtk_toggle_button_get_active (self->chat_check),
  };
  gboolean is_narrow = filter.vendor != NULL || filter.ability != JUMP_WANTED_ABILITY_ANY ||
                       filter.state != JUMP_WANTED_STATE_ANY;
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (self->filter_image));

  if (is_narrow)
    gtk_style_context_add_class (context, "accent");
  else
    gtk_style_context_remove_class (context, "accent");
  jump_model_list_box_set_filter (self->model_list, &filter);
  update (self);
}

static void
on_filter_changed (GtkWidget *widget, JumpPageModels *self)
{
  if (self->service != NULL && !self->is_filling)
    update_filter (self);
}

static void
on_search_stopped (GtkEntry *entry, JumpPageModels *self)
{
  gtk_entry_set_text (entry, "");
}

static void
on_show_all_clicked (GtkButton *button, JumpPageModels *self)
{
  self->is_filling = TRUE;
  gtk_entry_set_text (self->search_entry, "");
  gtk_combo_box_set_active (GTK_COMBO_BOX (self->vendor_combo), 0);
  gtk_combo_box_set_active (self->ability_combo, 0);
  gtk_combo_box_set_active (self->state_combo, 0);
  gtk_toggle_button_set_active (self->chat_check, FALSE);
  self->is_filling = FALSE;
  update_filter (self);
}

/* The vendors that there are; what was chosen stays so. */
static void
fill_vendors (JumpPageModels *self)
{
  GListModel *models = G_LIST_MODEL (get_catalog (self));
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *chosen = gtk_combo_box_get_active (GTK_COMBO_BOX (self->vendor_combo)) > 0
                                ? gtk_combo_box_text_get_active_text (self->vendor_combo)
                                : NULL;
  int n = 1;
  int active = 0;

  self->is_filling = TRUE;
  gtk_combo_box_text_remove_all (self->vendor_combo);
  gtk_combo_box_text_append_text (self->vendor_combo, C_ ("vendor", "All"));
  for (guint i = 0; i < g_list_model_get_n_items (models); i++)
    {
      g_autoptr (JumpModel) model = g_list_model_get_item (models, i);
      const char *vendor = jump_model_get_vendor (model);

      if (vendor[0] == '\0' || !g_hash_table_add (seen, g_strdup (vendor)))
        continue;
      gtk_combo_box_text_append_text (self->vendor_combo, vendor);
      if (g_strcmp0 (vendor, chosen) == 0)
        active = n;
      n++;
    }
  gtk_combo_box_set_active (GTK_COMBO_BOX (self->vendor_combo), active);
  self->is_filling = FALSE;
}

static void
on_models_changed (JumpPageModels *self)
{
  fill_vendors (self);
  update_filter (self);
}

static void
on_default_changed (JumpPageModels *self)
{
  jump_model_list_box_set_default (
      self->model_list,
      jump_settings_get_string (jump_service_get_settings (self->service),
                                JUMP_KEY_MODELS_DEFAULT));
}

static void
end_fetch (JumpPageModels *self, GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_error_free (error);
      return;
    }
  self->is_fetching = FALSE;
  g_clear_error (&self->error);
  self->error = error;
  update (self);
}

static void
on_list_ensured (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JumpPageModels) self = user_data;
  GError *error = NULL;

  jump_model_catalog_ensure_finish (JUMP_MODEL_CATALOG (source), result, &error);
  end_fetch (self, error);
}

static void
on_list_refreshed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JumpPageModels) self = user_data;
  GError *error = NULL;

  jump_model_catalog_refresh_finish (JUMP_MODEL_CATALOG (source), result, &error);
  end_fetch (self, error);
}

static void
on_refresh_clicked (GtkButton *button, JumpPageModels *self)
{
  if (self->is_fetching)
    return;
  self->is_fetching = TRUE;
  update (self);
  jump_model_catalog_refresh_async (get_catalog (self),
                                    self->cancellable,
                                    on_list_refreshed,
                                    g_object_ref (self));
}

static void
ensure (JumpPageModels *self)
{
  /* Without an account there is the list that comes along, and nobody to ask for another one. */
  if (self->is_fetching ||
      (!is_signed_in (self) && g_list_model_get_n_items (G_LIST_MODEL (get_catalog (self))) > 0))
    return;
  self->is_fetching = TRUE;
  jump_model_catalog_ensure_async (get_catalog (self),
                                   self->cancellable,
                                   on_list_ensured,
                                   g_object_ref (self));
}

static void
on_account_changed (JumpPageModels *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    ensure (self);
  update (self);
}

static void
on_model_selected (JumpModelListBox *list, JumpModel *model, JumpPageModels *self)
{
  if (self->service != NULL)
    jump_model_details_set_model (self->details, model);
}

static void
jump_page_models_find (JumpPageModels *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

static void
jump_page_models_map (GtkWidget *widget)
{
  JumpPageModels *self = JUMP_PAGE_MODELS (widget);

  GTK_WIDGET_CLASS (jump_page_models_parent_class)->map (widget);
  ensure (self);
  update (self);
}

static void
jump_page_models_dispose (GObject *object)
{
  JumpPageModels *self = JUMP_PAGE_MODELS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (jump_page_models_parent_class)->dispose (object);
}

static void
jump_page_models_finalize (GObject *object)
{
  JumpPageModels *self = JUMP_PAGE_MODELS (object);

  g_clear_error (&self->error);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (jump_page_models_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/jumpseat/Jumpseat/ui/page-models.ui");
  gtk_widget_class_bind_template_child (widget_class, JumpPageModels, search_entry);
  gtk_widget_class_bind_template_child (widget_class, JumpPageModels, vendor_combo);
  gtk_widget_class_bind_template_child (widget_class, JumpPageModels, ability_combo);
  gtk_widget_class_bind_template_child (widget_class, JumpPageModels, state_combo);
  gtk_widget_class_bind_template_child (widget_class, JumpPageModels, chat_check);
  gtk_widget_class_bind_template_child (widget_class, JumpPageModels, filter_image);
  gtk_widget_class_bind_template_child (widget_class, JumpPageModels, refresh_button);
  gtk_widget_class_bind_template_child (widget_class, JumpPageModels, refresh_stack);
  gtk_widget_class_bind_template_child (widget_class, JumpPageModels, refresh_spinner);
  gtk_widget_class_bind_template_child (widget_class, JumpPageModels, note_revealer);
  gtk_widget_class_bind_template_child (widget_class, JumpPageModels, note_label);
  gtk_widget_class_bind_template_child (widget_class, JumpPageModels, sign_in_button);
  gtk_widget_class_bind_template_child (widget_class, JumpPageModels, stack);
  gtk_widget_class_bind_template_child (widget_class, JumpPageModels, loading_spinner);
  gtk_widget_class_bind_template_child (widget_class, JumpPageModels, failed_title);
  gtk_widget_class_bind_template_child (widget_class, JumpPageModels, failed_label);
  gtk_widget_class_bind_template_child (widget_class, JumpPageModels, failed_button);
  gtk_widget_class_bind_template_child (widget_class, JumpPageModels, model_list);
  gtk_widget_class_bind_template_child (widget_class, JumpPageModels, details);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_stopped);
  gtk_widget_class_bind_template_callback (widget_class, on_refresh_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_show_all_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_model_selected);
}

static void
jump_page_models_class_init (JumpPageModelsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (JUMP_TYPE_MODEL_LIST_BOX);
  g_type_ensure (JUMP_TYPE_MODEL_DETAILS);
  G_OBJECT_CLASS (klass)->dispose = jump_page_models_dispose;
  G_OBJECT_CLASS (klass)->finalize = jump_page_models_finalize;
  widget_class->map = jump_page_models_map;
  /* The window emits it for Ctrl+F. */
  g_signal_new_class_handler ("find",
                              G_TYPE_FROM_CLASS (klass),
                              G_SIGNAL_RUN_LAST | G_SIGNAL_ACTION,
                              G_CALLBACK (jump_page_models_find),
                              NULL,
                              NULL,
                              NULL,
                              G_TYPE_NONE,
                              0);
  bind_template (widget_class);
}

static void
append_choices (GtkComboBox *combo, const char *const *choices, guint n)
{
  for (guint i = 0; i < n; i++)
    gtk_combo_box_text_append_text (GTK_COMBO_BOX_TEXT (combo), _ (choices[i]));
  gtk_combo_box_set_active (combo, 0);
}

static void
jump_page_models_init (JumpPageModels *self)
{
  /* in the order of JumpWantedAbility and JumpWantedState */
  static const char *const abilities[] = { N_ ("Any"),
                                               N_ ("Tools"), N_ ("Images"), N_ ("Reasoning") };
  static const char *const states[] = {
    N_ ("Any"), N_ ("Ready"), N_ ("Needs enabling"), N_ ("Preview"), N_ ("Retiring") };

  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  append_choices (self->ability_combo, abilities, G_N_ELEMENTS (abilities));
  append_choices (self->state_combo, states, G_N_ELEMENTS (states));
}

static void
set_service (JumpPageModels *self, JumpService *service)
{
  self->service = g_object_ref (service);
  jump_model_details_set_service (self->details, service);
  on_default_changed (self);
  fill_vendors (self);
  jump_model_list_box_set_catalog (self->model_list, jump_service_get_catalog (service));
  update_filter (self);
  g_signal_connect_object (jump_service_get_catalog (service),
                           "items-changed",
                           G_CALLBACK (on_models_changed),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (jump_service_get_account (service),
                           "changed",
                           G_CALLBACK (on_account_changed),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (jump_service_get_settings (service),
                           "changed",
                           G_CALLBACK (on_default_changed),
                           self,
                           G_CONNECT_SWAPPED);
}

/**
 * jump_page_models_new:
 * @service: whose models are shown
 *
 * Returns: (transfer floating)
 */
GtkWidget *
jump_page_models_new (JumpService *service)
{
  JumpPageModels *self = g_object_new (JUMP_TYPE_PAGE_MODELS, NULL);

  set_service (self, service);
  return GTK_WIDGET (self);
}
