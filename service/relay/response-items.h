/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-scan.h"

/* The items of a conversation over Responses as one text, joined by commas: what earlier requests and
 * their responses leave to the input of the next one. */

/* Looks up what {"type":"item_reference","id":…} means. @id: a JSON value.
 * Returns: an output item, absent when nobody knows it */
typedef JumpJsonSpan (*JumpResponseItemFind) (JumpJsonSpan id, gpointer user_data);

/* @input: a request's. References that @find does not know stay as they are.
 * Returns: how many references were replaced */
guint jump_response_items_append_input (GString *items,
                                        JumpJsonSpan input,
                                        JumpResponseItemFind find,
                                        gpointer find_data);
/* @output: a response's */
void jump_response_items_append_output (GString *items, JumpJsonSpan output);
