/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/base/json-scan.h"
#include "service/base/limits.h"
#include "service/http/catalog-wait.h"
#include "service/http/http-reply.h"
#include "service/http/model-report.h"
#include "service/http/routes.h"

/* An item as Anthropic's API has it, for clients that say they speak that. */
static void
write_anthropic_model (JumpJsonWriter *writer, JumpModel *model)
{
  g_autoptr (GDateTime) created = g_date_time_new_from_unix_utc (jump_model_get_created (model));
  g_autofree char *created_at = g_date_time_format (created, "%Y-%m-%dT%H:%M:%SZ");

  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer, "type", "model");
  jump_json_writer_member_string (writer, "id", jump_model_get_id (model));
  jump_json_writer_member_string (writer, "display_name", jump_model_get_name (model));
  jump_json_writer_member_string (writer, "created_at", created_at);
  if (jump_model_get_max_prompt_tokens (model) > 0)
    jump_json_writer_member_int (writer,
                                 "max_input_tokens",
                                 jump_model_get_max_prompt_tokens (model));
  if (jump_model_get_max_output_tokens (model) > 0)
    jump_json_writer_member_int (writer, "max_tokens", jump_model_get_max_output_tokens (model));
  jump_json_writer_end_object (writer);
}

/* A key that is for some models does not learn of the others. */
static gboolean
is_allowed (const JumpClientRequest *request, JumpModel *model)
{
  return jump_client_pass_allows_model (request->pass, jump_model_get_id (model));
}

/* All on one page, whatever limit was asked for: there are some dozens. Embedding models have no place
 * in this API. */
static void
answer_anthropic_list (JumpHttpContext *context, JumpClientRequest *request)
{
  g_auto (JumpJsonWriter) writer = { 0 };
  GListModel *models = G_LIST_MODEL (jump_relay_get_catalog (context->relay));
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member (&writer, "data");
  jump_json_writer_begin_array (&writer);
  for (guint i = 0; i < g_list_model_get_n_items (models); i++)
    {
      g_autoptr (JumpModel) model = g_list_model_get_item (models, i);

      if (!g_str_equal (jump_model_get_kind (model), "chat") || !is_allowed (request, model))
        continue;
      if (first == NULL)
        first = g_strdup (jump_model_get_id (model));
      g_free (last);
      last = g_strdup (jump_model_get_id (model));
      write_anthropic_model (&writer, model);
    }
  jump_json_writer_end_array (&writer);
  jump_json_writer_member_string (&writer, "first_id", first);
  jump_json_writer_member_string (&writer, "last_id", last);
  jump_json_writer_member_boolean (&writer, "has_more", FALSE);
  jump_json_writer_end_object (&writer);
  jump_http_reply_json (request, 200, &writer);
}

static void
answer_openai_list (JumpHttpContext *context, JumpClientRequest *request)
{
  g_auto (JumpJsonWriter) writer = { 0 };
  GListModel *models = G_LIST_MODEL (jump_relay_get_catalog (context->relay));

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_string (&writer, "object", "list");
  jump_json_writer_member (&writer, "data");
  jump_json_writer_begin_array (&writer);
  for (guint i = 0; i < g_list_model_get_n_items (models); i++)
    {
      g_autoptr (JumpModel) model = g_list_model_get_item (models, i);

      if (is_allowed (request, model))
        jump_model_report_write (&writer, model, FALSE);
    }
  jump_json_writer_end_array (&writer);
  jump_json_writer_member_boolean (&writer, "has_more", FALSE);
  jump_json_writer_end_object (&writer);
  jump_http_reply_json (request, 200, &writer);
}

static void
answer_list (JumpHttpContext *context, JumpClientRequest *request)
{
  if (request->anthropic_version != NULL)
    answer_anthropic_list (context, request);
  else
    answer_openai_list (context, request);
}

/* The models of upstream's own list that the key is for, each byte for byte. */
static void
write_allowed (JumpJsonWriter *writer, const JumpClientPass *pass, JumpJsonSpan list)
{
  JumpJsonCursor cursor;
  JumpJsonSpan key;
  JumpJsonSpan entry;

  jump_json_writer_begin_array (writer);
  if (jump_json_span_kind (list) != JUMP_JSON_ARRAY)
    list = (JumpJsonSpan){ "[]", 2 };
  jump_json_cursor_init (&cursor, list);
  while (jump_json_cursor_next (&cursor, &key, &entry))
    {
      g_autofree char *id = NULL;

      if (jump_json_span_kind (entry) != JUMP_JSON_OBJECT)
        continue;
      id = jump_json_span_dup_string (jump_json_find_member (entry, "id"));
      if (id != NULL && jump_client_pass_allows_model (pass, id))
        jump_json_writer_raw (writer, entry.start, (gssize) entry.length);
    }
  jump_json_writer_end_array (writer);
}

