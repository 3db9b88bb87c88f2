/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/json-scan.h"
#include "service/base/limits.h"
#include "service/relay/model-traits-reader.h"
#include "service/relay/request-patch.h"

#include <string.h>

#define SAY "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]"

/* @family: (nullable): of the catalogue's entry; NULL: the model is not in the catalogue.
 * Returns: (transfer full): what is sent. */
static char *
patch (const char *text, const char *model_id, const char *family, char **out_changes)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr (GBytes) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpModel) model = NULL;
  g_auto (JumpChanges) changes = { NULL };
  JumpRequestFacts facts;
  JumpModelTraits traits;
  gsize length;
  const char *data = g_bytes_get_data (body, &length);

  if (family != NULL)
    {
      g_autofree char *json =
          g_strdup_printf ("{\"id\":\"%s\",\"capabilities\":{\"family\":\"%s\"}}",
                           model_id,
                           family);
      g_autoptr (JsonNode) node = json_from_string (json, NULL);

      model = jump_model_new_from_json (node);
      g_assert_nonnull (model);
    }
  jump_model_traits_read (&traits, model_id, model);
  jump_dialect_chat.scan (&facts, data, length, &error);
  g_assert_no_error (error);
  result = jump_request_patch (&jump_dialect_chat, body, &facts, &traits, &changes, &error);
  g_assert_no_error (error);
  *out_changes = jump_changes_steal (&changes);
  g_assert_cmpint (result == body, ==, **out_changes == '\0');
  data = g_bytes_get_data (result, &length);
  g_assert_true (jump_json_validate (data, length, JUMP_LIMIT_JSON_DEPTH, NULL));
  return g_strndup (data, length);
}

typedef struct
{
  const char *model_id;
  const char *text;
  const char *expected; /* NULL: the same bytes */
  const char *changes;
} Row;

static void
check_rows (const Row *rows, gsize n_rows)
{
  for (gsize i = 0; i < n_rows; i++)
    {
      g_autofree char *changes = NULL;
      g_autofree char *sent = NULL;

      g_test_message ("%s", rows[i].text);
      sent = patch (rows[i].text, rows[i].model_id, NULL, &changes);
      g_assert_cmpstr (sent, ==, rows[i].expected != NULL ? rows[i].expected : rows[i].text);
      g_assert_cmpstr (changes, ==, rows[i].changes);
    }
}

static void
test_model (void)
{
  static const Row rows[] = {
    { "gpt-4o", " { \"model\" : \"gpt-4o\", " SAY " }\n", NULL, "" },
    { "gpt-4o", "{\"model\":\"gpt\\u002d4o\"," SAY "}", NULL, "" },
    { "gpt-4o", "{\"model\":\"4o\"," SAY "}", "{\"model\":\"gpt-4o\"," SAY "}", "model" },
    { "gpt-4o", "{" SAY ",\"model\":\"\"}", "{" SAY ",\"model\":\"gpt-4o\"}", "model" },
    { "gpt-4o", "{" SAY "}", "{\"model\":\"gpt-4o\"," SAY "}", "default-model" },
    { "a\"b", "{" SAY "}", "{\"model\":\"a\\\"b\"," SAY "}", "default-model" },
  };

  check_rows (rows, G_N_ELEMENTS (rows));
}

static void
test_usage (void)
{
#define M "\"model\":\"gpt-4o\"," SAY
  static const Row rows[] = {
    { "gpt-4o", "{" M ",\"stream\":false}", NULL, "" },
    { "gpt-4o", "{" M ",\"stream\":null,\"stream_options\":{}}", NULL, "" },
    { "gpt-4o", "{" M ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}", NULL, "" },
    { "gpt-4o",
      "{" M ",\"stream\":true}",
      "{\"stream_options\":{\"include_usage\":true}," M ",\"stream\":true}",
      "usage-injected" },
    { "gpt-4o",
      "{" M ",\"stream\":true,\"stream_options\":null}",
      "{" M ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}",
      "usage-injected" },
    { "gpt-4o",
      "{" M ",\"stream\":true,\"stream_options\":{ }}",
      "{" M ",\"stream\":true,\"stream_options\":{\"include_usage\":true }}",
      "usage-injected" },
    { "gpt-4o",
      "{" M ",\"stream\":true,\"stream_options\":{\"x\":[1.50]}}",
      "{" M ",\"stream\":true,\"stream_options\":{\"include_usage\":true,\"x\":[1.50]}}",
      "usage-injected" },
    { "gpt-4o",
      "{" M ",\"stream\":true,\"stream_options\":{\"include_usage\":false,\"x\":1}}",
      "{" M ",\"stream\":true,\"stream_options\":{\"include_usage\":true,\"x\":1}}",
      "usage-injected" },
  };

  check_rows (rows, G_N_ELEMENTS (rows));
