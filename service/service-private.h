/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/auth/identity.h"
#include "service/history/history-file.h"
#include "service/http/event-feed.h"
#include "service/http/http-server.h"
#include "service/http/live-rows.h"
#include "service/http/metrics.h"
#include "service/relay/relay.h"
#include "service/service.h"
#include "service/simulator/simulator.h"
#include "service/upstream/upstream-client.h"
#include "service/usage/usage-lines.h"

/* What the files of the composition root share: service.c (life and face), service-build.c (one layer
 * on the other), service-settings.c (how settings reach the layers), service-open.c (who is signed
 * in), service-listen.c, service-doors.c and service-inherit.c (doors for clients), service-change.c (when observers hear of what),
 * service-fetch.c (what lower layers get from upstream), service-reply.c (what replies say of the
 * account), service-network.c (no network, sleep), service-enable.c (terms of models),
 * service-screen.c (what a screen shows and does), service-history.c (what happened), service-usage.c (what it
 * cost), service-budget.c (what it may cost), service-restore.c (what it did before), service-events.c (what
 * followers hear), service-update.c (newer versions). */

typedef struct
{
  char *address;     /* (owned) (nullable) */
  guint16 port;      /* 0: none */
  char *certificate; /* (owned) (nullable): a file, as the next */
  char *key;         /* (owned) (nullable) */
} JumpTlsPlace;

/* Where to listen, as the settings say it. */
typedef struct
{
  char *address; /* (owned) (nullable): NULL: nowhere yet */
  guint16 port;
  guint16 ollama_port;
  char *socket; /* (owned) (nullable): "": none */
  JumpTlsPlace tls;
} JumpListenPlace;

typedef struct _JumpUsageRestore JumpUsageRestore;

struct _JumpService
{
  GObject parent_instance;

  JumpPaths *paths;             /* (owned) */
  JumpSettings *settings;       /* (owned) */
  JumpClock *clock;             /* (owned) */
  JumpPoller *poller;           /* (owned) */
  JumpHttpClient *client;       /* (owned) */
  JumpIdentity *identity;       /* (owned) */
  JumpSimulator *simulator;     /* (owned) (nullable): demo only */
  JumpSecretStore *store;       /* (owned) */
  JumpAccount *account;         /* (owned) */
  JumpSecretText *secret;       /* (owned) (nullable): of the account that the catalogue is for */
  JumpTokenManager *tokens;     /* (owned) */
  JumpUpstreamClient *upstream; /* (owned) */
  JumpModelCatalog *catalog;    /* (owned) */
  JumpRelay *relay;             /* (owned) */
  JumpConnectionBudget *connections; /* (owned): of all doors */
  JumpHttpContext context;           /* what the routes see; points at the above */
  JumpHttpServer *server;            /* (owned) (nullable): once listening */
  JumpHttpServer *control_server;    /* (owned) (nullable): where it has a socket of its own */
  JumpHttpServer *ollama_server;     /* (owned) (nullable): the second port, for Ollama clients */
  JumpHttpServer *local_server;      /* (owned) (nullable): the Unix socket */
  char *local_path;                  /* (owned) (nullable): where that is */
  JumpHttpServer *tls_server;        /* (owned) (nullable) */
  JumpTlsPlace tls_place;            /* (owned): where that is */
  GPtrArray *retired;     /* (owned) (element-type JumpHttpServer): accept nothing, still answer */
  JumpListenPlace place;  /* (owned): what was last listened at, or tried */
  GError *listen_error;   /* (owned) (nullable) */
  GSource *listen_source; /* (owned) (nullable): listens again in the next turn */
  GSource *open_source;   /* (owned) (nullable): loads the account in the next turn */
  JumpControlFile *control_file;    /* (owned) (nullable) */
  char *control_key;                /* (owned): wiped when freed */
  char *url;                        /* (owned) (nullable) */
  char *control_url;                /* (owned) (nullable): for the command line and the dashboard */
  char *tls_url;                    /* (owned) (nullable) */
  char *private_url;                /* (owned) (nullable): of a door that nobody else knows */
  const JumpActivation *activation; /* (unowned) (nullable): outlives us */
  GPtrArray *inherited; /* (owned) (nullable) (element-type JumpInheritedSocket): once known */
  guint free_port;
  JumpHistoryRing *history;        /* (owned) */
  JumpHistoryStore *history_store; /* (owned) */
  JumpHistoryFile *history_file;   /* (owned) */
  JumpUsageDay *usage_day;         /* (owned) */
  JumpUsageLines *usage_lines;     /* (owned) */
  JumpBudget *budget;              /* (owned) */
  JumpUsageRestore *usage_restore; /* (owned) (nullable): while that is being read */
  gboolean has_restored_usage;
  JumpEventFeed *events;         /* (owned) */
  JumpEventDesk *event_desk;     /* (owned) */
  JumpLiveRows *live_rows;       /* (owned) */
  JumpRequestCounters *counters; /* (owned) */
  JumpMetrics *metrics;          /* (owned) */
  JumpProcessFinder *processes;  /* (owned) */
  JumpKeyStore *keys;            /* (owned) */
  JumpKeyMeter *key_meter;       /* (owned) */
  gboolean has_key_problem;      /* somebody was told of it */
  gboolean has_taken_keys;       /* those that a file names */
  JumpSessionBook *sessions;     /* (owned) */
  JumpQuota *quota;              /* (owned) */
  JumpUpdateWatch *updates;      /* (owned) */
  char *told_version;            /* (owned) (nullable): in the log */
  gboolean is_online;
  gboolean is_behind_portal; /* says the computer */
  gboolean is_closed;        /* on the way out: nobody is told of anything any more */

