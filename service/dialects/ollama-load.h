/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/dialects/ollama-line.h"

/* Ollama's clients load a model before they need it, and send it away, with a request that has no
 * prompt or no messages. There is nothing to do, but they wait for the answer. */

typedef struct
{
  char *model; /* (owned) (nullable) */
  gboolean is_unload;
} JumpOllamaLoad;

/* Whether @data is such a request; cheap for all others. FALSE leaves @self empty. */
gboolean
jump_ollama_load_read (JumpOllamaLoad *self, JumpOllamaForm form, const char *data, gsize length);
void jump_ollama_load_clear (JumpOllamaLoad *self);
/* @wall: µs since the epoch. Returns: (transfer full): the reply; never a stream */
GBytes *jump_ollama_load_write_reply (const JumpOllamaLoad *self, JumpOllamaForm form, gint64 wall);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JumpOllamaLoad, jump_ollama_load_clear)
