/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "config.h"

#include "ui/diagnostics.h"

#include "ui/personal-scrub.h"

#include <gtk/gtk.h>

/* Enough to see a pattern, little enough to read. */
#define MAX_EXCHANGES 20

/* A report is for those who mend the program, so it is in English whatever the screen speaks. */

static void
add_versions (GString *text)
{
  g_autofree char *os = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);

  g_string_append_printf (text, "Jumpseat %s\n", JUMPSEAT_VERSION);
  g_string_append_printf (text,
                          "GLib %u.%u.%u, GTK %u.%u.%u\n",
                          glib_major_version,
                          glib_minor_version,
                          glib_micro_version,
                          gtk_get_major_version (),
                          gtk_get_minor_version (),
                          gtk_get_micro_version ());
  g_string_append_printf (text, "System: %s\n", os == NULL ? "unknown" : os);
}

static void
add_variable (GString *text, const char *name)
{
  const char *value = g_getenv (name);

  if (value != NULL && *value != '\0')
    g_string_append_printf (text, "%s: %s\n", name, value);
}

static void
add_desktop (GString *text, gboolean has_tray)
{
  static const char *const variables[] = {
    "XDG_CURRENT_DESKTOP", "XDG_SESSION_TYPE", "GDK_BACKEND", "GTK_THEME", "LANG", "LANGUAGE"
  };
  GdkDisplay *display = gdk_display_get_default ();

  g_string_append (text, "\n[Desktop]\n");
  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    add_variable (text, variables[i]);
  if (display != NULL)
    g_string_append_printf (text, "Display: %s\n", G_OBJECT_TYPE_NAME (display));
  g_string_append_printf (text, "Tray icon: %s\n", has_tray ? "shown" : "shown by nobody");
  if (g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS))
    g_string_append (text, "Sandbox: Flatpak\n");
}

static const char *
get_account_word (JumpAccountState state)
{
  switch (state)
    {
    case JUMP_ACCOUNT_LOADING:
      return "loading";
    case JUMP_ACCOUNT_SIGNED_OUT:
      return "signed out";
    case JUMP_ACCOUNT_SIGNED_IN:
      return "signed in";
    }
  return "";
}

static const char *
get_access_word (JumpTokenState state)
{
  switch (state)
    {
    case JUMP_TOKEN_IDLE:
      return "not asked for";
    case JUMP_TOKEN_EXCHANGING:
      return "being asked for";
    case JUMP_TOKEN_READY:
      return "ready";
    case JUMP_TOKEN_FAILED:
      return "failed";
    }
  return "";
}

static const char *
get_origin_word (JumpCatalogOrigin origin)
{
  switch (origin)
    {
    case JUMP_CATALOG_EMPTY:
      return "none";
    case JUMP_CATALOG_BUILTIN:
      return "built in";
    case JUMP_CATALOG_DISK:
      return "kept from before";
    case JUMP_CATALOG_LIVE:
      return "of now";
    }
  return "";
}

static const char *
get_quota_word (JumpQuotaState state)
{
  switch (state)
    {
    case JUMP_QUOTA_UNKNOWN:
      return "unknown";
    case JUMP_QUOTA_METERED:
      return "metered";
    case JUMP_QUOTA_UNLIMITED:
      return "unlimited";
    case JUMP_QUOTA_MANAGED:
      return "managed";
    case JUMP_QUOTA_EXHAUSTED:
      return "exhausted";
    }
  return "";
}

static void
add_problem (GString *text, JumpService *service)
{
  g_autoptr (JumpProblem) problem = jump_service_dup_problem (service);

  if (problem == NULL)
    return;
  g_string_append_printf (text, "Problem: %s", jump_problem_kind_to_string (problem->kind));
  if (problem->notification_id != NULL)
    g_string_append_printf (text, " (%s)", problem->notification_id);
  if (problem->message != NULL)
    g_string_append_printf (text, ": %s", problem->message);
  g_string_append_c (text, '\n');
}

