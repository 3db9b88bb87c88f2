/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "tests/integration/fixture.h"

/* The same question in every API that the service speaks, and what the replies have in common. */

typedef enum
{
  API_CHAT,
  API_RESPONSES,
  API_MESSAGES,
  API_OLLAMA_CHAT,
  API_OLLAMA_GENERATE,
  API_COMPLETIONS,
  N_APIS,
} Api;

const char *api_path (Api api);
/* For each of @text, @extra too, ' stands for ", so that JSON can be read in C.
 * Returns: (transfer full): @text with quotes */
char *quoted (const char *text);
/* A Pro account with all models. @rules: (nullable): of the scenario, comma separated, with ' for ". */
Fixture *fixture_new_ruled (const char *rules);
/* The same with three attempts, where the others have one. */
Fixture *fixture_new_trying (const char *rules);
/* While it runs. */
void fixture_set (Fixture *fixture, const char *name, const char *text);
/* @extra: (nullable): more members: ",'temperature':1". Returns: (transfer full): a request's body */
char *api_write (Api api, const char *model, const char *text, gboolean stream, const char *extra);
Answer *api_start (Fixture *fixture, Api api, const char *model, const char *text, gboolean stream);
Answer *api_ask (Fixture *fixture, Api api, const char *model, const char *text, gboolean stream);
/* Of a request that was written by hand, with ' for ". */
Answer *ask_quoted (Fixture *fixture, const char *path, const char *body);

/* Returns: (transfer full): what the model said, of a whole reply or a stream */
char *api_read_text (Api api, Answer *answer);
/* That @answer is a refusal in the shape of @api. @type: (nullable): as the API calls the kind of error.
 * @words: (nullable): what its message has to say. */
void api_assert_error (Api api, Answer *answer, guint status, const char *type, const char *words);
/* That a stream broke off with an event of @api's own for errors which says @words. */
void api_assert_stream_error (Api api, Answer *answer, const char *words);
JsonObject *answer_parse (Answer *answer);
/* Turns the loop until @answer is there; waits of the service up to @longest_ms pass at once. */
void answer_wait_through (Fixture *fixture, Answer *answer, guint longest_ms);

/* Returns: (transfer full): the Authorization header of the control routes */
char *fixture_dup_authorization (Fixture *fixture);
/* Asks a control route. */
Answer *control_ask (Fixture *fixture, const char *method, const char *path, const char *body);

/* Returns: (transfer full) (element-type JumpExchangeRecord): grows as exchanges end */
GPtrArray *fixture_keep_records (Fixture *fixture);
/* Turns the loop until @records has @n. */
void records_wait (GPtrArray *records, guint n);

/* Returns: (transfer full): a body that upstream got, as text */
char *upstream_body (Fixture *fixture, const char *method_and_path, guint newest);
guint upstream_calls (Fixture *fixture); /* of the three ways to ask a model */
void assert_says (const char *text, const char *words);
void assert_silent (const char *text, const char *words);
