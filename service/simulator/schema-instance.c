/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/schema-instance.h"

#include "service/base/json-read.h"
#include "service/base/json-write.h"

/* Deeper schemas refer to themselves. */
#define MAX_DEPTH 8

typedef struct
{
  JsonObject *root;
  const JumpPromptWords *words;
  guint variant;
  gboolean complete;
  JumpJsonWriter *writer;
} Maker;

static void make_value (Maker *maker, JsonObject *schema, const char *name, guint depth);

static gboolean
contains_any (const char *name, const char *const *parts)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (strstr (lower, parts[i]) != NULL)
        return TRUE;
    }
  return FALSE;
}

/* Returns: (nullable): the schema that "#/$defs/x" names. */
static JsonObject *
resolve (Maker *maker, const char *reference)
{
  g_auto (GStrv) parts = g_strsplit (reference, "/", -1);
  JsonObject *object = maker->root;

  if (!g_str_has_prefix (reference, "#"))
    return NULL;
  for (guint i = 1; object != NULL && parts[i] != NULL; i++)
    object = jump_json_get_object (object, parts[i]);
  return object;
}

static const char *
get_formatted (const char *format)
{
  static const char *const examples[][2] = {
    { "date-time", "2026-11-21T09:30:00Z" },
    { "date", "2026-11-21" },
    { "time", "09:30:00Z" },
    { "duration", "PT15M" },
    { "email", "octocat@example.com" },
    { "hostname", "example.com" },
    { "uri", "https://example.com/" },
    { "uuid", "1b4e28ba-2fa1-4d2b-883f-0016d3cca427" },
    { "ipv4", "192.0.2.7" },
    { "ipv6", "2001:db8::7" },
  };

  for (guint i = 0; format != NULL && i < G_N_ELEMENTS (examples); i++)
    {
      if (g_str_equal (examples[i][0], format))
        return examples[i][1];
    }
  return NULL;
}

/* What a property of that name is likely to want. */
static const char *
get_text (Maker *maker, const char *name)
{
  static const char *const file_names[] = { "path", "file", "uri", "directory", "folder", NULL };
  static const char *const place_names[] = {
    "city", "location", "place", "country", "region", NULL
  };
  static const char *const zone_names[] = { "timezone", "time_zone", "tz", NULL };
  static const char *const short_names[] = { "name", "title", "label", "command", NULL };
  const JumpPromptWords *words = maker->words;
  const char *quoted = jump_prompt_words_pick (words->quoted, maker->variant);
  const char *file = jump_prompt_words_pick (words->files, maker->variant);
  const char *place = jump_prompt_words_pick (words->names, maker->variant);

  if (contains_any (name, file_names))
    return file != NULL ? file : quoted != NULL ? quoted : "README.md";
  if (contains_any (name, place_names))
    return place != NULL ? place : quoted != NULL ? quoted : "Berlin";
  if (contains_any (name, zone_names))
    return "UTC";
  if (quoted != NULL)
    return quoted;
  if (contains_any (name, short_names))
    return place != NULL ? place : "demo";
  return *words->prompt == '\0' ? "demo" : words->prompt;
}

static void
make_string (Maker *maker, JsonObject *schema, const char *name)
{
  const char *text = get_formatted (jump_json_get_string (schema, "format", NULL));
  gint64 longest = jump_json_get_int (schema, "maxLength", 400);
  gint64 shortest = jump_json_get_int (schema, "minLength", 0);
  g_autofree char *valid = NULL;
  g_autoptr (GString) value = NULL;

  if (text == NULL)
    text = get_text (maker, name);
  valid = g_utf8_make_valid (text, -1);
  value = g_string_new (valid);
  if (g_utf8_strlen (value->str, -1) > longest)
    g_string_truncate (value,
                       (gsize) (g_utf8_offset_to_pointer (value->str, longest) - value->str));
  while (g_utf8_strlen (value->str, -1) < MIN (shortest, 4000))
    g_string_append_c (value, '.');
  jump_json_writer_string (maker->writer, value->str);
}

static void
make_number (Maker *maker, JsonObject *schema, gboolean whole)
{
  const char *number = jump_prompt_words_pick (maker->words->numbers, maker->variant);
  double least =
      jump_json_get_double (schema,
                            "minimum",
                            jump_json_get_double (schema, "exclusiveMinimum", -1e15) + 1);
  double most = jump_json_get_double (schema,
                                      "maximum",
                                      jump_json_get_double (schema, "exclusiveMaximum", 1e15) - 1);
  double value = number == NULL ? 1 : g_ascii_strtod (number, NULL);

  value = MIN (MAX (value, least), MAX (least, most));
  if (whole)
    jump_json_writer_int (maker->writer, (gint64) value);
  else
    jump_json_writer_double (maker->writer, value);
}

/* The value that the prompt mentions, else the first. */
static void
make_choice (Maker *maker, JsonArray *choices)
{
  JsonNode *chosen = json_array_get_element (choices, 0);

  for (guint i = 0; i < json_array_get_length (choices); i++)
    {
      const char *text = jump_json_array_get_string (choices, i);
      g_autofree char *lower = text == NULL ? NULL : g_ascii_strdown (text, -1);

      if (lower != NULL && jump_prompt_words_has (maker->words, lower))
        {
          chosen = json_array_get_element (choices, i);
          break;
        }
    }
  jump_json_writer_node (maker->writer, chosen);
}

