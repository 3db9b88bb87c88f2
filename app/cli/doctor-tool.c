/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/doctor-tool.h"

#include <string.h>

typedef struct
{
  JumpDoctorTool tool;
  const char *variable; /* (nullable): of the environment */
  const char *file;     /* (nullable): below the home folder */
  const char *key;      /* in that file: the word before the address */
  const char *suffix;   /* behind the port */
  const char *remedy;   /* %u: the port */
} Row;

static const Row rows[] = {
  { { "claude-code", "Claude Code" },
    "ANTHROPIC_BASE_URL",
    ".claude/settings.json",
    "ANTHROPIC_BASE_URL",
    "",
    "Tell it with: export ANTHROPIC_BASE_URL=http://127.0.0.1:%u ANTHROPIC_AUTH_TOKEN=anything" },
  { { "codex", "Codex" },
    NULL,
    ".codex/config.toml",
    "base_url",
    "/v1",
    "Put base_url = \"http://127.0.0.1:%u/v1\" into a provider of ~/.codex/config.toml, and name it in "
    "model_provider." },
  { { "opencode", "opencode" },
    NULL,
    ".config/opencode/opencode.json",
    "baseURL",
    "/v1",
    "Put \"baseURL\": \"http://127.0.0.1:%u/v1\" into a provider of "
    "~/.config/opencode/opencode.json." },
  { { "openai", "OpenAI SDKs" },
    "OPENAI_BASE_URL",
    NULL,
    NULL,
    "/v1",
    "Tell them with: export OPENAI_BASE_URL=http://127.0.0.1:%u/v1 OPENAI_API_KEY=anything" },
  { { "anthropic", "Anthropic SDKs" },
    "ANTHROPIC_BASE_URL",
    NULL,
    NULL,
    "",
    "Tell them with: export ANTHROPIC_BASE_URL=http://127.0.0.1:%u ANTHROPIC_API_KEY=anything" },
  { { "ollama", "Ollama clients" },
    "OLLAMA_HOST",
    NULL,
    NULL,
    "",
    "Tell them with: export OLLAMA_HOST=http://127.0.0.1:%u" },
};

const JumpDoctorTool *
jump_doctor_tool_find (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_str_equal (rows[i].tool.name, name))
      return &rows[i].tool;
  return NULL;
}

char *
jump_doctor_tool_list (void)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_string_append_printf (text, "%s%s", i == 0 ? "" : ", ", rows[i].tool.name);
  return g_string_free (text, FALSE);
}

static gboolean
is_loopback (const char *host)
{
  return host != NULL && (g_str_equal (host, "127.0.0.1") || g_str_equal (host, "localhost") ||
                          g_str_equal (host, "::1"));
}

/**
 * jump_doctor_tool_judge_address:
 * @place: (nullable): "~/.codex/config.toml"
 * @address: (nullable): what stands there
 * @port: the right one
 * @suffix: the right path, "" or "/v1"
 * @remedy: one sentence
 */
JumpVerdict *
jump_doctor_tool_judge_address (const char *place,
                                const char *address,
                                guint port,
                                const char *suffix,
                                const char *remedy)
{
  g_autofree char *whole = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GUri) uri = NULL;

  if (address == NULL)
    return jump_verdict_new_failed (remedy, "nothing tells it to ask Jumpseat");
  whole =
      strstr (address, "://") != NULL ? g_strdup (address) : g_strconcat ("http://", address, NULL);
  uri = g_uri_parse (whole, G_URI_FLAGS_PARSE_RELAXED, NULL);
  if (uri == NULL || !is_loopback (g_uri_get_host (uri)))
    return jump_verdict_new_failed (remedy, "%s sends it elsewhere, to %s", place, address);
  if (g_uri_get_port (uri) != (int) port)
    return jump_verdict_new_failed (remedy,
                                    "%s says %s, but Jumpseat is at port %u",
                                    place,
                                    address,
                                    port);
  path = g_strdup (g_uri_get_path (uri));
  if (g_str_has_suffix (path, "/"))
    path[strlen (path) - 1] = '\0';
  if (!g_str_equal (path, suffix))
    return jump_verdict_new_failed (remedy,
                                    "%s says %s, which should end in %u%s",
                                    place,
                                    address,
                                    port,
                                    suffix);
  return jump_verdict_new_ok ("%s says %s", place, address);
}

/* TOML and JSON alike: key, = or :, address in quotes. Returns: (transfer full) (nullable): one that points to
 * this computer if there is one, else the first. */
static char *
find_in_file (const char *path, const char *key)
{
  g_autofree char *text = NULL;
  g_autofree char *pattern = g_strdup_printf ("%s\"?\\s*[:=]\\s*\"([^\"]*)\"", key);
  g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  char *first = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return NULL;
  for (g_regex_match (regex, text, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    {
      g_autofree char *address = g_match_info_fetch (match, 1);

      if (strstr (address, "127.0.0.1") != NULL || strstr (address, "localhost") != NULL)
        {
          g_free (first);
          return g_steal_pointer (&address);
        }
      if (first == NULL)
        first = g_steal_pointer (&address);
    }
  return first;
}

/**
 * jump_doctor_tool_judge:
 * @tool: of jump_doctor_tool_find()
 * @port: where Jumpseat listens
 *
 * The environment that is looked at is that of this command: tools started elsewhere may have another.
 */
JumpVerdict *
jump_doctor_tool_judge (const JumpDoctorTool *tool, guint port)
{
  const Row *row = (const Row *) tool; /* its first member */
  const char *value = row->variable == NULL ? NULL : g_getenv (row->variable);
  g_autofree char *number = g_strdup_printf ("%u", port);
  g_autoptr (GString) remedy = g_string_new (row->remedy);
  g_autofree char *path = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *address = NULL;

  g_string_replace (remedy, "%u", number, 0);
  if (value != NULL && *value != '\0')
    return jump_doctor_tool_judge_address (row->variable, value, port, row->suffix, remedy->str);
  if (row->file != NULL)
    {
      path = g_build_filename (g_get_home_dir (), row->file, NULL);
      shown = jump_verdict_shorten_path (path);
      address = find_in_file (path, row->key);
    }
  return jump_doctor_tool_judge_address (shown, address, port, row->suffix, remedy->str);
}
