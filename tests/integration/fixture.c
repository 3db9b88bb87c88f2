/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/integration/fixture.h"

#include "tests/support/temp-home.h"

#include <glib/gstdio.h>
#include <string.h>

#define PATIENCE_US (30 * G_USEC_PER_SEC)

static JumpScenario *
load_scenario (const char *text)
{
  g_autoptr (GError) error = NULL;
  JumpScenario *scenario = text[0] == '{' ? jump_scenario_new_from_data (text, -1, &error)
                                          : jump_scenario_new_builtin (text, &error);

  g_assert_no_error (error);
  return scenario;
}

static void
set_setting (Fixture *self, JumpSettingKey key, const char *text)
{
  g_autoptr (GError) error = NULL;

  jump_settings_override (self->settings, key, text, "test", &error);
  g_assert_no_error (error);
}

static void
set_settings (Fixture *self, va_list settings)
{
  int key;

  while ((key = va_arg (settings, int)) >= 0)
    set_setting (self, (JumpSettingKey) key, va_arg (settings, const char *));
}

static Fixture *
fixture_build (const char *scenario_text, gboolean signed_in, va_list *settings)
{
  Fixture *self = g_new0 (Fixture, 1);
  g_autoptr (JumpScenario) scenario = load_scenario (scenario_text);
  g_autoptr (GError) error = NULL;
  g_autofree char *config_dir = NULL;
  g_autofree char *data_dir = NULL;
  JumpHttpClientOptions client_options = { .connect_timeout_ms = 5000 };
  JumpServiceOptions options = { 0 };
  const char *url;

  self->dir = g_dir_make_tmp ("jumpseat-test-XXXXXX", &error);
  g_assert_no_error (error);
  config_dir = g_build_filename (self->dir, "config", NULL);
  data_dir = g_build_filename (self->dir, "data", NULL);
  self->paths = jump_paths_new (config_dir, data_dir, self->dir);
  self->clock = jump_clock_fake_new ();
  self->simulator = jump_simulator_new (self->clock, scenario);
  jump_simulator_start (self->simulator, 0, &error);
  g_assert_no_error (error);
  url = jump_simulator_get_url (self->simulator);

  self->settings = jump_settings_new (self->paths->settings_file);
  jump_settings_load (self->settings, &error);
  g_assert_no_error (error);
  set_setting (self, JUMP_KEY_UPSTREAM_GITHUB_URL, url);
  set_setting (self, JUMP_KEY_UPSTREAM_GITHUB_API_URL, url);
  set_setting (self, JUMP_KEY_SERVER_PORT, "0");
  set_setting (self, JUMP_KEY_SERVER_ADDRESS, "127.0.0.1");
  set_setting (self, JUMP_KEY_SECRETS_BACKEND, "file");
  /* The clock stands still: what is not about trying again hears of a failure at once. */
  set_setting (self, JUMP_KEY_RETRIES_ATTEMPTS, "1");
  /* Time stands still: whatever a test asks, it asks within a minute. */
  set_setting (self, JUMP_KEY_TRAFFIC_BURST_REQUESTS, "0");
  if (settings != NULL)
    set_settings (self, *settings);

  options.paths = self->paths;
  options.settings = self->settings;
  options.clock = self->clock;
  if (signed_in)
    {
      options.tokens = g_new0 (JumpEnvironmentTokens, 1);
      options.tokens->jumpseat_github_token =
          jump_secret_text_new_take (jump_simulator_sign_in (self->simulator));
    }
  self->service = jump_service_new (&options);
  jump_service_listen (self->service, &error);
  g_assert_no_error (error);

  self->poller = jump_poller_new ();
  self->client = jump_http_client_new (self->poller, &client_options);
  return self;
}

Fixture *
fixture_new (const char *scenario)
{
  return fixture_build (scenario, TRUE, NULL);
}

Fixture *
fixture_new_signed_out (const char *scenario)
{
  return fixture_build (scenario, FALSE, NULL);
}

Fixture *
fixture_new_with_settings (const char *scenario, ...)
{
  Fixture *self;
  va_list settings;

  va_start (settings, scenario);
  self = fixture_build (scenario, TRUE, &settings);
  va_end (settings);
  return self;
}

void
fixture_free (Fixture *self)
{
  g_clear_object (&self->client);
  g_clear_object (&self->service);
  jump_simulator_stop (self->simulator);
  g_clear_object (&self->simulator);
  turn_some (20);
  g_clear_object (&self->settings);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->poller, jump_poller_unref);
  g_clear_pointer (&self->paths, jump_paths_free);
  jump_temp_home_remove (self->dir);
  g_free (self->dir);
  g_free (self);
}

/* Only wakes the loop, so that the deadline is looked at. */
static gboolean
on_wake_up (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

void
turn_until (gboolean (*condition) (gpointer data), gpointer data)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_US;
  guint alarm = g_timeout_add_seconds (1, on_wake_up, NULL);

  while (!condition (data))
    {
      g_main_context_iteration (NULL, TRUE);
      g_assert_cmpint (g_get_monotonic_time (), <, end);
    }
  g_source_remove (alarm);
}

void
turn_some (guint n_turns)
{
  for (guint i = 0; i < n_turns; i++)
    g_main_context_iteration (NULL, FALSE);
}

/* ---- asking ---- */