static void
make_array (Maker *maker, JsonObject *schema, const char *name, guint depth)
{
  JsonObject *items = jump_json_get_object (schema, "items");
  JsonArray *fixed = jump_json_get_array (schema, "prefixItems");
  gint64 n = CLAMP (jump_json_get_int (schema, "minItems", depth < MAX_DEPTH ? 1 : 0), 0, 16);
  guint variant = maker->variant;

  n = MIN (n, jump_json_get_int (schema, "maxItems", 16));
  if (fixed != NULL)
    n = MAX (n, (gint64) json_array_get_length (fixed));
  jump_json_writer_begin_array (maker->writer);
  for (guint i = 0; i < n; i++)
    {
      JsonObject *item = items;

      if (fixed != NULL && i < json_array_get_length (fixed))
        item = jump_json_array_get_object (fixed, i);
      maker->variant = variant + i;
      if (item == NULL)
        jump_json_writer_string (maker->writer, "demo");
      else
        make_value (maker, item, name, depth + 1);
    }
  maker->variant = variant;
  jump_json_writer_end_array (maker->writer);
}

static void
make_object (Maker *maker, JsonObject *schema, guint depth)
{
  JsonObject *properties = jump_json_get_object (schema, "properties");
  JsonArray *required = jump_json_get_array (schema, "required");
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  jump_json_writer_begin_object (maker->writer);
  if (properties != NULL)
    {
      json_object_iter_init_ordered (&iter, properties);
      while (json_object_iter_next_ordered (&iter, &name, &node))
        {
          gboolean needed = required != NULL && jump_json_array_has_string (required, name);

          if ((!needed && (!maker->complete || depth >= MAX_DEPTH)) ||
              !JSON_NODE_HOLDS_OBJECT (node))
            continue;
          jump_json_writer_member (maker->writer, name);
          make_value (maker, json_node_get_object (node), name, depth + 1);
        }
    }
  jump_json_writer_end_object (maker->writer);
}

/* Returns: (nullable): "string" …; of several types the first that is not null. */
static const char *
get_type (JsonObject *schema)
{
  JsonArray *types = jump_json_get_array (schema, "type");

  for (guint i = 0; types != NULL && i < json_array_get_length (types); i++)
    {
      const char *type = jump_json_array_get_string (types, i);

      if (g_strcmp0 (type, "null") != 0)
        return type;
    }
  if (jump_json_get_object (schema, "properties") != NULL)
    return "object";
  if (jump_json_get_object (schema, "items") != NULL)
    return "array";
  return jump_json_get_string (schema, "type", "string");
}

static void
make_typed (Maker *maker, JsonObject *schema, const char *name, guint depth)
{
  const char *type = get_type (schema);

  if (g_strcmp0 (type, "object") == 0)
    make_object (maker, schema, depth);
  else if (g_strcmp0 (type, "array") == 0)
    make_array (maker, schema, name, depth);
  else if (g_strcmp0 (type, "integer") == 0)
    make_number (maker, schema, TRUE);
  else if (g_strcmp0 (type, "number") == 0)
    make_number (maker, schema, FALSE);
  else if (g_strcmp0 (type, "boolean") == 0)
    jump_json_writer_boolean (maker->writer, TRUE);
  else if (g_strcmp0 (type, "null") == 0)
    jump_json_writer_null (maker->writer);
  else
    make_string (maker, schema, name);
}

/* Of alternatives: the last that ends recursion when deep, which is where null stands. */
static JsonObject *
get_alternative (JsonObject *schema, guint depth)
{
  static const char *const names[] = { "anyOf", "oneOf", "allOf" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      JsonArray *alternatives = jump_json_get_array (schema, names[i]);
      guint n = alternatives == NULL ? 0 : json_array_get_length (alternatives);

      if (n > 0)
        return jump_json_array_get_object (alternatives, depth < MAX_DEPTH ? 0 : n - 1);
    }
  return NULL;
}

static void
make_value (Maker *maker, JsonObject *schema, const char *name, guint depth)
{
  const char *reference = jump_json_get_string (schema, "$ref", NULL);
  JsonArray *choices = jump_json_get_array (schema, "enum");
  JsonObject *other;

  if (depth > 2 * MAX_DEPTH)
    {
      jump_json_writer_null (maker->writer);
      return;
    }
  other = reference != NULL ? resolve (maker, reference) : get_alternative (schema, depth);
  if (other != NULL)
    make_value (maker, other, name, depth + 1);
  else if (json_object_has_member (schema, "const"))
    jump_json_writer_node (maker->writer, json_object_get_member (schema, "const"));
  else if (choices != NULL && json_array_get_length (choices) > 0)
    make_choice (maker, choices);
  else
    make_typed (maker, schema, name, depth);
}

/**
 * jump_schema_instance_make:
 * @schema: a JSON schema
 * @words: what the prompt offers
 * @variant: picks other words, for calls in parallel
 * @complete: whether optional properties are filled in too
 *
 * Returns: (transfer full): JSON
 */
char *
jump_schema_instance_make (JsonObject *schema,
                           const JumpPromptWords *words,
                           guint variant,
                           gboolean complete)
{
  g_auto (JumpJsonWriter) writer = { 0 };
  Maker maker = {
    .root = schema,
    .words = words,
    .variant = variant,
    .complete = complete,
    .writer = &writer,
  };

  jump_json_writer_init (&writer);
  make_value (&maker, schema, "", 0);
  return jump_json_writer_finish (&writer);
}
