/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/bench/translation-input.h"

#define WORDS "a few more words "

static void
put_chat (GString *out, guint n_chunks)
{
  static const char head[] = "data: {\"choices\":[{\"index\":0,\"delta\":{";
  static const char tail[] = "}],\"created\":1790000000,\"id\":\"chatcmpl-1\",\"model\":"
                             "\"gpt-4.1-2025-04-14\",\"system_fingerprint\":\"fp_1\"";

  g_string_append_printf (out, "%s\"role\":\"assistant\",\"content\":\"\"}%s}\n\n", head, tail);
  for (guint i = 0; i < n_chunks; i++)
    g_string_append_printf (out, "%s\"content\":\"" WORDS "\"}%s}\n\n", head, tail);
  g_string_append_printf (out,
                          "%s},\"finish_reason\":\"stop\"%s,\"usage\":{\"prompt_tokens\":9,"
                          "\"completion_tokens\":9,\"total_tokens\":18}}\n\ndata: [DONE]\n\n",
                          head,
                          tail);
}

static void
put_responses_event (GString *out, const char *type, const char *members)
{
  g_string_append_printf (out, "event: %s\ndata: {\"type\":\"%s\",%s}\n\n", type, type, members);
}

static void
put_responses (GString *out, guint n_chunks)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *done = NULL;

  put_responses_event (out,
                       "response.created",
                       "\"sequence_number\":0,\"response\":{\"id\":\"r0\",\"object\":"
                       "\"response\",\"status\":\"in_progress\",\"output\":[]}");
  put_responses_event (out,
                       "response.output_item.added",
                       "\"sequence_number\":1,\"output_index\":0,\"item\":{\"id\":\"i0\","
                       "\"type\":\"message\",\"role\":\"assistant\",\"status\":"
                       "\"in_progress\",\"content\":[]}");
  put_responses_event (out,
                       "response.content_part.added",
                       "\"sequence_number\":2,\"item_id\":\"i1\",\"output_index\":0,"
                       "\"content_index\":0,\"part\":{\"type\":\"output_text\",\"text\":\"\","
                       "\"annotations\":[],\"logprobs\":[]}");
  for (guint i = 0; i < n_chunks; i++)
    {
      g_autofree char *members = g_strdup_printf (
          "\"sequence_number\":%u,\"item_id\":\"bXNnX2FuX29wYXF1ZV9pZF90aGF0X2lzX2xvbmc%u\","
          "\"output_index\":0,\"content_index\":0,\"delta\":\"" WORDS "\",\"logprobs\":[],"
          "\"obfuscation\":\"h3jK9sd\"",
          i + 3,
          i);

      put_responses_event (out, "response.output_text.delta", members);
      g_string_append (text, WORDS);
    }
  done = g_strdup_printf (
      "\"sequence_number\":%u,\"output_index\":0,\"item\":{\"id\":\"i9\",\"type\":"
      "\"message\",\"role\":\"assistant\",\"status\":\"completed\",\"content\":[{\"type\":"
      "\"output_text\",\"text\":\"%s\",\"annotations\":[],\"logprobs\":[]}]}",
      n_chunks + 3,
      text->str);
  put_responses_event (out, "response.output_item.done", done);
  put_responses_event (out,
                       "response.completed",
                       "\"sequence_number\":99999,\"response\":{\"id\":\"r9\",\"object\":"
                       "\"response\",\"status\":\"completed\",\"output\":[],\"usage\":"
                       "{\"input_tokens\":9,\"output_tokens\":9,\"total_tokens\":18}}");
}

static void
put_messages (GString *out, guint n_chunks)
{
  g_string_append (out,
                   "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{"
                   "\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":"
                   "\"claude-sonnet-4-6\",\"content\":[],\"stop_reason\":null,\"usage\":{"
                   "\"input_tokens\":9,\"output_tokens\":1}}}\n\n"
                   "event: content_block_start\ndata: {\"type\":\"content_block_start\","
                   "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n");
  for (guint i = 0; i < n_chunks; i++)
    g_string_append (out,
                     "event: content_block_delta\ndata: {\"type\":\"content_block_delta\","
                     "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"" WORDS "\"}}\n\n");
  g_string_append (out,
                   "event: content_block_stop\ndata: {\"type\":\"content_block_stop\","
                   "\"index\":0}\n\n"
                   "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{"
                   "\"stop_reason\":\"end_turn\",\"stop_sequence\":null},\"usage\":{"
                   "\"output_tokens\":9}}\n\n"
                   "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
}

GString *
bench_translation_stream (JumpDialectId upstream, guint n_chunks)
{
  GString *out = g_string_new (NULL);

  if (upstream == JUMP_DIALECT_CHAT)
    put_chat (out, n_chunks);
  else if (upstream == JUMP_DIALECT_RESPONSES)
    put_responses (out, n_chunks);
  else
    put_messages (out, n_chunks);
  return out;
}

GBytes *
bench_translation_request (gsize n_bytes)
{
  GString *body = g_string_new ("{\"model\":\"some-model\",\"max_tokens\":32000,\"stream\":true,"
                                "\"system\":[{\"type\":\"text\",\"text\":\"You help.\"}],"
                                "\"tools\":[{\"name\":\"Read\",\"description\":\"Reads a file\","
                                "\"input_schema\":{\"type\":\"object\",\"properties\":{"
                                "\"file_path\":{\"type\":\"string\"}}}}],\"messages\":["
                                "{\"role\":\"user\",\"content\":\"Look at all files\"}");

  for (guint i = 0; body->len < n_bytes; i++)
    {
      g_string_append_printf (body,
                              ",{\"role\":\"assistant\",\"content\":[{\"type\":\"text\","
                              "\"text\":\"Now the next one.\"},{\"type\":\"tool_use\",\"id\":"
                              "\"toolu_%u\",\"name\":\"Read\",\"input\":{\"file_path\":"
                              "\"/home/user/project/file-%u.c\"}}]},{\"role\":\"user\",\"content\":"
                              "[{\"type\":\"tool_result\",\"tool_use_id\":\"toolu_%u\","
                              "\"content\":\"",
                              i,
                              i,
                              i);
      for (guint line = 0; line < 60; line++)
        g_string_append_printf (body,
                                "%6u\\tif (value[%u] != \\\"text\\\") return NULL;\\n",
                                line,
                                line);
      g_string_append (body, "\"}]}");
    }
  g_string_append (body, "]}");
  return g_string_free_to_bytes (body);
}
