/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/sign-in-dialog.h"

#include "ui/error-text.h"
#include "ui/sign-in-code.h"
#include "ui/sign-in-result.h"
#include "ui/sign-in-tenant.h"
#include "ui/sign-in-view-text.h"

#include <glib/gi18n-lib.h>

/* On a sign-in: the browser was sent there once, by whichever dialog. */
#define OPENED_KEY "jump-browser-opened"

struct _JumpSignInDialog
{
  GtkDialog parent_instance;

  GtkWidget *stack;
  GtkWidget *spinner;
  GtkWidget *wait_label;
  GtkWidget *code;
  JumpSignInResult *result;
  JumpSignInTenant *tenant;
  GtkWidget *close_label;
  GtkWidget *cancel_button;
  GtkWidget *other_button;
  GtkWidget *open_button;
  GtkWidget *retry_button;
  GtkWidget *copy_address_button;
  GtkWidget *help_button;
  GtkWidget *close_button;

  GActionGroup *app_actions; /* (owned) */
  JumpService *service;      /* (owned) */
  JumpErrorText *problem;    /* (owned) (nullable): what is shown */
  JumpSignInView view;
  gboolean has_view;
  gboolean wants_code; /* a sign-in is to be started as soon as the account is known */
  gboolean has_asked;  /* for a token, since the last sign-in */
};

G_DEFINE_FINAL_TYPE (JumpSignInDialog, jump_sign_in_dialog, GTK_TYPE_DIALOG)

static JumpDeviceFlow *
get_flow (JumpSignInDialog *self)
{
  return jump_account_get_sign_in (jump_service_get_account (self->service));
}

static void
activate (JumpSignInDialog *self, const char *action, const char *target)
{
  GVariant *parameter = target == NULL ? NULL : g_variant_new_string (target);

  g_action_group_activate_action (self->app_actions, action, parameter);
}

static void
open_address (JumpSignInDialog *self, const char *uri)
{
  if (jump_sign_in_is_web_address (uri))
    activate (self, "open-uri", uri);
}

static void
on_open_requested (JumpSignInDialog *self)
{
  JumpDeviceFlow *flow = get_flow (self);

  if (flow != NULL)
    open_address (self, jump_device_flow_get_verification_uri (flow));
}

/* @tenant: (nullable) */
static gboolean
start (JumpSignInDialog *self, const char *tenant, GError **error)
{
  self->has_asked = FALSE;
  return jump_service_sign_in (self->service, tenant, error) != NULL;
}

static void
show_code (JumpSignInDialog *self)
{
  JumpDeviceFlow *flow = get_flow (self);
  JumpAttention attention;

  jump_service_get_condition (self->service, &attention);
  jump_sign_in_code_set_flow (JUMP_SIGN_IN_CODE (self->code),
                              flow,
                              jump_service_get_clock (self->service));
  jump_sign_in_code_set_trouble (JUMP_SIGN_IN_CODE (self->code),
                                 attention == JUMP_ATTENTION_OFFLINE ||
                                     attention == JUMP_ATTENTION_UPSTREAM_DOWN);
  if (g_object_get_data (G_OBJECT (flow), OPENED_KEY) != NULL)
    return;
  g_object_set_data (G_OBJECT (flow), OPENED_KEY, GINT_TO_POINTER (TRUE));
  if (jump_settings_get_boolean (jump_service_get_settings (self->service),
                                 JUMP_KEY_SERVER_OPEN_BROWSER))
    on_open_requested (self);
}

static void
show_wait (JumpSignInDialog *self)
{
  JumpAccount *account = jump_service_get_account (self->service);
  g_autofree char *text =
      jump_sign_in_describe_wait (self->view, jump_account_get_store_name (account));

  gtk_label_set_text (GTK_LABEL (self->wait_label), text);
}

