/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-scan.h"
#include "service/base/json-write.h"
#include "service/conversation/changes.h"
#include "service/conversation/tool-names.h"

/* The tools of a request and which of them the model shall call, read and written. */

/* Adds the tools of the array @tools, those inside namespaces as well. @path: "tools", for errors. */
gboolean jump_responses_read_tools (JumpPrompt *prompt,
                                    JumpJsonSpan tools,
                                    const char *path,
                                    GError **error);
/* All forms of tool_choice. To be called when the prompt has its tools: one form restricts them. */
gboolean jump_responses_read_choice (JumpPrompt *prompt, JumpJsonSpan choice, GError **error);

/* Writes the members tools, tool_choice and parallel_tool_calls; nothing without tools. */
void jump_responses_write_tools (JumpJsonWriter *writer,
                                 const JumpPrompt *prompt,
                                 const JumpToolNames *names,
                                 JumpChanges *changes);
/* @tools as the client would write them: in replies. */
void jump_responses_write_tools_back (JumpJsonWriter *writer, const JumpPrompt *prompt);
void jump_responses_write_choice_back (JumpJsonWriter *writer, const JumpPrompt *prompt);
