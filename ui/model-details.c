/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/model-details.h"

#include "ui/alias-list.h"
#include "ui/model-text.h"
#include "ui/terms-dialog.h"
#include "ui/window.h"

#include <glib/gi18n-lib.h>

struct _JumpModelDetails
{
  GtkBox parent_instance;

  JumpService *service; /* (owned) (nullable) */
  JumpModel *model;     /* (owned) (nullable) */
  char *enabling;       /* (owned) (nullable) id of the model that is being enabled */

  /* of the template */
  GtkLabel *name_label;
  GtkLabel *id_label;
  GtkLabel *state_label;
  GtkWidget *preview_label;
  GtkWidget *default_label;
  GtkLabel *warning_label;
  GtkWidget *terms_box;
  GtkLabel *terms_label;
  GtkWidget *enable_button;
  GtkWidget *enable_spinner;
  GtkLabel *enable_error_label;
  GtkLabel *vendor_label;
  GtkLabel *limits_label;
  GtkLabel *abilities_label;
  GtkLabel *price_label;
  GtkWidget *default_button;
  GtkLabel *default_error_label;
  JumpAliasList *alias_list;
  GtkLabel *api_labels[JUMP_ROUTE_N_APIS];
  GtkLabel *way_labels[JUMP_ROUTE_N_APIS];
};

G_DEFINE_FINAL_TYPE (JumpModelDetails, jump_model_details, GTK_TYPE_BOX)

/* A label without text takes no room. */
static void
show_text (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text == NULL ? "" : text);
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

static gboolean
is_default (JumpModelDetails *self)
{
  const char *id =
      jump_settings_get_string (jump_service_get_settings (self->service), JUMP_KEY_MODELS_DEFAULT);

  return g_strcmp0 (id, jump_model_get_id (self->model)) == 0;
}

static void
show_enabling (JumpModelDetails *self)
{
  gboolean is_enabling;

  if (self->model == NULL)
    return;
  is_enabling = g_strcmp0 (self->enabling, jump_model_get_id (self->model)) == 0;
  gtk_widget_set_sensitive (self->enable_button, self->enabling == NULL);
  gtk_widget_set_visible (self->enable_spinner, is_enabling);
  g_object_set (self->enable_spinner, "active", is_enabling, NULL);
}

static void
show_state (JumpModelDetails *self)
{
  gboolean is_ready = jump_model_text_get_standing (self->model) == JUMP_STANDING_READY;
  g_autofree char *state = jump_model_text_state (self->model);
  g_autofree char *terms = jump_model_text_terms (jump_model_get_terms (self->model));
  g_auto (GStrv) warnings = jump_model_get_warnings (self->model);
  g_autofree char *warning = warnings == NULL ? NULL : g_strjoinv ("\n", warnings);
  gboolean is_preview = jump_model_get_is_preview (self->model);

  /* "Preview" has a chip of its own here, beside whatever else there is to say. */
  if (is_ready && is_preview && !jump_model_get_is_retiring (self->model))
    g_clear_pointer (&state, g_free);
  show_text (self->state_label, state);
  gtk_widget_set_visible (self->preview_label, is_preview);
  show_text (self->warning_label, warning);
  gtk_widget_set_visible (self->terms_box, !is_ready);
  if (terms == NULL)
    terms = g_strdup (_ ("It has to be enabled for your account before it answers."));
  /* Without links, which are in the dialog that enables it: GTK falls over a link (atk_object_ref_state_set) that
   * is replaced while a screen reader looks at it. */
  gtk_label_set_text (self->terms_label, terms);
  show_enabling (self);
}

static void
show_facts (JumpModelDetails *self)
{
  g_auto (GStrv) abilities = jump_model_text_abilities (self->model);
  g_autofree char *list = g_strjoinv (" · ", abilities);
  g_autofree char *limits = jump_model_text_limits (self->model);
  g_autofree char *price = jump_model_text_price (self->model);

  gtk_label_set_text (self->name_label, jump_model_get_name (self->model));
  gtk_label_set_text (self->id_label, jump_model_get_id (self->model));
  gtk_label_set_text (self->vendor_label, jump_model_get_vendor (self->model));
  gtk_label_set_text (self->limits_label, limits);
  gtk_label_set_text (self->abilities_label, list[0] == '\0' ? "–" : list);
  gtk_label_set_text (self->price_label, price);
}

