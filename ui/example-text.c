/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/example-text.h"

#include "service/service.h"

#include <string.h>

/* A string as JSON has it, which Python, JavaScript and TOML read the same way. */
static char *
quote (const char *text)
{
  g_auto (JumpJsonWriter) writer;

  jump_json_writer_init (&writer);
  jump_json_writer_string (&writer, text);
  return jump_json_writer_finish (&writer);
}

/* Without quotes where a shell needs none, because they only make it harder to read. */
static char *
quote_for_shell (const char *text)
{
  for (const char *c = text; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && strchr ("-_.:/@", *c) == NULL)
      return g_shell_quote (text);
  return g_strdup (text);
}

static char *
write_curl (const char *url, const char *model)
{
  g_autofree char *name = quote (model);
  g_autofree char *body =
      g_strdup_printf ("{\"model\":%s,\"stream\":true,"
                       "\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}",
                       name);
  g_autofree char *data = g_shell_quote (body);

  return g_strdup_printf (
      "curl -sN %s/v1/chat/completions -H 'Content-Type: application/json' \\\n  -d %s\n",
      url,
      data);
}

static char *
write_python (const char *url, const char *model)
{
  g_autofree char *name = quote (model);

  return g_strdup_printf (
      "from openai import OpenAI\n\n"
      "client = OpenAI(base_url=\"%s/v1\", api_key=\"anything\")\n"
      "reply = client.chat.completions.create(\n"
      "    model=%s, messages=[{\"role\": \"user\", \"content\": \"Say hello\"}])\n"
      "print(reply.choices[0].message.content)\n",
      url,
      name);
}

static char *
write_node (const char *url, const char *model)
{
  g_autofree char *name = quote (model);

  return g_strdup_printf (
      "import OpenAI from 'openai';\n\n"
      "const client = new OpenAI({ baseURL: '%s/v1', apiKey: 'anything' });\n"
      "const reply = await client.responses.create({ model: %s, input: 'Say hello' });\n"
      "console.log(reply.output_text);\n",
      url,
      name);
}

static char *
write_claude_code (const char *url, const char *model)
{
  g_autofree char *name = quote_for_shell (model);

  return g_strdup_printf ("export ANTHROPIC_BASE_URL=%s ANTHROPIC_AUTH_TOKEN=anything\n"
                          "claude --model %s\n",
                          url,
                          name);
}

static char *
write_codex (const char *url, const char *model)
{
  g_autofree char *name = quote (model);

  return g_strdup_printf ("# ~/.codex/config.toml\n"
                          "model = %s\n"
                          "model_provider = \"jumpseat\"\n\n"
                          "[model_providers.jumpseat]\n"
                          "name = \"Jumpseat\"\n"
                          "base_url = \"%s/v1\"\n"
                          "wire_api = \"responses\"\n",
                          name,
                          url);
}

/**
 * jump_example_get_name:
 * @example: which one
 *
 * Returns: (transfer none): what it is for; names of programs, the same in every language
 */
const char *
jump_example_get_name (JumpExample example)
{
  switch (example)
    {
    case JUMP_EXAMPLE_CURL:
      return "curl";
    case JUMP_EXAMPLE_PYTHON:
      return "Python";
    case JUMP_EXAMPLE_NODE:
      return "Node";
    case JUMP_EXAMPLE_CLAUDE_CODE:
      return "Claude Code";
    case JUMP_EXAMPLE_CODEX:
      return "Codex";
    case JUMP_N_EXAMPLES:
      break;
    }
  g_return_val_if_reached ("");
}

/**
 * jump_example_new:
 * @example: which one
 * @url: where the service listens, as in http://127.0.0.1:8081
 * @model: an id or alias; may hold anything
 */
char *
jump_example_new (JumpExample example, const char *url, const char *model)
{
  switch (example)
    {
    case JUMP_EXAMPLE_CURL:
      return write_curl (url, model);
    case JUMP_EXAMPLE_PYTHON:
      return write_python (url, model);
    case JUMP_EXAMPLE_NODE:
      return write_node (url, model);
    case JUMP_EXAMPLE_CLAUDE_CODE:
      return write_claude_code (url, model);
    case JUMP_EXAMPLE_CODEX:
      return write_codex (url, model);
    case JUMP_N_EXAMPLES:
      break;
    }
  g_return_val_if_reached (NULL);
}
