/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/failure-text.h"

#include <string.h>

#define DISABLED "{\"id\":\"m\",\"policy\":{\"state\":\"unconfigured\",\"terms\":\"Terms.\"}}"
#define ENABLED  "{\"id\":\"m\",\"policy\":{\"state\":\"enabled\"}}"
#define UNKNOWN                                                                 \
  "{\"error\":{\"message\":\"The requested model is not supported.\",\"code\":" \
  "\"model_not_supported\"}}"

typedef struct
{
  guint status;
  guint upstream_status;
  const char *reply; /* (nullable) */
  const char *error; /* (nullable) */
  const char *model; /* (nullable) */
  const char *text;
  const char *target; /* (nullable) */
} FailureRow;

static const FailureRow rows[] = {
  { 404, 400, UNKNOWN, "upstream refused", DISABLED, "The terms of this model", "models" },
  { 404, 400, UNKNOWN, "upstream refused", NULL, "The account does not offer", "models" },
  { 404,
    400,
    UNKNOWN,
    NULL,
    ENABLED,
    "GitHub did not accept the request.\nThe requested model",
    NULL },
  { 400,
    400,
    "{\"error\":{\"message\":\"Too long.\",\"code\":\"context_length_exceeded\"}}",
    NULL,
    ENABLED,
    "The conversation is too long",
    "models" },
  { 400,
    400,
    "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"No\\nway.\"}}",
    NULL,
    NULL,
    "GitHub did not accept the request.\nNo way.",
    NULL },
  { 400,
    0,
    "{\"error\":\"messages: expected array\"}",
    NULL,
    NULL,
    "Jumpseat did not understand",
    NULL },
  { 502, 500, NULL, "upstream refused", NULL, "GitHub or the model had trouble. Trying", NULL },
  { 502, 0, NULL, "no route to host", NULL, "GitHub or the model had trouble. Trying", NULL },
  { 400,
    400,
    "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"prompt is too long: "
    "140021 tokens > 128000 maximum\"}}",
    NULL,
    NULL,
    "The conversation is too long",
    "models" },
  { 402,
    402,
    "{\"error\":{\"message\":\"Over. [Manage](https://github.com/x) [it].\"}}",
    NULL,
    NULL,
    "All credits of this month are used. Models that cost credits are refused until they are renewed or "
    "you allow more.\nOver. Manage [it].",
    "https://github.com/settings/billing" },
  { 429, 429, "not json", NULL, NULL, "There were too many requests", NULL },
  { 402,
    402,
    NULL,
    NULL,
    NULL,
    "All credits of this month",
    "https://github.com/settings/billing" },
  { 504,
    0,
    NULL,
    "too late",
    NULL,
    "There was no answer in time",
    "https://www.githubstatus.com/" },
  { 200,
    200,
    "data: {}",
    "the stream was cut",
    NULL,
    "The answer broke off before its end.\nthe stream",
    NULL },
};

static JumpModel *
make_model (const char *json)
{
  g_autoptr (JsonNode) node = json == NULL ? NULL : jump_json_parse (json, -1, NULL);

  return node == NULL ? NULL : jump_model_new_from_json (node);
}

static JumpExchangeRecord *
make_record (const FailureRow *row)
{
  JumpExchangeRecord *record = jump_exchange_record_new ();

  record->status = row->status;
  record->upstream_status = row->upstream_status;
  record->asked_model = g_strdup ("m");
  record->error = g_strdup (row->error);
  if (row->reply == NULL)
    return record;
  if (record->reply_body == NULL)
    record->reply_body = g_byte_array_new ();
  g_byte_array_append (record->reply_body,
                       (const guint8 *) row->reply,
                       (guint) strlen (row->reply));
  return record;
}

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (JumpModel) model = make_model (rows[i].model);
      g_autoptr (JumpExchangeRecord) record = make_record (&rows[i]);
      g_autoptr (JumpErrorText) text = jump_failure_text_new (record, model);

      g_test_message ("row %u: %s", i, text->text);
      g_assert_true (g_str_has_prefix (text->text, rows[i].text));
      g_assert_cmpstr (text->target, ==, rows[i].target);
      g_assert_true (g_str_has_suffix (text->title, ": m"));
      /* The number that stands for upstream's words is never shown. */
      g_assert_null (strstr (text->text, "upstream refused"));
    }
}

static void
test_long_reason (void)
{
  FailureRow row = { 400, 0, NULL, NULL, NULL, "", NULL };
  g_autofree char *error = g_strnfill (5000, 'x');
  g_autoptr (JumpExchangeRecord) record = NULL;
  g_autoptr (JumpErrorText) text = NULL;

  row.error = error;
  record = make_record (&row);
  text = jump_failure_text_new (record, NULL);
  g_assert_true (g_str_has_suffix (text->text, "x…"));
  g_assert_cmpint (g_utf8_strlen (text->text, -1), <, 400);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/failure-text/rows", test_rows);
  g_test_add_func ("/failure-text/long-reason", test_long_reason);
  return g_test_run ();
}
