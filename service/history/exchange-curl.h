/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/exchange-record.h"

/* Returns: (transfer full): a command line for a POSIX shell that sends the same request again to
 * @url; no key is in it but a placeholder. Without a body at hand it says so in a comment. */
char *jump_exchange_curl_new (const JumpExchangeRecord *record, const char *url);