  guint last_status;             /* of upstream's last word about the account, 0 none */
  gint64 wait_until;             /* wall seconds, 0 none */
  JumpBreakerState told_breaker; /* in the log */
  guint told_limit;              /* in the log: the serial of the newest limit */
  char *refusal_message;         /* (owned) (nullable): what upstream said with last_status */
  char *refusal_url;             /* (owned) (nullable) */
  GQueue enabling; /* (owned) (element-type GTask): models to enable; the first is under way */

  GSource *change_source; /* (owned) (nullable): tells of a change in the next turn */
  guint change_alarm;
  gint64 told_at; /* monotonic µs of the last "changed" */
  JumpCondition told_condition;
  JumpAttention told_attention;

  GTask *stop_task; /* (owned) (nullable) */
  guint drain_alarm;
  gboolean shows_bodies; /* somebody looks at requests and replies: the ring has them */
  gboolean is_bursting;  /* somebody was told of it */
  gboolean is_demo;
  gboolean was_shown;
  gboolean has_seen_account;
};

void jump_service_build_layers (JumpService *self, const JumpServiceOptions *options);

JumpHttpClientOptions jump_service_read_client_options (JumpService *self);
void jump_service_read_identity (JumpService *self);
/* Everything that takes effect while running. */
void jump_service_apply_settings (JumpService *self);
void jump_service_apply_tables (JumpService *self);

/* service-doors.c */
/* Clear it afterwards. */
void jump_listen_place_read (JumpListenPlace *self, JumpSettings *settings);
gboolean jump_listen_place_equal (const JumpListenPlace *a, const JumpListenPlace *b);
void jump_listen_place_clear (JumpListenPlace *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JumpListenPlace, jump_listen_place_clear)
gboolean jump_service_check_place (JumpService *self, const JumpListenPlace *place, GError **error);
gboolean
jump_service_open_main_door (JumpService *self, const JumpListenPlace *place, GError **error);
/* At a free port of loopback. */
gboolean jump_service_open_private_door (JumpService *self, GError **error);
gboolean
jump_service_open_other_doors (JumpService *self, const JumpListenPlace *place, GError **error);
void jump_service_update_doors (JumpService *self);
/* Accepts nothing any more; jump_service_check_stopped() comes whenever the last reply of a server was
 * sent, perhaps at once. */
