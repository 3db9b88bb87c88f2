/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/models/model.h"

#include "service/base/json-read.h"
#include "service/models/model-entry.h"

#include <string.h>

/* What owned_by says when the entry names no vendor: clients expect a string. */
#define UNKNOWN_VENDOR "unknown"

/* The strings point into @json, which nobody changes. */
struct _JumpModel
{
  GObject parent_instance;

  JsonNode *json; /* (owned) */
  const char *id;
  const char *name;
  const char *vendor;
  const char *family;  /* (nullable) */
  const char *version; /* (nullable) */
  const char *kind;
  const char **efforts; /* (owned) (nullable): the list only */
  JumpModelEndpoints endpoints;
  gint64 context_window;
  gint64 max_prompt_tokens;
  gint64 max_output_tokens;
  gint64 min_thinking_budget;
  gint64 max_thinking_budget;
  guint max_images;
  gint64 max_image_bytes;
  guint max_inputs;
  gint64 created;
  gboolean is_preview;
  gboolean is_enabled;
  gboolean is_default;
};

G_DEFINE_TYPE (JumpModel, jump_model, G_TYPE_OBJECT)

/* Empty strings count as absent. */
static const char *
get_text (JsonObject *object, const char *member, const char *fallback)
{
  const char *text = jump_json_get_string (object, member, NULL);

  return text == NULL || *text == '\0' ? fallback : text;
}

static gint64
get_count (JsonObject *object, const char *member)
{
  return MAX (0, jump_json_get_int (object, member, 0));
}

static gint64
read_created (JsonObject *entry)
{
  const char *text = jump_json_get_string (entry, "created_at", NULL);
  g_autoptr (GDateTime) date = NULL;

  if (json_object_has_member (entry, "created"))
    return get_count (entry, "created");
  if (text == NULL)
    return get_count (entry, "created_at");
  date = g_date_time_new_from_iso8601 (text, NULL);
  return date == NULL ? 0 : MAX (0, g_date_time_to_unix (date));
}

static gboolean
read_is_enabled (JsonObject *entry)
{
  const char *state = jump_json_get_string (jump_json_get_object (entry, "policy"), "state", NULL);

  return state == NULL || g_ascii_strcasecmp (state, "enabled") == 0;
}

/* Returns: (transfer container) (nullable) (array zero-terminated=1): what is a string in @member */
static const char **
read_words (JsonObject *object, const char *member)
{
  JsonArray *list = jump_json_get_array (object, member);
  guint length = list == NULL ? 0 : json_array_get_length (list);
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  for (guint i = 0; i < length; i++)
    {
      const char *word = jump_json_array_get_string (list, i);

      if (word != NULL)
        g_ptr_array_add (words, (gpointer) word);
    }
  if (words->len == 0)
    return NULL;
  g_ptr_array_add (words, NULL);
  return (const char **) g_ptr_array_steal (words, NULL);
}

static void
read_supports (JumpModel *self, JsonObject *supports)
{
  self->efforts = read_words (supports, "reasoning_effort");
  self->min_thinking_budget = get_count (supports, "min_thinking_budget");
  self->max_thinking_budget = get_count (supports, "max_thinking_budget");
}

static void
read_entry (JumpModel *self, JsonObject *entry)
{
  JsonObject *capabilities = jump_json_get_object (entry, "capabilities");
  JsonObject *limits = jump_json_get_object (capabilities, "limits");
  JsonObject *vision = jump_json_get_object (limits, "vision");

  self->name = get_text (entry, "name", self->id);
  self->vendor = get_text (entry, "vendor", UNKNOWN_VENDOR);
  self->version = get_text (entry, "version", NULL);
  self->family = get_text (capabilities, "family", NULL);
  self->kind = get_text (capabilities, "type", "chat");
  self->endpoints = jump_model_entry_read_endpoints (entry, self->kind);
  self->context_window = get_count (limits, "max_context_window_tokens");
  self->max_prompt_tokens = get_count (limits, "max_prompt_tokens");
  self->max_output_tokens = get_count (limits, "max_output_tokens");
  self->max_images = (guint) MIN (get_count (vision, "max_prompt_images"), G_MAXUINT);
  self->max_image_bytes = get_count (vision, "max_prompt_image_size");
  self->max_inputs = (guint) MIN (get_count (limits, "max_inputs"), G_MAXUINT);
  read_supports (self, jump_json_get_object (capabilities, "supports"));
  self->created = read_created (entry);
  self->is_preview = jump_model_entry_says_yes (entry, "preview");
  self->is_enabled = read_is_enabled (entry);
  self->is_default = jump_model_entry_says_yes (entry, "is_chat_default");
}

static void
jump_model_finalize (GObject *object)
{
  JumpModel *self = JUMP_MODEL (object);

  g_clear_pointer (&self->efforts, g_free);
  g_clear_pointer (&self->json, json_node_unref);
  G_OBJECT_CLASS (jump_model_parent_class)->finalize (object);
}

static void
jump_model_class_init (JumpModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jump_model_finalize;
}

static void
jump_model_init (JumpModel *self)
{
}

/**
 * jump_model_new_from_json:
 * @node: (nullable): one element of "data" in the reply to GET /models (protocol 4.2); referenced,
 *   and must not be changed any more
 *
 * Reads what is there and takes the rest as absent; no entry is refused for a field of an odd type.
 *
 * Returns: (transfer full) (nullable): the model, or NULL for what is no object or has no id
 */
JumpModel *
jump_model_new_from_json (JsonNode *node)
{
  JsonObject *entry =
      node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *id = get_text (entry, "id", NULL);
  JumpModel *self;

  if (id == NULL)
    return NULL;
  self = g_object_new (JUMP_TYPE_MODEL, NULL);
  self->json = json_node_ref (node);
  self->id = id;
  read_entry (self, entry);
  return self;
}

