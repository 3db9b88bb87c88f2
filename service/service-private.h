/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/auth/identity.h"
#include "service/http/http-server.h"
#include "service/relay/relay.h"
#include "service/service.h"
#include "service/simulator/simulator.h"
#include "service/upstream/upstream-client.h"

/* What the files of the composition root share: service.c (life and face), service-build.c (one
 * layer on the other), service-settings.c (how settings reach the layers). */

struct _JumpService
{
  GObject parent_instance;

  JumpPaths *paths;              /* (owned) */
  JumpSettings *settings;        /* (owned) */
  JumpClock *clock;              /* (owned) */
  JumpPoller *poller;            /* (owned) */
  JumpHttpClient *client;        /* (owned) */
  JumpIdentity *identity;        /* (owned) */
  JumpSimulator *simulator;      /* (owned) (nullable): demo only */
  JumpSecretStore *store;        /* (owned) */
  JumpAccount *account;          /* (owned) */
  JumpSecretText *secret;        /* (owned) (nullable): of the account that the catalogue is for */
  JumpTokenManager *tokens;      /* (owned) */
  JumpUpstreamClient *upstream;  /* (owned) */
  JumpModelCatalog *catalog;     /* (owned) */
  JumpRelay *relay;              /* (owned) */
  JumpHttpContext context;       /* what the routes see; points at the above */
  JumpHttpServer *server;        /* (owned) (nullable): once listening */
  JumpControlFile *control_file; /* (owned) (nullable) */
  char *control_key;             /* (owned): wiped when freed */
  char *url;                     /* (owned) (nullable) */
  guint free_port;
  JumpHistoryRing *history;  /* (owned) */
  JumpUsageDay *usage_day;   /* (owned) */
  JumpQuota *quota;          /* (owned) */
  gboolean is_paused;
  GTask *stop_task; /* (owned) (nullable) */
  guint drain_alarm;
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
