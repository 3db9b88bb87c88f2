/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/clock.h"
#include "service/conversation/changes.h"
#include "service/dialects/request-facts.h"

/* Responses that clients may come back for with previous_response_id, which upstream does not keep (protocol
 * 6.1). In memory, bounded in number, age and bytes; the oldest go first. A response shares those it was
 * built on with its siblings, and keeps them when they themselves are gone from the list.
 *
 * A response belongs to the key that its client has shown, @owner below: (nullable) the key's id. To all
 * others, whoever shows no key among them, it is not there. What was made without a key belongs to those
 * who show none. */

typedef struct _JumpResponseStore JumpResponseStore;

#define JUMP_RESPONSE_STORE_MAX_COUNT 200
#define JUMP_RESPONSE_STORE_MAX_AGE   (24 * 60 * 60) /* seconds */
#define JUMP_RESPONSE_STORE_MAX_BYTES (64 * 1024 * 1024)

/* @max_age: seconds */
JumpResponseStore *
jump_response_store_new (JumpClock *clock, guint max_count, gint64 max_age, gsize max_bytes);
void jump_response_store_free (JumpResponseStore *self);

/* @id: the response's, as the client was told. @request: the client's request as it came, before
 * jump_response_store_expand(): its input and its previous_response_id are kept.
 * @response: the response object as the client got it. Both are scanned JSON; neither is copied whole. */
void jump_response_store_add (JumpResponseStore *self,
                              const char *owner,
                              const char *id,
                              const char *session,
                              GBytes *request,
                              GBytes *response);
/* Returns: (transfer full) (nullable): the conversation that the response is part of */
char *jump_response_store_dup_session (JumpResponseStore *self, const char *owner, const char *id);
/* Returns: (transfer full) (nullable): the response object */
GBytes *jump_response_store_lookup (JumpResponseStore *self, const char *owner, const char *id);
/* Responses built on it stay complete. Returns: whether it was there. */
gboolean jump_response_store_delete (JumpResponseStore *self, const char *owner, const char *id);
guint jump_response_store_get_count (JumpResponseStore *self);
gsize jump_response_store_get_bytes (JumpResponseStore *self);

/* @facts: a scan of @body.
 * Returns: (transfer full) (nullable): @body without previous_response_id and with all that was said before in
 * front of its input, items in place of references to them; @body itself when it has neither. NULL with JUMP_ERROR_BAD_REQUEST, whose
 * word is "previous_response_not_found", when it is not or no longer here. */
GBytes *jump_response_store_expand (JumpResponseStore *self,
                                    const char *owner,
                                    GBytes *body,
                                    const JumpRequestFacts *facts,
                                    JumpChanges *changes,
                                    GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpResponseStore, jump_response_store_free)
