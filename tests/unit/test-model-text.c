/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/model-filter.h"
#include "ui/model-text.h"

#define CLAUDE                                                                                      \
  "{\"id\":\"claude-sonnet-4.6\",\"name\":\"Claude Sonnet 4.6\",\"vendor\":\"Anthropic\","          \
  "\"policy\":{\"state\":\"unconfigured\",\"terms\":\"x\"},"                                        \
  "\"billing\":{\"multiplier\":1,\"token_prices\":{\"batch_size\":1000000,\"default\":{"            \
  "\"input_price\":300,\"output_price\":1500,\"cache_price\":30}}},"                                \
  "\"capabilities\":{\"type\":\"chat\",\"limits\":{\"max_context_window_tokens\":200000,"           \
  "\"max_prompt_tokens\":168000,\"max_output_tokens\":32000,\"vision\":{\"max_prompt_images\":5}}," \
  "\"supports\":{\"tool_calls\":true,\"vision\":true,\"structured_outputs\":true,"                  \
  "\"reasoning_effort\":[\"low\",\"high\"]}}}"
#define GPT                                                                          \
  "{\"id\":\"gpt-4.1\",\"name\":\"GPT-4.1\",\"vendor\":\"OpenAI\",\"preview\":true," \
  "\"billing\":{\"multiplier\":0.33},\"capabilities\":{\"type\":\"chat\","           \
  "\"supports\":{\"tool_calls\":true}}}"
#define FREE "{\"id\":\"free\",\"vendor\":\"V\",\"billing\":{\"multiplier\":0}}"
#define EMBEDDING                                                   \
  "{\"id\":\"text-embedding-3-small\",\"vendor\":\"Azure OpenAI\"," \
  "\"capabilities\":{\"type\":\"embeddings\",\"limits\":{\"max_inputs\":512}}}"

static JumpModel *
make_model (const char *json)
{
  g_autoptr (JsonNode) node = jump_json_parse (json, -1, NULL);
  JumpModel *model = jump_model_new_from_json (node);

  g_assert_nonnull (model);
  return model;
}

static const struct
{
  const char *model;
  const char *summary;
  const char *short_price;
  const char *price;
  const char *limits;
  const char *abilities;
  const char *state;
} rows[] = {
  { CLAUDE,
    "Anthropic · 200k context · 32k output",
    "300/1500 credits",
    "For a million tokens: 300 credits read, 30 credits read from the cache, 1500 credits written.",
    "200k context · 168k prompt · 32k output · 5 images",
    "Tools|Images|JSON Schema|Reasoning: low, high",
    "Needs enabling" },
  { GPT,
    "OpenAI",
    "×0.33",
    "0.33 premium requests for each turn.",
    "Copilot names no limits.",
    "Tools",
    "Preview" },
  { FREE, "V", "included", "Included in the plan.", "Copilot names no limits.", "", NULL },
  { EMBEDDING, "Azure OpenAI", NULL, "Copilot names no price.", "512 texts", "Embeddings", NULL },
};

static void
test_texts (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (JumpModel) model = make_model (rows[i].model);
      g_autofree char *summary = jump_model_text_summary (model);
      g_autofree char *short_price = jump_model_text_short_price (model);
      g_autofree char *price = jump_model_text_price (model);
      g_autofree char *limits = jump_model_text_limits (model);
      g_auto (GStrv) abilities = jump_model_text_abilities (model);
      g_autofree char *list = g_strjoinv ("|", abilities);
      g_autofree char *state = jump_model_text_state (model);

      g_assert_cmpstr (summary, ==, rows[i].summary);
      g_assert_cmpstr (short_price, ==, rows[i].short_price);
      g_assert_cmpstr (price, ==, rows[i].price);
      g_assert_cmpstr (limits, ==, rows[i].limits);
      g_assert_cmpstr (list, ==, rows[i].abilities);
      g_assert_cmpstr (state, ==, rows[i].state);
    }
}

