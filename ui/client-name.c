/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/client-name.h"

#include <glib.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define LONGEST_NAME 40 /* letters; a row has little room */

/* @mark begins the User-Agent, in small letters; with a * before it, it may stand anywhere. The first
 * row that fits wins, so that a program comes before the library that it is made with. */
static const struct
{
  const char *mark;
  const char *name;
} clients[] = {
  { "claude-cli", "Claude Code" },
  { "claude-code", "Claude Code" },
  { "codex", "Codex" },
  { "opencode", "opencode" },
  { "crush", "Crush" },
  { "charm-crush", "Crush" },
  { "aider", "aider" },
  { "*cline", "Cline" },
  { "*roo-code", "Roo Code" },
  { "roocode", "Roo Code" },
  { "*kilo-code", "Kilo Code" },
  { "kilocode", "Kilo Code" },
  { "continue", "Continue" },
  { "*goose/", "Goose" },
  { "geminicli", "Gemini CLI" },
  { "qwencode", "Qwen Code" },
  { "zed", "Zed" },
  { "*cursor/", "Cursor" },
  { "*windsurf", "Windsurf" },
  { "*vscode", "VS Code" },
  { "*visual studio code", "VS Code" },
  { "githubcopilotchat", "VS Code" },
  { "* code/", "VS Code" },
  { "*jetbrains", "JetBrains" },
  { "*intellij", "JetBrains" },
  { "*pycharm", "JetBrains" },
  { "*open-webui", "Open WebUI" },
  { "*openwebui", "Open WebUI" },
  { "*open webui", "Open WebUI" },
  { "*obsidian", "Obsidian" },
  { "*raycast", "Raycast" },
  { "langchain", "LangChain" },
  { "*litellm", "LiteLLM" },
  { "openai/python", "openai (Python)" },
  { "asyncopenai/python", "openai (Python)" },
  { "openai/js", "openai (Node)" },
  { "openai/", "openai" },
  { "anthropic/python", "anthropic (Python)" },
  { "asyncanthropic/python", "anthropic (Python)" },
  { "anthropic/js", "anthropic (Node)" },
  { "anthropic/", "anthropic" },
  { "ollama-python", "ollama (Python)" },
  { "ollama-js", "ollama (Node)" },
  { "ollama", "ollama" },
  { "ai-sdk", "AI SDK" },
  { "ai/", "AI SDK" },
  { "*ai-sdk/", "AI SDK" },
  { "curl", "curl" },
  { "wget", "Wget" },
  { "httpie", "HTTPie" },
  { "postmanruntime", "Postman" },
  { "insomnia", "Insomnia" },
  { "python", "Python" },
  { "*aiohttp", "Python" },
  { "httpx", "Python" },
  { "node", "Node" },
  { "undici", "Node" },
  { "axios", "Node" },
  { "got", "Node" },
  { "bun/", "Bun" },
  { "deno/", "Deno" },
  { "go-http-client", "Go" },
  { "reqwest", "Rust" },
  { "hyper/", "Rust" },
  { "okhttp", "Java" },
  { "java", "Java" },
  { "apache-httpclient", "Java" },
  { "ktor", "Kotlin" },
  { "dart/", "Dart" },
  { "ruby", "Ruby" },
  { "faraday", "Ruby" },
  { "guzzlehttp", "PHP" },
  { "emacs", "Emacs" },
  { "url/emacs", "Emacs" },
  { "*firefox/", "Firefox" },
  { "*edg/", "Edge" },
  { "*chrome/", "Chrome" },
  { "*safari/", "Safari" },
};

static gboolean
is_like (const char *agent, const char *mark)
{
  return mark[0] == '*' ? strstr (agent, mark + 1) != NULL : g_str_has_prefix (agent, mark);
}

/* "Some Program/1.0 (Linux)" is called Some Program; a key's name has no version and stays whole. */
static char *
get_first_word (const char *agent)
{
  g_autofree char *word = g_strndup (agent, strcspn (agent, "/(;,"));
  glong length;

  g_strstrip (word);
  length = g_utf8_strlen (word, -1);
  if (length > LONGEST_NAME)
    {
      g_autofree char *start = g_utf8_substring (word, 0, LONGEST_NAME - 1);

      return g_strconcat (start, "…", NULL);
    }
  return g_steal_pointer (&word);
}

/**
 * jump_client_name_new:
 * @user_agent: (nullable): as the client sent it, or the name of its key
 *
 * Names of programs are the same in every language.
 *
 * Returns: (transfer full): valid UTF-8, short
 */
char *
jump_client_name_new (const char *user_agent)
{
  g_autofree char *valid = g_utf8_make_valid (user_agent == NULL ? "" : user_agent, -1);
  g_autofree char *agent = g_ascii_strdown (g_strstrip (valid), -1);
  g_autofree char *word = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (clients); i++)
    if (is_like (agent, clients[i].mark))
      return g_strdup (clients[i].name);
  word = get_first_word (valid);
  /* Translators: a program that does not say its name */
  return word[0] == '\0' ? g_strdup (C_ ("client", "Unknown")) : g_steal_pointer (&word);
}
