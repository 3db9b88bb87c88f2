/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/ollama-model.h"

#include "service/dialects/ollama-line.h"

/* Bytes on a disk that there are not: what a model of middling size has, and a small one. */
#define CHAT_SIZE      (G_GINT64_CONSTANT (4) << 30)
#define EMBEDDING_SIZE (G_GINT64_CONSTANT (256) << 20)

/* The day of models that do not say since when they are: always the same one, since clients that see another
 * take the model for a new one. 2025-01-01 */
#define UNKNOWN_TIME G_GINT64_CONSTANT (1735689600)

/* Tokens of one text (protocol 6.4); the catalogue does not say. */
#define EMBEDDING_CONTEXT 8191

/* How long vectors are; the catalogue does not say either. */
static const struct
{
  const char *prefix;
  gint64 length;
} vectors[] = {
  { "text-embedding-3-large", 3072 },
  { "text-embedding-3-small", 1536 },
  { "text-embedding-ada-002", 1536 },
};

static gboolean
is_kind (JumpModel *model, const char *kind)
{
  return g_strcmp0 (jump_model_get_kind (model), kind) == 0;
}

/**
 * jump_ollama_model_is_usable:
 *
 * Returns: whether Ollama's clients can use it: it chats or embeds, and the account has it switched on
 */
gboolean
jump_ollama_model_is_usable (JumpModel *model)
{
  return jump_model_get_is_enabled (model) &&
         (is_kind (model, "chat") || is_kind (model, "embeddings"));
}

static const char *
get_family (JumpModel *model)
{
  const char *family = jump_model_get_family (model);

  return family != NULL && *family != '\0' ? family : jump_model_get_id (model);
}

static gint64
get_context_length (JumpModel *model)
{
  gint64 length = jump_model_get_context_window (model);

  return length == 0 && is_kind (model, "embeddings") ? EMBEDDING_CONTEXT : length;
}

static gint64
get_vector_length (JumpModel *model)
{
  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      if (g_str_has_prefix (jump_model_get_id (model), vectors[i].prefix))
        return vectors[i].length;
    }
  return 0;
}

static void
write_time (JumpJsonWriter *writer, JumpModel *model)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gint64 created = jump_model_get_created (model);

  jump_ollama_line_append_time (text, (created > 0 ? created : UNKNOWN_TIME) * G_USEC_PER_SEC);
  jump_json_writer_member_string (writer, "modified_at", text->str);
}

/* P-09. */
static void
write_details (JumpJsonWriter *writer, JumpModel *model)
{
  jump_json_writer_member (writer, "details");
  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer, "parent_model", "");
  jump_json_writer_member_string (writer, "format", "api");
  jump_json_writer_member_string (writer, "family", get_family (model));
  jump_json_writer_member (writer, "families");
  jump_json_writer_begin_array (writer);
  jump_json_writer_string (writer, get_family (model));
  jump_json_writer_end_array (writer);
  jump_json_writer_member_string (writer, "parameter_size", "");
  jump_json_writer_member_string (writer, "quantization_level", "");
  jump_json_writer_end_object (writer);
}

/**
 * jump_ollama_model_write_entry:
 * @writer: inside the list
 *
 * One row of /api/tags. Size and digest of a model that runs elsewhere are made up, but stay the same:
 * clients compare them.
 */
void
jump_ollama_model_write_entry (JumpJsonWriter *writer, JumpModel *model)
{
  const char *id = jump_model_get_id (model);
  g_autofree char *name = g_strconcat (id, ":latest", NULL);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, id, -1);

  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer, "name", name);
  jump_json_writer_member_string (writer, "model", name);
  write_time (writer, model);
  jump_json_writer_member_int (writer,
                               "size",
                               is_kind (model, "embeddings") ? EMBEDDING_SIZE : CHAT_SIZE);
  jump_json_writer_member_string (writer, "digest", digest);
  write_details (writer, model);
  jump_json_writer_end_object (writer);
}

/* Says @name of the architecture, as in "gpt-4.1.context_length"; nothing when it is not known. */
static void
write_length (JumpJsonWriter *writer, JumpModel *model, const char *name, gint64 value)
{
  g_autofree char *key = g_strconcat (get_family (model), ".", name, NULL);

  if (value > 0)
    jump_json_writer_member_int (writer, key, value);
}

/* VS Code shows the basename and looks for the context length below the architecture's name. The limits of
 * prompt and output are no invention of Ollama's: they need not add up to the context. */
static void
write_info (JumpJsonWriter *writer, JumpModel *model)
{
  jump_json_writer_member (writer, "model_info");
  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer, "general.architecture", get_family (model));
  jump_json_writer_member_string (writer, "general.basename", jump_model_get_name (model));
  jump_json_writer_member_string (writer, "general.name", jump_model_get_id (model));
  jump_json_writer_member_string (writer, "general.organization", jump_model_get_vendor (model));
  write_length (writer, model, "context_length", get_context_length (model));
  write_length (writer, model, "embedding_length", get_vector_length (model));
  write_length (writer, model, "max_prompt_tokens", jump_model_get_max_prompt_tokens (model));
  write_length (writer, model, "max_output_tokens", jump_model_get_max_output_tokens (model));
  jump_json_writer_end_object (writer);
}

static gboolean
can_think (JumpModel *model)
{
  return jump_model_get_efforts (model) != NULL || jump_model_get_max_thinking_budget (model) > 0 ||
         jump_model_get_supports (model, "adaptive_thinking") ||
         jump_model_get_supports (model, "thinking");
}

/* No model says "insert": suffixes are answered, but by chat models that are told to. */
static void
write_capabilities (JumpJsonWriter *writer, JumpModel *model)
{
  gboolean chats = is_kind (model, "chat");

  jump_json_writer_member (writer, "capabilities");
  jump_json_writer_begin_array (writer);
  if (is_kind (model, "embeddings"))
    jump_json_writer_string (writer, "embedding");
  if (chats)
    jump_json_writer_string (writer, "completion");
  if (chats && jump_model_get_supports (model, "tool_calls"))
    jump_json_writer_string (writer, "tools");
  if (chats && jump_model_get_supports (model, "vision"))
    jump_json_writer_string (writer, "vision");
  if (chats && can_think (model))
    jump_json_writer_string (writer, "thinking");
  jump_json_writer_end_array (writer);
}

/* Some clients read the context from here. */
static void
write_parameters (JumpJsonWriter *writer, JumpModel *model)
{
  gint64 length = get_context_length (model);
  g_autofree char *text =
      length > 0 ? g_strdup_printf ("num_ctx                        %" G_GINT64_FORMAT, length)
                 : g_strdup ("");

  jump_json_writer_member_string (writer, "parameters", text);
}

/**
 * jump_ollama_model_write_card:
 * @writer: in front of a value
 *
 * All of /api/show; VS Code and JetBrains read the context length and the capabilities.
 */
void
jump_ollama_model_write_card (JumpJsonWriter *writer, JumpModel *model)
{
  g_autofree char *license =
      g_strdup_printf ("Served through GitHub Copilot. The terms of GitHub and of %s apply.",
                       jump_model_get_vendor (model));
  g_autofree char *file = g_strdup_printf ("FROM %s\n", jump_model_get_id (model));

  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer, "license", license);
  jump_json_writer_member_string (writer, "modelfile", file);
  write_parameters (writer, model);
  jump_json_writer_member_string (writer, "template", "{{ .Prompt }}");
  write_details (writer, model);
  write_info (writer, model);
  write_capabilities (writer, model);
  write_time (writer, model);
  jump_json_writer_end_object (writer);
}
