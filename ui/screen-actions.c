/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/screen-actions.h"

#include "ui/about-dialog.h"
#include "ui/check-dialog.h"
#include "ui/diagnostics.h"
#include "ui/report-dialog.h"

#include <glib/gi18n-lib.h>

static GSimpleAction *
find_action (JumpScreen *screen, const char *name)
{
  GActionMap *map = G_ACTION_MAP (jump_screen_get_application (screen));

  return G_SIMPLE_ACTION (g_action_map_lookup_action (map, name));
}

static void
on_show_window_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  jump_screen_show_window (user_data);
}

static void
on_show_page_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  jump_screen_show_page (user_data, g_variant_get_string (parameter, NULL));
}

static void
on_show_request_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  jump_screen_show_request (user_data, g_variant_get_string (parameter, NULL));
}

static void
on_sign_in_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  jump_screen_sign_in (user_data);
}

static void
on_signed_out (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JumpScreen) screen = user_data;
  g_autoptr (GError) error = NULL;

  if (!jump_account_sign_out_finish (JUMP_ACCOUNT (source), result, &error))
    jump_screen_tell (screen, _ ("The sign-in could not be removed from the keyring"));
}

static void
on_sign_out_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  JumpService *service = jump_screen_get_service (user_data);

  jump_account_sign_out_async (jump_service_get_account (service),
                               NULL,
                               on_signed_out,
                               g_object_ref (user_data));
}

static void
on_token_refreshed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JumpScreen) screen = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpToken) token =
      jump_token_manager_refresh_finish (JUMP_TOKEN_MANAGER (source), result, &error);

  /* what failed is the condition's to tell */
  if (token != NULL)
    jump_screen_tell (screen, _ ("Token refreshed"));
}

static void
on_refresh_token_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  JumpService *service = jump_screen_get_service (user_data);

  jump_token_manager_refresh_async (jump_service_get_token_manager (service),
                                    NULL,
                                    on_token_refreshed,
                                    g_object_ref (user_data));
}

static void
on_pause_changed (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  JumpService *service = jump_screen_get_service (user_data);

  jump_service_set_paused (service, g_variant_get_boolean (state));
  g_simple_action_set_state (action, g_variant_new_boolean (jump_service_get_paused (service)));
}

/* Returns: (transfer full): @url, as it is with another port */
static char *
with_port (const char *url, int port)
{
  const char *colon = strrchr (url, ':');

  return g_strdup_printf ("%.*s:%d", (int) (colon - url), url, port);
}

/* Where each API is: OpenAI's clients want the version in it, the others add it themselves. */
static char *
dup_address (JumpService *service, const char *api)
{
  const char *url = jump_service_get_url (service);
  int ollama_port =
      jump_settings_get_int (jump_service_get_settings (service), JUMP_KEY_SERVER_OLLAMA_PORT);

  if (g_str_equal (api, "ollama") && ollama_port != 0)
    return with_port (url, ollama_port);
  return g_strconcat (url, g_str_equal (api, "openai") ? "/v1" : "", NULL);
}

static void
on_copy_address_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autofree char *address =
      dup_address (jump_screen_get_service (user_data), g_variant_get_string (parameter, NULL));

  jump_screen_copy (user_data, address, _ ("Address copied"));
}

static void
on_open_uri_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  jump_screen_open_uri (user_data, g_variant_get_string (parameter, NULL));
}

static void
on_dashboard_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  char *link = jump_service_make_dashboard_link (jump_screen_get_service (user_data));

  if (link != NULL)
    jump_screen_open_uri (user_data, link);
  jump_secret_free (link);
}

static void
on_answer_approval_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  JumpService *service = jump_screen_get_service (user_data);
  JumpApprovalAnswer answer;
  const char *id;
  const char *word;

  g_variant_get (parameter, "(&s&s)", &id, &word);
  if (jump_approval_answer_parse (word, &answer))
    jump_approval_desk_answer (jump_service_get_approvals (service), id, answer);
}

static char *
describe (JumpScreen *screen)
{
  return jump_diagnostics_new (jump_screen_get_service (screen), jump_screen_has_tray (screen));
}