static void
answer_allowed_raw (JumpClientRequest *request, GBytes *raw)
{
  gsize length;
  const char *data = g_bytes_get_data (raw, &length);
  JumpJsonSpan object = jump_json_span_trim (data, length);
  JumpJsonSpan list = { 0 };
  g_auto (JumpJsonWriter) writer = { 0 };

  if (jump_json_validate (data, length, JUMP_LIMIT_JSON_DEPTH, NULL) &&
      jump_json_span_kind (object) == JUMP_JSON_OBJECT)
    list = jump_json_find_member (object, "data");
  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_string (&writer, "object", "list");
  jump_json_writer_member (&writer, "data");
  write_allowed (&writer, request->pass, list);
  jump_json_writer_end_object (&writer);
  jump_http_reply_json (request, 200, &writer);
}

static void
answer_raw (JumpHttpContext *context, JumpClientRequest *request)
{
  GBytes *raw = jump_model_catalog_get_raw (jump_relay_get_catalog (context->relay));

  if (raw != NULL && request->pass != NULL && request->pass->models != NULL)
    answer_allowed_raw (request, raw);
  else if (raw != NULL)
    jump_http_reply_bytes (request, 200, "application/json", raw);
  else
    jump_http_reply_refusal (request, 503, "no_catalogue", "there is no catalogue yet", NULL);
}

static void
answer_unknown (JumpHttpContext *context, JumpClientRequest *request, const char *name)
{
  g_auto (GStrv) nearest = jump_model_nearest (jump_relay_get_mapping (context->relay),
                                               jump_relay_get_catalog (context->relay),
                                               name,
                                               3);
  /* not for a key that is for some models */
  gboolean may_hint = request->pass == NULL || request->pass->models == NULL;
  g_autofree char *names = may_hint ? g_strjoinv (", ", nearest) : g_strdup ("");
  g_autoptr (GError) error = g_error_new (JUMP_ERROR,
                                          JUMP_ERROR_UNKNOWN_MODEL,
                                          "model: the %s has no model \"%s\"%s%s",
                                          may_hint ? "account" : "key",
                                          name,
                                          *names != '\0' ? "; the nearest are: " : "",
                                          names);

  jump_http_reply_error (request, error);
}

/* Names that only mean a model (aliases, dates) answer too, as they do in requests. */
static void
answer_one (JumpHttpContext *context, JumpClientRequest *request)
{
  JumpModelCatalog *catalog = jump_relay_get_catalog (context->relay);
  const JumpModelMapping *mapping = jump_relay_get_mapping (context->relay);
  g_autofree char *name = g_strdup (request->parameter);
  g_autofree char *id = NULL;
  g_auto (JumpJsonWriter) writer = { 0 };
  JumpMapped how = JUMP_MAPPED_SAME;
  JumpModel *model = NULL;

  if (g_str_has_suffix (name, "/"))
    name[strlen (name) - 1] = '\0';
  id = jump_model_mapping_resolve (mapping, catalog, name, &how, &model);
  if (model == NULL || !is_allowed (request, model))
    {
      answer_unknown (context, request, name);
      return;
    }
  jump_json_writer_init (&writer);
  if (request->anthropic_version != NULL)
    write_anthropic_model (&writer, model);
  else
    jump_model_report_write (&writer, model, FALSE);
  jump_http_reply_json (request, 200, &writer);
}

/* GET /v1/models, /models */
void
jump_route_models (JumpHttpContext *context, JumpClientRequest *request)
{
  jump_catalog_wait (context, request, answer_list);
}

/* GET /v1/models/full, /models/full: the catalogue as upstream sends it. */
void
jump_route_models_full (JumpHttpContext *context, JumpClientRequest *request)
{
  jump_catalog_wait (context, request, answer_raw);
}

/* GET /v1/models/{id}, /models/{id} */
void
jump_route_model (JumpHttpContext *context, JumpClientRequest *request)
{
  jump_catalog_wait (context, request, answer_one);
}
