/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/scenario-rule.h"

#include "service/base/error.h"
#include "service/base/json-read.h"
#include "service/base/json-write.h"
#include "service/simulator/scenario-fields.h"

static const char *const rule_fields[] = { "on",       "calls", "model", "reply", "stream",
                                           "delay_ms", "cut",   "stall", "note",  NULL };
static const char *const reply_fields[] = { "status",  "body",         "text", "json",
                                            "headers", "content_type", NULL };
static const char *const stream_fields[] = { "chunks",  "gap_ms",       "cut_after_bytes",
                                             "no_done", "split_bytes",  "stall_after",
                                             "hold",    "content_type", "headers",
                                             NULL };

/* "1", "2-3", "4-", "all", "every 3" */
static gboolean
parse_calls (JumpScenarioRule *self, const char *text)
{
  char *end = NULL;

  self->first = 1;
  self->last = G_MAXUINT;
  if (g_str_equal (text, "all"))
    return TRUE;
  if (g_str_has_prefix (text, "every "))
    {
      self->every = (guint) g_ascii_strtoull (text + strlen ("every "), &end, 10);
      return self->every > 0 && *end == '\0';
    }
  if (!g_ascii_isdigit (*text))
    return FALSE;
  self->first = (guint) g_ascii_strtoull (text, &end, 10);
  self->last = self->first;
  if (*end == '-')
    {
      const char *rest = end + 1;

      self->last = G_MAXUINT;
      end = (char *) rest;
      if (*rest != '\0')
        self->last = (guint) g_ascii_strtoull (rest, &end, 10);
    }
  return *end == '\0' && self->first > 0 && self->last >= self->first;
}

static gboolean
parse_reply (JumpScenarioRule *self, JsonObject *reply, const char *path, GError **error)
{
  gint64 status;

  if (!jump_scenario_fields_only (reply, path, reply_fields, error) ||
      !jump_scenario_fields_int (reply, path, "status", 200, 599, 200, &status, error))
    return FALSE;
  self->replies = TRUE;
  self->status = (guint) status;
  self->content_type = g_strdup (jump_json_get_string (reply, "content_type", NULL));
  if (json_object_has_member (reply, "json"))
    {
      self->body = jump_json_node_to_text (json_object_get_member (reply, "json"));
      if (self->content_type == NULL)
        self->content_type = g_strdup ("application/json; charset=utf-8");
    }
  else
    {
      const char *text = jump_json_get_string (reply, "text", NULL);

      self->body = g_strdup (jump_json_get_string (reply, "body", text));
      if (self->content_type == NULL)
        self->content_type = g_strdup ("text/plain; charset=utf-8");
    }
  if (jump_json_get_object (reply, "headers") != NULL)
    self->headers = json_object_ref (jump_json_get_object (reply, "headers"));
  return TRUE;
}

static gboolean
parse_stream (JumpScenarioRule *self, JsonObject *stream, const char *path, GError **error)
{
  gint64 split;

  if (!jump_scenario_fields_only (stream, path, stream_fields, error) ||
      !jump_scenario_fields_int (stream, path, "gap_ms", 0, 3600000, -1, &self->gap_ms, error) ||
      !jump_scenario_fields_int (stream,
                                 path,
                                 "cut_after_bytes",
                                 0,
                                 G_MAXINT,
                                 -1,
                                 &self->cut_after_bytes,
                                 error) ||
      !jump_scenario_fields_int (stream,
                                 path,
                                 "stall_after",
                                 0,
                                 G_MAXINT,
                                 -1,
                                 &self->stall_after,
                                 error) ||
      !jump_scenario_fields_int (stream, path, "split_bytes", 1, G_MAXINT, 0, &split, error))
    return FALSE;
  self->streams = TRUE;
  self->split_bytes = (guint) split;
  self->no_done = jump_json_get_boolean (stream, "no_done", FALSE);
  self->holds = jump_json_get_boolean (stream, "hold", FALSE);
  if (jump_json_get_array (stream, "chunks") != NULL)
    self->chunks = json_array_ref (jump_json_get_array (stream, "chunks"));
  self->content_type = g_strdup (jump_json_get_string (stream, "content_type", NULL));
  if (jump_json_get_object (stream, "headers") != NULL)
    self->headers = json_object_ref (jump_json_get_object (stream, "headers"));
  return TRUE;
}

static gboolean
parse_rule (JumpScenarioRule *self, JsonObject *object, const char *path, GError **error)
{
  JsonObject *reply = jump_json_get_object (object, "reply");
  JsonObject *stream = jump_json_get_object (object, "stream");
  const char *calls = jump_json_get_string (object, "calls", "all");
  g_autofree char *reply_path = g_strconcat (path, ".reply", NULL);
  g_autofree char *stream_path = g_strconcat (path, ".stream", NULL);
  gint64 delay;

  if (!jump_scenario_fields_only (object, path, rule_fields, error))
    return FALSE;
  self->on = g_strdup (jump_json_get_string (object, "on", NULL));
  if (self->on == NULL || strstr (self->on, " /") == NULL)
    return jump_scenario_fields_fail (error, path, "on", "a method and a path");
  if (!parse_calls (self, calls))
    return jump_scenario_fields_fail (error,
                                      path,
                                      "calls",
                                      "\"1\", \"2-3\", \"all\" or \"every 3\"");
  self->model = g_strdup (jump_json_get_string (object, "model", NULL));
  if (reply != NULL && stream != NULL)
    return jump_scenario_fields_fail (error, path, "stream", "no reply beside it");
  if (reply != NULL && !parse_reply (self, reply, reply_path, error))
    return FALSE;
  if (stream != NULL && !parse_stream (self, stream, stream_path, error))
    return FALSE;
  if (!jump_scenario_fields_int (object, path, "delay_ms", 0, 3600000, 0, &delay, error))
    return FALSE;
  self->delay_ms = (guint) delay;
  self->cut = jump_json_get_boolean (object, "cut", FALSE);
  self->stall = jump_json_get_boolean (object, "stall", FALSE);
  return TRUE;
}

