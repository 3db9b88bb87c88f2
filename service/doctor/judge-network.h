/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/doctor/verdict.h"
#include "service/net/proxy-report.h"

/* What is to be said of the way to a server. Pure. */

/* @proxy: (nullable): what the request went through. @error: (nullable): why the server was not reached. */
JumpVerdict *jump_judge_proxy (const JumpProxyReport *proxy, const GError *error);
/* @found: (nullable): its addresses, NULL where it has none. */
JumpVerdict *jump_judge_name (const char *host, const char *found, const GError *error);
/* @error: why @host was not reached. */
JumpVerdict *jump_judge_reach (const char *host, const GError *error);
/* @skew: seconds that this computer is ahead of GitHub. */
JumpVerdict *jump_judge_clock (gint64 skew);