static void
show_done (JumpSignInDialog *self)
{
  JumpAccount *account = jump_service_get_account (self->service);
  const char *plan = jump_quota_get_plan (jump_service_get_quota (self->service));
  g_autofree char *text = jump_sign_in_describe_account (jump_account_get_login (account), plan);
  g_autofree char *store = jump_sign_in_describe_store (jump_account_get_source (account),
                                                        jump_account_get_store_name (account));

  jump_sign_in_result_set_done (self->result, _ ("You Are Ready"), text, store);
}

static void
show_problem (JumpSignInDialog *self)
{
  JumpTokenManager *tokens = jump_service_get_token_manager (self->service);
  const JumpProblem *problem = jump_token_manager_get_problem (tokens);
  JumpDeviceFlow *flow = get_flow (self);
  const char *retry = _ ("_Try Again");

  g_clear_pointer (&self->problem, jump_error_text_free);
  if (self->view == JUMP_SIGN_IN_PROBLEM)
    self->problem = jump_error_text_new_for_attention (jump_sign_in_get_attention (problem->kind),
                                                       problem,
                                                       NULL);
  else if (self->view == JUMP_SIGN_IN_ENDED)
    self->problem = jump_error_text_new_for_sign_in (jump_device_flow_get_state (flow),
                                                     jump_device_flow_get_error (flow));
  else
    self->problem = jump_error_text_new_for_sign_in (JUMP_DEVICE_FLOW_CANCELLED, NULL);
  if (self->view == JUMP_SIGN_IN_PROBLEM
          ? jump_sign_in_get_attention (problem->kind) == JUMP_ATTENTION_SIGN_IN
          : flow == NULL || jump_device_flow_get_state (flow) != JUMP_DEVICE_FLOW_FAILED)
    retry = _ ("_Get a New Code");
  gtk_button_set_label (GTK_BUTTON (self->retry_button), retry);
  jump_sign_in_result_set_problem (self->result, self->problem->title, self->problem->text);
}

/* A button of the problem's own, unless one of ours does the same. */
static gboolean
has_help (JumpSignInDialog *self)
{
  return self->view == JUMP_SIGN_IN_PROBLEM && self->problem != NULL &&
         self->problem->button != NULL && g_strcmp0 (self->problem->action, "app.open-uri") == 0 &&
         jump_sign_in_is_web_address (self->problem->target);
}

static void
update_buttons (JumpSignInDialog *self)
{
  gboolean is_code = self->view == JUMP_SIGN_IN_PENDING;
  gboolean is_running = is_code || self->view == JUMP_SIGN_IN_STARTING;
  gboolean is_done = self->view == JUMP_SIGN_IN_DONE;
  gboolean is_problem = self->view == JUMP_SIGN_IN_PROBLEM;
  gboolean has_failed =
      is_problem || self->view == JUMP_SIGN_IN_ENDED || self->view == JUMP_SIGN_IN_NONE;

  if (has_help (self))
    gtk_button_set_label (GTK_BUTTON (self->help_button), self->problem->button);
  gtk_widget_set_visible (self->help_button, has_help (self));
  gtk_widget_set_visible (self->cancel_button, is_running);
  gtk_widget_set_visible (self->open_button, is_code);
  gtk_widget_set_visible (self->retry_button, has_failed);
  gtk_widget_set_visible (self->other_button, is_done || is_problem);
  gtk_widget_set_visible (self->copy_address_button, is_done);
  gtk_widget_set_visible (self->close_button, is_done);
  gtk_widget_set_visible (self->close_label, is_code || self->view == JUMP_SIGN_IN_STORING);
  gtk_widget_set_visible (GTK_WIDGET (self->tenant), is_code || self->view == JUMP_SIGN_IN_ENDED);
}

/* Where Enter goes, so that a screen reader tells what has changed. */
static void
focus_main_button (JumpSignInDialog *self)
{
  GtkWidget *buttons[] = { self->open_button, self->copy_address_button, self->retry_button };

  if (jump_sign_in_tenant_has_focus (self->tenant))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    {
      if (!gtk_widget_get_visible (buttons[i]))
        continue;
      gtk_widget_grab_focus (buttons[i]);
      return;
    }
}

