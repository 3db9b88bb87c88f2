/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/admission.h"

#include <string.h>

/* What pages may read of a reply besides the usual. */
#define EXPOSED                                                                   \
  "X-Request-Id, Request-Id, Retry-After, X-Jumpseat-Route, X-Jumpseat-Changes, " \
  "X-Jumpseat-Estimate, X-Jumpseat-Version"

/* Longer lists of headers no page of a decent client asks for. */
#define MAX_ASKED_HEADERS 2048
#define HEADER_LIST_CHARS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_, "

static JumpAccessFacts
describe (const JumpRequestHead *head,
          const JumpClientRequest *request,
          const JumpClientConnection *connection)
{
  SoupMessageHeaders *headers = head->headers;

  return (JumpAccessFacts){
    .method = request->method,
    .query = head->query,
    .host = soup_message_headers_get_list (headers, "Host"),
    .origin = soup_message_headers_get_list (headers, "Origin"),
    .fetch_site = soup_message_headers_get_list (headers, "Sec-Fetch-Site"),
    .authorization = soup_message_headers_get_list (headers, "Authorization"),
    .api_key = soup_message_headers_get_list (headers, "x-api-key"),
    .google_key = soup_message_headers_get_list (headers, "x-goog-api-key"),
    .cookie = soup_message_headers_get_list (headers, "Cookie"),
    .local_address = connection->local_address,
    .is_local = connection->is_local,
    .is_tls = connection->is_tls,
  };
}

/* Without credentials: a page shows its key itself, our cookies are none of its business. */
static void
append_page_lines (GString *lines, const char *page)
{
  g_string_append_printf (lines,
                          "Access-Control-Allow-Origin: %s\r\n"
                          "Access-Control-Expose-Headers: " EXPOSED "\r\n"
                          "Vary: Origin\r\n",
                          page);
}

static void
append_preflight_lines (GString *lines, const JumpRequestHead *head)
{
  const char *asked =
      soup_message_headers_get_list (head->headers, "Access-Control-Request-Headers");

  g_string_append (lines,
                   "Access-Control-Allow-Methods: GET, POST, DELETE\r\n"
                   "Access-Control-Max-Age: 600\r\n");
  /* Clients send many of their own; those that open doors mean nothing to the model API. */
  if (asked != NULL && strlen (asked) <= MAX_ASKED_HEADERS &&
      strspn (asked, HEADER_LIST_CHARS) == strlen (asked))
    g_string_append_printf (lines, "Access-Control-Allow-Headers: %s\r\n", asked);
  if (soup_message_headers_get_one (head->headers, "Access-Control-Request-Private-Network") !=
      NULL)
    g_string_append (lines, "Access-Control-Allow-Private-Network: true\r\n");
}

/* Returns: (transfer none) (nullable): what a browser asks about before the page's real request */
static const char *
get_preflighted_method (const JumpRequestHead *head, const JumpAccessFacts *facts)
{
  if (!g_str_equal (facts->method, "OPTIONS") || facts->origin == NULL)
    return NULL;
  return soup_message_headers_get_one (head->headers, "Access-Control-Request-Method");
}

static void
judge_preflight (JumpAdmission *self,
                 const JumpRequestHead *head,
                 const JumpAccessFacts *facts,
                 const JumpAccessRules *rules,
                 const JumpRoute *asked_for)
{
  JumpAccessClass class = asked_for != NULL ? asked_for->access : JUMP_ACCESS_CONTROL;

  jump_access_check_source (&self->verdict, class, facts, rules);
  self->is_preflight = self->verdict.status == 0 && self->verdict.page != NULL;
}

static void
take_over (JumpClientRequest *request,
           JumpAccessVerdict *verdict,
           const JumpClientConnection *connection,
           JumpKeyStore *keys)
{
  request->is_local = connection->is_local;
  request->is_tls = connection->is_tls;
  request->address =
      g_strdup (g_strcmp0 (connection->peer, JUMP_PEER_UNIX) == 0 ? "local" : connection->peer);
  request->session = g_strdup (verdict->session);
  if (verdict->key == NULL || jump_client_key_get_state (verdict->key) != JUMP_CLIENT_KEY_ACTIVE)
    return;
  request->pass = jump_client_pass_ref (jump_client_key_get_pass (verdict->key));
  jump_key_store_note_use (keys, verdict->key);
}

/* What browsers load before somebody has asked for it, each in its own words. */
static gboolean
is_prefetch (const JumpRequestHead *head)
{
  static const char *const names[] = { "Sec-Purpose", "Purpose", "X-Moz" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *value = soup_message_headers_get_one (head->headers, names[i]);

      if (value != NULL && g_ascii_strncasecmp (value, "prefetch", 8) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Whose errors the client can read. Where the path says what the body is, no header does. */
static JumpDialectId
choose_dialect (const JumpClientRequest *request, const JumpRoute *routes, gsize n_routes)
{
  JumpDialectId id = jump_router_guess_dialect (routes, n_routes, request->path);

  if (id == JUMP_DIALECT_CHAT && request->anthropic_version != NULL &&
      !g_str_has_suffix (request->path, "/chat/completions"))
    return JUMP_DIALECT_MESSAGES;
  return id;
}

static char *
write_lines (const JumpAdmission *self, const JumpRequestHead *head)
{
  GString *lines = g_string_new (JUMP_ADMISSION_SAFE_LINES);

  if (self->verdict.page != NULL)
    append_page_lines (lines, self->verdict.page);
  if (self->is_preflight)
    append_preflight_lines (lines, head);
  return g_string_free (lines, FALSE);
}

/**
 * jump_admission_judge:
 * @self: (out caller-allocates): what came out
 * @request: (inout): its head was taken; gets dialect, pass, session and who the client is
 * @head: of @request; its method and path are not looked at
 * @connection: on which it came
 * @rules: of the gatekeeper
 * @routes: (array length=n_routes): the table
 * @n_routes: its rows
 *
 * The source is judged first, on every route and on what is no route, so that a page cannot even learn what there
 * is.
 */
void
jump_admission_judge (JumpAdmission *self,
                      JumpClientRequest *request,
                      const JumpRequestHead *head,
                      const JumpClientConnection *connection,
                      const JumpAccessRules *rules,
                      const JumpRoute *routes,
                      gsize n_routes)
{
  JumpAccessFacts facts = describe (head, request, connection);
  const char *preflighted = get_preflighted_method (head, &facts);

  *self = (JumpAdmission){ 0 };
  request->dialect = jump_dialect_get (choose_dialect (request, routes, n_routes));
  self->route = jump_router_find (routes,
                                  n_routes,
                                  preflighted != NULL ? preflighted : request->method,
                                  request->path,
                                  &request->parameter,
                                  &self->allow);
  if (preflighted != NULL)
    {
      judge_preflight (self, head, &facts, rules, self->route);
      self->route = NULL;
    }
  else
    jump_access_check (&self->verdict,
                       self->route != NULL ? self->route->access : JUMP_ACCESS_MODEL,
                       &facts,
                       rules);
  take_over (request, &self->verdict, connection, rules->keys);
  request->is_prefetch = is_prefetch (head);
  self->reply_lines = write_lines (self, head);
}

void
jump_admission_clear (JumpAdmission *self)
{
  jump_access_verdict_clear (&self->verdict);
  g_clear_pointer (&self->allow, g_free);
  g_clear_pointer (&self->reply_lines, g_free);
}
