/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/failure-text.h"

#include "ui/figure-text.h"
#include "ui/link-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define LONGEST_REASON 300 /* characters; some replies repeat the whole request */

typedef struct
{
  char *reason; /* (owned) (nullable): a sentence, mostly in English */
  char *code;   /* (owned) (nullable): upstream's word for it */
} Cause;

/* The three shapes of refusals: {"error": {"message", "code"}}, the same with "type" instead of "code",
 * and {"error": "text"}. */
static void
read_reply (const JumpExchangeRecord *record, Cause *cause)
{
  g_autoptr (JsonObject) reply = NULL;
  JsonObject *error;

  if (record->reply_body == NULL || record->reply_body->len == 0)
    return;
  reply = jump_json_parse_object ((const char *) record->reply_body->data,
                                  record->reply_body->len,
                                  NULL);
  if (reply == NULL)
    return;
  error = jump_json_get_object (reply, "error");
  if (error == NULL)
    {
      cause->reason = g_strdup (jump_json_get_string (reply, "error", NULL));
      return;
    }
  cause->reason = g_strdup (jump_json_get_string (error, "message", NULL));
  cause->code =
      g_strdup (jump_json_get_string (error, "code", jump_json_get_string (error, "type", NULL)));
}

/* What upstream refused has nothing but a number in the record, which the words say better. */
static void
read_record (const JumpExchangeRecord *record, Cause *cause)
{
  if (cause->reason == NULL && (record->upstream_status < 400 || record->status == 200))
    cause->reason = g_strdup (record->error);
}

static gboolean
is_too_long (const Cause *cause)
{
  static const char *const codes[] = { "context_length_exceeded",
                                       "model_max_prompt_tokens_exceeded",
                                       "model_context_window_exceeded",
                                       "request_too_large",
                                       NULL };

  /* Anthropic's API has no code for it, but always these words. */
  return (cause->code != NULL && g_strv_contains (codes, cause->code)) ||
         (cause->reason != NULL && strstr (cause->reason, "prompt is too long") != NULL);
}

static gboolean
is_unknown_model (const JumpExchangeRecord *record, const Cause *cause)
{
  static const char *const codes[] = { "model_not_found",
                                       "model_not_supported",
                                       "not_found_error",
                                       NULL };

  return record->status == 404 || (cause->code != NULL && g_strv_contains (codes, cause->code));
}

/* Upstream says of those that they do not exist. @model: (nullable) */
static gboolean
is_disabled (const Cause *cause, const JumpExchangeRecord *record, JumpModel *model)
{
  return is_unknown_model (record, cause) && model != NULL && !jump_model_get_is_enabled (model);
}

static JumpErrorText *
take_known (JumpError code)
{
  g_autoptr (GError) error = g_error_new_literal (JUMP_ERROR, (int) code, "");

  return jump_error_text_new_for_error (error);
}

static JumpErrorText *
take_own (const char *text, const char *button, const char *page)
{
  JumpErrorText *self = g_new0 (JumpErrorText, 1);

  self->text = g_strdup (text);
  self->button = g_strdup (button);
  self->action = page == NULL ? NULL : "app.show-page";
  self->target = g_strdup (page);
  return self;
}

static JumpErrorText *
find_words (const JumpExchangeRecord *record, const Cause *cause, JumpModel *model)
{
  if (is_too_long (cause))
    return take_own (
        _ ("The conversation is too long for this model. Start a new one, or choose a model "
                        "with a larger context."),
           _ ("Show _Models"), "models");
  if (is_disabled (cause, record, model))
    return take_own (
        _ ("The terms of this model have not been accepted yet. It can be enabled on the "
                        "page of models."),
           _ ("Show _Models"), "models");
  if (is_unknown_model (record, cause) && model == NULL)
    return take_known (JUMP_ERROR_UNKNOWN_MODEL);
  switch (record->status)
    {
    case 401:
      return take_known (JUMP_ERROR_SIGNED_OUT);
    case 402:
      return jump_error_text_new_for_attention (JUMP_ATTENTION_OUT_OF_CREDITS, NULL, NULL);
    case 403:
      return take_known (JUMP_ERROR_FORBIDDEN);
    case 408:
    case 504:
      return take_known (JUMP_ERROR_TIMEOUT);
    case 429:
      return take_known (JUMP_ERROR_RATE_LIMITED);
    default:
      break;
    }
  if (record->status >= 500)
    return take_own (_ ("GitHub or the model had trouble. Trying again often helps."), NULL, NULL);
  if (record->status < 400)
    return take_own (_ ("The answer broke off before its end."), NULL, NULL);
  return take_own (record->upstream_status >= 400
                   ? _ ("GitHub did not accept the request.")
                   : _ ("Jumpseat did not understand the request."), NULL, NULL);
}

static void
add_reason (JumpErrorText *self, const char *reason)
{
  g_autofree char *valid = jump_link_text_strip (reason);
  g_autofree char *start = NULL;
  char *text;

  g_strdelimit (valid, "\n\r\t", ' ');
  if (g_utf8_strlen (valid, -1) > LONGEST_REASON)
    start = g_utf8_substring (valid, 0, LONGEST_REASON);
  text = g_strdup_printf (start == NULL ? "%s\n%s" : "%s\n%s…",
                          self->text,
                          start == NULL ? valid : start);
  g_free (self->text);
  self->text = text;
}

/**
 * jump_failure_text_new:
 * @record: of a request that failed
 * @model: (nullable): the one that was asked for, where the account's list has it
 *
 * The words go by the status and by the code in the reply, which the record keeps only where somebody
 * looks at replies; what the reply says is added as it is.
 *
 * Returns: (transfer full): without a button where "Show Request" is what helps
 */
JumpErrorText *
jump_failure_text_new (const JumpExchangeRecord *record, JumpModel *model)
{
  const char *name = record->used_model != NULL ? record->used_model : record->asked_model;
  g_autofree char *time = jump_figure_text_clock (record->started_wall);
  Cause cause = { NULL, NULL };
  JumpErrorText *self;

  read_reply (record, &cause);
  read_record (record, &cause);
  self = find_words (record, &cause, model);
  g_free (self->title);
  if (name != NULL)
    /* Translators: a time of day and the name of a model */
    self->title = g_strdup_printf (_ ("A request failed at %s: %s"), time, name);
  else
    /* Translators: %s is a time of day */
    self->title = g_strdup_printf (_ ("A request failed at %s"), time);
  if (cause.reason != NULL && *cause.reason != '\0' && !is_disabled (&cause, record, model))
    add_reason (self, cause.reason);
  g_free (cause.reason);
  g_free (cause.code);
  return self;
}
