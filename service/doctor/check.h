/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/doctor/doctor.h"
#include "service/net/json-call.h"
#include "service/net/proxy-report.h"

/* One check under way. It ends once: with its verdict, or because its time is up. What it has asked for may
 * still come afterwards, so whoever waits for something holds a reference and looks at jump_check_is_over(). */

typedef struct _JumpCheck JumpCheck;

typedef enum
{
  JUMP_CHECK_HERE,    /* asks nobody */
  JUMP_CHECK_REQUEST, /* asks servers; costs nothing */
  JUMP_CHECK_CALL,    /* asks a model */
} JumpCheckKind;

typedef struct
{
  const char *name;
  const char *group;
  const char *title;
  const char *needs; /* names, separated by blanks: not tried when one of these has failed */
  const char *after; /* likewise: only waits for these */
  JumpCheckKind kind;
  void (*run) (JumpCheck *check);
} JumpCheckRow;

/* What one check finds out that others want to know. */
typedef struct
{
  JumpProxyReport *proxy; /* (owned) (nullable): the way to GitHub's API */
  gboolean is_reachable;  /* GitHub answers */
  gboolean has_skew;
  gint64 skew;                /* seconds that this computer is ahead of GitHub */
  gboolean is_keyring_closed; /* not there, or locked */
  JumpToken *token;           /* (owned) (nullable): of Copilot */
} JumpDoctorFacts;

struct _JumpCheck
{
  gatomicrefcount refs;
  const JumpCheckRow *row;
  const JumpCheckRow *cause;    /* (nullable): of the check that keeps it from being tried */
  const JumpDoctorTools *tools; /* (unowned) (nullable): NULL: over */
  JumpDoctorFacts *facts;       /* (unowned) (nullable): likewise */
  GCancellable *cancellable;    /* (owned): cancelled at the end */
  JumpVerdict *verdict;         /* (owned) (nullable): NULL: not over yet */
  JumpVerdict *(*judge_slow) (
      JumpCheck *check); /* (nullable): what to say when time is up; may be NULL */
  void (*on_over) (JumpCheck *check, gpointer user_data);
  gpointer user_data;
  guint alarm;
  gint64 started; /* monotonic µs, -1: not yet */
  guint time_ms;
};

JumpCheck *jump_check_new (const JumpCheckRow *row);
JumpCheck *jump_check_ref (JumpCheck *self);
void jump_check_unref (JumpCheck *self);
gboolean jump_check_is_over (const JumpCheck *self);
/* Takes @verdict; later ones are dropped. */
void jump_check_end (JumpCheck *self, JumpVerdict *verdict);

typedef void (*JumpCheckReplyFunc) (JumpCheck *check,
                                    JumpJsonReply *reply,
                                    const GError *error,
                                    gpointer user_data);
/* Takes @request. @func gets a reply or an error, unless the check is over by then. @user_data is freed with
 * @free_data in any case. */
void jump_check_ask (JumpCheck *self,
                     JumpHttpRequest *request,
                     JumpCheckReplyFunc func,
                     gpointer user_data,
                     GDestroyNotify free_data);

/* The table, in the order of the report. */
extern const JumpCheckRow jump_check_rows[];
extern const guint jump_check_n_rows;

/* check-computer.c, check-keyring.c, check-port.c, check-history.c */
void jump_check_settings (JumpCheck *check);
void jump_check_folder (JumpCheck *check);
void jump_check_history (JumpCheck *check);
void jump_check_keyring (JumpCheck *check);
void jump_check_port (JumpCheck *check);
void jump_check_open_files (JumpCheck *check);
void jump_check_libraries (JumpCheck *check);
/* check-network.c, check-reach.c */
void jump_check_proxy (JumpCheck *check);
void jump_check_names (JumpCheck *check);
void jump_check_reach (JumpCheck *check);
void jump_check_clock (JumpCheck *check);
/* check-account.c, check-copilot.c */
void jump_check_token (JumpCheck *check);
void jump_check_subscription (JumpCheck *check);
void jump_check_exchange (JumpCheck *check);
void jump_check_host (JumpCheck *check);
void jump_check_models (JumpCheck *check);
/* check-call.c, check-stream.c */
void jump_check_chat (JumpCheck *check);
void jump_check_responses (JumpCheck *check);
void jump_check_messages (JumpCheck *check);
void jump_check_ollama (JumpCheck *check);
void jump_check_embeddings (JumpCheck *check);
void jump_check_stream (JumpCheck *check);

/* How many files may be open at once, 0: no limit that matters. open-files-unix.c, open-files-windows.c */
guint64 jump_open_files_get_limit (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpCheck, jump_check_unref)
