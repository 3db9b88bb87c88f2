/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/request-patch.h"

#include "service/base/json-edit.h"
#include "service/base/json-write.h"

#include <string.h>

/* A patch in the making. */
typedef struct
{
  JumpJsonEdit *edit; /* (owned) */
  GString *changes;   /* (owned) */
} Patch;

static void
note (Patch *self, const char *change)
{
  if (self->changes->len > 0)
    g_string_append_c (self->changes, ',');
  g_string_append (self->changes, change);
}

/* gpt-5, gpt-5.1-codex, gpt-6 …, but neither gpt-4.1 nor gpt-41-copilot nor gpt-35-turbo; o1, o3-mini. */
static gboolean
is_reasoning_name (const char *name)
{
  if (name == NULL)
    return FALSE;
  if (g_ascii_strncasecmp (name, "gpt-", 4) == 0)
    return name[4] >= '5' && name[4] <= '9' && !g_ascii_isdigit (name[5]);
  return g_ascii_tolower (name[0]) == 'o' && g_ascii_isdigit (name[1]) &&
         (name[2] == '\0' || name[2] == '-' || name[2] == '.');
}

/* OpenAI's reasoning models take other parameters than everything else (protocol 5.3). Names decide,
 * because the catalogue has no flag for it. */
static gboolean
is_reasoning_model (const char *model_id, JumpModel *model)
{
  return is_reasoning_name (model_id) ||
         (model != NULL && is_reasoning_name (jump_model_get_family (model)));
}

static void
remove_member (Patch *self,
               const JumpChatRequest *request,
               JumpJsonSpan key,
               JumpJsonSpan value,
               const char *change)
{
  if (key.start == NULL)
    return;
  jump_json_edit_remove_member (self->edit, request->object, key, value);
  note (self, change);
}

static void
patch_model (Patch *self, const JumpChatRequest *request, const char *model_id)
{
  g_autoptr (GString) text = NULL;

  if (jump_json_span_equals (request->model, model_id))
    return;
  text = g_string_new ("\"");
  jump_json_append_escaped (text, model_id, -1);
  g_string_append_c (text, '"');
  if (request->model.start == NULL)
    jump_json_edit_insert_member (self->edit, request->object, "model", text->str);
  else
    jump_json_edit_replace (self->edit, request->model, text->str, (gssize) text->len);
  note (self, request->model.start == NULL ? "default-model" : "model");
}

/* Asks for usage in every stream, so that it can be counted; the reply side hides it again from
 * clients that did not ask (protocol 9.17). */
static void
patch_usage (Patch *self, const JumpChatRequest *request)
{
  JumpJsonCursor cursor;
  JumpJsonSpan key, value;
  gboolean is_there = FALSE;

  if (!request->stream || request->include_usage)
    return;
  note (self, "usage-injected");
  if (request->stream_options.start == NULL)
    {
      jump_json_edit_insert_member (self->edit,
                                    request->object,
                                    "stream_options",
                                    "{\"include_usage\":true}");
      return;
    }
  if (jump_json_span_kind (request->stream_options) != JUMP_JSON_OBJECT)
    {
      jump_json_edit_replace (self->edit, request->stream_options, "{\"include_usage\":true}", -1);
      return;
    }
  jump_json_cursor_init (&cursor, request->stream_options);
  while (jump_json_cursor_next (&cursor, &key, &value))
    {
      if (!jump_json_span_equals (key, "include_usage"))
        continue;
      jump_json_edit_replace (self->edit, value, "true", -1);
      is_there = TRUE;
    }
  if (!is_there)
    jump_json_edit_insert_member (self->edit, request->stream_options, "include_usage", "true");
}

static void
rename_limit (Patch *self,
              const JumpChatRequest *request,
              JumpJsonSpan wrong_key,
              JumpJsonSpan wrong,
              JumpJsonSpan right_key,
              const char *right_name)
{
  if (wrong_key.start == NULL)
    return;
  if (right_key.start != NULL)
    jump_json_edit_remove_member (self->edit, request->object, wrong_key, wrong);
  else
    jump_json_edit_replace (self->edit, wrong_key, right_name, -1);
  note (self, "max-tokens-renamed");
}

static void
patch_limit (Patch *self, const JumpChatRequest *request, gboolean is_reasoning)
{
  if (is_reasoning)
    rename_limit (self,
                  request,
                  request->max_tokens_key,
                  request->max_tokens,
                  request->max_completion_tokens_key,
                  "\"max_completion_tokens\"");
  else
    rename_limit (self,
                  request,
                  request->max_completion_tokens_key,
                  request->max_completion_tokens,
                  request->max_tokens_key,
                  "\"max_tokens\"");
}

static gboolean
is_one (JumpJsonSpan value)
{
  gint64 number = 0;

  return jump_json_span_get_int (value, &number) && number == 1;
}

static void
patch_sampling (Patch *self, const JumpChatRequest *request, gboolean is_reasoning)
{
  if (!is_reasoning)
    return;
  if (!is_one (request->temperature))
    remove_member (self,
                   request,
                   request->temperature_key,
                   request->temperature,
                   "temperature-dropped");
  if (!is_one (request->top_p))
    remove_member (self, request, request->top_p_key, request->top_p, "top-p-dropped");
}

static void
on_developer_found (JumpJsonSpan role, gpointer user_data)
{
  Patch *self = user_data;

  jump_json_edit_replace (self->edit, role, "\"system\"", -1);
}

static void
patch_developer (Patch *self, const JumpChatRequest *request, gboolean is_reasoning)
{
  if (is_reasoning || request->n_developer == 0)
    return;
  jump_chat_request_foreach_developer (request, on_developer_found, self);
  note (self, "developer-as-system");
}

/**
 * jump_request_patch_chat:
 * @body: the client's bytes
 * @request: what jump_chat_request_scan() found in them
 * @model_id: the id to send upstream
 * @model: (nullable): the catalogue's entry of it
 * @out_changes: (out) (transfer full): comma-separated names, "" for none
 *
 * Returns: (transfer full): the bytes to send; @body itself when nothing had to change
 */
GBytes *
jump_request_patch_chat (GBytes *body,
                         const JumpChatRequest *request,
                         const char *model_id,
                         JumpModel *model,
                         char **out_changes)
{
  gboolean is_reasoning = is_reasoning_model (model_id, model);
  gsize length;
  const char *data = g_bytes_get_data (body, &length);
  g_autoptr (JumpJsonEdit) edit = jump_json_edit_new (data, length);
  Patch patch = { edit, g_string_new (NULL) };

  patch_model (&patch, request, model_id);
  patch_usage (&patch, request);
  patch_limit (&patch, request, is_reasoning);
  patch_sampling (&patch, request, is_reasoning);
  remove_member (&patch, request, request->store_key, request->store, "store-dropped");
  remove_member (&patch,
                 request,
                 request->service_tier_key,
                 request->service_tier,
                 "service-tier-dropped");
  remove_member (&patch, request, request->metadata_key, request->metadata, "metadata-dropped");
  patch_developer (&patch, request, is_reasoning);
  *out_changes = g_string_free (patch.changes, FALSE);
  return jump_json_edit_is_empty (edit) ? g_bytes_ref (body) : jump_json_edit_apply (edit);
}