static void
on_copy_diagnostics_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autofree char *diagnostics = describe (user_data);

  jump_screen_copy (user_data, diagnostics, _ ("Diagnostics copied"));
}

static void
on_report_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  JumpScreen *screen = user_data;
  g_autofree char *diagnostics = describe (screen);

  jump_screen_show_dialog (
      screen,
      jump_report_dialog_new (jump_screen_get_visible_window (screen),
                              G_ACTION_GROUP (jump_screen_get_application (screen)),
                              diagnostics));
}

static void
on_check_connection_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  JumpScreen *screen = user_data;

  if (jump_screen_raise_dialog (screen, JUMP_TYPE_CHECK_DIALOG))
    return;
  jump_screen_show_dialog (screen,
                           jump_check_dialog_new (jump_screen_get_visible_window (screen),
                                                  jump_screen_get_service (screen)));
}

static void
on_about_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  JumpScreen *screen = user_data;

  jump_screen_show_dialog (
      screen,
      jump_about_dialog_new (jump_screen_get_visible_window (screen),
                             G_ACTION_GROUP (jump_screen_get_application (screen)),
                             jump_screen_get_service (screen)));
}

/* clang-format off */
static const GActionEntry entries[] = {
  { "show-window", on_show_window_activated, NULL, NULL, NULL },
  { "show-page", on_show_page_activated, "s", NULL, NULL },
  { "show-request", on_show_request_activated, "s", NULL, NULL },
  { "sign-in", on_sign_in_activated, NULL, NULL, NULL },
  { "sign-out", on_sign_out_activated, NULL, NULL, NULL },
  { "pause", NULL, NULL, "false", on_pause_changed },
  { "copy-address", on_copy_address_activated, "s", NULL, NULL },
  { "open-uri", on_open_uri_activated, "s", NULL, NULL },
  { "refresh-token", on_refresh_token_activated, NULL, NULL, NULL },
  { "about", on_about_activated, NULL, NULL, NULL },
  { "copy-diagnostics", on_copy_diagnostics_activated, NULL, NULL, NULL },
  { "check-connection", on_check_connection_activated, NULL, NULL, NULL },
  { "report", on_report_activated, NULL, NULL, NULL },
  { "answer-approval", on_answer_approval_activated, "(ss)", NULL, NULL },
  { "dashboard", on_dashboard_activated, NULL, NULL, NULL },
};
/* clang-format on */

static void
update (JumpScreen *screen)
{
  JumpService *service = jump_screen_get_service (screen);
  JumpAccount *account = jump_service_get_account (service);
  gboolean is_signed_in = jump_account_get_state (account) == JUMP_ACCOUNT_SIGNED_IN;

  g_simple_action_set_state (find_action (screen, "pause"),
                             g_variant_new_boolean (jump_service_get_paused (service)));
  g_simple_action_set_enabled (find_action (screen, "sign-out"), is_signed_in);
  g_simple_action_set_enabled (find_action (screen, "refresh-token"), is_signed_in);
}

void
jump_screen_actions_add (JumpScreen *screen)
{
  JumpService *service = jump_screen_get_service (screen);

  g_action_map_add_action_entries (G_ACTION_MAP (jump_screen_get_application (screen)),
                                   entries,
                                   G_N_ELEMENTS (entries),
                                   screen);
  g_signal_connect_object (service, "changed", G_CALLBACK (update), screen, G_CONNECT_SWAPPED);
  g_signal_connect_object (jump_service_get_account (service),
                           "changed",
                           G_CALLBACK (update),
                           screen,
                           G_CONNECT_SWAPPED);
  update (screen);
}

void
jump_screen_actions_remove (JumpScreen *screen)
{
  GActionMap *map = G_ACTION_MAP (jump_screen_get_application (screen));
  JumpService *service = jump_screen_get_service (screen);

  g_signal_handlers_disconnect_by_func (service, update, screen);
  g_signal_handlers_disconnect_by_func (jump_service_get_account (service), update, screen);
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    g_action_map_remove_action (map, entries[i].name);
}
