/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/http/http-context.h"
#include "service/http/router.h"

/* The answers, one file per family. */

/* route-generate.c */
void jump_route_generate (JumpHttpContext *context, JumpClientRequest *request);
void jump_route_count (JumpHttpContext *context, JumpClientRequest *request);

/* route-embeddings.c */
void jump_route_embeddings (JumpHttpContext *context, JumpClientRequest *request);
void jump_route_ollama_embed (JumpHttpContext *context, JumpClientRequest *request);
void jump_route_ollama_embeddings (JumpHttpContext *context, JumpClientRequest *request);

/* route-responses.c */
void jump_route_response (JumpHttpContext *context, JumpClientRequest *request);
void jump_route_response_delete (JumpHttpContext *context, JumpClientRequest *request);

/* route-models.c */
void jump_route_models (JumpHttpContext *context, JumpClientRequest *request);
void jump_route_models_full (JumpHttpContext *context, JumpClientRequest *request);
void jump_route_model (JumpHttpContext *context, JumpClientRequest *request);

/* route-ollama.c */
void jump_route_ollama_tags (JumpHttpContext *context, JumpClientRequest *request);
void jump_route_ollama_show (JumpHttpContext *context, JumpClientRequest *request);
void jump_route_ollama_generate (JumpHttpContext *context, JumpClientRequest *request);
void jump_route_ollama_ps (JumpHttpContext *context, JumpClientRequest *request);
void jump_route_ollama_version (JumpHttpContext *context, JumpClientRequest *request);
void jump_route_ollama_root (JumpHttpContext *context, JumpClientRequest *request);

/* route-health.c */
void jump_route_health (JumpHttpContext *context, JumpClientRequest *request);
void jump_route_livez (JumpHttpContext *context, JumpClientRequest *request);
void jump_route_readyz (JumpHttpContext *context, JumpClientRequest *request);
void jump_route_hello (JumpHttpContext *context, JumpClientRequest *request);
void jump_route_version (JumpHttpContext *context, JumpClientRequest *request);

/* route-control.c */
void jump_route_control_status (JumpHttpContext *context, JumpClientRequest *request);
void jump_route_control_show (JumpHttpContext *context, JumpClientRequest *request);
void jump_route_control_stop (JumpHttpContext *context, JumpClientRequest *request);
void jump_route_control_refresh (JumpHttpContext *context, JumpClientRequest *request);
void jump_route_control_pause (JumpHttpContext *context, JumpClientRequest *request);
void jump_route_control_resume (JumpHttpContext *context, JumpClientRequest *request);
void jump_route_control_cancel (JumpHttpContext *context, JumpClientRequest *request);

/* route-doctor.c */
void jump_route_doctor (JumpHttpContext *context, JumpClientRequest *request);

/* route-offer.c */
void jump_route_offer (JumpHttpContext *context, JumpClientRequest *request);
void jump_route_offer_refresh (JumpHttpContext *context, JumpClientRequest *request);
void jump_route_offer_enable (JumpHttpContext *context, JumpClientRequest *request);

/* route-aliases.c */
void jump_route_aliases (JumpHttpContext *context, JumpClientRequest *request);
void jump_route_alias_set (JumpHttpContext *context, JumpClientRequest *request);
void jump_route_alias_remove (JumpHttpContext *context, JumpClientRequest *request);

/* route-accounts.c */
void jump_route_accounts (JumpHttpContext *context, JumpClientRequest *request);
void jump_route_token_status (JumpHttpContext *context, JumpClientRequest *request);
void jump_route_device_login (JumpHttpContext *context, JumpClientRequest *request);

/* route-metrics.c */
void jump_route_metrics (JumpHttpContext *context, JumpClientRequest *request);
void jump_route_debug (JumpHttpContext *context, JumpClientRequest *request);

/* route-openapi.c */
void jump_route_openapi (JumpHttpContext *context, JumpClientRequest *request);

