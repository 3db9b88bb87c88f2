/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* What a writer has to know of the model that it writes for, taken from the catalogue's entry by
 * whoever has one. 0 or NULL: not known. */

typedef struct
{
  const char *id;        /* as sent upstream */
  gboolean is_claude;    /* by vendor or name */
  gboolean is_reasoning; /* OpenAI's kind, with other parameters (protocol 5.3) */
  gboolean is_known;     /* it is in the catalogue; FALSE: the rest is a guess */
  gboolean takes_tools;
  gboolean takes_images;
  gboolean takes_parallel_calls;
  gboolean takes_schema;      /* structured outputs */
  gboolean takes_web_search;  /* Responses: upstream may run it for this model (protocol 6.1) */
  gboolean thinks_adaptively; /* Messages: thinking {type: adaptive} */
  gint64 min_thinking_budget; /* tokens */
  gint64 max_thinking_budget; /* tokens, 0: no budget */
  const char *const *efforts; /* (nullable) (array zero-terminated=1) */
  gint64 context_window;      /* tokens */
  gint64 max_prompt_tokens;   /* tokens */
  gint64 max_output_tokens;   /* tokens */
  guint max_images;           /* in one prompt */
  gint64 max_image_bytes;     /* of one image, before base64 */
} JumpModelTraits;
