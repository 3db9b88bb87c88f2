/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* What is fuzzed, one function for each: takes any bytes and ends the program when something is not as it must be.
 * libFuzzer drives them (fuzz-driver.c), and test-fuzz-found.c plays what was found again. */

typedef struct
{
  const char *name;                                /* of the folder in tests/fixtures/fuzz, too */
  void (*play) (const guint8 *data, gsize length); /* @data is not terminated */
} FuzzTarget;

/* Ends with a row without a name. */
extern const FuzzTarget fuzz_targets[];

/* (nullable) */
const FuzzTarget *fuzz_target_find (const char *name);

void fuzz_target_sse (const guint8 *data, gsize length);
void fuzz_target_json (const guint8 *data, gsize length);
void fuzz_target_chat_request (const guint8 *data, gsize length);
void fuzz_target_responses_request (const guint8 *data, gsize length);
void fuzz_target_messages_request (const guint8 *data, gsize length);
void fuzz_target_ollama_request (const guint8 *data, gsize length);
void fuzz_target_reply (const guint8 *data, gsize length);
void fuzz_target_chat_stream (const guint8 *data, gsize length);
void fuzz_target_responses_stream (const guint8 *data, gsize length);
void fuzz_target_messages_stream (const guint8 *data, gsize length);
void fuzz_target_http (const guint8 *data, gsize length);
void fuzz_target_origin (const guint8 *data, gsize length);
void fuzz_target_coding (const guint8 *data, gsize length);
void fuzz_target_settings (const guint8 *data, gsize length);
void fuzz_target_records (const guint8 *data, gsize length);
void fuzz_target_history_lines (const guint8 *data, gsize length);
void fuzz_target_form (const guint8 *data, gsize length);
