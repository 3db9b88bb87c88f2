/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/route-table.h"

#include "service/http/routes.h"

static const JumpRoute routes[] = {
  { "POST", "/v1/chat/completions", JUMP_ACCESS_MODEL, JUMP_DIALECT_CHAT, jump_route_generate },
  { "POST", "/chat/completions", JUMP_ACCESS_MODEL, JUMP_DIALECT_CHAT, jump_route_generate },
  { "POST", "/v1/completions", JUMP_ACCESS_MODEL, JUMP_DIALECT_COMPLETIONS, jump_route_generate },
  { "POST", "/completions", JUMP_ACCESS_MODEL, JUMP_DIALECT_COMPLETIONS, jump_route_generate },
  { "POST", "/v1/responses", JUMP_ACCESS_MODEL, JUMP_DIALECT_RESPONSES, jump_route_generate },
  { "POST", "/responses", JUMP_ACCESS_MODEL, JUMP_DIALECT_RESPONSES, jump_route_generate },
  { "POST",
    "/v1/responses/input_tokens",
    JUMP_ACCESS_MODEL,
    JUMP_DIALECT_RESPONSES,
    jump_route_count },
  { "POST",
    "/responses/input_tokens",
    JUMP_ACCESS_MODEL,
    JUMP_DIALECT_RESPONSES,
    jump_route_count },
  { "GET", "/v1/responses/{id}", JUMP_ACCESS_MODEL, JUMP_DIALECT_RESPONSES, jump_route_response },
  { "DELETE",
    "/v1/responses/{id}",
    JUMP_ACCESS_MODEL,
    JUMP_DIALECT_RESPONSES,
    jump_route_response_delete },
  { "POST", "/v1/messages", JUMP_ACCESS_MODEL, JUMP_DIALECT_MESSAGES, jump_route_generate },
  { "POST",
    "/v1/messages/count_tokens",
    JUMP_ACCESS_MODEL,
    JUMP_DIALECT_MESSAGES,
    jump_route_count },
  { "POST", "/api/chat", JUMP_ACCESS_MODEL, JUMP_DIALECT_OLLAMA_CHAT, jump_route_ollama_generate },
  { "POST",
    "/v1/api/chat",
    JUMP_ACCESS_MODEL,
    JUMP_DIALECT_OLLAMA_CHAT,
    jump_route_ollama_generate },
  { "POST",
    "/api/generate",
    JUMP_ACCESS_MODEL,
    JUMP_DIALECT_OLLAMA_GENERATE,
    jump_route_ollama_generate },
  { "GET", "/api/tags", JUMP_ACCESS_MODEL, JUMP_DIALECT_OLLAMA_CHAT, jump_route_ollama_tags },
  { "GET", "/v1/api/tags", JUMP_ACCESS_MODEL, JUMP_DIALECT_OLLAMA_CHAT, jump_route_ollama_tags },
  { "POST", "/api/show", JUMP_ACCESS_MODEL, JUMP_DIALECT_OLLAMA_CHAT, jump_route_ollama_show },
  { "GET", "/api/ps", JUMP_ACCESS_MODEL, JUMP_DIALECT_OLLAMA_CHAT, jump_route_ollama_ps },
  { "GET", "/api/version", JUMP_ACCESS_MODEL, JUMP_DIALECT_OLLAMA_CHAT, jump_route_ollama_version },
  { "GET", "/", JUMP_ACCESS_MODEL, JUMP_DIALECT_OLLAMA_CHAT, jump_route_ollama_root },
  { "POST", "/v1/embeddings", JUMP_ACCESS_MODEL, JUMP_DIALECT_CHAT, jump_route_embeddings },
  { "POST", "/embeddings", JUMP_ACCESS_MODEL, JUMP_DIALECT_CHAT, jump_route_embeddings },
  { "POST", "/api/embed", JUMP_ACCESS_MODEL, JUMP_DIALECT_OLLAMA_CHAT, jump_route_ollama_embed },
  { "POST",
    "/api/embeddings",
    JUMP_ACCESS_MODEL,
    JUMP_DIALECT_OLLAMA_CHAT,
    jump_route_ollama_embeddings },
  { "GET", "/v1/models", JUMP_ACCESS_MODEL, JUMP_DIALECT_CHAT, jump_route_models },
  { "GET", "/models", JUMP_ACCESS_MODEL, JUMP_DIALECT_CHAT, jump_route_models },
  { "GET", "/v1/models/full", JUMP_ACCESS_MODEL, JUMP_DIALECT_CHAT, jump_route_models_full },
  { "GET", "/models/full", JUMP_ACCESS_MODEL, JUMP_DIALECT_CHAT, jump_route_models_full },
  { "GET", "/v1/models/{id}", JUMP_ACCESS_MODEL, JUMP_DIALECT_CHAT, jump_route_model },
  { "GET", "/models/{id}", JUMP_ACCESS_MODEL, JUMP_DIALECT_CHAT, jump_route_model },
  { "GET", "/health", JUMP_ACCESS_OPEN, JUMP_DIALECT_CHAT, jump_route_health },
  { "GET", "/v1/health", JUMP_ACCESS_OPEN, JUMP_DIALECT_CHAT, jump_route_health },
  { "GET", "/livez", JUMP_ACCESS_OPEN, JUMP_DIALECT_CHAT, jump_route_livez },
  { "GET", "/readyz", JUMP_ACCESS_OPEN, JUMP_DIALECT_CHAT, jump_route_readyz },
  { "GET", "/api/hello", JUMP_ACCESS_OPEN, JUMP_DIALECT_CHAT, jump_route_hello },
  { "GET", "/version", JUMP_ACCESS_OPEN, JUMP_DIALECT_CHAT, jump_route_version },
  { "GET", "/api/status", JUMP_ACCESS_CONTROL, JUMP_DIALECT_CHAT, jump_route_control_status },
  { "POST", "/api/window", JUMP_ACCESS_CONTROL, JUMP_DIALECT_CHAT, jump_route_control_show },
  { "POST", "/api/stop", JUMP_ACCESS_CONTROL, JUMP_DIALECT_CHAT, jump_route_control_stop },
  { "GET", "/api/login", JUMP_ACCESS_CONTROL, JUMP_DIALECT_CHAT, jump_route_login_state },
  { "POST", "/api/login", JUMP_ACCESS_CONTROL, JUMP_DIALECT_CHAT, jump_route_login_start },
  { "DELETE", "/api/login", JUMP_ACCESS_CONTROL, JUMP_DIALECT_CHAT, jump_route_login_cancel },
  { "POST", "/api/login/token", JUMP_ACCESS_CONTROL, JUMP_DIALECT_CHAT, jump_route_login_token },
  { "POST", "/api/logout", JUMP_ACCESS_CONTROL, JUMP_DIALECT_CHAT, jump_route_logout },
  { "POST",
    "/api/token/refresh",
    JUMP_ACCESS_CONTROL,
    JUMP_DIALECT_CHAT,
    jump_route_control_refresh },
  { "GET", "/api/models", JUMP_ACCESS_CONTROL, JUMP_DIALECT_CHAT, jump_route_control_models },
  { "POST", "/api/settings", JUMP_ACCESS_CONTROL, JUMP_DIALECT_CHAT, jump_route_control_settings },
  { "POST", "/api/pause", JUMP_ACCESS_CONTROL, JUMP_DIALECT_CHAT, jump_route_control_pause },
  { "POST", "/api/resume", JUMP_ACCESS_CONTROL, JUMP_DIALECT_CHAT, jump_route_control_resume },
  { "DELETE",
    "/api/requests/{id}",
    JUMP_ACCESS_CONTROL,
    JUMP_DIALECT_CHAT,
    jump_route_control_cancel },
};

/**
 * jump_route_table_get:
 * @out_n_routes: (out): how many there are
 *
 * Returns: (transfer none) (array length=out_n_routes): every route there is; exact paths before patterns
 */
const JumpRoute *
jump_route_table_get (gsize *out_n_routes)
{
  *out_n_routes = G_N_ELEMENTS (routes);
  return routes;
}
