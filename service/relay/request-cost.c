/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/request-cost.h"

#define NANO_PER_CREDIT G_GINT64_CONSTANT (1000000000)
/* Prices are for a million tokens. */
#define NANO_PER_PRICE (1e9 / 1e6)

static double
get_count (gint64 tokens)
{
  return tokens > 0 ? (double) tokens : 0;
}

static double
get_price (double price, double otherwise)
{
  return price >= 0 ? price : MAX (otherwise, 0);
}

/**
 * jump_request_cost_estimate:
 * @model: (nullable): the catalogue's entry
 * @usage: as upstream reported it; cached tokens are part of the input
 *
 * Where the catalogue has no price of its own for cached tokens they cost as much as others: an estimate
 * rather says too much.
 *
 * Returns: nano-AIU; -1 where nothing was counted, or the catalogue has no prices
 */
gint64
jump_request_cost_estimate (JumpModel *model, const JumpUsageCount *usage)
{
  JumpModelPrices prices;
  double read = get_count (usage->cache_read_tokens);
  double written = get_count (usage->cache_write_tokens);
  double fresh;
  double cost;

  if (model == NULL || !jump_model_get_prices (model, &prices) ||
      (usage->input_tokens < 0 && usage->output_tokens < 0))
    return -1;
  fresh = MAX (get_count (usage->input_tokens) - read - written, 0);
  cost = fresh * get_price (prices.input, 0) + read * get_price (prices.cache_read, prices.input) +
         written * get_price (prices.cache_write, prices.input) +
         get_count (usage->output_tokens) * get_price (prices.output, 0);
  return (gint64) MIN (cost * NANO_PER_PRICE, (double) JUMP_USAGE_COUNT_MAX);
}

/**
 * jump_request_cost_dup_text:
 * @usage: as upstream reported it
 *
 * Returns: (transfer full) (nullable): exact, without zeroes that say nothing
 */
char *
jump_request_cost_dup_text (const JumpUsageCount *usage)
{
  gint64 nano = usage->nano_aiu;
  GString *text;

  if (nano < 0)
    return NULL;
  text = g_string_new (NULL);
  g_string_printf (text,
                   "%" G_GINT64_FORMAT ".%09" G_GINT64_FORMAT,
                   nano / NANO_PER_CREDIT,
                   nano % NANO_PER_CREDIT);
  while (text->str[text->len - 1] == '0')
    g_string_truncate (text, text->len - 1);
  if (text->str[text->len - 1] == '.')
    g_string_truncate (text, text->len - 1);
  return g_string_free (text, FALSE);
}