static void
remember_header (const char *name, const char *value, gpointer user_data)
{
  g_hash_table_replace (user_data, g_ascii_strdown (name, -1), g_strdup (value));
}

static void
on_answer_headers (JumpHttpTransfer *transfer, guint status, gpointer user_data)
{
  Answer *self = user_data;

  self->status = status;
  jump_http_transfer_foreach_header (transfer, remember_header, self->headers);
}

static void
on_answer_data (JumpHttpTransfer *transfer, const char *data, gsize length, gpointer user_data)
{
  Answer *self = user_data;

  self->n_pieces++;
  g_string_append_len (self->body, data, (gssize) length);
}

static void
on_answer_done (JumpHttpTransfer *transfer, const GError *error, gpointer user_data)
{
  Answer *self = user_data;

  self->is_done = TRUE;
  self->transfer = NULL;
  self->error = error != NULL ? g_error_copy (error) : NULL;
}

static const JumpHttpTransferFuncs answer_funcs = {
  .on_headers = on_answer_headers,
  .on_data = on_answer_data,
  .on_done = on_answer_done,
};

Answer *
fixture_send (Fixture *self,
              const char *method,
              const char *url,
              GBytes *body,
              const char *const *headers)
{
  Answer *answer = g_new0 (Answer, 1);
  JumpHttpRequest *request = jump_http_request_new (method, url);
  gboolean has_type = g_strv_contains (headers, "Content-Type");

  if (body != NULL)
    jump_http_request_set_body (request, body, has_type ? NULL : "application/json");
  for (guint i = 0; headers[i] != NULL; i += 2)
    jump_http_request_add_header (request, headers[i], headers[i + 1]);
  answer->body = g_string_new (NULL);
  answer->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  answer->transfer = jump_http_client_start (self->client, request, &answer_funcs, answer);
  return answer;
}

/**
 * fixture_start:
 * @...: header names and values
 */
Answer *
fixture_start (Fixture *self, const char *method, const char *path, const char *body, ...)
{
  g_autofree char *url = g_strconcat (jump_service_get_url (self->service), path, NULL);
  g_autoptr (GBytes) bytes = body != NULL ? g_bytes_new (body, strlen (body)) : NULL;
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  va_list headers;
  char *text;

  va_start (headers, body);
  while ((text = va_arg (headers, char *)) != NULL)
    g_ptr_array_add (list, text);
  va_end (headers);
  g_ptr_array_add (list, NULL);
  return fixture_send (self, method, url, bytes, (const char *const *) list->pdata);
}

static gboolean
answer_is_done (gpointer data)
{
  return ((Answer *) data)->is_done;
}

void
answer_wait (Answer *self)
{
  turn_until (answer_is_done, self);
}

void
answer_free (Answer *self)
{
  g_clear_pointer (&self->transfer, jump_http_transfer_cancel);
  g_clear_pointer (&self->headers, g_hash_table_unref);
  g_string_free (self->body, TRUE);
  g_clear_error (&self->error);
  g_free (self);
}

Answer *
fixture_ask (Fixture *self, const char *method, const char *path, const char *body)
{
  Answer *answer = fixture_start (self, method, path, body, NULL);

  answer_wait (answer);
  return answer;
}

Answer *
fixture_chat (Fixture *self, const char *model, const char *text, gboolean stream)
{
  g_autofree char *body = g_strdup_printf (
      "{\"model\":\"%s\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}",
      model,
      stream ? "true" : "false",
      text);

  return fixture_ask (self, "POST", "/v1/chat/completions", body);
}

const char *
answer_header (Answer *self, const char *name)
{
  return g_hash_table_lookup (self->headers, name);
}

char **
answer_events (Answer *self)
{
  g_auto (GStrv) blocks = g_strsplit (self->body->str, "\n\n", -1);
  g_autoptr (GStrvBuilder) events = g_strv_builder_new ();

  for (guint i = 0; blocks[i] != NULL; i++)
    {
      if (blocks[i][0] == '\0')
        continue;
      /* What it cost stands behind the last event, and nothing behind that. */
      if (g_str_has_prefix (blocks[i], ": x-jumpseat-credits "))
        {
          g_assert_null (blocks[i + 1]);
          break;
        }
      g_assert_true (g_str_has_prefix (blocks[i], "data: "));
      g_strv_builder_add (events, blocks[i] + strlen ("data: "));
    }
  return g_strv_builder_end (events);
}

char *
answer_streamed_text (Answer *self)
{
  g_auto (GStrv) events = answer_events (self);
  GString *text = g_string_new (NULL);

  for (guint i = 0; events[i] != NULL; i++)
    {
      g_autoptr (JsonObject) chunk = NULL;
      JsonArray *choices;

      if (g_str_equal (events[i], "[DONE]"))
        continue;
      chunk = jump_json_parse_object (events[i], -1, NULL);
      g_assert_nonnull (chunk);
      choices = jump_json_get_array (chunk, "choices");
      for (guint n = 0; choices != NULL && n < json_array_get_length (choices); n++)
        {
          JsonObject *choice = jump_json_array_get_object (choices, n);
          JsonObject *delta = choice != NULL ? jump_json_get_object (choice, "delta") : NULL;

          if (delta != NULL)
            g_string_append (text, jump_json_get_string (delta, "content", ""));
        }
    }
  return g_string_free (text, FALSE);
}
