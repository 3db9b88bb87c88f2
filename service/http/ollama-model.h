/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-write.h"
#include "service/models/model.h"

/* A model of the catalogue as Ollama's clients want to see it: with a tag, a digest, a size. What has
 * no meaning for a model that runs elsewhere is made up so that nobody stumbles. Pure. */

/* Whether Ollama's clients can use it: it chats or embeds, and the account has switched it on. */
gboolean jump_ollama_model_is_usable (JumpModel *model);
/* One object of the list. */
void jump_ollama_model_write_entry (JumpJsonWriter *writer, JumpModel *model);
/* Everything about it, as POST /api/show answers. */
void jump_ollama_model_write_card (JumpJsonWriter *writer, JumpModel *model);
