/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/auth/account.h"
#include "service/auth/credential-import.h"
#include "service/auth/token-manager.h"
#include "service/base/clock-system.h"
#include "service/base/error.h"
#include "service/base/json-read.h"
#include "service/base/json-write.h"
#include "service/base/limits.h"
#include "service/base/paths.h"
#include "service/base/redact.h"
#include "service/conversation/exchange-record.h"
#include "service/http/control-client.h"
#include "service/models/model-catalog.h"
#include "service/relay/route-summary.h"
#include "service/settings/settings.h"

/* The composition root: builds the layers in order, connects them, starts, stops; the face shown
 * to ui/ and app/, which include nothing else of service/. */

#define JUMP_TYPE_SERVICE (jump_service_get_type ())
G_DECLARE_FINAL_TYPE (JumpService, jump_service, JUMP, SERVICE, GObject)

typedef struct
{
  const JumpPaths *paths;        /* copied */
  JumpSettings *settings;        /* referenced; loaded and overridden already */
  JumpClock *clock;              /* referenced */
  JumpEnvironmentTokens *tokens; /* (nullable): taken */
  gboolean
      demo; /* the built-in simulator instead of GitHub; secrets in memory, signed in at once */
  gboolean interactive; /* somebody may be asked to unlock a keyring */
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

/* Signals: "exchange-ended" (JumpExchangeRecord *), "show-requested" (gboolean *out_shown; a second
 * start asks for the window), "stop-requested" (POST /api/stop), "changed" (status text may
 * differ). */