static void
show_ways (JumpModelDetails *self)
{
  JumpRouteWay ways[JUMP_ROUTE_N_APIS];

  jump_route_summarise (self->model, ways);
  for (guint i = 0; i < JUMP_ROUTE_N_APIS; i++)
    {
      g_autofree char *way = jump_model_text_way (ways[i].way);

      gtk_label_set_text (self->api_labels[i], jump_model_text_get_api_name (ways[i].api));
      gtk_label_set_text (self->way_labels[i], way);
    }
}

static void
show_default (JumpModelDetails *self)
{
  if (self->model == NULL)
    return;
  gtk_widget_set_visible (self->default_label, is_default (self));
  gtk_widget_set_visible (self->default_button,
                          jump_model_text_is_chat (self->model) && !is_default (self));
  show_text (self->default_error_label, NULL);
}

/* A screen reader can press what nobody sees; so each asks whether there is a model. */
static void
on_copy_clicked (GtkButton *button, JumpModelDetails *self)
{
  GtkWidget *window = gtk_widget_get_toplevel (GTK_WIDGET (self));

  if (self->model == NULL)
    return;
  gtk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self), GDK_SELECTION_CLIPBOARD),
                          jump_model_get_id (self->model),
                          -1);
  if (JUMP_IS_WINDOW (window))
    jump_window_tell (JUMP_WINDOW (window), _ ("Model ID copied"));
}

static void
on_default_clicked (GtkButton *button, JumpModelDetails *self)
{
  g_autoptr (GError) error = NULL;

  if (self->model == NULL)
    return;
  if (jump_settings_set_text (jump_service_get_settings (self->service),
                              "models.default",
                              jump_model_get_id (self->model),
                              &error))
    show_default (self);
  else
    show_text (self->default_error_label, _ ("The settings could not be saved."));
}

static void
on_model_enabled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JumpModelDetails) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (!jump_service_enable_model_finish (JUMP_SERVICE (source), result, &error))
    /* Translators: %s is a message of GitHub, mostly in English */
    text = g_strdup_printf (_ ("GitHub did not enable it: %s"), error->message);
  g_clear_pointer (&self->enabling, g_free);
  if (self->model == NULL)
    return;
  show_text (self->enable_error_label, text);
  show_enabling (self);
}

static void
on_terms_answered (GtkDialog *dialog, int response, JumpModelDetails *self)
{
  const char *id = g_object_get_data (G_OBJECT (dialog), "model");

  if (response == GTK_RESPONSE_ACCEPT && self->service != NULL && self->enabling == NULL)
    {
      self->enabling = g_strdup (id);
      show_text (self->enable_error_label, NULL);
      show_enabling (self);
      jump_service_enable_model_async (self->service,
                                       id,
                                       NULL,
                                       on_model_enabled,
                                       g_object_ref (self));
    }
  gtk_widget_destroy (GTK_WIDGET (dialog));
}

static void
on_enable_clicked (GtkButton *button, JumpModelDetails *self)
{
  GtkWidget *window = gtk_widget_get_toplevel (GTK_WIDGET (self));
  GtkWidget *dialog;

  if (self->model == NULL)
    return;
  dialog = jump_terms_dialog_new (GTK_IS_WINDOW (window) ? GTK_WINDOW (window) : NULL, self->model);
  g_object_set_data_full (G_OBJECT (dialog),
                          "model",
                          g_strdup (jump_model_get_id (self->model)),
                          g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_terms_answered), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
jump_model_details_dispose (GObject *object)
{
  JumpModelDetails *self = JUMP_MODEL_DETAILS (object);

  g_clear_object (&self->model);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (jump_model_details_parent_class)->dispose (object);
}

static void
jump_model_details_finalize (GObject *object)
{
  g_free (JUMP_MODEL_DETAILS (object)->enabling);
  G_OBJECT_CLASS (jump_model_details_parent_class)->finalize (object);
}

/* The rows of the ways are alike and named by number. */
static void
bind_rows (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < JUMP_ROUTE_N_APIS; i++)
    {
      g_autofree char *api = g_strdup_printf ("api_label_%u", i);
      g_autofree char *way = g_strdup_printf ("way_label_%u", i);
      gssize offset = (gssize) (i * sizeof (GtkLabel *));

      gtk_widget_class_bind_template_child_full (widget_class,
                                                 api,
                                                 FALSE,
                                                 G_STRUCT_OFFSET (JumpModelDetails, api_labels) +
                                                     offset);
      gtk_widget_class_bind_template_child_full (widget_class,
                                                 way,
                                                 FALSE,
                                                 G_STRUCT_OFFSET (JumpModelDetails, way_labels) +
                                                     offset);
    }
}

