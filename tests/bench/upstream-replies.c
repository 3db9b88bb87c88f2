/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/bench/upstream-replies.h"

#include "tests/bench/stamp.h"

#define COMPLETION                                                                               \
  "{\"id\":\"chatcmpl-BENCHBENCHBENCHBENCHBENCHBENCH\",\"object\":\"chat.completion\","          \
  "\"created\":1760000000,\"model\":\"gpt-4.1-2025-04-14\","                                     \
  "\"system_fingerprint\":\"fp_6deacce395\",\"choices\":[{\"index\":0,"                          \
  "\"finish_reason\":\"stop\",\"message\":{\"role\":\"assistant\",\"content\":\"" PROSE "\"}}]," \
  "\"usage\":{\"prompt_tokens\":181,\"completion_tokens\":92,\"total_tokens\":273,"              \
  "\"prompt_tokens_details\":{\"cached_tokens\":0},\"completion_tokens_details\":"               \
  "{\"accepted_prediction_tokens\":0,\"rejected_prediction_tokens\":0}}}"
#define PROSE                                                                                    \
  "A reverse proxy accepts a request, decides where it belongs, and passes it on. What it adds " \
  "should be small: a few microseconds of processor time, some kilobytes of memory for each "    \
  "connection, and no delay that a person could notice. Everything else is between the client "  \
  "and the server it wanted to reach in the first place. This text is as long as an ordinary "   \
  "short answer, so that copying it costs what copying an ordinary short answer costs."
#define MODEL(id, vendor)                                                                        \
  "{\"id\":\"" id "\",\"name\":\"" id "\",\"object\":\"model\",\"vendor\":\"" vendor             \
  "\",\"version\":\"" id "\",\"preview\":false,\"model_picker_enabled\":true,"                   \
  "\"supported_endpoints\":[\"/chat/completions\"],\"policy\":{\"state\":\"enabled\",\"terms\":" \
  "\"\"},\"capabilities\":{\"object\":\"model_capabilities\",\"type\":\"chat\",\"family\":\"" id \
  "\",\"tokenizer\":\"o200k_base\",\"limits\":{\"max_context_window_tokens\":4000000,"           \
  "\"max_prompt_tokens\":4000000,\"max_output_tokens\":32000},\"supports\":{\"streaming\":true," \
  "\"tool_calls\":true,\"parallel_tool_calls\":true,\"vision\":true}}}"
#define MODELS                                                                    \
  "{\"object\":\"list\",\"data\":[" MODEL ("gpt-4.1", "Azure OpenAI") "," MODEL ( \
      "gpt-4o",                                                                   \
      "Azure OpenAI") "," MODEL ("claude-sonnet-4.5", "Anthropic") "]}"
#define USER                                                                        \
  "{\"login\":\"bench\",\"id\":1,\"access_type_sku\":\"monthly_subscriber_quota\"," \
  "\"copilot_plan\":\"individual\",\"chat_enabled\":true}"
#define NOT_FOUND    "{\"message\":\"Not Found\",\"status\":\"404\"}"

#define CHUNK_BEFORE "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\""
#define CHUNK_AFTER                                                              \
  "\"}}],\"created\":1760000000,\"id\":\"chatcmpl-BENCHBENCHBENCH\",\"object\":" \
  "\"chat.completion.chunk\",\"model\":\"gpt-4.1-2025-04-14\"}\n\n"
#define STREAM_END                                                                               \
  "data: {\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"delta\":{\"content\":null}}],"  \
  "\"created\":1760000000,\"id\":\"chatcmpl-BENCHBENCHBENCH\",\"object\":"                       \
  "\"chat.completion.chunk\",\"model\":\"gpt-4.1-2025-04-14\",\"usage\":{\"prompt_tokens\":218," \
  "\"completion_tokens\":9,\"total_tokens\":227}}\n\ndata: [DONE]\n\n"

static void
append_reply (GString *out, const char *status, const char *body)
{
  g_string_append_printf (out,
                          "HTTP/1.1 %s\r\nContent-Type: application/json\r\n"
                          "Content-Length: %zu\r\nX-Request-Id: bench\r\n\r\n",
                          status,
                          strlen (body));
  g_string_append (out, body);
}

void
reply_append_plain (GString *out, const char *request, const char *api_url)
{
  if (g_str_has_prefix (request, "POST "))
    append_reply (out, "200 OK", COMPLETION);
  else if (g_str_has_prefix (request, "GET /models"))
    append_reply (out, "200 OK", MODELS);
  else if (g_str_has_prefix (request, "GET /copilot_internal/v2/token"))
    {
      gint64 now = g_get_real_time () / G_USEC_PER_SEC;
      g_autofree char *body = g_strdup_printf (
          "{\"token\":\"tid=bench;exp=%" G_GINT64_FORMAT "\",\"expires_at\":%" G_GINT64_FORMAT
          ",\"refresh_in\":1500,\"sku\":\"monthly_subscriber_quota\","
          "\"chat_enabled\":true,\"endpoints\":{\"api\":\"%s\"}}",
          now + 1800,
          now + 1800,
          api_url);

      append_reply (out, "200 OK", body);
    }
  else if (g_str_has_prefix (request, "GET /copilot_internal/user") ||
           g_str_has_prefix (request, "GET /user"))
    append_reply (out, "200 OK", USER);
  else
    append_reply (out, "404 Not Found", NOT_FOUND);
}

void
reply_append_stream_head (GString *out)
{
  g_string_append (out,
                   "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                   "Transfer-Encoding: chunked\r\nX-Request-Id: bench\r\n\r\n");
}

void
reply_append_chunk (GString *out, guint size, guint64 stamp)
{
  const guint fixed = sizeof CHUNK_BEFORE - 1 + STAMP_LENGTH + sizeof CHUNK_AFTER - 1;
  guint padding = size > fixed ? size - fixed : 0;
  char text[STAMP_LENGTH];

  stamp_write (text, stamp);
  g_string_append_printf (out, "%x\r\n", fixed + padding);
  g_string_append_len (out, CHUNK_BEFORE, sizeof CHUNK_BEFORE - 1);
  g_string_append_len (out, text, STAMP_LENGTH);
  for (guint i = 0; i < padding; i++)
    g_string_append_c (out, "abcdefg "[i % 8]);
  g_string_append_len (out, CHUNK_AFTER, sizeof CHUNK_AFTER - 1);
  g_string_append (out, "\r\n");
}

void
reply_append_stream_end (GString *out)
{
  g_string_append_printf (out, "%zx\r\n" STREAM_END "\r\n0\r\n\r\n", sizeof STREAM_END - 1);
}