static void
add_headers (const JumpScenarioRule *self, JumpPlannedReply *reply)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (self->headers == NULL)
    return;
  json_object_iter_init (&iter, self->headers);
  while (json_object_iter_next (&iter, &name, &value))
    jump_planned_reply_add_header (reply, name, jump_json_get_string (self->headers, name, ""));
}

static void
add_chunk (JumpPlannedReply *reply, JsonNode *chunk)
{
  g_autofree char *json = NULL;
  const char *text;

  if (json_node_get_value_type (chunk) != G_TYPE_STRING)
    {
      json = jump_json_node_to_text (chunk);
      jump_planned_reply_add_data (reply, json);
      return;
    }
  text = json_node_get_string (chunk);
  if (g_str_has_suffix (text, "\n"))
    jump_planned_reply_add_piece (reply, text);
  else
    jump_planned_reply_add_data (reply, text);
}

/**
 * jump_scenario_rule_new:
 * @object: as data/simulator/README.md describes it
 * @path: where it stands in the file, for errors
 * @error: JUMP_ERROR_SETTINGS
 */
JumpScenarioRule *
jump_scenario_rule_new (JsonObject *object, const char *path, GError **error)
{
  g_autoptr (JumpScenarioRule) self = g_new0 (JumpScenarioRule, 1);

  self->gap_ms = -1;
  self->cut_after_bytes = -1;
  self->stall_after = -1;
  if (!parse_rule (self, object, path, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * jump_scenario_rule_free:
 * @self: (transfer full): a rule
 */
void
jump_scenario_rule_free (JumpScenarioRule *self)
{
  g_clear_pointer (&self->on, g_free);
  g_clear_pointer (&self->model, g_free);
  g_clear_pointer (&self->body, g_free);
  g_clear_pointer (&self->content_type, g_free);
  g_clear_pointer (&self->headers, json_object_unref);
  g_clear_pointer (&self->chunks, json_array_unref);
  g_free (self);
}

/**
 * jump_scenario_rule_matches:
 * @self: a rule
 * @key: method and path
 * @model: (nullable): the model the body names
 */
gboolean
jump_scenario_rule_matches (const JumpScenarioRule *self, const char *key, const char *model)
{
  if (!g_pattern_match_simple (self->on, key))
    return FALSE;
  return self->model == NULL || (model != NULL && g_pattern_match_simple (self->model, model));
}

/**
 * jump_scenario_rule_covers:
 * @self: a rule
 * @call: the n-th call that matches, from 1
 */
gboolean
jump_scenario_rule_covers (const JumpScenarioRule *self, guint call)
{
  if (self->every > 0)
    return call % self->every == 0;
  return call >= self->first && call <= self->last;
}

/**
 * jump_scenario_rule_replaces:
 *
 * Returns: whether the normal answer is not even computed
 */
gboolean
jump_scenario_rule_replaces (const JumpScenarioRule *self)
{
  return self->replies || self->chunks != NULL || self->cut || self->stall;
}

/**
 * jump_scenario_rule_make_reply:
 *
 * Returns: (transfer full): what a rule that replaces says instead
 */
JumpPlannedReply *
jump_scenario_rule_make_reply (const JumpScenarioRule *self)
{
  JumpPlannedReply *reply;

  if (self->replies)
    {
      reply = jump_planned_reply_new_text (self->status,
                                           self->content_type,
                                           self->body == NULL ? "" : self->body);
    }
  else if (self->chunks != NULL)
    {
      reply = jump_planned_reply_new_stream ();
      for (guint i = 0; i < json_array_get_length (self->chunks); i++)
        add_chunk (reply, json_array_get_element (self->chunks, i));
      if (!self->no_done)
        jump_planned_reply_add_data (reply, "[DONE]");
      if (self->content_type != NULL)
        {
          g_free (reply->content_type);
          reply->content_type = g_strdup (self->content_type);
        }
    }
  else
    {
      reply = jump_planned_reply_new (200);
    }
  add_headers (self, reply);
  return reply;
}

/**
 * jump_scenario_rule_bend:
 * @self: a rule
 * @reply: (inout): the rule's own reply or the normal one; delays, gaps and cuts are added
 */
void
jump_scenario_rule_bend (const JumpScenarioRule *self, JumpPlannedReply *reply)
{
  reply->delay_ms += self->delay_ms;
  reply->cut = self->cut;
  reply->stall = self->stall;
  if (!self->streams)
    return;
  if (self->gap_ms >= 0)
    reply->gap_ms = (guint) self->gap_ms;
  reply->cut_after_bytes = self->cut_after_bytes;
  reply->split_bytes = self->split_bytes;
  reply->stall_after = self->stall_after;
  if (self->no_done && self->chunks == NULL && reply->pieces != NULL && reply->pieces->len > 0)
    g_ptr_array_set_size (reply->pieces, (int) reply->pieces->len - 1);
  if (self->holds)
    jump_planned_reply_hold (reply);
}
