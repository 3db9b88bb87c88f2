/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/auth/account.h"
#include "service/auth/credential-import.h"
#include "service/auth/token-manager.h"
#include "service/base/activation.h"
#include "service/base/clock-system.h"
#include "service/base/edit-distance.h"
#include "service/base/error.h"
#include "service/base/json-read.h"
#include "service/base/json-write.h"
#include "service/base/limits.h"
#include "service/base/paths.h"
#include "service/base/redact.h"
#include "service/base/sandbox.h"
#include "service/base/secret-text.h"
#include "service/base/whole-file.h"
#include "service/conversation/exchange-record.h"
#include "service/doctor/doctor-report.h"
#include "service/history/exchange-curl.h"
#include "service/history/history-line.h"
#include "service/history/history-ring.h"
#include "service/history/history-store.h"
#include "service/http/control-client.h"
#include "service/http/control-stream.h"
#include "service/keys/key-desk.h"
#include "service/keys/key-store.h"
#include "service/models/model-catalog.h"
#include "service/relay/approval-desk.h"
#include "service/relay/relay.h"
#include "service/relay/route-summary.h"
#include "service/service-condition.h"
#include "service/settings/settings.h"
#include "service/transcript.h"
#include "service/update/update-watch.h"
#include "service/usage/budget.h"
#include "service/usage/forecast.h"
#include "service/usage/quota.h"
#include "service/usage/usage-csv.h"
#include "service/usage/usage-day.h"

/* The composition root: builds the layers in order, connects them, starts, stops; the face shown
 * to ui/ and app/, which include nothing else of service/. */

#define JUMP_TYPE_SERVICE (jump_service_get_type ())
G_DECLARE_FINAL_TYPE (JumpService, jump_service, JUMP, SERVICE, GObject)

typedef struct
{
  const JumpPaths *paths;           /* copied */
  JumpSettings *settings;           /* referenced; loaded and overridden already */
  JumpClock *clock;                 /* referenced */
  JumpEnvironmentTokens *tokens;    /* (nullable): taken */
  const JumpActivation *activation; /* (nullable): outlives the service */
  gboolean
      demo; /* the built-in simulator instead of GitHub; secrets in memory, signed in at once */
  gboolean interactive;  /* somebody may be asked to unlock a keyring */
  gboolean keeps_bodies; /* somebody will look at requests and replies: keep them in memory */
} JumpServiceOptions;

JumpService *jump_service_new (const JumpServiceOptions *options);

