/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

/* One request as it arrived, kept after its connection is gone: what the rules match on, what the
 * two sides answer and what tests ask about. */

typedef struct
{
  char *key;                   /* (owned) "POST /chat/completions" */
  char *method;                /* (owned) */
  char *path;                  /* (owned) */
  GHashTable *query;           /* (owned) (nullable) */
  SoupMessageHeaders *headers; /* (owned) */
  GBytes *body;                /* (owned) */
  JsonNode *json;              /* (owned) (nullable): NULL when the body is not JSON */
  GHashTable *form;            /* (owned) (nullable): a form-encoded body */

  /* What became of it: */
  guint status;  /* of the reply */
  guint n_seals; /* states of reasoning that came back and were in order */
} JumpIncomingCall;

JumpIncomingCall *jump_incoming_call_new (const char *method,
                                          const char *path,
                                          GHashTable *query,
                                          SoupMessageHeaders *headers,
                                          GBytes *body);
void jump_incoming_call_free (JumpIncomingCall *self);
const char *jump_incoming_call_get_header (const JumpIncomingCall *self, const char *name);
const char *jump_incoming_call_get_field (const JumpIncomingCall *self, const char *name);
JsonObject *jump_incoming_call_get_object (const JumpIncomingCall *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpIncomingCall, jump_incoming_call_free)