static void
add_state (GString *text, JumpService *service)
{
  JumpAccount *account = jump_service_get_account (service);
  JumpTokenManager *tokens = jump_service_get_token_manager (service);
  JumpModelCatalog *catalog = jump_service_get_catalog (service);
  JumpAttention attention;
  JumpCondition condition = jump_service_get_condition (service, &attention);

  g_string_append (text, "\n[State]\n");
  g_string_append_printf (text,
                          "Condition: %s, attention: %s\n",
                          jump_condition_to_string (condition),
                          jump_attention_to_string (attention));
  add_problem (text, service);
  g_string_append_printf (text,
                          "Port: %u%s\n",
                          jump_service_get_port (service),
                          jump_service_get_is_demo (service) ? ", a simulation" : "");
  g_string_append_printf (text,
                          "Account: %s, source %s, kept in %s\n",
                          get_account_word (jump_account_get_state (account)),
                          jump_account_source_to_string (jump_account_get_source (account)),
                          jump_account_get_store_name (account));
  g_string_append_printf (text,
                          "Access to Copilot: %s, asked %u times\n",
                          get_access_word (jump_token_manager_get_state (tokens)),
                          jump_token_manager_get_exchanges (tokens));
  g_string_append_printf (text,
                          "Models: %u, %s\n",
                          g_list_model_get_n_items (G_LIST_MODEL (catalog)),
                          get_origin_word (jump_model_catalog_get_origin (catalog)));
  g_string_append_printf (text,
                          "Credits: %s\n",
                          get_quota_word (jump_quota_get_state (jump_service_get_quota (service))));
}

static char *
describe_value (JumpSettings *settings, JumpSettingKey key)
{
  const JumpSettingRow *row = jump_setting_row (key);
  g_autofree char *name = g_strdup_printf ("%s.%s", row->group, row->name);
  g_autofree char *value = jump_settings_get_text (settings, name, NULL);

  if (value == NULL)
    return g_strdup ("");
  if ((row->type == JUMP_SETTING_URL || row->type == JUMP_SETTING_PROXY) && *value != '\0')
    return jump_personal_scrub_url (value);
  return g_steal_pointer (&value);
}

static void
add_settings (GString *text, JumpSettings *settings)
{
  g_string_append (text, "\n[Settings that differ]\n");
  for (guint key = 0; key < JUMP_N_KEYS; key++)
    {
      const JumpSettingRow *row = jump_setting_row (key);
      g_autofree char *value = NULL;

      if (jump_settings_is_default (settings, key))
        continue;
      value = describe_value (settings, key);
      g_string_append_printf (text, "%s.%s = %s\n", row->group, row->name, value);
    }
}

/* Facts only: what was said, and by which program, is nobody's business. */
static void
add_exchange (GString *text, const JumpExchangeRecord *record)
{
  g_autoptr (GDateTime) time =
      g_date_time_new_from_unix_utc (record->started_wall / G_USEC_PER_SEC);
  g_autofree char *when = time == NULL ? NULL : g_date_time_format (time, "%H:%M:%SZ");

  g_string_append_printf (text,
                          "%s %s %s, %s, status %u/%u, first byte %" G_GINT64_FORMAT
                          " ms, %" G_GINT64_FORMAT " ms, in %" G_GINT64_FORMAT
                          ", out %" G_GINT64_FORMAT "\n",
                          when == NULL ? "-" : when,
                          record->api == NULL ? "-" : record->api,
                          record->used_model == NULL ? "-" : record->used_model,
                          record->route == NULL ? "-" : record->route,
                          record->status,
                          record->upstream_status,
                          record->first_byte_us < 0 ? -1 : record->first_byte_us / 1000,
                          record->total_us / 1000,
                          (gint64) record->bytes_in,
                          (gint64) record->bytes_out);
}

static void
add_exchanges (GString *text, GListModel *history)
{
  guint n = g_list_model_get_n_items (history);

  g_string_append (text, "\n[Last requests]\n");
  for (guint i = n > MAX_EXCHANGES ? n - MAX_EXCHANGES : 0; i < n; i++)
    {
      g_autoptr (JumpExchangeItem) item = g_list_model_get_item (history, i);

      add_exchange (text, jump_exchange_item_get_record (item));
    }
}

static void
add_history (GString *text, JumpHistoryStore *store)
{
  const GError *problem = jump_history_store_get_problem (store);

  if (problem != NULL)
    g_string_append_printf (text, "\n[History]\n%s\n", problem->message);
}

/**
 * jump_diagnostics_new:
 * @service: asked for its state
 * @has_tray: whether a panel shows the icon
 *
 * Whatever comes from outside is scrubbed once more as a whole, so that a line added later cannot leak
 * by mistake.
 *
 * Returns: (transfer full): plain text in English
 */
char *
jump_diagnostics_new (JumpService *service, gboolean has_tray)
{
  g_autoptr (GString) text = g_string_new (NULL);

  add_versions (text);
  add_desktop (text, has_tray);
  add_state (text, service);
  add_settings (text, jump_service_get_settings (service));
  add_exchanges (text, G_LIST_MODEL (jump_service_get_history (service)));
  add_history (text, jump_service_get_history_store (service));
  return jump_personal_scrub (text->str,
                              jump_account_get_login (jump_service_get_account (service)),
                              g_get_home_dir ());
}
