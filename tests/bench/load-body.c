/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/bench/load-body.h"

#define TOOLS 16

/* Text as it stands inside a JSON string: with escapes, as code has them. */
#define PROSE                                                                                      \
  "Please look at the function that reads the settings file and tell me why a comment at the end " \
  "of a line is lost when it is written again. "
#define CODE                                                                                       \
  "static int\\nread_line (FILE *file, char *line, size_t size)\\n{\\n  size_t used = 0;\\n\\n"    \
  "  while (used + 1 < size)\\n    {\\n      int c = fgetc (file);\\n\\n      if (c == EOF || c "  \
  "== '\\\\n')\\n        break;\\n      line[used++] = (char) c;\\n    }\\n  line[used] = '\\\\0'" \
  ";\\n  printf (\\\"%%zu bytes\\\\n\\\", used);\\n  return used > 0;\\n}\\n"

char *
load_body_new_small (const char *model, const char *marker)
{
  return g_strdup_printf ("{\"model\":\"%s\",\"stream\":%s,\"messages\":[{\"role\":\"system\","
                          "\"content\":\"%s You answer shortly. " PROSE PROSE "\"},"
                          "{\"role\":\"user\",\"content\":\"" PROSE PROSE "\"}],"
                          "\"temperature\":0.2,\"top_p\":1,\"max_tokens\":512,\"n\":1}",
                          model,
                          marker != NULL ? "true" : "false",
                          marker != NULL ? marker : "@");
}

static void
append_tools (GString *body)
{
  g_string_append (body, "\"tools\":[");
  for (guint i = 0; i < TOOLS; i++)
    g_string_append_printf (
        body,
        "%s{\"type\":\"function\",\"function\":{\"name\":\"tool_%u\",\"description\":\"" PROSE
        "\",\"parameters\":{\"type\":\"object\",\"properties\":{\"path\":{\"type\":\"string\","
        "\"description\":\"Where the file is\"},\"line\":{\"type\":\"integer\"},\"limit\":"
        "{\"type\":\"integer\"}},\"required\":[\"path\"],\"additionalProperties\":false}}}",
        i > 0 ? "," : "",
        i);
  g_string_append (body, "],");
}

static void
append_turn (GString *body, guint n)
{
  g_string_append_printf (body,
                          ",{\"role\":\"user\",\"content\":\"" PROSE CODE "\"},"
                          "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":"
                          "\"call_%u\",\"type\":\"function\",\"function\":{\"name\":\"tool_1\","
                          "\"arguments\":\"{\\\"path\\\":\\\"src/file_%u.c\\\"}\"}}]},"
                          "{\"role\":\"tool\",\"tool_call_id\":\"call_%u\",\"content\":"
                          "\"" CODE CODE CODE CODE "\"},"
                          "{\"role\":\"assistant\",\"content\":\"" PROSE CODE PROSE "\"}",
                          n,
                          n,
                          n);
}

char *
load_body_new_agent (const char *model, gsize bytes)
{
  GString *body = g_string_sized_new (bytes + 8192);

  g_string_append_printf (body, "{\"model\":\"%s\",\"stream\":false,", model);
  append_tools (body);
  g_string_append (body, "\"messages\":[{\"role\":\"system\",\"content\":\"" PROSE PROSE "\"}");
  for (guint n = 0; body->len < bytes; n++)
    append_turn (body, n);
  g_string_append (body, ",{\"role\":\"user\",\"content\":\"And now?\"}]}");
  return g_string_free (body, FALSE);
}
