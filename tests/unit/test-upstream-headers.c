/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/upstream/upstream-headers.h"

#include <string.h>

typedef struct
{
  JumpIdentity *identity;
  JumpToken *token;
  JumpHttpRequest *request;
} Fixture;

static void
set_text (char **field, const char *value)
{
  g_free (*field);
  *field = g_strdup (value);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (JumpSecretText) text = jump_secret_text_new ("tid=1;exp=2:sig");

  self->identity = jump_identity_new ();
  set_text (&self->identity->editor_version, "vscode/1.2.3");
  set_text (&self->identity->plugin_version, "copilot-chat/0.1.2");
  set_text (&self->identity->user_agent, "GitHubCopilotChat/0.1.2");
  set_text (&self->identity->integration_id, "vscode-chat");
  set_text (&self->identity->api_version, "2025-05-01");
  set_text (&self->identity->intent, "conversation-agent");
  set_text (&self->identity->machine_id, "0123abcd");
  set_text (&self->identity->session_id, "session-1");
  self->token = jump_token_new (text, "https://api.example.test");
  self->request = jump_http_request_new ("POST", "https://api.example.test/chat/completions");
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  jump_identity_free (self->identity);
  jump_token_unref (self->token);
  jump_http_request_free (self->request);
}

/* The value of the only line with this name, NULL without one. */
static const char *
get (Fixture *self, const char *name)
{
  const char *value = NULL;
  gsize length = strlen (name);

  for (guint i = 0; i < self->request->headers->len; i++)
    {
      const char *line = g_ptr_array_index (self->request->headers, i);

      if (g_ascii_strncasecmp (line, name, length) == 0 && line[length] == ':')
        {
          g_assert_null (value);
          value = line + length + 1 + strspn (line + length + 1, " ");
        }
    }
  return value;
}

static void
test_all (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *name;
    const char *value;
  } rows[] = {
    { "Authorization", "Bearer tid=1;exp=2:sig" },
    { "Accept", "*/*" },
    { "Editor-Version", "vscode/1.2.3" },
    { "Editor-Plugin-Version", "copilot-chat/0.1.2" },
    { "Copilot-Integration-Id", "vscode-chat" },
    { "User-Agent", "GitHubCopilotChat/0.1.2" },
    { "X-GitHub-Api-Version", "2025-05-01" },
    { "OpenAI-Intent", "conversation-agent" },
    { "X-Request-Id", "request-1" },
    { "X-Initiator", "user" },
    { "VScode-SessionId", "session-1" },
    { "VScode-MachineId", "0123abcd" },
    { "X-VSCode-User-Agent-Library-Version", "electron-fetch" },
    { "Copilot-Vision-Request", NULL },
    { "Accept-Encoding", NULL },
    { "Content-Type", NULL },
    { "Cookie", NULL },
    { "X-Api-Key", NULL },
  };
  JumpUpstreamMeta meta = { .request_id = "request-1" };
  guint n_present = 0;

  jump_upstream_headers_add (self->request, self->identity, self->token, &meta);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_cmpstr (get (self, rows[i].name), ==, rows[i].value);
      n_present += rows[i].value != NULL;
    }
  g_assert_cmpuint (self->request->headers->len, ==, n_present);
}

static void
test_meta (Fixture *self, gconstpointer data)
{
  JumpUpstreamMeta meta = { .from_agent = TRUE, .has_image = TRUE, .intent = "model-access" };

  jump_upstream_headers_add (self->request, self->identity, self->token, &meta);
  g_assert_cmpstr (get (self, "X-Initiator"), ==, "agent");
  g_assert_cmpstr (get (self, "Copilot-Vision-Request"), ==, "true");
  g_assert_cmpstr (get (self, "OpenAI-Intent"), ==, "model-access");
  g_assert_null (get (self, "X-Request-Id"));
}

static void
test_bad_values (Fixture *self, gconstpointer data)
{
  JumpUpstreamMeta meta = { .request_id = "1\r\nX-Evil: 1" };

  set_text (&self->identity->editor_version, "vscode/1\r\nX-Evil: 1");
  set_text (&self->identity->plugin_version, "x\n");
  set_text (&self->identity->user_agent, "\r");
  set_text (&self->identity->intent, "");
  set_text (&self->identity->machine_id, NULL);
  jump_upstream_headers_add (self->request, self->identity, self->token, &meta);
  g_assert_null (get (self, "X-Request-Id"));
  g_assert_null (get (self, "Editor-Version"));
  g_assert_null (get (self, "Editor-Plugin-Version"));
  g_assert_null (get (self, "User-Agent"));
  g_assert_null (get (self, "OpenAI-Intent"));
  g_assert_null (get (self, "VScode-MachineId"));
  g_assert_cmpstr (get (self, "Copilot-Integration-Id"), ==, "vscode-chat");
  for (guint i = 0; i < self->request->headers->len; i++)
    g_assert_null (strstr (g_ptr_array_index (self->request->headers, i), "X-Evil"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/upstream-headers/all", Fixture, NULL, set_up, test_all, tear_down);
  g_test_add ("/upstream-headers/meta", Fixture, NULL, set_up, test_meta, tear_down);
  g_test_add ("/upstream-headers/bad-values", Fixture, NULL, set_up, test_bad_values, tear_down);
  return g_test_run ();
}