static void
fill_view (JumpSignInDialog *self)
{
  switch (self->view)
    {
    case JUMP_SIGN_IN_STARTING:
    case JUMP_SIGN_IN_STORING:
    case JUMP_SIGN_IN_CHECKING:
      show_wait (self);
      gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "wait");
      break;
    case JUMP_SIGN_IN_PENDING:
      show_code (self);
      gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "code");
      break;
    case JUMP_SIGN_IN_DONE:
      show_done (self);
      gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "result");
      break;
    case JUMP_SIGN_IN_ENDED:
    case JUMP_SIGN_IN_PROBLEM:
    case JUMP_SIGN_IN_NONE:
      show_problem (self);
      gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "result");
      break;
    }
}

static void
update (JumpSignInDialog *self)
{
  JumpSignInFacts facts = jump_sign_in_facts_collect (self->service);
  JumpSignInView view;
  gboolean is_new;

  if (self->wants_code && facts.account != JUMP_ACCOUNT_LOADING)
    {
      self->wants_code = FALSE;
      if (jump_sign_in_needs_code (&facts))
        start (self, NULL, NULL);
      facts = jump_sign_in_facts_collect (self->service);
    }
  view = jump_sign_in_view_decide (&facts);
  is_new = !self->has_view || view != self->view;
  self->view = view;
  self->has_view = TRUE;
  fill_view (self);
  g_object_set (self->spinner,
                "active",
                g_str_equal (gtk_stack_get_visible_child_name (GTK_STACK (self->stack)), "wait"),
                NULL);
  update_buttons (self);
  if (is_new)
    focus_main_button (self);
  if (view == JUMP_SIGN_IN_CHECKING && facts.token == JUMP_TOKEN_IDLE && !self->has_asked &&
      facts.account == JUMP_ACCOUNT_SIGNED_IN)
    {
      self->has_asked = TRUE;
      jump_token_manager_get_async (jump_service_get_token_manager (self->service),
                                    NULL,
                                    NULL,
                                    NULL);
    }
}

static void
on_copy_address_clicked (GtkButton *button, JumpSignInDialog *self)
{
  activate (self, "copy-address", "openai");
}

static void
on_help_clicked (GtkButton *button, JumpSignInDialog *self)
{
  if (has_help (self))
    open_address (self, self->problem->target);
}

static void
on_retry_clicked (GtkButton *button, JumpSignInDialog *self)
{
  JumpTokenManager *tokens = jump_service_get_token_manager (self->service);
  JumpSignInFacts facts = jump_sign_in_facts_collect (self->service);

  if (self->view != JUMP_SIGN_IN_PROBLEM || jump_sign_in_needs_code (&facts))
    start (self, NULL, NULL);
  else
    jump_token_manager_refresh_async (tokens, NULL, NULL, NULL);
  update (self);
}

static void
on_other_clicked (GtkButton *button, JumpSignInDialog *self)
{
  start (self, NULL, NULL);
  update (self);
}

static void
on_cancel_clicked (GtkButton *button, JumpSignInDialog *self)
{
  JumpDeviceFlow *flow = get_flow (self);

  if (flow != NULL)
    jump_device_flow_cancel (flow);
  gtk_widget_destroy (GTK_WIDGET (self));
}

static void
on_close_clicked (GtkButton *button, JumpSignInDialog *self)
{
  gtk_widget_destroy (GTK_WIDGET (self));
}

static void
on_tenant_requested (JumpSignInDialog *self, const char *tenant)
{
  if (!start (self, tenant, NULL))
    {
      jump_sign_in_tenant_refuse (self->tenant);
      return;
    }
  gtk_expander_set_expanded (GTK_EXPANDER (self->tenant), FALSE);
  update (self);
}

static void
jump_sign_in_dialog_response (GtkDialog *dialog, int response)
{
  if (response == GTK_RESPONSE_DELETE_EVENT || response == GTK_RESPONSE_CLOSE)
    gtk_widget_destroy (GTK_WIDGET (dialog));
}

