/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "tests/integration/asking.h"

/* Client keys through the control API, and requests that show one. */

/* @more: (nullable): limits: ",'concurrent':1". Returns: (transfer full): the secret; the test fails without */
char *key_create (Fixture *fixture, const char *name, const char *more);
/* @body: with ' for ". The test fails unless the status is @status. */
void key_change (Fixture *fixture, const char *name, const char *body, guint status);
/* Returns: (transfer full): what GET /api/keys says of it */
JsonObject *key_look (Fixture *fixture, const char *name);
/* Asks a model, with the key as Bearer. */
Answer *
key_start (Fixture *fixture, const char *secret, Api api, const char *model, gboolean stream);
/* Lets time go on until @answer has begun, or is complete. */
void key_wait_begun (Fixture *fixture, Answer *answer);
void key_wait_done (Fixture *fixture, Answer *answer);
Answer *key_ask (Fixture *fixture, const char *secret, Api api, const char *model);
