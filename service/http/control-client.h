/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/http/control-file.h"
#include "service/net/json-call.h"

/* Asks a running instance through its control routes. Blocking (runs its own main context): for
 * the command line only. */

#define JUMP_TYPE_CONTROL_CLIENT (jump_control_client_get_type ())
G_DECLARE_FINAL_TYPE (JumpControlClient, jump_control_client, JUMP, CONTROL_CLIENT, GObject)

/* Returns: (transfer full) (nullable): a client for an instance that answered GET /api/status; NULL
 * without error when none runs. */
JumpControlClient *
jump_control_client_connect (const char *runtime_dir, guint port, gboolean any_port);
/* @path: "/api/status". @body: (nullable) JSON text. Returns: (transfer full): the reply's JSON; errors
 * are JUMP_ERROR_… with upstream's or the instance's message. */
JsonNode *jump_control_client_call (JumpControlClient *self,
                                    const char *method,
                                    const char *path,
                                    const char *body,
                                    GError **error);
/* For control-stream.c. */
JumpHttpRequest *
jump_control_client_new_request (JumpControlClient *self, const char *method, const char *path);
void jump_control_client_set_refusal (GError **error,
                                      guint status,
                                      const char *body,
                                      gsize length,
                                      const char *method,
                                      const char *path);
const char *jump_control_client_get_url (JumpControlClient *self);
gint64 jump_control_client_get_pid (JumpControlClient *self);

/* The control routes (all with Authorization: Bearer <control key>):
 *   GET    /api/status         see below
 *   POST   /api/window         raises the window, {"shown":true|false}
 *   GET    /api/login          {"status":"idle|starting|pending|success|expired|denied|cancelled|failed",
 *                               "user_code","verification_uri","expires_in","interval","error","login"}
 *   POST   /api/login          starts one or returns the running one; same object, 202
 *   DELETE /api/login          cancels
 *   POST   /api/login/token    {"token":"gho_…"}: adopts it; {"login"}
 *   POST   /api/logout         {"signed_in":false}
 *   POST   /api/token/refresh  {"token_expires_at","token_expires_in_seconds"}
 *   GET    /api/models         {"origin":"live|disk|builtin","fetched_at",data:[{"id","name","owned_by",…}]}
 *   POST   /api/settings       {"name":"server.port","value":"9000"} → {"needs_restart":true}
 *   POST   /api/stop           ends the instance (as SIGTERM)
 *   POST   /api/doctor         {"offline":false,"calls":true}: looks for what is wrong; {"version","running","state",
 *                               "time_ms","checks":[{"name","group","title","state","found","remedy","time_ms"}]}
 *   POST   /api/pause          model requests are refused with 503; {"paused":true}
 *   POST   /api/resume         {"paused":false}
 *   GET    /api/keys           {"keys":[…],"problem":null}; a key is told in service/keys/key-desk.h
 *   POST   /api/keys           {"name":"laptop", and limits}; 201 with "secret", this once
 *   PATCH  /api/keys/{id}      {"state":"active|revoked", and limits}; by name, too
 *   DELETE /api/keys/{id}      {"id","removed":true}
 *   GET    /api/budgets        {"budgets":[{"name","period","key","model","credits","action","cheaper_model","used",
 *                               "estimated","percent","crossed","since","until"}],"cheaper_model"}
 *   PUT    /api/budgets/{name} {"credits":500,"action":"warn|ask|cheaper|refuse","model"}: that budget
 *   DELETE /api/budgets/{name} {"name","removed":true}
 *   GET    /api/quota          service/usage/quota-json.h, and ours {since,credits,estimated,requests,unpriced},
 *                               difference, forecast {state,when,per_day}
 *   POST   /api/quota/refresh  asks upstream, unless that was done within a minute; the same object
 *   GET    /api/users          {"users":[{"user_id","display_name","status","created_at"}]}; /api/users-list as well
 *   POST   /api/users/{id}/approve, /revoke; DELETE /api/users/{id}
 *   POST   /api/session/link   {"url","expires_in"}: lets one browser of this user in, once, within a minute
 *   DELETE /api/session        ends the browser's session
 *   DELETE /api/requests/{id}  cuts the request with that X-Request-Id; {"id","cancelled":true}, or 404
 * GET /api/status: the S-04 keys config_file, port, authenticated, has_github_token, refresh_interval,
 *   token_expires_at, token_expires_in_seconds, status; and ours: version, pid, url, sockets [{name,role,place}]
 *   from a service manager, uptime, demo, paused, login,
 *   source (how the credential was found), secret_store, account_state, api_url, sku, direct,
 *   refresh_threshold, problem {kind,title,message,url}|null, breaker, breaker_details {state,
 *   failures,probe_in}, cooldowns [{scope,model|null,seconds,code|null}], open_exchanges, requests,
 *   catalog {origin, models}. */
