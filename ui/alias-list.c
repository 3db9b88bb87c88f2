/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/alias-list.h"

#include "ui/alias-name.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _JumpAliasList
{
  GtkBox parent_instance;

  JumpService *service; /* (owned) (nullable) */
  char *id;             /* (owned) (nullable) of the model */

  /* of the template */
  GtkContainer *list;
  GtkLabel *pattern_label;
  GtkEntry *entry;
  GtkWidget *add_button;
  GtkLabel *hint_label;
};

G_DEFINE_FINAL_TYPE (JumpAliasList, jump_alias_list, GTK_TYPE_BOX)

static JumpSettings *
get_settings (JumpAliasList *self)
{
  return jump_service_get_settings (self->service);
}

static void
show_hint (JumpAliasList *self, const char *text, gboolean is_error)
{
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (self->hint_label));

  gtk_label_set_text (self->hint_label, text == NULL ? "" : text);
  gtk_widget_set_visible (GTK_WIDGET (self->hint_label), text != NULL);
  gtk_style_context_remove_class (context, is_error ? "dim-label" : "error");
  gtk_style_context_add_class (context, is_error ? "error" : "dim-label");
}

static void
on_remove_clicked (GtkButton *button, JumpAliasList *self)
{
  const char *name = g_object_get_data (G_OBJECT (button), "alias");
  g_autofree char *key = g_strconcat ("model_aliases.", name, NULL);
  g_autoptr (GError) error = NULL;

  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  if (!jump_settings_reset (get_settings (self), key, &error))
    show_hint (self, _ ("The settings could not be saved."), TRUE);
}

static void
add_row (JumpAliasList *self, const char *name)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (name);
  GtkWidget *button = gtk_button_new_from_icon_name ("list-remove-symbolic", GTK_ICON_SIZE_BUTTON);
  g_autofree char *what = g_strdup_printf (_ ("Remove the name %s"), name);

  gtk_widget_set_margin_start (box, 12);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_pack_start (GTK_BOX (box), label, TRUE, TRUE, 0);
  gtk_box_pack_start (GTK_BOX (box), button, FALSE, FALSE, 0);
  gtk_style_context_add_class (gtk_widget_get_style_context (button), "flat");
  gtk_widget_set_tooltip_text (button, what);
  atk_object_set_name (gtk_widget_get_accessible (button), what);
  g_object_set_data_full (G_OBJECT (button), "alias", g_strdup (name), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (on_remove_clicked), self);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_can_focus (row, FALSE);
  gtk_container_add (GTK_CONTAINER (row), box);
  gtk_widget_show_all (row);
  gtk_container_add (self->list, row);
}

/* Patterns mean the newest model that fits, which may be another one next month: they are told of,
 * and changed in the settings. */
static void
append_pattern (GString *text, const JumpSettingPair *pair)
{
  if (text->len > 0)
    g_string_append (text, ", ");
  g_string_append_printf (text, "%s → %s", pair->name, pair->target);
}

static void
destroy_row (GtkWidget *row, gpointer user_data)
{
  gtk_widget_destroy (row);
}

static void
update (JumpAliasList *self)
{
  GPtrArray *aliases = jump_settings_get_table (get_settings (self), JUMP_TABLE_MODEL_ALIASES);
  g_autoptr (GString) patterns = g_string_new (NULL);
  g_autofree char *text = NULL;
  gboolean has_rows = FALSE;

  gtk_container_foreach (self->list, destroy_row, NULL);
  for (guint i = 0; self->id != NULL && i < aliases->len; i++)
    {
      const JumpSettingPair *pair = g_ptr_array_index (aliases, i);

      if (strcmp (pair->target, self->id) == 0)
        {
          add_row (self, pair->name);
          has_rows = TRUE;
        }
      else if (strchr (pair->target, '*') != NULL &&
               g_pattern_match_simple (pair->target, self->id))
        append_pattern (patterns, pair);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->list), has_rows);
  /* Translators: %s is a list of names and patterns with * such as opus → claude-opus-* */
  text = g_strdup_printf (_ ("The newest that fits: %s"), patterns->str);
  gtk_label_set_text (self->pattern_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->pattern_label), patterns->len > 0);
}

