/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/client-name.h"

#include <glib.h>

static const struct
{
  const char *agent;
  const char *name;
} rows[] = {
  /* as the clients of tests/clients send it */
  { "claude-cli/2.1.329 (external, sdk-cli)", "Claude Code" },
  { "claude-code/2.1.329", "Claude Code" },
  { "codex_exec/0.169.0 (Debian 12.0.0; x86_64) unknown (codex_exec; 0.169.0)", "Codex" },
  { "codex_cli_rs/0.58.0 (Ubuntu 24.4.0; x86_64) vscode/1.105", "Codex" },
  { "opencode/1.18.33 ai-sdk/provider-utils/4.0.23 runtime/bun/1.3.14", "opencode" },
  { "OpenAI/JS 6.9.1", "openai (Node)" },
  { "OpenAI/Python 2.8.0", "openai (Python)" },
  { "AsyncOpenAI/Python 2.8.0", "openai (Python)" },
  { "Anthropic/JS 0.70.1", "anthropic (Node)" },
  { "Anthropic/Python 0.74.1", "anthropic (Python)" },
  { "ollama-js/0.6.3 (x64 linux Node.js/v18)", "ollama (Node)" },
  { "ollama-python/0.6.1 (x86_64 linux) Python/3.12", "ollama (Python)" },
  { "ollama/0.12.6 (amd64 linux) Go/go1.24.1", "ollama" },
  { "ai/5.0.93 ai-sdk/provider-utils/3.0.17 runtime/node.js/18", "AI SDK" },
  { "ai-sdk/openai-compatible/1.0.27 ai-sdk/provider-utils/3.0.17", "AI SDK" },
  { "langchainjs-openai/1.1.0 (linux; node/18.20)", "LangChain" },
  { "curl/7.88.1", "curl" },
  { "Zed/0.213.3 (linux; x86_64)", "Zed" },
  { "Cline/3.38.1", "Cline" },
  { "Continue/1.5.11", "Continue" },
  { "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Code/1.106.0 "
    "Chrome/138.0.0.0 Electron/37.7.0 Safari/537.36",
    "VS Code" },
  { "JetBrains-AI/252 IntelliJ IDEA", "JetBrains" },
  { "Open WebUI/0.6.36", "Open WebUI" },
  { "aider/0.86.1", "aider" },
  { "litellm/1.79.0", "LiteLLM" },
  { "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox" },
  { "python-requests/2.32.5", "Python" },
  { "Python/3.12 aiohttp/3.13.2", "Python" },
  { "python-httpx/0.28.1", "Python" },
  { "node", "Node" },
  { "node-fetch/1.0", "Node" },
  { "undici", "Node" },
  { "Bun/1.4.4", "Bun" },
  { "Go-http-client/1.1", "Go" },
  /* all others */
  { "SomeTool/1.0 (Linux)", "SomeTool" },
  { "Some Tool/1.0", "Some Tool" },
  { "  tool;x", "tool" },
  { "the laptop in the kitchen", "the laptop in the kitchen" },
  { "AVeryLongNameOfAProgramThatNobodyWouldEverReadWhole/1",
    "AVeryLongNameOfAProgramThatNobodyWoul\xE2\x80\xA6" },
  { "caf\xE9/1.0", "caf\xEF\xBF\xBD" },
  { "/1.0", "Unknown" },
  { "", "Unknown" },
  { NULL, "Unknown" },
};

static void
test_names (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = jump_client_name_new (rows[i].agent);

      g_assert_true (g_utf8_validate (name, -1, NULL));
      g_assert_cmpint (g_utf8_strlen (name, -1), <=, 40);
      if (g_strcmp0 (name, rows[i].name) != 0 && !g_str_has_suffix (rows[i].name, "…"))
        g_error ("%s is called %s, not %s", rows[i].agent, name, rows[i].name);
      if (g_str_has_suffix (rows[i].name, "…"))
        g_assert_true (g_str_has_suffix (name, "…"));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/client-name/names", test_names);
  return g_test_run ();
}
