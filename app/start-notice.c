/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "config.h"

#include "app/start-notice.h"

#include "app/cli/column-text.h"

#include <glib/gi18n-lib.h>

/* The demo's model: the catalogue of every scenario has it. */
#define DEMO_MODEL "gpt-4.1"

static void
append_addresses (GString *text, const char *url)
{
  static const struct
  {
    const char *name;
    const char *path;
  } rows[] = {
    { N_ ("OpenAI base URL"), "/v1" },
    { N_ ("Anthropic base URL"), "" },
    { N_ ("Ollama address"), "" },
    { N_ ("Chat completions"), "/v1/chat/completions" },
    { N_ ("Models"), "/v1/models" },
    { N_ ("Health"), "/health" },
  };
  glong width = 0;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    width = MAX (width, jump_column_get_width (_ (rows[i].name)));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_string_append (text, "  ");
      jump_column_append (text, _ (rows[i].name), width + 2);
      g_string_append_printf (text, "%s%s\n", url, rows[i].path);
    }
}

/**
 * jump_start_notice_describe_addresses:
 * @url: where the service listens, no slash at the end
 * @is_demo: whether the account is a simulated one
 * @needs_key: whether programs on this computer need a client key, too
 *
 * Returns: (transfer full): what a person needs to point a tool at Jumpseat
 */
char *
jump_start_notice_describe_addresses (const char *url, gboolean is_demo, gboolean needs_key)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, _ ("Jumpseat %s listens at %s\n"), JUMPSEAT_VERSION, url);
  g_string_append_c (text, '\n');
  append_addresses (text, url);
  g_string_append_printf (
      text,
      "\n%s %s\n",
      needs_key
      ? _ ("Every program needs a client key. To make one: jumpseat keys create NAME.")
      : _ ("Any API key will do."),
           _ ("Jumpseat is not a GitHub product. Your use of Copilot through it is "
                             "subject to GitHub's terms."));
  if (!is_demo)
    return g_string_free (text, FALSE);

  g_string_append_printf (
      text,
      "\n%s\n\n",
      _ ("This is the demo: a simulated account, nothing leaves this machine. Try:"));
  g_string_append_printf (
      text,
      "curl -sN %s/v1/chat/completions -H 'Content-Type: application/json' %s"
      "-d '{\"model\":\"" DEMO_MODEL
      "\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}'\n",
      url,
      needs_key ? "-H 'Authorization: Bearer KEY' " : "");
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
  return g_strdup (_ ("\nNobody is signed in yet. Sign in with: jumpseat login\n"));
}