/* Returns: (transfer full) */
static char *
get_name (JumpAliasList *self)
{
  return g_strstrip (g_strdup (gtk_entry_get_text (self->entry)));
}

static JumpAliasVerdict
check (JumpAliasList *self, const char *name)
{
  return jump_alias_check (name,
                           self->id,
                           jump_settings_get_table (get_settings (self), JUMP_TABLE_MODEL_ALIASES),
                           jump_service_get_catalog (self->service));
}

static gboolean
may_add (JumpAliasVerdict verdict)
{
  return verdict == JUMP_ALIAS_OK || verdict == JUMP_ALIAS_ELSEWHERE;
}

static void
on_entry_changed (GtkEntry *entry, JumpAliasList *self)
{
  g_autofree char *name = get_name (self);
  JumpAliasVerdict verdict;

  if (self->service == NULL || self->id == NULL)
    return;
  verdict = check (self, name);
  gtk_widget_set_sensitive (self->add_button, may_add (verdict));
  show_hint (self, jump_alias_describe (verdict), !may_add (verdict));
}

static void
on_add_clicked (GtkWidget *widget, JumpAliasList *self)
{
  g_autofree char *name = get_name (self);
  g_autofree char *key = g_strconcat ("model_aliases.", name, NULL);
  g_autoptr (GError) error = NULL;

  if (self->id == NULL || !may_add (check (self, name)))
    return;
  if (!jump_settings_set_text (get_settings (self), key, self->id, &error))
    {
      show_hint (self, _ ("The settings could not be saved."), TRUE);
      return;
    }
  gtk_entry_set_text (self->entry, "");
}

static void
jump_alias_list_dispose (GObject *object)
{
  JumpAliasList *self = JUMP_ALIAS_LIST (object);

  g_clear_object (&self->service);
  G_OBJECT_CLASS (jump_alias_list_parent_class)->dispose (object);
}

static void
jump_alias_list_finalize (GObject *object)
{
  g_free (JUMP_ALIAS_LIST (object)->id);
  G_OBJECT_CLASS (jump_alias_list_parent_class)->finalize (object);
}

static void
jump_alias_list_class_init (JumpAliasListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jump_alias_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = jump_alias_list_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/jumpseat/Jumpseat/ui/alias-list.ui");
  gtk_widget_class_bind_template_child (widget_class, JumpAliasList, list);
  gtk_widget_class_bind_template_child (widget_class, JumpAliasList, pattern_label);
  gtk_widget_class_bind_template_child (widget_class, JumpAliasList, entry);
  gtk_widget_class_bind_template_child (widget_class, JumpAliasList, add_button);
  gtk_widget_class_bind_template_child (widget_class, JumpAliasList, hint_label);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_add_clicked);
}

static void
jump_alias_list_init (JumpAliasList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * jump_alias_list_set_service:
 * @self: a list
 * @service: whose settings hold the names
 */
void
jump_alias_list_set_service (JumpAliasList *self, JumpService *service)
{
  g_set_object (&self->service, service);
  g_signal_connect_object (jump_service_get_settings (service),
                           "tables-changed",
                           G_CALLBACK (update),
                           self,
                           G_CONNECT_SWAPPED);
}

/**
 * jump_alias_list_set_model:
 * @self: a list with a service
 * @id: (nullable): whose names are shown
 */
void
jump_alias_list_set_model (JumpAliasList *self, const char *id)
{
  if (g_strcmp0 (self->id, id) == 0)
    return;
  g_free (self->id);
  self->id = g_strdup (id);
  gtk_entry_set_text (self->entry, "");
  update (self);
}
