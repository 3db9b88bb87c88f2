/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-relay"

#include "service/relay/exchange-report.h"

JumpExchangeRecord *
jump_exchange_report_new (JumpClock *clock, const JumpRelayRequest *request)
{
  JumpExchangeRecord *record = jump_exchange_record_new ();

  record->id = g_strdup (request->id);
  record->method = g_strdup (request->method);
  record->path = g_strdup (request->path);
  record->client = g_strdup (request->client);
  record->started_wall = jump_clock_get_wall_time (clock);
  record->bytes_in = g_bytes_get_size (request->body);
  record->first_byte_us = -1;
  record->usage = JUMP_USAGE_COUNT_UNKNOWN;
  return record;
}

void
jump_exchange_report_log (const JumpExchangeRecord *record)
{
  g_info ("%s %s client=%s model=%s>%s route=\"%s\" status=%u ms=%" G_GINT64_FORMAT
          " first_ms=%" G_GINT64_FORMAT " in=%" G_GUINT64_FORMAT " out=%" G_GUINT64_FORMAT
          " tokens=%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT
          " changes=%s id=%s%s%s",
          record->method,
          record->path,
          record->client != NULL ? record->client : "-",
          record->asked_model != NULL ? record->asked_model : "-",
          record->used_model != NULL ? record->used_model : "-",
          record->route != NULL ? record->route : "-",
          record->status,
          record->total_us / 1000,
          record->first_byte_us < 0 ? -1 : record->first_byte_us / 1000,
          record->bytes_in,
          record->bytes_out,
          record->usage.input_tokens,
          record->usage.cache_read_tokens,
          record->usage.output_tokens,
          *record->changes != '\0' ? record->changes : "-",
          record->id,
          record->error != NULL ? " error=" : "",
          record->error != NULL ? record->error : "");
}
