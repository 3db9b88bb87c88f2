/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

/* Returns: (transfer full): the name people know a program by, from its User-Agent: "Claude Code",
 * "Codex", "openai (Python)"; else its first word; "Unknown" without one. Pure. */
char *jump_client_name_new (const char *user_agent);