#undef M
}

static void
test_limit (void)
{
#define OLD "{\"model\":\"gpt-4.1\"," SAY
#define NEW "{\"model\":\"gpt-5-mini\"," SAY
  static const Row rows[] = {
    { "gpt-4.1", OLD ",\"max_tokens\":5}", NULL, "" },
    { "gpt-4.1",
      OLD ",\"max_completion_tokens\" : 5}",
      OLD ",\"max_tokens\" : 5}",
      "max-tokens-renamed" },
    { "gpt-4.1",
      OLD ",\"max_completion_tokens\":5,\"max_tokens\":6}",
      OLD ",\"max_tokens\":6}",
      "max-tokens-renamed" },
    { "gpt-5-mini", NEW ",\"max_completion_tokens\":5}", NULL, "" },
    { "gpt-5-mini",
      NEW ",\"max_tokens\":null}",
      NEW ",\"max_completion_tokens\":null}",
      "max-tokens-renamed" },
    { "gpt-5-mini",
      NEW ",\"max_completion_tokens\":5,\"max_tokens\":6}",
      NEW ",\"max_completion_tokens\":5}",
      "max-tokens-renamed" },
  };

  check_rows (rows, G_N_ELEMENTS (rows));
#undef OLD
#undef NEW
}

static void
test_dropped (void)
{
  static const Row rows[] = {
    { "gpt-5", "{\"model\":\"gpt-5\",\"temperature\":1,\"top_p\":1.0," SAY "}", NULL, "" },
    { "gpt-4o", "{\"model\":\"gpt-4o\",\"temperature\":0.2,\"top_p\":0.9," SAY "}", NULL, "" },
    { "gpt-5",
      "{\"model\":\"gpt-5\",\"temperature\":0.2,\"top_p\":0.9," SAY "}",
      "{\"model\":\"gpt-5\"," SAY "}",
      "temperature-dropped,top-p-dropped" },
    { "gpt-5",
      "{\"temperature\":0," SAY ",\"top_p\":1e0,\"model\":\"gpt-5\"}",
      "{" SAY ",\"top_p\":1e0,\"model\":\"gpt-5\"}",
      "temperature-dropped" },
    { "gpt-4o",
      "{\"store\":true,\"model\":\"gpt-4o\",\"service_tier\":\"auto\"," SAY ",\"metadata\":{}}",
      "{\"model\":\"gpt-4o\"," SAY "}",
      "store-dropped,service-tier-dropped,metadata-dropped" },
    { "gpt-4o",
      "{\"store\":true,\"service_tier\":null,\"metadata\":{\"a\":1},\"model\":\"x\"," SAY "}",
      "{\"model\":\"gpt-4o\"," SAY "}",
      "model,store-dropped,service-tier-dropped,metadata-dropped" },
    { "gpt-4o",
      "{\"store\":true," SAY "}",
      "{\"model\":\"gpt-4o\"," SAY "}",
      "default-model,store-dropped" },
    { "gpt-5",
      "{\"store\":true,\"stream\":true,\"max_tokens\":1," SAY ",\"temperature\":0 }",
      "{\"model\":\"gpt-5\",\"stream_options\":{\"include_usage\":true},"
      "\"stream\":true,\"max_completion_tokens\":1," SAY " }",
      "default-model,usage-injected,max-tokens-renamed,temperature-dropped,store-dropped" },
  };

  check_rows (rows, G_N_ELEMENTS (rows));
}

static void
test_developer (void)
{
#define DEV "\"messages\":[{\"role\":\"developer\",\"content\":\"developer\"},{\"role\":\"user\"}]}"
#define SYS "\"messages\":[{\"role\":\"system\",\"content\":\"developer\"},{\"role\":\"user\"}]}"
  static const Row rows[] = {
    { "gpt-5", "{\"model\":\"gpt-5\"," DEV, NULL, "" },
    { "o3-mini", "{\"model\":\"o3-mini\"," DEV, NULL, "" },
    { "gpt-4o", "{\"model\":\"gpt-4o\"," DEV, "{\"model\":\"gpt-4o\"," SYS, "developer-as-system" },
    { "claude-sonnet-4.5",
      "{\"model\":\"claude-sonnet-4.5\"," DEV,
      "{\"model\":\"claude-sonnet-4.5\"," SYS,
      "developer-as-system" },
  };

  check_rows (rows, G_N_ELEMENTS (rows));
#undef DEV
#undef SYS
}

