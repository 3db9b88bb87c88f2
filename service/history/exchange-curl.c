/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/history/exchange-curl.h"

char *
jump_exchange_curl_new (const JumpExchangeRecord *record, const char *url)
{
  return g_strdup_printf ("curl %s%s", url, record->path);
}
