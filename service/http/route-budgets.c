/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/base/json-read.h"
#include "service/http/http-reply.h"
#include "service/http/routes.h"

#include <math.h>

/* What may still be spent: the table budgets of the settings. */

/* 0 stands for none: the periods of conversations begin and end with them. */
static void
write_time (JumpJsonWriter *writer, const char *member, gint64 seconds)
{
  jump_json_writer_member (writer, member);
  if (seconds > 0)
    jump_json_writer_int (writer, seconds);
  else
    jump_json_writer_null (writer);
}

static void
write_state (JumpJsonWriter *writer, const JumpBudgetState *state)
{
  const JumpBudgetLimit *limit = state->limit;

  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer, "name", limit->name);
  jump_json_writer_member_string (writer, "period", jump_budget_period_get_name (limit->period));
  jump_json_writer_member_string (writer, "key", limit->key);
  jump_json_writer_member_string (writer, "model", limit->model);
  jump_json_writer_member_double (writer, "credits", limit->credits);
  jump_json_writer_member_string (writer, "action", jump_budget_action_get_name (limit->action));
  jump_json_writer_member_string (writer, "cheaper_model", limit->cheaper);
  jump_json_writer_member_double (writer, "used", state->used);
  jump_json_writer_member_double (writer, "estimated", state->estimated);
  jump_json_writer_member_double (writer, "percent", state->used * 100 / limit->credits);
  jump_json_writer_member_int (writer, "crossed", state->crossed);
  write_time (writer, "since", state->since);
  write_time (writer, "until", state->until);
  jump_json_writer_end_object (writer);
}

/* GET /api/budgets */
void
jump_route_budgets (JumpHttpContext *context, JumpClientRequest *request)
{
  g_autoptr (GArray) states = jump_budget_get_states (context->budget);
  g_auto (JumpJsonWriter) writer = { 0 };

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member (&writer, "budgets");
  jump_json_writer_begin_array (&writer);
  for (guint i = 0; i < states->len; i++)
    write_state (&writer, &g_array_index (states, JumpBudgetState, i));
  jump_json_writer_end_array (&writer);
  jump_json_writer_member_string (&writer,
                                  "cheaper_model",
                                  jump_budget_get_cheaper_model (context->budget));
  jump_json_writer_end_object (&writer);
  jump_http_reply_json (request, 200, &writer);
}

static char *
dup_setting_name (const JumpClientRequest *request)
{
  return g_strconcat (jump_setting_table_group (JUMP_TABLE_BUDGETS), ".", request->parameter, NULL);
}

/* Returns: (transfer full) (nullable): the row's value */
static char *
read_order (JsonObject *order, GError **error)
{
  double credits = jump_json_get_double (order, "credits", NAN);
  const char *action = NULL;
  const char *model = NULL;
  g_autofree char *number = NULL;

  if (!isfinite (credits))
    {
      g_set_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST, "credits: expected number");
      return NULL;
    }
  if (!jump_json_need_string (order, "", "action", &action, error))
    return NULL;
  model = jump_json_get_string (order, "model", NULL);
  number = jump_budget_limit_dup_credits (credits);
  return g_strdup_printf ("%s %s%s%s",
                          number,
                          action,
                          model != NULL && *model != '\0' ? " " : "",
                          model != NULL ? model : "");
}

static gboolean
set_budget (JumpHttpContext *context, JumpClientRequest *request, GError **error)
{
  g_autofree char *name = dup_setting_name (request);
  g_autoptr (JsonObject) order = NULL;
  g_autofree char *value = NULL;
  gsize length;
  const char *data = g_bytes_get_data (request->body, &length);

  order = jump_json_parse_request (data, length, error);
  if (order == NULL)
    return FALSE;
  value = read_order (order, error);
  return value != NULL && jump_settings_set_text (context->settings, name, value, error);
}

/* The limit as it is in force now, or 404 for one that the settings name in another way. */
static void
answer_one (JumpHttpContext *context, JumpClientRequest *request)
{
  g_autoptr (GArray) states = jump_budget_get_states (context->budget);
  g_auto (JumpJsonWriter) writer = { 0 };

  for (guint i = 0; i < states->len; i++)
    {
      const JumpBudgetState *state = &g_array_index (states, JumpBudgetState, i);

      if (!g_str_equal (state->limit->name, request->parameter))
        continue;
      jump_json_writer_init (&writer);
      write_state (&writer, state);
      jump_http_reply_json (request, 200, &writer);
      return;
    }
  jump_http_reply_refusal (request, 404, "not_found", "there is no such budget", NULL);
}

/* PUT /api/budgets/{name} {"credits":500,"action":"refuse"} */
void
jump_route_budget_set (JumpHttpContext *context, JumpClientRequest *request)
{
  g_autoptr (GError) error = NULL;

  if (set_budget (context, request, &error))
    {
      answer_one (context, request);
      return;
    }
  if (g_error_matches (error, JUMP_ERROR, JUMP_ERROR_SETTINGS))
    error->code = JUMP_ERROR_BAD_REQUEST;
  jump_http_reply_error (request, error);
}

static void
answer_removed (JumpClientRequest *request)
{
  g_auto (JumpJsonWriter) writer = { 0 };

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_string (&writer, "name", request->parameter);
  jump_json_writer_member_boolean (&writer, "removed", TRUE);
  jump_json_writer_end_object (&writer);
  jump_http_reply_json (request, 200, &writer);
}

/* DELETE /api/budgets/{name} */
void
jump_route_budget_remove (JumpHttpContext *context, JumpClientRequest *request)
{
  g_autofree char *name = dup_setting_name (request);
  g_autoptr (GError) error = NULL;

  if (jump_settings_reset (context->settings, name, &error))
    {
      answer_removed (request);
      return;
    }
  if (g_error_matches (error, JUMP_ERROR, JUMP_ERROR_SETTINGS))
    error->code = JUMP_ERROR_NOT_FOUND;
  jump_http_reply_error (request, error);
}
