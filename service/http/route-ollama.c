/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/base/limits.h"
#include "service/dialects/ollama-load.h"
#include "service/http/catalog-wait.h"
#include "service/http/http-reply.h"
#include "service/http/ollama-model.h"
#include "service/http/relayed-request.h"
#include "service/http/root-page.h"
#include "service/http/routes.h"

#include <string.h>

static void
answer_tags (JumpHttpContext *context, JumpClientRequest *request)
{
  GListModel *models = G_LIST_MODEL (jump_relay_get_catalog (context->relay));
  g_auto (JumpJsonWriter) writer = { 0 };

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member (&writer, "models");
  jump_json_writer_begin_array (&writer);
  for (guint i = 0; i < g_list_model_get_n_items (models); i++)
    {
      g_autoptr (JumpModel) model = g_list_model_get_item (models, i);

      if (jump_ollama_model_is_usable (model) &&
          jump_client_pass_allows_model (request->pass, jump_model_get_id (model)))
        jump_ollama_model_write_entry (&writer, model);
    }
  jump_json_writer_end_array (&writer);
  jump_json_writer_end_object (&writer);
  jump_http_reply_json (request, 200, &writer);
}

/* In Ollama's own words, which its clients look for to offer a download. */
static void
answer_not_found (JumpClientRequest *request, const char *name)
{
  g_autofree char *message = g_strdup_printf ("model '%s' not found", name);

  jump_http_reply_refusal (request, 404, "model_not_found", message, NULL);
}

/* Returns: (transfer none) (nullable): the model that @name means; NULL: the client was told so */
static JumpModel *
find_model (JumpHttpContext *context, JumpClientRequest *request, const char *name)
{
  JumpMapped how = JUMP_MAPPED_SAME;
  JumpModel *model = NULL;
  g_autofree char *id G_GNUC_UNUSED =
      jump_model_mapping_resolve (jump_relay_get_mapping (context->relay),
                                  jump_relay_get_catalog (context->relay),
                                  name,
                                  &how,
                                  &model);

  if (model != NULL && jump_client_pass_allows_model (request->pass, jump_model_get_id (model)))
    return model;
  answer_not_found (request, name);
  return NULL;
}

/* Returns: (transfer full) (nullable): the model's name, older clients call it "name" */
static char *
read_name (GBytes *body, GError **error)
{
  gsize length;
  const char *data = g_bytes_get_data (body, &length);
  JumpJsonSpan object;
  g_autofree char *name = NULL;

  if (!jump_json_validate_request (data, length, NULL, NULL, NULL, error))
    return NULL;
  object = jump_json_span_trim (data, length);
  name = jump_json_span_dup_string (jump_json_find_member (object, "model"));
  if (name == NULL || *name == '\0')
    {
      g_free (name);
      name = jump_json_span_dup_string (jump_json_find_member (object, "name"));
    }
  if (name == NULL || *name == '\0' || strlen (name) > JUMP_LIMIT_MODEL_NAME)
    {
      g_set_error (error,
                   JUMP_ERROR,
                   JUMP_ERROR_BAD_REQUEST,
                   "model: expected the name of a model");
      return NULL;
    }
  return g_steal_pointer (&name);
}

static void
answer_show (JumpHttpContext *context, JumpClientRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = read_name (request->body, &error);
  g_auto (JumpJsonWriter) writer = { 0 };
  JumpModel *model;

  if (name == NULL)
    {
      jump_http_reply_error (request, error);
      return;
    }
  model = find_model (context, request, name);
  if (model == NULL)
    return;
  jump_json_writer_init (&writer);
  jump_ollama_model_write_card (&writer, model);
  jump_http_reply_json (request, 200, &writer);
}

static JumpOllamaForm
get_form (const JumpClientRequest *request)
{
  return request->dialect->id == JUMP_DIALECT_OLLAMA_GENERATE ? JUMP_OLLAMA_GENERATE
                                                              : JUMP_OLLAMA_CHAT;
}

/* FALSE: it is no request to load a model. */
static gboolean
read_load (const JumpClientRequest *request, JumpOllamaLoad *load)
{
  gsize length;
  const char *data = g_bytes_get_data (request->body, &length);

  return jump_ollama_load_read (load, get_form (request), data, length);
}

static void
answer_load (JumpHttpContext *context, JumpClientRequest *request)
{
  g_auto (JumpOllamaLoad) load = { 0 };
  g_autoptr (GBytes) body = NULL;

  if (!read_load (request, &load))
    {
      jump_route_generate (context, request);
      return;
    }
  if (find_model (context, request, load.model) == NULL)
    return;
  body = jump_ollama_load_write_reply (&load,
                                       get_form (request),
                                       jump_clock_get_wall_time (context->clock));
  jump_http_reply_bytes (request, 200, "application/json", body);
}

/* GET /api/tags, /v1/api/tags (P-09) */
void
jump_route_ollama_tags (JumpHttpContext *context, JumpClientRequest *request)
{
  jump_catalog_wait (context, request, answer_tags);
}

/* POST /api/show */
void
jump_route_ollama_show (JumpHttpContext *context, JumpClientRequest *request)
{
  jump_catalog_wait (context, request, answer_show);
}

/* POST /api/chat, /api/generate: a request without a prompt only wants the model in memory. */
void
jump_route_ollama_generate (JumpHttpContext *context, JumpClientRequest *request)
{
  g_auto (JumpOllamaLoad) load = { 0 };

  if (jump_relayed_request_pause (context, request, JUMP_RELAY_GENERATE))
    return;
  if (read_load (request, &load))
    jump_catalog_wait (context, request, answer_load);
  else
    jump_route_generate (context, request);
}

/* GET /api/ps: no model is in this machine's memory. */
void
jump_route_ollama_ps (JumpHttpContext *context G_GNUC_UNUSED, JumpClientRequest *request)
{
  g_auto (JumpJsonWriter) writer = { 0 };

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member (&writer, "models");
  jump_json_writer_begin_array (&writer);
  jump_json_writer_end_array (&writer);
  jump_json_writer_end_object (&writer);
  jump_http_reply_json (request, 200, &writer);
}

/* GET /api/version: VS Code refuses servers that are too old. */
void
jump_route_ollama_version (JumpHttpContext *context, JumpClientRequest *request)
{
  g_auto (JumpJsonWriter) writer = { 0 };

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_string (
      &writer,
      "version",
      jump_settings_get_string (context->settings, JUMP_KEY_TRANSLATION_OLLAMA_VERSION));
  jump_json_writer_end_object (&writer);
  jump_http_reply_json (request, 200, &writer);
}

/* GET /: how Ollama's clients, and Claude Code with HEAD, see whether anybody is there. */
void
jump_route_ollama_root (JumpHttpContext *context, JumpClientRequest *request)
{
  if (jump_client_request_accepts_html (request))
    jump_root_page_answer (context, request);
  else
    jump_http_reply_text (request, 200, "Ollama is running");
}