/* route-settings.c */
void jump_route_settings (JumpHttpContext *context, JumpClientRequest *request);
void jump_route_settings_change (JumpHttpContext *context, JumpClientRequest *request);
void jump_route_setting_reset (JumpHttpContext *context, JumpClientRequest *request);

/* route-runtime-config.c */
void jump_route_runtime_config (JumpHttpContext *context, JumpClientRequest *request);
void jump_route_runtime_config_change (JumpHttpContext *context, JumpClientRequest *request);

/* route-requests.c */
void jump_route_requests (JumpHttpContext *context, JumpClientRequest *request);
void jump_route_requests_search (JumpHttpContext *context, JumpClientRequest *request);

/* route-record.c */
void jump_route_record (JumpHttpContext *context, JumpClientRequest *request);
void jump_route_record_request (JumpHttpContext *context, JumpClientRequest *request);
void jump_route_record_own_request (JumpHttpContext *context, JumpClientRequest *request);
void jump_route_record_reply (JumpHttpContext *context, JumpClientRequest *request);
void jump_route_record_curl (JumpHttpContext *context, JumpClientRequest *request);

/* route-export.c */
void jump_route_requests_export (JumpHttpContext *context, JumpClientRequest *request);

/* route-history.c */
void jump_route_requests_import (JumpHttpContext *context, JumpClientRequest *request);
void jump_route_requests_purge (JumpHttpContext *context, JumpClientRequest *request);
void jump_route_history (JumpHttpContext *context, JumpClientRequest *request);

/* route-budgets.c */
void jump_route_budgets (JumpHttpContext *context, JumpClientRequest *request);
void jump_route_budget_set (JumpHttpContext *context, JumpClientRequest *request);
void jump_route_budget_remove (JumpHttpContext *context, JumpClientRequest *request);

/* route-quota.c */
void jump_route_quota (JumpHttpContext *context, JumpClientRequest *request);
void jump_route_quota_refresh (JumpHttpContext *context, JumpClientRequest *request);

/* route-events.c */
void jump_route_events (JumpHttpContext *context, JumpClientRequest *request);

/* route-stats.c */
void jump_route_stats (JumpHttpContext *context, JumpClientRequest *request);
void jump_route_request_stats (JumpHttpContext *context, JumpClientRequest *request);

/* route-usage.c */
void jump_route_usage (JumpHttpContext *context, JumpClientRequest *request);
void jump_route_token_usage (JumpHttpContext *context, JumpClientRequest *request);

/* route-keys.c */
void jump_route_keys (JumpHttpContext *context, JumpClientRequest *request);
void jump_route_key_create (JumpHttpContext *context, JumpClientRequest *request);
void jump_route_key_change (JumpHttpContext *context, JumpClientRequest *request);
void jump_route_key_remove (JumpHttpContext *context, JumpClientRequest *request);

/* route-signup.c */
void jump_route_signup (JumpHttpContext *context, JumpClientRequest *request);
void jump_route_users (JumpHttpContext *context, JumpClientRequest *request);
void jump_route_user_state (JumpHttpContext *context, JumpClientRequest *request);
void jump_route_user_remove (JumpHttpContext *context, JumpClientRequest *request);

/* route-approvals.c */
void jump_route_approvals (JumpHttpContext *context, JumpClientRequest *request);
void jump_route_approval_answer (JumpHttpContext *context, JumpClientRequest *request);

/* route-session.c */
void jump_route_session_open (JumpHttpContext *context, JumpClientRequest *request);
void jump_route_session_link (JumpHttpContext *context, JumpClientRequest *request);
void jump_route_session_end (JumpHttpContext *context, JumpClientRequest *request);

/* route-login.c */
void jump_route_login_state (JumpHttpContext *context, JumpClientRequest *request);
void jump_route_login_start (JumpHttpContext *context, JumpClientRequest *request);
void jump_route_login_cancel (JumpHttpContext *context, JumpClientRequest *request);
void jump_route_login_token (JumpHttpContext *context, JumpClientRequest *request);
void jump_route_logout (JumpHttpContext *context, JumpClientRequest *request);