/**
 * jump_model_get_id:
 *
 * Returns: the id as upstream wants it in "model"
 */
const char *
jump_model_get_id (JumpModel *self)
{
  return self->id;
}

/**
 * jump_model_get_name:
 *
 * Returns: the name for people; the id where upstream gives none
 */
const char *
jump_model_get_name (JumpModel *self)
{
  return self->name;
}

/**
 * jump_model_get_vendor:
 *
 * Returns: who made it, "unknown" where upstream does not say
 */
const char *
jump_model_get_vendor (JumpModel *self)
{
  return self->vendor;
}

/**
 * jump_model_get_family:
 *
 * Returns: (nullable): capabilities.family
 */
const char *
jump_model_get_family (JumpModel *self)
{
  return self->family;
}

/**
 * jump_model_get_version:
 *
 * Returns: (nullable): the dated name behind a plain id, as in "gpt-4o-2024-11-20" for gpt-4o
 */
const char *
jump_model_get_version (JumpModel *self)
{
  return self->version;
}

/**
 * jump_model_get_kind:
 *
 * Returns: capabilities.type; "chat" where it is absent
 */
const char *
jump_model_get_kind (JumpModel *self)
{
  return self->kind;
}

/**
 * jump_model_get_endpoints:
 *
 * Entries without a list are old ones and mean /chat/completions, or /embeddings for embedding
 * models (protocol 4.2). Completion models without a list answer on none of ours.
 *
 * Returns: the endpoints that take this model; may be 0
 */
JumpModelEndpoints
jump_model_get_endpoints (JumpModel *self)
{
  return self->endpoints;
}

/**
 * jump_model_get_context_window:
 *
 * Returns: tokens of prompt and answer together, not always the sum of both limits; 0 unknown
 */
gint64
jump_model_get_context_window (JumpModel *self)
{
  return self->context_window;
}

/**
 * jump_model_get_max_prompt_tokens:
 *
 * Returns: tokens, 0 unknown
 */
gint64
jump_model_get_max_prompt_tokens (JumpModel *self)
{
  return self->max_prompt_tokens;
}

/**
 * jump_model_get_max_output_tokens:
 *
 * Returns: tokens, 0 unknown
 */
gint64
jump_model_get_max_output_tokens (JumpModel *self)
{
  return self->max_output_tokens;
}

/**
 * jump_model_get_min_thinking_budget:
 *
 * Returns: tokens, 0 unknown
 */
gint64
jump_model_get_min_thinking_budget (JumpModel *self)
{
  return self->min_thinking_budget;
}

/**
 * jump_model_get_max_thinking_budget:
 *
 * Returns: tokens, 0 when the model thinks without a budget or not at all
 */
gint64
jump_model_get_max_thinking_budget (JumpModel *self)
{
  return self->max_thinking_budget;
}

/**
 * jump_model_get_max_images:
 *
 * Returns: how many images one prompt may hold, 0 unknown
 */
guint
jump_model_get_max_images (JumpModel *self)
{
  return self->max_images;
}

/**
 * jump_model_get_max_image_bytes:
 *
 * Returns: how large one image may be before it is written as base64, 0 unknown
 */
gint64
jump_model_get_max_image_bytes (JumpModel *self)
{
  return self->max_image_bytes;
}

/**
 * jump_model_get_max_inputs:
 *
 * Returns: how many texts one embedding call may bring, 0 unknown
 */
guint
jump_model_get_max_inputs (JumpModel *self)
{
  return self->max_inputs;
}

/**
 * jump_model_get_efforts:
 *
 * Returns: (transfer none) (nullable) (array zero-terminated=1): the words of supports.reasoning_effort
 */
const char *const *
jump_model_get_efforts (JumpModel *self)
{
  return self->efforts;
}

/**
 * jump_model_get_supports:
 * @self: a model
 * @feature: a member of capabilities.supports, as in "tool_calls" or "reasoning_effort"
 *
 * Flags are absent rather than false. A list or an object counts when it holds something, a string
 * unless it says no ("unsupported"), a number when it is above zero.
 *
 * Returns: whether the model can do it
 */
gboolean
jump_model_get_supports (JumpModel *self, const char *feature)
{
  JsonObject *entry = json_node_get_object (self->json);
  JsonObject *capabilities = jump_json_get_object (entry, "capabilities");

  return jump_model_entry_says_yes (jump_json_get_object (capabilities, "supports"), feature);
}

/**
 * jump_model_get_is_preview:
 *
 * Returns: whether upstream calls it a preview
 */
gboolean
jump_model_get_is_preview (JumpModel *self)
{
  return self->is_preview;
}

/**
 * jump_model_get_is_enabled:
 *
 * A model that is not enabled answers model_not_supported until its policy is accepted
 * (protocol 4.5).
 *
 * Returns: TRUE unless policy.state says disabled or unconfigured
 */
gboolean
jump_model_get_is_enabled (JumpModel *self)
{
  return self->is_enabled;
}

/**
 * jump_model_get_is_default:
 *
 * Returns: whether upstream would take this one when nobody chooses
 */
gboolean
jump_model_get_is_default (JumpModel *self)
{
  return self->is_default;
}

/**
 * jump_model_get_created:
 *
 * Returns: seconds since the epoch; 0 where upstream does not say, which is the usual case
 */
gint64
jump_model_get_created (JumpModel *self)
{
  return self->created;
}

/**
 * jump_model_get_json:
 *
 * Returns: (transfer none): the entry as it came; not to be changed
 */
JsonNode *
jump_model_get_json (JumpModel *self)
{
  return self->json;
}