static void
test_terms (void)
{
  static const struct
  {
    const char *terms;
    const char *markup;
    const char *words;
  } cases[] = {
    { NULL, NULL, NULL },
    { "", "", "" },
    { "Plain & <simple>.", "Plain &amp; &lt;simple&gt;.", "Plain & <simple>." },
    { "Enable it. [Learn more](https://gh.io/x?a=1&b=2).",
      "Enable it. <a href=\"https://gh.io/x?a=1&amp;b=2\">Learn more</a>.",
      "Enable it. Learn more." },
    { "[a](http://b)[c](https://d)",
      "<a href=\"http://b\">a</a><a href=\"https://d\">c</a>",
      "ac" },
    { "[no](javascript:x) [1] [", "[no](javascript:x) [1] [", "[no](javascript:x) [1] [" },
    { "[a <b>](https://c\"d)", "<a href=\"https://c&quot;d\">a &lt;b&gt;</a>", "a <b>" },
    { "[", "[", "[" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *markup = jump_model_text_terms_markup (cases[i].terms);
      g_autofree char *words = jump_model_text_terms (cases[i].terms);

      g_assert_cmpstr (markup, ==, cases[i].markup);
      g_assert_cmpstr (words, ==, cases[i].words);
      if (markup != NULL)
        {
          g_autofree char *whole = g_strconcat ("<span>", markup, "</span>", NULL);

          g_assert_true (g_utf8_validate (whole, -1, NULL));
        }
    }
}

static void
test_ways (void)
{
  static const char *const cases[][2] = { { "direct", "Direct" },
                                          { "via chat", "Translated to OpenAI Chat" },
                                          { "via messages", "Translated to Anthropic Messages" },
                                          { "none", "Not possible" } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *way = jump_model_text_way (cases[i][0]);

      g_assert_cmpstr (way, ==, cases[i][1]);
    }
}

static void
test_filter (void)
{
  static const struct
  {
    JumpModelFilter filter;
    const char *matches; /* a letter for each of CLAUDE, GPT, FREE, EMBEDDING */
  } cases[] = {
    { { 0 }, "yyyy" },
    { { .hides_embeddings = TRUE }, "yyyn" },
    { { .text = (char *) "SONNET anthro" }, "ynnn" },
    { { .text = (char *) "sonnet gpt" }, "nnnn" },
    { { .text = (char *) " " }, "yyyy" },
    { { .vendor = (char *) "OpenAI" }, "nynn" },
    { { .ability = JUMP_WANTED_ABILITY_TOOLS }, "yynn" },
    { { .ability = JUMP_WANTED_ABILITY_IMAGES }, "ynnn" },
    { { .ability = JUMP_WANTED_ABILITY_REASONING }, "ynnn" },
    { { .state = JUMP_WANTED_STATE_READY }, "nyyy" },
    { { .state = JUMP_WANTED_STATE_NEEDS_ENABLING }, "ynnn" },
    { { .state = JUMP_WANTED_STATE_PREVIEW }, "nynn" },
    { { .state = JUMP_WANTED_STATE_RETIRING }, "nnnn" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize n = 0; n < G_N_ELEMENTS (rows); n++)
      {
        g_autoptr (JumpModel) model = make_model (rows[n].model);

        g_test_message ("%" G_GSIZE_FORMAT ", %" G_GSIZE_FORMAT, i, n);
        g_assert_cmpint (jump_model_filter_matches (&cases[i].filter, model),
                         ==,
                         cases[i].matches[n] == 'y');
      }
}

int
main (int argc, char *argv[])
{
  g_setenv ("LANGUAGE", "C", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model-text/texts", test_texts);
  g_test_add_func ("/model-text/terms", test_terms);
  g_test_add_func ("/model-text/ways", test_ways);
  g_test_add_func ("/model-text/filter", test_filter);
  return g_test_run ();
}
