/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/unit/fixture-setup.h"

#include "service/base/json-read.h"

static JsonObject *
read_object (JumpGolden *golden, const char *name)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *object;

  if (!jump_golden_has (golden, name))
    return NULL;
  bytes = jump_golden_read (golden, name);
  object = jump_json_parse_object (g_bytes_get_data (bytes, NULL),
                                   (gssize) g_bytes_get_size (bytes),
                                   &error);
  g_assert_no_error (error);
  return object;
}

void
fixture_setup_init (FixtureSetup *self, JumpGolden *golden)
{
  self->traits = read_object (golden, "traits.json");
  self->options = read_object (golden, "options.json");
  self->efforts = NULL;
}

void
fixture_setup_clear (FixtureSetup *self)
{
  g_clear_pointer (&self->traits, json_object_unref);
  g_clear_pointer (&self->options, json_object_unref);
  g_clear_pointer (&self->efforts, g_strfreev);
}

static const char *
default_model (JumpDialectId upstream)
{
  switch (upstream)
    {
    case JUMP_DIALECT_RESPONSES:
      return "gpt-5.5";
    case JUMP_DIALECT_MESSAGES:
      return "claude-sonnet-4.6";
    case JUMP_DIALECT_CHAT:
    case JUMP_DIALECT_COMPLETIONS:
    case JUMP_DIALECT_OLLAMA_CHAT:
    case JUMP_DIALECT_OLLAMA_GENERATE:
    case JUMP_N_DIALECTS:
      return "gpt-4.1";
    }
  g_assert_not_reached ();
}

static void
take_efforts (FixtureSetup *self, JumpModelTraits *traits, JsonObject *object)
{
  JsonArray *array = jump_json_get_array (object, "efforts");
  g_autoptr (GPtrArray) efforts = g_ptr_array_new ();

  if (array == NULL)
    return;
  for (guint i = 0; i < json_array_get_length (array); i++)
    g_ptr_array_add (efforts, g_strdup (jump_json_array_get_string (array, i)));
  g_ptr_array_add (efforts, NULL);
  g_strfreev (self->efforts);
  self->efforts = (GStrv) g_ptr_array_free (g_steal_pointer (&efforts), FALSE);
  traits->efforts = (const char *const *) self->efforts;
}

static void
take_traits (FixtureSetup *self, JumpModelTraits *t, JsonObject *o)
{
  if (o == NULL)
    return;
  t->id = jump_json_get_string (o, "id", t->id);
  t->is_claude = jump_json_get_boolean (o, "is_claude", t->is_claude);
  t->is_reasoning = jump_json_get_boolean (o, "is_reasoning", t->is_reasoning);
  t->is_known = jump_json_get_boolean (o, "is_known", t->is_known);
  t->takes_tools = jump_json_get_boolean (o, "takes_tools", t->takes_tools);
  t->takes_images = jump_json_get_boolean (o, "takes_images", t->takes_images);
  t->takes_parallel_calls =
      jump_json_get_boolean (o, "takes_parallel_calls", t->takes_parallel_calls);
  t->takes_schema = jump_json_get_boolean (o, "takes_schema", t->takes_schema);
  t->thinks_adaptively = jump_json_get_boolean (o, "thinks_adaptively", t->thinks_adaptively);
  t->min_thinking_budget = jump_json_get_int (o, "min_thinking_budget", t->min_thinking_budget);
  t->max_thinking_budget = jump_json_get_int (o, "max_thinking_budget", t->max_thinking_budget);
  t->context_window = jump_json_get_int (o, "context_window", t->context_window);
  t->max_prompt_tokens = jump_json_get_int (o, "max_prompt_tokens", t->max_prompt_tokens);
  t->max_output_tokens = jump_json_get_int (o, "max_output_tokens", t->max_output_tokens);
  t->max_images = (guint) jump_json_get_int (o, "max_images", t->max_images);
  take_efforts (self, t, o);
}

JumpModelTraits
fixture_setup_get_traits (FixtureSetup *self, JumpDialectId upstream)
{
  static const char *const efforts[] = { "low", "medium", "high", NULL };
  JumpModelTraits traits = {
    .id = default_model (upstream),
    .is_claude = upstream == JUMP_DIALECT_MESSAGES,
    .is_reasoning = upstream == JUMP_DIALECT_RESPONSES,
    .is_known = TRUE,
    .takes_tools = TRUE,
    .takes_images = TRUE,
    .takes_parallel_calls = TRUE,
    .takes_schema = TRUE,
    .min_thinking_budget = 1024,
    .max_thinking_budget = 32000,
    .efforts = efforts,
    .context_window = 200000,
    .max_prompt_tokens = 128000,
    .max_output_tokens = 64000,
    .max_images = 10,
  };

  if (self->traits != NULL)
    {
      take_traits (self, &traits, jump_json_get_object (self->traits, "all"));
      take_traits (self,
                   &traits,
                   jump_json_get_object (self->traits, jump_dialect_get (upstream)->name));
    }
  return traits;
}

JumpReplyOptions
fixture_setup_get_options (FixtureSetup *self, JumpDialectId upstream)
{
  JumpReplyOptions options = {
    .client_model = "client-model",
    .used_model = fixture_setup_get_traits (self, upstream).id,
    .request_id = "req_test",
    .now = 1767225600,
    .requested_n = 1,
    .show_usage = TRUE,
    .wants_thinking = TRUE,
    .estimated_input = -1,
  };
  JsonObject *o = self->options;

  if (o == NULL)
    return options;
  options.client_model = jump_json_get_string (o, "client_model", options.client_model);
  options.used_model = jump_json_get_string (o, "used_model", options.used_model);
  options.request_id = jump_json_get_string (o, "request_id", options.request_id);
  options.requested_n = (guint) jump_json_get_int (o, "requested_n", options.requested_n);
  options.show_usage = jump_json_get_boolean (o, "show_usage", options.show_usage);
  options.wants_thinking = jump_json_get_boolean (o, "wants_thinking", options.wants_thinking);
  options.estimated_input = jump_json_get_int (o, "estimated_input", options.estimated_input);
  if (g_strcmp0 (jump_json_get_string (o, "reasoning_field", "content"), "text") == 0)
    options.reasoning_field = JUMP_REASONING_FIELD_TEXT;
  return options;
}

const char *
fixture_setup_get_inexact (const FixtureSetup *self, const JumpDialect *dialect)
{
  JsonObject *inexact =
      self->options == NULL ? NULL : jump_json_get_object (self->options, "inexact");

  return inexact == NULL ? NULL : jump_json_get_string (inexact, dialect->name, NULL);
}

/* An empty folder would let everything pass. */
static void
test_has_cases (gconstpointer data)
{
  g_assert_cmpuint (GPOINTER_TO_UINT (data), >, 0);
}

void
fixture_add_cases (const char *folder,
                   const char *prefix,
                   const JumpDialect *dialect,
                   GTestDataFunc test_case)
{
  g_autofree char *root =
      g_test_build_filename (G_TEST_DIST, "fixtures", folder, dialect->name, NULL);
  g_autofree char *has_cases = g_strdup_printf ("/%s/%s/has-cases", prefix, dialect->name);
  g_autoptr (GDir) dir = g_dir_open (root, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_strdup_printf ("/%s/%s/%s", prefix, dialect->name, name);

      g_test_add_data_func_full (path, g_build_filename (root, name, NULL), test_case, g_free);
      n++;
    }
  g_test_add_data_func (has_cases, GUINT_TO_POINTER (n), test_has_cases);
}