/* Loads the account; no listening. For verbs that work without a running instance. */
void jump_service_open_async (JumpService *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean jump_service_open_finish (JumpService *self, GAsyncResult *result, GError **error);

/* Listens first, then loads the account: requests that come in between wait. Synchronous, so
 * that the caller knows at once. JUMP_ERROR_BUSY_PORT names who holds the port, where the system tells,
 * and jump_service_get_free_port() then has the next free one. */
gboolean jump_service_listen (JumpService *self, GError **error);
guint jump_service_get_free_port (JumpService *self);

/* Stops accepting, lets streams end up to JUMP_LIMIT_DRAIN_SECONDS, flushes. */
void jump_service_stop_async (JumpService *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean jump_service_stop_finish (JumpService *self, GAsyncResult *result, GError **error);

JumpSettings *jump_service_get_settings (JumpService *self);
JumpAccount *jump_service_get_account (JumpService *self);
JumpTokenManager *jump_service_get_token_manager (JumpService *self);
JumpModelCatalog *jump_service_get_catalog (JumpService *self);
guint16 jump_service_get_port (JumpService *self); /* the one really bound, 0 before */
/* Returns: (transfer none): "http://127.0.0.1:8081" */
const char *jump_service_get_url (JumpService *self);
gboolean jump_service_get_is_demo (JumpService *self);
/* Returns: (transfer full): what GET /api/status answers (control-client.h lists the keys). */
char *jump_service_dup_status (JumpService *self);

/* ---- what a screen shows ---- */

JumpClock *jump_service_get_clock (JumpService *self);
const JumpPaths *jump_service_get_paths (JumpService *self);
JumpHistoryRing *jump_service_get_history (JumpService *self);
JumpHistoryStore *jump_service_get_history_store (JumpService *self);
JumpUsageDay *jump_service_get_usage_day (JumpService *self);
JumpBudget *jump_service_get_budget (JumpService *self);
JumpQuota *jump_service_get_quota (JumpService *self);
/* Whether there is a newer version of the program; "changed" of the service tells of it, too. */
JumpUpdateWatch *jump_service_get_updates (JumpService *self);
guint jump_service_get_open_exchanges (JumpService *self);
JumpKeyStore *jump_service_get_keys (JumpService *self);
/* Requests that wait for somebody to allow them; "changed" tells of them, too. */
JumpApprovalDesk *jump_service_get_approvals (JumpService *self);
void jump_service_get_traffic (JumpService *self, JumpTrafficState *out_state);
JumpBreakerState jump_service_get_breaker_state (JumpService *self);
/* Returns: (transfer full) (nullable): an address that lets one browser in, once, within a minute; NULL while
 * nothing listens. */
char *jump_service_make_dashboard_link (JumpService *self);
/* Returns: (transfer none) (nullable): "https://…" for other computers, NULL when nothing listens there. */
const char *jump_service_get_tls_url (JumpService *self);
/* @out_attention: (out) (optional): also set where another condition comes before it, so that a window
 * can show both. "changed" is emitted when either becomes another one. */
JumpCondition jump_service_get_condition (JumpService *self, JumpAttention *out_attention);
/* Why the service does not listen, (nullable): JUMP_ERROR_BUSY_PORT and the like. */
const GError *jump_service_get_listen_error (JumpService *self);
/* (transfer full): a JumpProblem for what calls for attention, title and message as upstream sent
 * them where it did; (nullable). */
JumpProblem *jump_service_dup_problem (JumpService *self);

/* ---- what a screen does ---- */

/* While paused, model requests are refused with 503 in the client's dialect; what runs goes on. */
void jump_service_set_paused (JumpService *self, gboolean is_paused);
gboolean jump_service_get_paused (JumpService *self);
/* Returns: whether one of that id was running. The client sees its connection end. */
gboolean jump_service_cancel_exchange (JumpService *self, const char *id);
/* @tenant: (nullable): "acme", "acme.ghe.com" or its address; NULL or "" for the host of the
 * settings. Returns: (transfer none) (nullable): the sign-in, also kept by the account; NULL with
 * JUMP_ERROR_BAD_REQUEST when @tenant is none. */
JumpDeviceFlow *jump_service_sign_in (JumpService *self, const char *tenant, GError **error);
/* Accepts the terms of a model for the account (protocol 4.5), then reads the catalogue again. Ask first. */
void jump_service_enable_model_async (JumpService *self,
                                      const char *id,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean jump_service_enable_model_finish (JumpService *self, GAsyncResult *result, GError **error);
/* What the computer says of its network; retries wait while there is none. */
void jump_service_set_online (JumpService *self, gboolean is_online);
/* The network wants a sign-in of its own first; when it does no longer, all is tried again by itself. */
void jump_service_set_behind_portal (JumpService *self, gboolean is_behind_portal);
/* There is another way out, as through a tunnel: it may want another proxy. */
void jump_service_note_network_change (JumpService *self);
/* The computer has slept: connections are dead, token and quota may be old. */
void jump_service_wake (JumpService *self);
/* Looks for what keeps it from working (service/doctor/doctor.h). finish: (transfer full) (element-type
 * JumpFinding) */
void jump_service_examine_async (JumpService *self,
                                 const JumpDoctorWish *wish,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
GPtrArray *jump_service_examine_finish (JumpService *self, GAsyncResult *result, GError **error);
/* For a look at a service that does not serve: its routes can be asked at a free port of loopback that nobody
 * is told of. */
gboolean jump_service_listen_privately (JumpService *self, GError **error);
/* Listens at what the settings say now; on failure the old address stays. Running exchanges go on. */
gboolean jump_service_listen_again (JumpService *self, GError **error);

/* Signals: "exchange-ended" (JumpExchangeRecord *), "show-requested" (gboolean *out_shown; a second
 * start asks for the window), "stop-requested" (POST /api/stop), "changed" (status text may
 * differ). */
