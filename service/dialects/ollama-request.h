/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/prompt.h"
#include "service/dialects/request-facts.h"

/* What requests to /api/chat and /api/generate have in common, found by scanning; the spans point
 * into the client's bytes. */

typedef struct
{
  JumpJsonSpan object; /* all of it */
  JumpJsonSpan model_key, model, stream, format, options, think, keep_alive;
  JumpJsonSpan messages, tools;                /* chat */
  JumpJsonSpan prompt, suffix, system, images; /* generate */
} JumpOllamaRequest;

/* Validates all of @data; BAD_REQUEST when it is no object. */
gboolean
jump_ollama_request_scan (JumpOllamaRequest *self, const char *data, gsize length, GError **error);
/* The same for what was scanned before without an error. */
void jump_ollama_request_find (JumpOllamaRequest *self, const char *data, gsize length);
/* Zeroes @facts and fills in what all requests have. */
gboolean jump_ollama_request_get_facts (const JumpOllamaRequest *self,
                                        JumpRequestFacts *facts,
                                        GError **error);
/* The same for prompts: model, stream, options, format, think; names what has no place. */
gboolean
jump_ollama_request_read (const JumpOllamaRequest *self, JumpPrompt *prompt, GError **error);
