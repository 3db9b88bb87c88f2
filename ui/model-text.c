/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/model-text.h"

#include "ui/figure-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/**
 * jump_model_text_get_standing:
 * @model: of the catalogue
 */
JumpModelStanding
jump_model_text_get_standing (JumpModel *model)
{
  switch (jump_model_get_policy (model))
    {
    case JUMP_MODEL_POLICY_NONE:
    case JUMP_MODEL_POLICY_ENABLED:
      break;
    case JUMP_MODEL_POLICY_UNCONFIGURED:
      return JUMP_STANDING_NEEDS_ENABLING;
    case JUMP_MODEL_POLICY_DISABLED:
      return JUMP_STANDING_DISABLED;
    }
  return JUMP_STANDING_READY;
}

static void
append_part (GString *text, char *part)
{
  if (text->len > 0)
    g_string_append (text, " · ");
  g_string_append (text, part);
  g_free (part);
}

/* "1" rather than "1.00", "0.33" as upstream writes it. */
static char *
format_multiplier (double multiplier)
{
  return g_strdup_printf ("%'.*f", multiplier == floor (multiplier) ? 0 : 2, multiplier);
}

static char *
format_tokens (const char *format, gint64 tokens)
{
  g_autofree char *number = jump_figure_text_tokens (tokens);
  g_autoptr (GString) text = g_string_new (format);

  g_string_replace (text, "%s", number, 1);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * jump_model_text_summary:
 * @model: of the catalogue
 */
char *
jump_model_text_summary (JumpModel *model)
{
  g_autoptr (GString) text = g_string_new (jump_model_get_vendor (model));

  if (jump_model_get_context_window (model) > 0)
    /* Translators: %s is a number of tokens such as 128k */
    append_part (text, format_tokens (_ ("%s context"), jump_model_get_context_window (model)));
  if (jump_model_get_max_output_tokens (model) > 0)
    /* Translators: %s is a number of tokens such as 16k */
    append_part (text, format_tokens (_ ("%s output"), jump_model_get_max_output_tokens (model)));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * jump_model_text_short_price:
 * @model: of the catalogue
 *
 * What a row has room for.
 */
char *
jump_model_text_short_price (JumpModel *model)
{
  double multiplier = jump_model_get_multiplier (model);
  JumpModelPrices prices;
  g_autofree char *input = NULL;
  g_autofree char *output = NULL;

  if (jump_model_get_prices (model, &prices) && prices.input >= 0 && prices.output >= 0)
    {
      input = jump_figure_text_amount (prices.input);
      output = jump_figure_text_amount (prices.output);
      /* Translators: credits for a million tokens, those read and those written: 300/1,500 credits */
      return g_strdup_printf (_ ("%s/%s credits"), input, output);
    }
  if (multiplier < 0)
    return NULL;
  if (multiplier == 0)
    return g_strdup (_ ("included"));
  input = format_multiplier (multiplier);
  /* Translators: how many premium requests a turn costs: ×3 */
  return g_strdup_printf (_ ("×%s"), input);
}

/**
 * jump_model_text_price:
 * @model: of the catalogue
 */
char *
jump_model_text_price (JumpModel *model)
{
  double multiplier = jump_model_get_multiplier (model);
  JumpModelPrices prices;
  g_autofree char *input = NULL;
  g_autofree char *output = NULL;
  g_autofree char *cached = NULL;

  if (jump_model_get_prices (model, &prices) && prices.input >= 0 && prices.output >= 0)
    {
      input = jump_figure_text_amount (prices.input);
      output = jump_figure_text_amount (prices.output);
      if (prices.cache_read < 0)
        /* Translators: both are numbers of credits */
        return g_strdup_printf (
            _ ("For a million tokens: %s credits read, %s credits written."), input, output);
      cached = jump_figure_text_amount (prices.cache_read);
      /* Translators: all three are numbers of credits */
      return g_strdup_printf (_ ("For a million tokens: %s credits read, %s credits read from the "
                                 "cache, %s credits written."),
                                 input,
                                 cached,
                                 output);
    }
  if (multiplier < 0)
    return g_strdup (_ ("Copilot names no price."));
  if (multiplier == 0)
    return g_strdup (_ ("Included in the plan."));
  input = format_multiplier (multiplier);
  return g_strdup_printf (ngettext ("%s premium request for each turn.",
                                    "%s premium requests for each turn.",
                                    multiplier == 1 ? 1 : 2),
                          input);
}

/**
 * jump_model_text_limits:
 * @model: of the catalogue
 */
char *
jump_model_text_limits (JumpModel *model)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (jump_model_get_context_window (model) > 0)
    append_part (text, format_tokens (_ ("%s context"), jump_model_get_context_window (model)));
  if (jump_model_get_max_prompt_tokens (model) > 0)
    /* Translators: %s is a number of tokens such as 128k */
    append_part (text, format_tokens (_ ("%s prompt"), jump_model_get_max_prompt_tokens (model)));
  if (jump_model_get_max_output_tokens (model) > 0)
    append_part (text, format_tokens (_ ("%s output"), jump_model_get_max_output_tokens (model)));
  if (jump_model_get_max_images (model) > 0)
    append_part (
        text,
        g_strdup_printf (ngettext ("%u image", "%u images", jump_model_get_max_images (model)),
                         jump_model_get_max_images (model)));
  if (jump_model_get_max_inputs (model) > 0)
    append_part (
        text,
        g_strdup_printf (ngettext ("%u text", "%u texts", jump_model_get_max_inputs (model)),
                         jump_model_get_max_inputs (model)));
  if (text->len == 0)
    return g_strdup (_ ("Copilot names no limits."));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

gboolean
jump_model_text_is_chat (JumpModel *model)
{
  return g_strcmp0 (jump_model_get_kind (model), "chat") == 0;
}

gboolean
jump_model_text_reasons (JumpModel *model)
{
  return jump_model_get_efforts (model) != NULL || jump_model_get_max_thinking_budget (model) > 0 ||
         jump_model_get_supports (model, "adaptive_thinking");
}

static char *
describe_reasoning (JumpModel *model)
{
  const char *const *efforts = jump_model_get_efforts (model);
  g_autofree char *list = efforts == NULL ? NULL : g_strjoinv (", ", (char **) efforts);

  if (list == NULL || list[0] == '\0')
    return g_strdup (_ ("Reasoning"));
  /* Translators: %s is a list of words that the API has: low, medium, high */
  return g_strdup_printf (_ ("Reasoning: %s"), list);
}

/**
 * jump_model_text_abilities:
 * @model: of the catalogue
 */
char **
jump_model_text_abilities (JumpModel *model)
{
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();
  g_autofree char *reasoning = describe_reasoning (model);

  if (jump_model_get_supports (model, "tool_calls"))
    g_strv_builder_add (list, _ ("Tools"));
  if (jump_model_get_supports (model, "vision"))
    g_strv_builder_add (list, _ ("Images"));
  if (jump_model_get_supports (model, "structured_outputs"))
    g_strv_builder_add (list, _ ("JSON Schema"));
  if (jump_model_text_reasons (model))
    g_strv_builder_add (list, reasoning);
  if (g_strcmp0 (jump_model_get_kind (model), "embeddings") == 0)
    g_strv_builder_add (list, _ ("Embeddings"));
  else if (g_strcmp0 (jump_model_get_kind (model), "completion") == 0)
    g_strv_builder_add (list, _ ("Completion"));
  return g_strv_builder_end (list);
}

/**
 * jump_model_text_state:
 * @model: of the catalogue
 */
char *
jump_model_text_state (JumpModel *model)
{
  g_autofree char *day = NULL;

  switch (jump_model_text_get_standing (model))
    {
    case JUMP_STANDING_NEEDS_ENABLING:
      return g_strdup (_ ("Needs enabling"));
    case JUMP_STANDING_DISABLED:
      return g_strdup (_ ("Disabled"));
    case JUMP_STANDING_READY:
      break;
    }
  if (jump_model_get_is_retiring (model))
    {
      day = jump_model_get_retires_on (model);
      if (day == NULL)
        return g_strdup (_ ("Retiring"));
      /* Translators: a model goes away; %s is a date such as 2026-12-31 */
      return g_strdup_printf (_ ("Retires on %s"), day);
    }
  return jump_model_get_is_preview (model) ? g_strdup (_ ("Preview")) : NULL;
}

static void
append_escaped (GString *text, const char *from, gsize length)
{
  g_autofree char *escaped = g_markup_escape_text (from, (gssize) length);

  g_string_append (text, escaped);
}

/* Returns: whether a link to a web page stands at the beginning of @text: [words](address) */
static gboolean
read_link (const char *text, const char **out_address, const char **out_end)
{
  const char *words_end = strstr (text, "](");

  if (text[0] != '[' || words_end == NULL)
    return FALSE;
  *out_address = words_end + 2;
  *out_end = strchr (*out_address, ')');
  return *out_end != NULL && memchr (text, '\n', (gsize) (*out_end - text)) == NULL &&
         (g_str_has_prefix (*out_address, "https://") ||
          g_str_has_prefix (*out_address, "http://"));
}

/**
 * jump_model_text_terms_markup:
 * @terms: (nullable): as upstream sent them, links as Markdown (protocol 4.2)
 */
char *
jump_model_text_terms_markup (const char *terms)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char *address;
  const char *end;

  if (terms == NULL)
    return NULL;
  while (*terms != '\0')
    if (read_link (terms, &address, &end))
      {
        g_string_append (text, "<a href=\"");
        append_escaped (text, address, (gsize) (end - address));
        g_string_append (text, "\">");
        append_escaped (text, terms + 1, (gsize) (address - 2 - (terms + 1)));
        g_string_append (text, "</a>");
        terms = end + 1;
      }
    else
      {
        const char *next = strchr (terms + 1, '[');
        gsize length = next == NULL ? strlen (terms) : (gsize) (next - terms);

        append_escaped (text, terms, length);
        terms += length;
      }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * jump_model_text_terms:
 * @terms: (nullable): as upstream sent them, links as Markdown (protocol 4.2)
 *
 * Returns: (transfer full) (nullable): the same words without addresses
 */
char *
jump_model_text_terms (const char *terms)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char *address;
  const char *end;

  if (terms == NULL)
    return NULL;
  while (*terms != '\0')
    if (read_link (terms, &address, &end))
      {
        g_string_append_len (text, terms + 1, address - 2 - (terms + 1));
        terms = end + 1;
      }
    else
      g_string_append_c (text, *terms++);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * jump_model_text_get_api_name:
 * @api: "chat", "responses", "messages" or "ollama"
 *
 * Returns: (transfer none): a name that is the same in every language
 */
const char *
jump_model_text_get_api_name (const char *api)
{
  static const struct
  {
    const char *api;
    const char *name;
  } rows[] = {
    { "chat", "OpenAI Chat" },
    { "responses", "OpenAI Responses" },
    { "messages", "Anthropic Messages" },
    { "ollama", "Ollama" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (strcmp (rows[i].api, api) == 0)
      return rows[i].name;
  return api;
}

/**
 * jump_model_text_way:
 * @way: "direct", "via chat" and so on, or "none"
 */
char *
jump_model_text_way (const char *way)
{
  if (strcmp (way, "direct") == 0)
    return g_strdup (_ ("Direct"));
  if (g_str_has_prefix (way, "via "))
    /* Translators: %s is the name of another API, such as OpenAI Chat */
    return g_strdup_printf (_ ("Translated to %s"),
                               jump_model_text_get_api_name (way + strlen ("via ")));
  return g_strdup (_ ("Not possible"));
}
