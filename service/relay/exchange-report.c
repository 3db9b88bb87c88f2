/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-relay"

#include "service/relay/exchange-report.h"

#include "service/relay/session-name.h"

#include <string.h>

static const char *
get_api (const JumpRelayRequest *request)
{
  switch (request->purpose)
    {
    case JUMP_RELAY_COUNT:
      return "count";
    case JUMP_RELAY_EMBED:
      return "embeddings";
    case JUMP_RELAY_GENERATE:
      break;
    }
  switch (request->dialect->id)
    {
    case JUMP_DIALECT_OLLAMA_CHAT:
    case JUMP_DIALECT_OLLAMA_GENERATE:
      return "ollama";
    case JUMP_DIALECT_CHAT:
    case JUMP_DIALECT_RESPONSES:
    case JUMP_DIALECT_MESSAGES:
    case JUMP_DIALECT_COMPLETIONS:
    case JUMP_N_DIALECTS:
      break;
    }
  return request->dialect->name;
}

/* The body has a reference, the text is the one copy; nothing of it where nobody looks. */
static void
keep_request (JumpExchangeRecord *record, const JumpRelayRequest *request)
{
  record->request_body = g_bytes_ref (request->body);
  record->request_headers = g_strdup (request->headers);
}

/* "claude-cli/2.1.5 (external, cli)": the program is what stands before the slash. */
static char *
get_program (const char *user_agent)
{
  return user_agent == NULL ? NULL : g_strndup (user_agent, strcspn (user_agent, "/ "));
}

static void
note_client (JumpExchangeRecord *record, const JumpRelayRequest *request)
{
  record->client = g_strdup (request->client);
  record->client_address = g_strdup (request->address);
  if (request->process != NULL)
    record->owner = jump_client_process_ref (request->process);
  if (request->pass == NULL)
    {
      record->client_name = get_program (request->client);
      return;
    }
  record->client_key = g_strdup (request->pass->id);
  record->client_name = g_strdup (request->pass->name);
}

static void
note_process (JumpExchangeRecord *record)
{
  if (record->process == NULL)
    record->process = g_strdup (jump_client_process_get_text (record->owner));
}

JumpExchangeRecord *
jump_exchange_report_new (const JumpExchangeContext *context, const JumpRelayRequest *request)
{
  JumpExchangeRecord *record = jump_exchange_record_new ();

  record->api = get_api (request);
  record->id = g_strdup (request->id);
  record->method = g_strdup (request->method);
  record->path = g_strdup (request->path);
  note_client (record, request);
  record->session = jump_session_name_new (request->session, NULL, FALSE);
  record->started_wall = jump_clock_get_wall_time (context->clock);
  record->bytes_in = g_bytes_get_size (request->body);
  record->first_byte_us = -1;
  record->usage = JUMP_USAGE_COUNT_UNKNOWN;
  if (context->keeps_bodies)
    keep_request (record, request);
  return record;
}

void
jump_exchange_report_move (const JumpExchangeContext *context,
                           JumpExchangeRecord *record,
                           JumpExchangeState state)
{
  record->state = state;
  note_process (record);
  if (state != JUMP_EXCHANGE_ENDED && context->on_changed != NULL)
    context->on_changed (record, context->changed_data);
}

/**
 * jump_exchange_report_settle:
 * @record: of an exchange that ends
 */
void
jump_exchange_report_settle (JumpExchangeRecord *record)
{
  note_process (record);
  g_clear_pointer (&record->owner, jump_client_process_unref);
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
