/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/auth/account.h"
#include "service/auth/token-manager.h"
#include "service/history/history-ring.h"
#include "service/history/history-store.h"
#include "service/http/connection-budget.h"
#include "service/http/event-desk.h"
#include "service/http/event-feed.h"
#include "service/http/inherited-socket.h"
#include "service/http/metrics.h"
#include "service/http/process-finder.h"
#include "service/http/session-book.h"
#include "service/keys/key-meter.h"
#include "service/keys/key-store.h"
#include "service/relay/relay.h"
#include "service/settings/settings.h"
#include "service/update/update-watch.h"
#include "service/usage/budget.h"
#include "service/usage/quota.h"
#include "service/usage/request-counters.h"
#include "service/usage/usage-day.h"
#include "service/usage/usage-lines.h"

#include <gio/gio.h>

/* What the routes may use. The control routes ask the owner for what is not theirs to do through
 * the functions. */

typedef struct _JumpHttpContext JumpHttpContext;

struct _JumpHttpContext
{
  JumpSettings *settings;            /* (unowned) */
  JumpClock *clock;                  /* (unowned) */
  JumpAccount *account;              /* (unowned) */
  JumpTokenManager *tokens;          /* (unowned) */
  JumpRelay *relay;                  /* (unowned) */
  JumpKeyStore *keys;                /* (unowned) */
  JumpKeyMeter *key_meter;           /* (unowned) */
  JumpSessionBook *sessions;         /* (unowned) */
  JumpConnectionBudget *connections; /* (unowned): of all doors */
  JumpHistoryRing *history;          /* (unowned) */
  JumpHistoryStore *store;           /* (unowned) */
  JumpUsageDay *usage_day;           /* (unowned) */
  JumpUsageLines *usage_lines;       /* (unowned) */
  JumpQuota *quota;                  /* (unowned) */
  JumpBudget *budget;                /* (unowned) */
  JumpUpdateWatch *updates;          /* (unowned) (nullable) */
  JumpRequestCounters *counters;     /* (unowned): of this run */
  JumpEventFeed *events;             /* (unowned) */
  JumpEventDesk *event_desk;         /* (unowned) */
  JumpMetrics *metrics;              /* (unowned) */
  JumpProcessFinder *processes;      /* (unowned) (nullable) */
  const char *data_dir;              /* (unowned) */
  const char *control_key;           /* (unowned) */
  gboolean is_demo;
  gboolean is_paused;      /* model requests are turned away */
  gint64 started;          /* monotonic µs */
  guint16 port;            /* really bound */
  guint16 ports[3];        /* that and the one for Ollama clients; 0 behind the last */
  const char *url;         /* (unowned) (nullable): of that port */
  const char *control_url; /* (unowned) (nullable): for the command line and the dashboard */
  GPtrArray *inherited;    /* (unowned) (nullable) (element-type JumpInheritedSocket) */
  gboolean (*show) (gpointer user_data); /* raises the window; FALSE when there is none */
  void (*stop) (gpointer user_data);     /* ends the service */
  /* Accepts the terms of a model (protocol 4.5); the callback gets the owner's result. */
  void (*enable_model_async) (const char *id,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer callback_data,
                              gpointer user_data);
  gboolean (*enable_model_finish) (GAsyncResult *result, GError **error, gpointer user_data);
  /* Looks for what is wrong; the callback gets the owner's result, the finish function the report as JSON text. */
  void (*examine_async) (gboolean is_offline,
                         gboolean no_calls,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer callback_data,
                         gpointer user_data);
  char *(*examine_finish) (GAsyncResult *result, GError **error, gpointer user_data);
  /* @tenant: (nullable). Returns: (transfer none) (nullable): as jump_service_sign_in() */
  JumpDeviceFlow *(*sign_in) (const char *tenant, GError **error, gpointer user_data);
  /* (nullable): pauses or resumes serving, and keeps is_paused; without it the routes do so. */
  void (*set_paused) (gboolean is_paused, gpointer user_data);
  gpointer user_data;
};