void jump_service_close_doors (JumpService *self);
gboolean jump_service_has_open_doors (JumpService *self);
void jump_service_drop_doors (JumpService *self);

/* service-inherit.c */
gboolean jump_service_adopt_sockets (JumpService *self, GError **error);
gboolean jump_service_inherits (JumpService *self, JumpSocketRole role);
gboolean jump_service_check_inherited (JumpService *self, GError **error);
const JumpInheritedSocket *jump_service_find_face (JumpService *self, JumpSocketRole role);
char *jump_service_make_face_url (const JumpInheritedSocket *face);
JumpHttpServer *
jump_service_open_inherited (JumpService *self, JumpSocketRole role, JumpTlsIdentity *identity);

/* service-listen.c */
/* Listens again in the next turn of the loop if the settings say another place than before. */
void jump_service_follow_listen_settings (JumpService *self);
void jump_service_forget_listening (JumpService *self);

/* service-fetch.c */
JumpCatalogSource jump_service_make_catalog_source (JumpService *self);
JumpQuotaSource jump_service_make_quota_source (JumpService *self);

/* service-keys.c */
void jump_service_build_keys (JumpService *self);
void jump_service_load_keys (JumpService *self);
/* Once, before anybody can show a key. JUMP_ERROR_SETTINGS, JUMP_ERROR_STORE. */
gboolean jump_service_take_given_keys (JumpService *self, GError **error);
void jump_service_forget_keys (JumpService *self);

/* service-history.c */
void jump_service_build_history (JumpService *self);
void jump_service_apply_history (JumpService *self);
void jump_service_record_history (JumpService *self, JumpExchangeRecord *record);
void jump_service_forget_history (JumpService *self);

/* service-usage.c */
void jump_service_build_usage (JumpService *self);
void jump_service_apply_usage (JumpService *self);
void jump_service_record_usage (JumpService *self, JumpExchangeRecord *record);
void jump_service_forget_usage (JumpService *self);

/* service-budget.c */
void jump_service_build_budget (JumpService *self);
void jump_service_watch_budget (JumpService *self);
void jump_service_apply_budget (JumpService *self);

/* service-restore.c */
void jump_service_restore_usage (JumpService *self);
void jump_service_forget_restore (JumpService *self);

/* service-events.c */
void jump_service_watch_events (JumpService *self);
void jump_service_stop_events (JumpService *self);
void jump_service_forget_events (JumpService *self);

/* service-reply.c */
void jump_service_watch_upstream (JumpService *self);
void jump_service_forget_replies (JumpService *self);

/* service-network.c */
void jump_service_update_quota_permission (JumpService *self);
/* As jump_service_set_online(), wherever upstream is. */
void jump_service_apply_online (JumpService *self, gboolean is_online);

/* service-update.c */
void jump_service_build_updates (JumpService *self);
void jump_service_apply_updates (JumpService *self);
void jump_service_watch_updates (JumpService *self);
void jump_service_forget_updates (JumpService *self);

/* service-traffic.c */
void jump_service_apply_traffic (JumpService *self);
void jump_service_watch_traffic (JumpService *self);
/* On the way out: nobody begins any more. */
void jump_service_stop_traffic (JumpService *self);

/* service-doctor.c: what is wrong */
/* Members of the routes' context. */
void jump_service_offer_examination (JumpService *self);

/* service-change.c */
/* "changed" in the next turn of the loop, whatever was asked for before that. */
void jump_service_note_change (JumpService *self);
/* The same for what happens hundreds of times a second: only when the condition is another one, and
 * not more often than an eye can follow. */
void jump_service_note_exchange (JumpService *self);
void jump_service_forget_changes (JumpService *self);

/* service.c */
void jump_service_emit_changed (JumpService *self);
void jump_service_check_stopped (JumpService *self);
