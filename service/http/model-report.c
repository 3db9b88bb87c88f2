/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/model-report.h"

#include "service/relay/route-summary.h"

/* Which way each API reaches the model. */
static void
write_routes (JumpJsonWriter *writer, JumpModel *model)
{
  JumpRouteWay ways[JUMP_ROUTE_N_APIS];

  jump_route_summarise (model, ways);
  jump_json_writer_member (writer, "routes");
  jump_json_writer_begin_object (writer);
  for (guint i = 0; i < JUMP_ROUTE_N_APIS; i++)
    jump_json_writer_member_string (writer, ways[i].api, ways[i].way);
  jump_json_writer_end_object (writer);
}

/* Numbers that nobody knows are null. */
static void
write_known (JumpJsonWriter *writer, const char *name, double value)
{
  jump_json_writer_member (writer, name);
  if (value < 0)
    jump_json_writer_null (writer);
  else
    jump_json_writer_double (writer, value);
}

static void
write_prices (JumpJsonWriter *writer, JumpModel *model)
{
  JumpModelPrices prices;

  jump_json_writer_member (writer, "prices");
  if (!jump_model_get_prices (model, &prices))
    {
      jump_json_writer_null (writer);
      return;
    }
  jump_json_writer_begin_object (writer);
  write_known (writer, "input", prices.input);
  write_known (writer, "cache_read", prices.cache_read);
  write_known (writer, "cache_write", prices.cache_write);
  write_known (writer, "output", prices.output);
  jump_json_writer_end_object (writer);
}

/* What somebody decides by who may enable it, or pays for it. */
static void
write_offer (JumpJsonWriter *writer, JumpModel *model)
{
  g_auto (GStrv) warnings = jump_model_get_warnings (model);
  g_autofree char *retires_on = jump_model_get_retires_on (model);

  jump_json_writer_member_string (writer, "family", jump_model_get_family (model));
  jump_json_writer_member_string (writer, "version", jump_model_get_version (model));
  jump_json_writer_member_boolean (writer, "default", jump_model_get_is_default (model));
  jump_json_writer_member_string (writer, "policy", jump_model_get_policy_state (model));
  jump_json_writer_member_string (writer, "terms", jump_model_get_terms (model));
  write_known (writer, "multiplier", jump_model_get_multiplier (model));
  write_prices (writer, model);
  jump_json_writer_member (writer, "warnings");
  jump_json_writer_begin_array (writer);
  for (guint i = 0; warnings != NULL && warnings[i] != NULL; i++)
    jump_json_writer_string (writer, warnings[i]);
  jump_json_writer_end_array (writer);
  jump_json_writer_member_boolean (writer, "retiring", jump_model_get_is_retiring (model));
  jump_json_writer_member_string (writer, "retires_on", retires_on);
}

/**
 * jump_model_report_write:
 * @writer: at a value
 * @model: of the catalogue
 * @with_offer: also what using it costs and asks for: prices are credits for a million tokens
 *
 * H-02 with what else people ask for: context and output limits, vendor, abilities.
 */
void
jump_model_report_write (JumpJsonWriter *writer, JumpModel *model, gboolean with_offer)
{
  g_autoptr (GDateTime) created = g_date_time_new_from_unix_utc (jump_model_get_created (model));
  g_autofree char *created_at = g_date_time_format (created, "%Y-%m-%dT%H:%M:%SZ");
  JumpModelEndpoints endpoints = jump_model_get_endpoints (model);
  static const struct
  {
    JumpModelEndpoints flag;
    const char *path;
  } paths[] = {
    { JUMP_ENDPOINT_CHAT, "/chat/completions" },
    { JUMP_ENDPOINT_RESPONSES, "/responses" },
    { JUMP_ENDPOINT_MESSAGES, "/v1/messages" },
    { JUMP_ENDPOINT_EMBEDDINGS, "/embeddings" },
  };
  static const char *const features[] = { "streaming",          "tool_calls", "parallel_tool_calls",
                                          "structured_outputs", "vision",     "reasoning_effort" };

  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer, "id", jump_model_get_id (model));
  jump_json_writer_member_string (writer, "object", "model");
  jump_json_writer_member_string (writer, "type", "model");
  jump_json_writer_member_int (writer, "created", jump_model_get_created (model));
  jump_json_writer_member_string (writer, "created_at", created_at);
  jump_json_writer_member_string (writer, "owned_by", jump_model_get_vendor (model));
  jump_json_writer_member_string (writer, "display_name", jump_model_get_name (model));
  jump_json_writer_member_string (writer, "kind", jump_model_get_kind (model));
  jump_json_writer_member_boolean (writer, "preview", jump_model_get_is_preview (model));
  jump_json_writer_member_boolean (writer, "enabled", jump_model_get_is_enabled (model));
  if (jump_model_get_context_window (model) > 0)
    jump_json_writer_member_int (writer, "context_length", jump_model_get_context_window (model));
  if (jump_model_get_max_prompt_tokens (model) > 0)
    jump_json_writer_member_int (writer,
                                 "max_prompt_tokens",
                                 jump_model_get_max_prompt_tokens (model));
  if (jump_model_get_max_output_tokens (model) > 0)
    jump_json_writer_member_int (writer,
                                 "max_output_tokens",
                                 jump_model_get_max_output_tokens (model));
  jump_json_writer_member (writer, "supported_endpoints");
  jump_json_writer_begin_array (writer);
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      if ((endpoints & paths[i].flag) != 0)
        jump_json_writer_string (writer, paths[i].path);
    }
  jump_json_writer_end_array (writer);
  write_routes (writer, model);
  jump_json_writer_member (writer, "capabilities");
  jump_json_writer_begin_array (writer);
  for (gsize i = 0; i < G_N_ELEMENTS (features); i++)
    {
      if (jump_model_get_supports (model, features[i]))
        jump_json_writer_string (writer, features[i]);
    }
  jump_json_writer_end_array (writer);
  if (with_offer)
    write_offer (writer, model);
  jump_json_writer_end_object (writer);
}