static void
jump_model_details_class_init (JumpModelDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (JUMP_TYPE_ALIAS_LIST);
  G_OBJECT_CLASS (klass)->dispose = jump_model_details_dispose;
  G_OBJECT_CLASS (klass)->finalize = jump_model_details_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/jumpseat/Jumpseat/ui/model-details.ui");
  gtk_widget_class_bind_template_child (widget_class, JumpModelDetails, name_label);
  gtk_widget_class_bind_template_child (widget_class, JumpModelDetails, id_label);
  gtk_widget_class_bind_template_child (widget_class, JumpModelDetails, state_label);
  gtk_widget_class_bind_template_child (widget_class, JumpModelDetails, preview_label);
  gtk_widget_class_bind_template_child (widget_class, JumpModelDetails, default_label);
  gtk_widget_class_bind_template_child (widget_class, JumpModelDetails, warning_label);
  gtk_widget_class_bind_template_child (widget_class, JumpModelDetails, terms_box);
  gtk_widget_class_bind_template_child (widget_class, JumpModelDetails, terms_label);
  gtk_widget_class_bind_template_child (widget_class, JumpModelDetails, enable_button);
  gtk_widget_class_bind_template_child (widget_class, JumpModelDetails, enable_spinner);
  gtk_widget_class_bind_template_child (widget_class, JumpModelDetails, enable_error_label);
  gtk_widget_class_bind_template_child (widget_class, JumpModelDetails, vendor_label);
  gtk_widget_class_bind_template_child (widget_class, JumpModelDetails, limits_label);
  gtk_widget_class_bind_template_child (widget_class, JumpModelDetails, abilities_label);
  gtk_widget_class_bind_template_child (widget_class, JumpModelDetails, price_label);
  gtk_widget_class_bind_template_child (widget_class, JumpModelDetails, default_button);
  gtk_widget_class_bind_template_child (widget_class, JumpModelDetails, default_error_label);
  gtk_widget_class_bind_template_child (widget_class, JumpModelDetails, alias_list);
  bind_rows (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_default_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_enable_clicked);
}

static void
jump_model_details_init (JumpModelDetails *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * jump_model_details_set_service:
 * @self: a pane
 * @service: whose settings and account are meant
 */
void
jump_model_details_set_service (JumpModelDetails *self, JumpService *service)
{
  g_set_object (&self->service, service);
  jump_alias_list_set_service (self->alias_list, service);
  g_signal_connect_object (jump_service_get_settings (service),
                           "changed",
                           G_CALLBACK (show_default),
                           self,
                           G_CONNECT_SWAPPED);
}

/**
 * jump_model_details_set_model:
 * @self: a pane with a service
 * @model: (nullable): what is shown, nothing for %NULL
 */
void
jump_model_details_set_model (JumpModelDetails *self, JumpModel *model)
{
  if (!g_set_object (&self->model, model))
    return;
  gtk_widget_set_visible (GTK_WIDGET (self), model != NULL);
  jump_alias_list_set_model (self->alias_list, model == NULL ? NULL : jump_model_get_id (model));
  if (model == NULL)
    return;
  show_text (self->enable_error_label, NULL);
  show_facts (self);
  show_state (self);
  show_default (self);
  show_ways (self);
}
