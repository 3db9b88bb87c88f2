/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/http/control-client.h"

/* Replies of a running instance that are no small JSON: files that come or go, events without an end. Runs the
 * caller's main context meanwhile, so that signals are heard: for the command line only. */

typedef struct
{
  const char *method;
  const char *path;          /* with its query */
  GBytes *body;              /* (nullable) */
  const char *content_type;  /* (nullable): of @body */
  const char *last_event_id; /* (nullable): events go on behind this one */
  gboolean is_endless;
} JumpControlQuestion;

/* A piece of a reply that is no refusal. FALSE ends the call, with G_IO_ERROR_CANCELLED. */
typedef gboolean (*JumpControlPieceFunc) (const char *data, gsize length, gpointer user_data);

/* Returns: whether the reply came whole. Errors as in jump_control_client_call(), and G_IO_ERROR_CANCELLED. */
gboolean jump_control_stream_run (JumpControlClient *client,
                                  const JumpControlQuestion *question,
                                  JumpControlPieceFunc on_piece,
                                  gpointer user_data,
                                  GCancellable *cancellable,
                                  GError **error);
