/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/auth/token-manager.h"
#include "service/base/paths.h"
#include "service/doctor/finding.h"
#include "service/models/model-catalog.h"
#include "service/settings/settings.h"

/* Looks for what keeps Jumpseat from working, from the settings file to a streamed reply, with the parts
 * that the service itself uses. Checks that do not depend on each other run at the same time; each has
 * JUMP_DOCTOR_CHECK_SECONDS, all together JUMP_DOCTOR_WHOLE_SECONDS. */

#define JUMP_DOCTOR_CHECK_SECONDS 10
#define JUMP_DOCTOR_WHOLE_SECONDS 28

typedef struct
{
  gboolean is_offline;          /* asks nobody outside this computer */
  gboolean no_calls;            /* makes no model call: those cost credits */
  const GError *settings_error; /* (nullable): why nothing works with these settings */
} JumpDoctorWish;

/* What it looks at. All of it outlives the doctor. */
typedef struct
{
  const JumpPaths *paths;       /* (unowned) */
  JumpSettings *settings;       /* (unowned): in force */
  const GError *settings_error; /* (unowned) (nullable): why nothing works with these settings */
  JumpClock *clock;             /* (unowned) */
  JumpHttpClient *client;       /* (unowned) */
  const JumpIdentity *identity; /* (unowned) */
  JumpAccount *account;         /* (unowned) */
  JumpTokenManager *tokens;     /* (unowned) */
  JumpModelCatalog *catalog;    /* (unowned) */
  GResolver *resolver;          /* (unowned) (nullable): NULL: the system's */
  const char *url;              /* (unowned) (nullable): of a door to our own routes */
  const char *key;              /* (unowned) (nullable): that opens it */
  guint16 port;                 /* that clients can reach us at; 0: this service only looks */
  const GError *listen_error;   /* (unowned) (nullable): why clients cannot */
  gboolean is_demo;
  gboolean is_paused;
  /* Wall µs at which the first byte of that reply left for its client, 0: not known. */
  gint64 (*find_first_byte) (const char *request_id, gpointer user_data);
  gpointer user_data;
} JumpDoctorTools;

#define JUMP_TYPE_DOCTOR (jump_doctor_get_type ())
G_DECLARE_FINAL_TYPE (JumpDoctor, jump_doctor, JUMP, DOCTOR, GObject)

JumpDoctor *jump_doctor_new (const JumpDoctorTools *tools, const JumpDoctorWish *wish);
void jump_doctor_run_async (JumpDoctor *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
/* Returns: (transfer full) (element-type JumpFinding): in the order of the table; NULL only when cancelled */
GPtrArray *jump_doctor_run_finish (JumpDoctor *self, GAsyncResult *result, GError **error);
