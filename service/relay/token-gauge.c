/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/token-gauge.h"

/* English and code have about four bytes to a token in all of the tokenizers in use (OpenAI's rule of thumb;
 * Anthropic's makes some more). */
#define BYTES_PER_TOKEN 4
/* OpenAI's cookbook counts three to four tokens around each message and three before the answer. */
#define TOKENS_PER_MESSAGE  4
#define TOKENS_BEFORE_REPLY 3
/* A tool's name, description and schema are text already; this is what the model's own format adds to each,
 * after OpenAI's cookbook (7 for a function, some for its braces). */
#define TOKENS_PER_TOOL 8
/* Between Anthropic's 1568 by 1568 pixels / 750, some 1600 for the largest after scaling, and OpenAI's 765
 * for a square of 1024. */
#define TOKENS_PER_IMAGE 1200

/* Below this the constants outweigh the text and teach nothing. */
#define MIN_LEARNED_ESTIMATE 50
/* What a report may say at most; beyond it something else was counted, a hidden prompt for example. */
#define MIN_RATIO 0.25
#define MAX_RATIO 4.0
/* The newest reports always count for something, as models change behind their names. */
#define MIN_WEIGHT 0.1

typedef struct
{
  double factor;
  guint n_samples;
} Lesson;

struct _JumpTokenGauge
{
  GHashTable *lessons; /* (owned) (element-type utf8 Lesson): by model */
};

JumpTokenGauge *
jump_token_gauge_new (void)
{
  JumpTokenGauge *self = g_new0 (JumpTokenGauge, 1);

  self->lessons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

/**
 * jump_token_gauge_free:
 * @self: (transfer full) (nullable): a gauge
 */
void
jump_token_gauge_free (JumpTokenGauge *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->lessons);
  g_free (self);
}

/**
 * jump_token_gauge_estimate:
 * @facts: numbers of a scan
 *
 * Returns: tokens, before any lesson
 */
gint64
jump_token_gauge_estimate (const JumpRequestFacts *facts)
{
  return (gint64) (facts->text_bytes + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN +
         (gint64) facts->n_messages * TOKENS_PER_MESSAGE + TOKENS_BEFORE_REPLY +
         (gint64) facts->n_tools * TOKENS_PER_TOOL + (gint64) facts->n_images * TOKENS_PER_IMAGE;
}

/**
 * jump_token_gauge_count:
 * @model_id: as sent upstream
 * @facts: numbers of a scan
 *
 * Returns: tokens, 2 or more: some clients take 1 for "not counted" (H-08)
 */
gint64
jump_token_gauge_count (const JumpTokenGauge *self,
                        const char *model_id,
                        const JumpRequestFacts *facts)
{
  double factor = jump_token_gauge_get_factor (self, model_id);

  return MAX (2, (gint64) ((double) jump_token_gauge_estimate (facts) * factor + 0.5));
}

/**
 * jump_token_gauge_learn:
 * @model_id: as sent upstream
 * @facts: of the request as it was sent
 * @input_tokens: what upstream reported, -1 for nothing
 *
 * What a picture costs depends on its size, which nobody here knows, so requests with pictures teach
 * nothing.
 */
void
jump_token_gauge_learn (JumpTokenGauge *self,
                        const char *model_id,
                        const JumpRequestFacts *facts,
                        gint64 input_tokens)
{
  gint64 estimate = jump_token_gauge_estimate (facts);
  double ratio;
  Lesson *lesson;

  if (input_tokens <= 0 || facts->n_images > 0 || estimate < MIN_LEARNED_ESTIMATE)
    return;
  ratio = CLAMP ((double) input_tokens / (double) estimate, MIN_RATIO, MAX_RATIO);
  lesson = g_hash_table_lookup (self->lessons, model_id);
  if (lesson == NULL)
    {
      lesson = g_new0 (Lesson, 1);
      g_hash_table_insert (self->lessons, g_strdup (model_id), lesson);
    }
  if (lesson->n_samples < G_MAXUINT)
    lesson->n_samples++;
  lesson->factor += (ratio - lesson->factor) * MAX (1.0 / lesson->n_samples, MIN_WEIGHT);
}

/**
 * jump_token_gauge_get_factor:
 * @model_id: as sent upstream
 *
 * Returns: by what an estimate is multiplied
 */
double
jump_token_gauge_get_factor (const JumpTokenGauge *self, const char *model_id)
{
  const Lesson *lesson = g_hash_table_lookup (self->lessons, model_id);

  return lesson == NULL ? 1.0 : lesson->factor;
}

/**
 * jump_token_gauge_get_samples:
 * @model_id: as sent upstream
 *
 * Returns: how many reports were learned from
 */
guint
jump_token_gauge_get_samples (const JumpTokenGauge *self, const char *model_id)
{
  const Lesson *lesson = g_hash_table_lookup (self->lessons, model_id);

  return lesson == NULL ? 0 : lesson->n_samples;
}
