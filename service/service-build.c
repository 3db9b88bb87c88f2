/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "config.h"

#include "data/fallback-resource.h"
#include "service/secret/secret-store-choice.h"
#include "service/secret/secret-store-memory.h"
#include "service/service-private.h"

#define FALLBACK_CATALOG "/io/github/jumpseat/Jumpseat/fallback-catalog.json"

static JumpGithubHost *
build_host (JumpService *self)
{
  const char *client_id = jump_settings_get_string (self->settings, JUMP_KEY_UPSTREAM_CLIENT_ID);
  const char *scope = jump_settings_get_string (self->settings, JUMP_KEY_UPSTREAM_SCOPE);

  if (self->simulator != NULL)
    {
      const char *url = jump_simulator_get_url (self->simulator);

      return jump_github_host_new (url, url, client_id, scope);
    }
  return jump_github_host_new (
      jump_settings_get_string (self->settings, JUMP_KEY_UPSTREAM_GITHUB_URL),
      jump_settings_get_string (self->settings, JUMP_KEY_UPSTREAM_GITHUB_API_URL),
      client_id,
      scope);
}

static void
start_simulator (JumpService *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpScenario) scenario = jump_scenario_new_builtin ("demo", &error);

  if (scenario == NULL)
    g_error ("the built-in demo scenario is broken: %s", error->message);
  self->simulator = jump_simulator_new (self->clock, scenario);
  if (!jump_simulator_start (self->simulator, 0, &error))
    g_error ("the simulator cannot listen on a loopback port: %s", error->message);
}

static void
build_auth (JumpService *self, JumpEnvironmentTokens *tokens, gboolean interactive)
{
  g_autofree char *secrets_dir = g_build_filename (self->paths->data_dir, "secrets", NULL);
  g_autoptr (JumpGithubHost) host = NULL;
  JumpHttpClientOptions options = jump_service_read_client_options (self);

  self->client = jump_http_client_new (self->poller, &options);
  self->identity = jump_identity_new ();
  /* a demo keeps the random one: it writes nothing */
  if (!self->is_demo)
    {
      g_free (self->identity->machine_id);
      self->identity->machine_id = jump_identity_load_machine_id (self->paths->data_dir);
    }
  jump_service_read_identity (self);
  host = build_host (self);
  self->store = self->is_demo
                    ? jump_secret_store_memory_new ()
                    : jump_secret_store_choice_new (
                          jump_settings_get_string (self->settings, JUMP_KEY_SECRETS_BACKEND),
                          secrets_dir,
                          interactive,
                          self->clock);
  self->account =
      jump_account_new (self->store, self->client, self->clock, host, self->identity, tokens);
  jump_account_set_follows_store (
      self->account,
      !self->is_demo && jump_settings_is_default (self->settings, JUMP_KEY_UPSTREAM_GITHUB_URL));
  self->tokens = jump_token_manager_new (self->account, self->client, self->clock, self->identity);
}

static void
build_models (JumpService *self, gboolean keeps_bodies)
{
  g_autofree char *cache_file =
      g_build_filename (self->paths->data_dir,
                        self->is_demo ? "demo-catalog.json" : "catalog.json",
                        NULL);
  g_autoptr (GBytes) builtin = g_resource_lookup_data (jump_fallback_data_get_resource (),
                                                       FALLBACK_CATALOG,
                                                       G_RESOURCE_LOOKUP_FLAGS_NONE,
                                                       NULL);
  JumpCatalogSource source = jump_service_make_catalog_source (self);
  JumpQuotaSource quota_source = jump_service_make_quota_source (self);

  self->upstream =
      jump_upstream_client_new (self->client, self->tokens, self->clock, self->identity);
  self->catalog =
      jump_model_catalog_new (self->clock, &source, self->is_demo ? NULL : cache_file, builtin);
  self->relay = jump_relay_new (self->upstream, self->catalog, self->clock);
  self->shows_bodies = keeps_bodies;
  jump_relay_set_keeps_bodies (self->relay, keeps_bodies);
  jump_service_build_history (self);
  jump_service_build_usage (self);
  self->events = jump_event_feed_new ();
  self->processes = jump_process_finder_new (self->clock);
  jump_service_build_keys (self);
  self->sessions = jump_session_book_new (self->clock);
  self->connections = jump_connection_budget_new ();
  self->quota = jump_quota_new (self->clock, &quota_source);
  jump_service_build_updates (self);
  jump_service_watch_upstream (self);
}

/* Real tokens have no business with the simulator. */
static JumpEnvironmentTokens *
take_tokens (const JumpServiceOptions *options)
{
  if (!options->demo)
    return options->tokens;
  if (options->tokens != NULL)
    jump_environment_tokens_free (options->tokens);
  return NULL;
}

/**
 * jump_service_build_layers:
 * @self: paths, settings, clock and poller are there
 * @options: for what else there is
 *
 * Builds every layer on the one below. Nothing is sent or read yet.
 */
void
jump_service_build_layers (JumpService *self, const JumpServiceOptions *options)
{
  if (self->is_demo)
    start_simulator (self);
  build_auth (self, take_tokens (options), options->interactive);
  build_models (self, options->keeps_bodies);
}