/* Which names mean OpenAI's reasoning models: seen by what happens to max_tokens. */
static void
test_families (void)
{
  static const struct
  {
    const char *model_id;
    const char *family; /* (nullable) */
    gboolean is_reasoning;
  } rows[] = {
    { "gpt-4o", NULL, FALSE },
    { "gpt-4.1", NULL, FALSE },
    { "gpt-41-copilot", NULL, FALSE },
    { "gpt-3.5-turbo", NULL, FALSE },
    { "gpt-35-turbo", NULL, FALSE },
    { "gpt-", NULL, FALSE },
    { "gpt-5", NULL, TRUE },
    { "GPT-5.1-Codex", NULL, TRUE },
    { "gpt-5-mini-2025-08-07", NULL, TRUE },
    { "gpt-6", NULL, TRUE },
    { "o1", NULL, TRUE },
    { "o3-mini", NULL, TRUE },
    { "o4-mini-2025-04-16", NULL, TRUE },
    { "o", NULL, FALSE },
    { "opus-4", NULL, FALSE },
    { "oswe-vscode-prime", NULL, FALSE },
    { "claude-opus-4.5", NULL, FALSE },
    { "gemini-2.5-pro", NULL, FALSE },
    { "grok-code-fast-1", "grok-code", FALSE },
    { "some-name", "gpt-5-codex", TRUE },
    { "some-name", "gpt-4o", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *changes = NULL;
      g_autofree char *sent = NULL;

      sent = patch ("{\"max_tokens\":1," SAY "}", rows[i].model_id, rows[i].family, &changes);
      g_test_message ("%s", rows[i].model_id);
      g_assert_cmpint (strstr (sent, "max_completion_tokens") != NULL, ==, rows[i].is_reasoning);
    }
}

/* Fields nobody here knows keep every byte: order, spaces, number formats, escapes. */
static void
test_unknown_fields (void)
{
#define ODD_ONE "\"zeta\" : [ 1.50, 1E+2, -0, \"\\u00e4\\/\", {\"a\":1,\"b\":2} ],\n\t\"n\": 1,"
#define ODD_TWO                                                                            \
  "\"reasoning_effort\":\"high\", \"copilot_cache_control\":{\"type\":\"ephemeral\"},\r\n" \
  "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"store\":true}}],"      \
  "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"model\":\"x\"}},"      \
  "\"messages\":[{\"role\":\"user\",\"content\":\"\\\"model\\\":\\\"x\\\"\",\"max_tokens\":1}]"
  g_autofree char *changes = NULL;
  g_autofree char *sent = NULL;

  sent =
      patch ("{" ODD_ONE "\"model\":\"4o\",\"store\":true," ODD_TWO "}", "gpt-4o", NULL, &changes);
  g_assert_cmpstr (sent, ==, "{" ODD_ONE "\"model\":\"gpt-4o\"," ODD_TWO "}");
  g_assert_cmpstr (changes, ==, "model,store-dropped");
#undef ODD_ONE
#undef ODD_TWO
}

/* Every set of the fields that can go, in every rotation of their order. */
static void
test_all_sets (void)
{
  static const char *const members[] = {
    "\"model\":\"x\"",  "\"store\":true",  "\"service_tier\":1",
    "\"metadata\":{}",  "\"top_p\":0.5",   "\"temperature\":0",
    "\"max_tokens\":1", "\"stream\":true", SAY,
  };
  const guint n = G_N_ELEMENTS (members);

  for (guint set = 0; set < 1u << (n - 1); set++)
    {
      for (guint first = 0; first < n; first++)
        {
          g_autoptr (GString) text = g_string_new ("{");
          g_autofree char *changes = NULL;
          g_autofree char *sent = NULL;

          for (guint i = 0; i < n; i++)
            {
              guint at = (first + i) % n;

              if (at != n - 1 && (set >> at & 1) == 0)
                continue;
              if (text->len > 1)
                g_string_append_c (text, ',');
              g_string_append (text, members[at]);
            }
          g_string_append_c (text, '}');
          sent = patch (text->str, "gpt-5", NULL, &changes);
          g_assert_nonnull (strstr (sent, SAY));
          g_assert_nonnull (strstr (sent, "\"model\":\"gpt-5\""));
          g_assert_null (strstr (sent, "store"));
          g_assert_null (strstr (sent, "metadata"));
          g_assert_null (strstr (sent, "temperature"));
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/request-patch/model", test_model);
  g_test_add_func ("/request-patch/usage", test_usage);
  g_test_add_func ("/request-patch/limit", test_limit);
  g_test_add_func ("/request-patch/dropped", test_dropped);
  g_test_add_func ("/request-patch/developer", test_developer);
  g_test_add_func ("/request-patch/families", test_families);
  g_test_add_func ("/request-patch/unknown-fields", test_unknown_fields);
  g_test_add_func ("/request-patch/all-sets", test_all_sets);
  return g_test_run ();
}
