/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/dialects/encoder.h"
#include "service/dialects/ollama-line.h"

/* Reply events to Ollama's stream: one JSON object per line. Tool calls come whole, in a line of
 * their own; citations and the state of reasoning have no place in it. */

JumpEncoder *jump_ollama_stream_new (JumpOllamaForm form, const JumpReplyOptions *options);
