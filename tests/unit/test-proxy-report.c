/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/net/proxy-report.h"

/* What is told of a proxy, and that its name and password are not. */

typedef struct
{
  const char *name;
  const char *proxy;
  const char *told;
} Case;

static const Case cases[] = {
  { "plain", "http://proxy.test:3128", "http://proxy.test:3128" },
  { "no-scheme", "proxy.test:3128", "proxy.test:3128" },
  { "path", "http://proxy.test:3128/x?y", "http://proxy.test:3128" },
  { "password", "http://joe:word@proxy.test:3128/", "http://proxy.test:3128" },
  { "no-scheme-password", "joe:word@proxy.test:3128", "proxy.test:3128" },
  { "at-sign", "http://joe:w@rd@proxy.test:3128", "http://proxy.test:3128" },
  { "slash", "http://joe:w/rd@proxy.test:3128", "http://proxy.test:3128" },
  { "question-mark", "http://joe:w?rd@proxy.test:3128/x", "http://proxy.test:3128" },
  { "number-sign", "joe:w#rd@proxy.test", "proxy.test" },
};

static void
on_told (GObject *source, GAsyncResult *result, gpointer user_data)
{
  JumpProxyReport **out = user_data;

  *out = jump_proxy_report_finish (JUMP_HTTP_CLIENT (source), result);
}

static void
test_case (gconstpointer data)
{
  const Case *row = data;
  JumpHttpClientOptions options = { .proxy = row->proxy };
  g_autoptr (JumpPoller) poller = jump_poller_new ();
  g_autoptr (JumpHttpClient) client = jump_http_client_new (poller, &options);
  g_autoptr (JumpProxyReport) report = NULL;

  jump_proxy_report_async (client, "https://api.upstream.test", on_told, &report);
  while (report == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (report->source, ==, JUMP_PROXY_FROM_SETTING);
  g_assert_cmpstr (report->proxy, ==, row->told);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/proxy-report/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  return g_test_run ();
}
