/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "config.h"

#include "app/start-notice.h"

/* The demo's model: the catalogue of every scenario has it. */
#define DEMO_MODEL "gpt-4.1"

/**
 * jump_start_notice_describe_addresses:
 * @url: where the service listens, no slash at the end
 * @is_demo: whether the account is a simulated one
 *
 * Returns: (transfer full): what a person needs to point a tool at Jumpseat
 */
char *
jump_start_notice_describe_addresses (const char *url, gboolean is_demo)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "Jumpseat %s listens at %s\n\n", JUMPSEAT_VERSION, url);
  g_string_append_printf (text, "  OpenAI base URL     %s/v1\n", url);
  g_string_append_printf (text, "  Anthropic base URL  %s\n", url);
  g_string_append_printf (text, "  Ollama address      %s\n", url);
  g_string_append_printf (text, "  Chat completions    %s/v1/chat/completions\n", url);
  g_string_append_printf (text, "  Models              %s/v1/models\n", url);
  g_string_append_printf (text, "  Health              %s/health\n\n", url);
  g_string_append (text, "Any API key will do. ");
  g_string_append (text,
                   "Jumpseat is not a GitHub product. Your use of Copilot through it is subject to "
                   "GitHub's terms.\n");
  if (!is_demo)
    return g_string_free (text, FALSE);

  g_string_append (
      text,
      "\nThis is the demo: a simulated account, nothing leaves this machine. Try:\n\n");
  g_string_append_printf (
      text,
      "curl -sN %s/v1/chat/completions -H 'Content-Type: application/json' "
      "-d '{\"model\":\"" DEMO_MODEL
      "\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}'\n",
      url);
  return g_string_free (text, FALSE);
}

/**
 * jump_start_notice_describe_signed_out:
 *
 * Returns: (transfer full): what to do when nobody is signed in
 */
char *
jump_start_notice_describe_signed_out (void)
{
  return g_strdup ("\nNobody is signed in yet. Sign in with: jumpseat login\n");
}