static void
jump_sign_in_dialog_dispose (GObject *object)
{
  JumpSignInDialog *self = JUMP_SIGN_IN_DIALOG (object);

  g_clear_pointer (&self->problem, jump_error_text_free);
  if (self->service != NULL)
    {
      g_signal_handlers_disconnect_by_data (jump_service_get_account (self->service), self);
      g_signal_handlers_disconnect_by_data (jump_service_get_token_manager (self->service), self);
      g_signal_handlers_disconnect_by_data (jump_service_get_quota (self->service), self);
      g_signal_handlers_disconnect_by_data (self->service, self);
    }
  g_clear_object (&self->app_actions);
  G_OBJECT_CLASS (jump_sign_in_dialog_parent_class)->dispose (object);
}

static void
jump_sign_in_dialog_finalize (GObject *object)
{
  JumpSignInDialog *self = JUMP_SIGN_IN_DIALOG (object);

  g_clear_object (&self->service);
  G_OBJECT_CLASS (jump_sign_in_dialog_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, JumpSignInDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, JumpSignInDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, JumpSignInDialog, wait_label);
  gtk_widget_class_bind_template_child (widget_class, JumpSignInDialog, code);
  gtk_widget_class_bind_template_child (widget_class, JumpSignInDialog, result);
  gtk_widget_class_bind_template_child (widget_class, JumpSignInDialog, tenant);
  gtk_widget_class_bind_template_child (widget_class, JumpSignInDialog, close_label);
  gtk_widget_class_bind_template_child (widget_class, JumpSignInDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, JumpSignInDialog, other_button);
  gtk_widget_class_bind_template_child (widget_class, JumpSignInDialog, open_button);
  gtk_widget_class_bind_template_child (widget_class, JumpSignInDialog, retry_button);
  gtk_widget_class_bind_template_child (widget_class, JumpSignInDialog, copy_address_button);
  gtk_widget_class_bind_template_child (widget_class, JumpSignInDialog, help_button);
  gtk_widget_class_bind_template_child (widget_class, JumpSignInDialog, close_button);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_close_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_address_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_help_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_open_requested);
  gtk_widget_class_bind_template_callback (widget_class, on_other_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_retry_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_tenant_requested);
}

static void
jump_sign_in_dialog_class_init (JumpSignInDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = jump_sign_in_dialog_dispose;
  object_class->finalize = jump_sign_in_dialog_finalize;
  GTK_DIALOG_CLASS (klass)->response = jump_sign_in_dialog_response;
  g_type_ensure (JUMP_TYPE_SIGN_IN_CODE);
  g_type_ensure (JUMP_TYPE_SIGN_IN_RESULT);
  g_type_ensure (JUMP_TYPE_SIGN_IN_TENANT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/jumpseat/Jumpseat/ui/sign-in-dialog.ui");
  bind_children (widget_class);
}

static void
jump_sign_in_dialog_init (JumpSignInDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->wants_code = TRUE;
}

/**
 * jump_sign_in_dialog_new:
 * @parent: (nullable): the window it belongs to
 * @app_actions: the application's
 * @service: whose account
 *
 * A sign-in that runs is shown as it is; with nobody signed in, one is started. The browser is sent
 * to GitHub once per code, however often the dialog is opened.
 *
 * Returns: (transfer floating): the dialog, not shown yet; closing destroys it
 */
GtkWidget *
jump_sign_in_dialog_new (GtkWindow *parent, GActionGroup *app_actions, JumpService *service)
{
  JumpSignInDialog *self = g_object_new (JUMP_TYPE_SIGN_IN_DIALOG,
                                         "use-header-bar",
                                         TRUE,
                                         "transient-for",
                                         parent,
                                         NULL);
  gpointer sources[] = { jump_service_get_account (service),
                         jump_service_get_token_manager (service),
                         jump_service_get_quota (service),
                         service };

  self->app_actions = g_object_ref (app_actions);
  self->service = g_object_ref (service);
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    g_signal_connect_swapped (sources[i], "changed", G_CALLBACK (update), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "app", app_actions);
  update (self);
  return GTK_WIDGET (self);
}
