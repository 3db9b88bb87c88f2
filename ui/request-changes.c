/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/request-changes.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  const char *name;
  const char *words;
} ChangeRow;

/* The formatter takes N_() for the begin of something that is indented. */
/* clang-format off */
static const ChangeRow rows[] = {
  { "arguments-repaired", N_ ("Arguments of a tool call were not valid JSON and were repaired") },
  { "beta-added", N_ ("A beta header that the model needs was added") },
  { "billing-header-dropped", N_ ("A billing line of the client was left out of the system text") },
  { "budget-model", N_ ("A cheaper model was used, because a budget is used up") },
  { "cache-marked", N_ ("Parts were marked for the prompt cache") },
  { "cache-markers-dropped", N_ ("Marks for the prompt cache were left out") },
  { "custom-tool-as-function", N_ ("A custom tool was offered as a function") },
  { "developer-as-system", N_ ("Developer messages were sent as system messages") },
  { "early-failure-retried", N_ ("The first attempt failed at once and was repeated") },
  { "effort-as-budget", N_ ("The reasoning effort was sent as a budget for thinking") },
  { "effort-clamped", N_ ("The reasoning effort was set to one the model offers") },
  { "effort-dropped", N_ ("The reasoning effort was left out") },
  { "empty-text-dropped", N_ ("Empty texts were left out") },
  { "empty-tools-dropped", N_ ("An empty list of tools was left out") },
  { "end-added", N_ ("The reply broke off and was given an end") },
  { "extras-hidden", N_ ("Fields that only Copilot knows were kept from the client") },
  { "fields-filled", N_ ("Fields that the client expects were filled in") },
  { "ids-normalised", N_ ("IDs of the reply were made alike") },
  { "images-dropped", N_ ("Images were left out: the model cannot see") },
  { "include-added", N_ ("Encrypted reasoning was asked for") },
  { "json-as-instruction", N_ ("JSON was asked for in words") },
  { "max-output-lowered", N_ ("The output limit was lowered to the model’s") },
  { "max-output-raised", N_ ("The output limit was raised to the least allowed") },
  { "max-tokens-clamped", N_ ("The output limit was set to one the model allows") },
  { "max-tokens-lowered", N_ ("The output limit was lowered to the model’s") },
  { "max-tokens-raised", N_ ("The output limit was raised to the least allowed") },
  { "metadata-trimmed", N_ ("Metadata was shortened") },
  { "missing-results-filled", N_ ("Missing results of tools were filled in") },
  { "model", N_ ("The model’s name was replaced") },
  { "model-of-family", N_ ("The newest model of the family was used") },
  { "nameless-tool-removed", N_ ("A tool without a name was left out") },
  { "orphan-results-as-text", N_ ("Results of unknown tool calls were sent as text") },
  { "prefill-continued", N_ ("The begun reply was continued by an instruction") },
  { "reasoning-dropped", N_ ("Earlier reasoning was left out") },
  { "reasoning-renamed", N_ ("Reasoning was moved to the field that the client reads") },
  { "reply-repaired", N_ ("The reply was brought into the form that the client expects") },
  { "rerouted", N_ ("The request was sent another way after a refusal") },
  { "schema-as-instruction", N_ ("The schema of the reply was asked for in words") },
  { "schema-as-text", N_ ("The schema of the reply was sent as text") },
  { "small-model", N_ ("A small model was used for a side task") },
  { "store-disabled", N_ ("The reply was not to be stored upstream") },
  { "system-folded", N_ ("System messages were joined into one") },
  { "temperature-lowered", N_ ("The temperature was lowered to the highest allowed") },
  { "thinking-adaptive", N_ ("Thinking was left to the model") },
  { "thinking-budget", N_ ("Thinking was given a budget") },
  { "thinking-budget-clamped", N_ ("The budget for thinking was set to one the model allows") },
  { "thinking-dropped", N_ ("Earlier thinking was left out") },
  { "tool-images-moved", N_ ("Images from tools were moved to a message of their own") },
  { "tool-pairs-repaired", N_ ("Tool calls and their results were matched again") },
  { "tools-renamed", N_ ("Tools were renamed to names that upstream takes") },
  { "tools-restated", N_ ("Tools that the conversation uses were stated again") },
  { "usage-estimated", N_ ("Token counts were estimated") },
  { "usage-hidden", N_ ("Token counts that the client did not ask for were left out") },
  { "usage-injected", N_ ("Token counts were asked for") },
  { "user-turn-added", N_ ("A user’s turn was added, because the model needs one") },
};

/* Names with something behind a colon. */
static const ChangeRow prefix_rows[] = {
  /* Translators: %s is the name of a field of a request */
  { "dropped:", N_ ("“%s” was left out") },
  /* Translators: %s is the name of a beta feature of the API */
  { "beta-dropped:", N_ ("The beta “%s” was left out") },
  /* Translators: %s is the type of a tool, such as web_search */
  { "hosted-tool-removed:", N_ ("The tool “%s”, which runs upstream, was left out") },
};
/* clang-format on */

/**
 * jump_request_change_new:
 * @name: one of a record's changes
 *
 * Returns: (transfer full): a sentence for people, without a full stop
 */
char *
jump_request_change_new (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (strcmp (rows[i].name, name) == 0)
      return g_strdup (_(rows[i].words));
  for (guint i = 0; i < G_N_ELEMENTS (prefix_rows); i++)
    {
      gsize length = strlen (prefix_rows[i].name);

      if (strncmp (prefix_rows[i].name, name, length) == 0)
        {
          g_autoptr (GString) text = g_string_new (_(prefix_rows[i].words));

          g_string_replace (text, "%s", name + length, 1);
          return g_string_free (g_steal_pointer (&text), FALSE);
        }
    }
  return g_strdup (name);
}
