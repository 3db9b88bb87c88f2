/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/dialects/dialect.h"
#include "service/models/model.h"
#include "service/relay/route-choice.h"

/* A client's request made ready for upstream: as it came, patched, or translated and patched. Pure;
 * callable from a worker thread. */

typedef struct
{
  GBytes *body;         /* (owned) */
  JumpToolNames *names; /* (owned) (nullable): how tools were renamed for upstream */
  char *echo;           /* (owned) (nullable): what the reply repeats of the request */
  char *changes;        /* (owned): comma-separated names */
  gboolean has_image;   /* upstream has to be told */
  gboolean wants_thinking;
} JumpPreparedRequest;

typedef struct
{
  const JumpDialect *client;
  JumpRouteChoice choice;
  GBytes *body;                  /* the client's */
  const JumpRequestFacts *facts; /* a scan of it */
  const char *model_id;          /* as upstream calls it */
  JumpModel *model;              /* (nullable) */
  gboolean takes_web_search;     /* nobody has refused it yet */
} JumpPrepareOrder;

gboolean jump_prepared_request_make (JumpPreparedRequest *self,
                                     const JumpPrepareOrder *order,
                                     GError **error);
void jump_prepared_request_clear (JumpPreparedRequest *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JumpPreparedRequest, jump_prepared_request_clear)
