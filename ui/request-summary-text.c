/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/request-summary-text.h"

#include "ui/figure-text.h"
#include "ui/request-changes.h"
#include "ui/request-filter.h"
#include "ui/request-row-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

char *
jump_request_summary_state_new (const JumpExchangeRecord *record)
{
  g_autofree char *state = jump_request_state_text_new (record);

  if (jump_request_outcome (record) != JUMP_REQUEST_SUCCEEDED || record->status == 0)
    return g_steal_pointer (&state);
  /* Translators: how a request went, and the number of its HTTP status: "Done (200)" */
  return g_strdup_printf (_("%s (%u)"), state, record->status);
}

char *
jump_request_summary_time_new (const JumpExchangeRecord *record)
{
  g_autofree char *day = jump_figure_text_day (record->started_wall / G_USEC_PER_SEC);
  g_autofree char *clock = jump_figure_text_clock (record->started_wall);

  /* Translators: a day and a time of day: "23 November, 14:05:09" */
  return g_strdup_printf (C_ ("time", "%s, %s"), day, clock);
}

/* "translated; messages>chat; model=…": what stands between the first two semicolons. */
static char *
dup_apis (const char *route)
{
  const char *start = strchr (route, ';');

  if (start == NULL)
    return NULL;
  start += strspn (start, "; ");
  return g_strndup (start, strcspn (start, ";"));
}

/* Routes tell the two APIs of Ollama apart. */
static const char *
get_api_name (const char *api)
{
  return jump_request_api_name (g_str_has_prefix (api, "ollama-") ? "ollama" : api);
}

char *
jump_request_summary_way_new (const JumpExchangeRecord *record)
{
  g_autofree char *way = jump_request_way_text_new (record->route);
  g_autofree char *apis = NULL;
  char *upstream;

  if (record->route == NULL || !g_str_has_prefix (record->route, "translated"))
    return g_steal_pointer (&way);
  apis = dup_apis (record->route);
  upstream = apis != NULL ? strchr (apis, '>') : NULL;
  if (upstream == NULL)
    return g_steal_pointer (&way);
  *upstream++ = '\0';
  /* Translators: how a request reached the model, with the names of two APIs: "Translated from
   * Messages to Chat" */
  return g_strdup_printf (
      _("Translated from %s to %s"), get_api_name (apis), get_api_name (upstream));
}

char *
jump_request_summary_input_new (const JumpUsageCount *usage)
{
  g_autofree char *input = jump_figure_text_tokens (usage->input_tokens);
  g_autofree char *cached = jump_figure_text_tokens (usage->cache_read_tokens);

  if (usage->cache_read_tokens <= 0)
    return g_steal_pointer (&input);
  /* Translators: tokens: "12.3k, 10k of them from the cache" */
  return g_strdup_printf (_("%s, %s of them from the cache"), input, cached);
}

char *
jump_request_summary_output_new (const JumpUsageCount *usage)
{
  g_autofree char *output = jump_figure_text_tokens (usage->output_tokens);
  g_autofree char *reasoning = jump_figure_text_tokens (usage->reasoning_tokens);

  if (usage->reasoning_tokens <= 0)
    return g_steal_pointer (&output);
  /* Translators: tokens: "1,204, 800 of them for thinking" */
  return g_strdup_printf (_("%s, %s of them for thinking"), output, reasoning);
}

char *
jump_request_summary_size_new (const JumpExchangeRecord *record)
{
  g_autofree char *in = jump_figure_text_bytes (record->bytes_in);
  g_autofree char *out = jump_figure_text_bytes (record->bytes_out);

  /* Translators: sizes of a request and of its response: "1.2 kB sent, 34 kB received" */
  return g_strdup_printf (_("%s sent, %s received"), in, out);
}

char *
jump_request_summary_changes_new (const char *changes)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (GStrv) names = g_strsplit (changes != NULL ? changes : "", ",", -1);

  for (char **name = names; *name != NULL; name++)
    {
      g_autofree char *words = NULL;

      if (*g_strstrip (*name) == '\0')
        continue;
      words = jump_request_change_new (*name);
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", words);
    }
  if (text->len == 0)
    return g_strdup (_("None"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * jump_request_summary_attention:
 * @record: a failed exchange
 *
 * Returns: what upstream's status stands for (protocol 7.2), NONE where it is about this request alone
 */
JumpAttention
jump_request_summary_attention (const JumpExchangeRecord *record)
{
  switch (record->upstream_status)
    {
    case 401:
      return JUMP_ATTENTION_SIGN_IN;
    case 402:
      return JUMP_ATTENTION_OUT_OF_CREDITS;
    case 403:
      return JUMP_ATTENTION_BLOCKED;
    case 429:
      return JUMP_ATTENTION_RATE_LIMITED;
    case 502:
    case 503:
    case 504:
      return JUMP_ATTENTION_UPSTREAM_DOWN;
    default:
      return JUMP_ATTENTION_NONE;
    }
}
