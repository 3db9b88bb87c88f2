/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "patch-stage.h"

#include "service/base/error.h"
#include "service/base/limits.h"
#include "service/relay/request-patch.h"

#include <string.h>

static const char *const three_efforts[] = { "low", "medium", "high", NULL };
static const char *const many_efforts[] = { "low", "medium", "high", "xhigh", "max", NULL };

#define TAKES_ALL \
  .takes_tools = TRUE, .takes_images = TRUE, .takes_parallel_calls = TRUE, .is_known = TRUE

const JumpModelTraits patch_stage_gpt_4o = {
  .id = "gpt-4o",
  TAKES_ALL,
  .takes_schema = TRUE,
  .max_output_tokens = 4096,
  .max_images = 1,
};
const JumpModelTraits patch_stage_gpt_5 = {
  .id = "gpt-5",
  TAKES_ALL,
  .takes_schema = TRUE,
  .is_reasoning = TRUE,
  .efforts = three_efforts,
  .max_output_tokens = 128000,
};
const JumpModelTraits patch_stage_sonnet_4_5 = {
  .id = "claude-sonnet-4.5",
  TAKES_ALL,
  .is_claude = TRUE,
  .takes_schema = TRUE,
  .min_thinking_budget = 1024,
  .max_thinking_budget = 32000,
  .max_output_tokens = 64000,
  .max_images = 2,
};
const JumpModelTraits patch_stage_sonnet_4_6 = {
  .id = "claude-sonnet-4.6",
  TAKES_ALL,
  .is_claude = TRUE,
  .thinks_adaptively = TRUE,
  .efforts = three_efforts,
  .max_output_tokens = 32000,
};
const JumpModelTraits patch_stage_opus_4_8 = {
  .id = "claude-opus-4.8",
  TAKES_ALL,
  .is_claude = TRUE,
  .takes_schema = TRUE,
  .thinks_adaptively = TRUE,
  .efforts = many_efforts,
  .max_output_tokens = 64000,
};
const JumpModelTraits patch_stage_grok = {
  .id = "grok-4.5",
  TAKES_ALL,
  .takes_schema = TRUE,
  .efforts = three_efforts,
};
const JumpModelTraits patch_stage_unknown = {
  .id = "x",
  .takes_tools = TRUE,
  .takes_images = TRUE,
  .takes_parallel_calls = TRUE,
  .takes_schema = TRUE,
};

char *
patch_stage_run (JumpDialectId dialect,
                 const JumpModelTraits *traits,
                 const char *text,
                 char **out_changes,
                 GError **error)
{
  const JumpDialect *target = jump_dialect_get (dialect);
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr (GBytes) result = NULL;
  g_auto (JumpChanges) changes = { NULL };
  JumpRequestFacts facts;
  gsize length;
  const char *data = g_bytes_get_data (body, &length);

  *out_changes = NULL;
  if (!target->scan (&facts, data, length, error))
    return NULL;
  result = jump_request_patch (target, body, &facts, traits, &changes, error);
  *out_changes = jump_changes_steal (&changes);
  if (result == NULL)
    return NULL;
  if ((result == body) != (**out_changes == '\0'))
    g_error ("%s: changed without a name, or named without a change: %s", text, *out_changes);
  data = g_bytes_get_data (result, &length);
  g_assert_true (jump_json_validate (data, length, JUMP_LIMIT_JSON_DEPTH, NULL));
  return g_strndup (data, length);
}

void
patch_stage_check (JumpDialectId dialect, const PatchRow *rows, guint n_rows)
{
  for (guint i = 0; i < n_rows; i++)
    {
      const char *expected = rows[i].expected == NULL ? rows[i].text : rows[i].expected;
      g_autofree char *changes = NULL;
      g_autofree char *more = NULL;
      g_autofree char *sent = NULL;
      g_autofree char *again = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", rows[i].text);
      sent = patch_stage_run (dialect, rows[i].traits, rows[i].text, &changes, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (sent, ==, expected);
      g_assert_cmpstr (changes, ==, rows[i].changes);
      again = patch_stage_run (dialect, rows[i].traits, sent, &more, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (again, ==, sent);
      g_assert_cmpstr (more, ==, "");
    }
}

void
patch_stage_check_errors (JumpDialectId dialect, const PatchErrorRow *rows, guint n_rows)
{
  for (guint i = 0; i < n_rows; i++)
    {
      g_autofree char *changes = NULL;
      g_autofree char *sent = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", rows[i].text);
      sent = patch_stage_run (dialect, rows[i].traits, rows[i].text, &changes, &error);
      g_assert_null (sent);
      g_assert_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST);
      g_assert_cmpstr (error->message, ==, rows[i].says);
    }
}
