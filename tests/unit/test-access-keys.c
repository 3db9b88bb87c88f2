/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/access.h"
#include "tests/support/clock-fake.h"

/* Keys and sessions at the gate. */

typedef struct
{
  JumpClock *clock; /* (owned) */
  JumpAccessRules rules;
  char *active;  /* (owned): a key that works */
  char *pending; /* (owned) */
  char *revoked; /* (owned) */
  char *session; /* (owned): a cookie's value */
} Stage;

static char *
make_key (JumpKeyStore *keys, const char *name, JumpClientKeyState state)
{
  g_autoptr (GError) error = NULL;
  g_auto (JumpKeyLimits) limits = { 0 };
  char *secret = NULL;
  JumpClientKey *key = state == JUMP_CLIENT_KEY_PENDING
                           ? jump_key_store_sign_up (keys, name, name, &secret, &error)
                           : jump_key_store_create (keys, name, &limits, &secret, &error);

  g_assert_no_error (error);
  if (state == JUMP_CLIENT_KEY_REVOKED)
    jump_key_store_set_state (keys, jump_client_key_get_id (key), state, &error);
  g_assert_no_error (error);
  return secret;
}

static void
stage_init (Stage *self)
{
  g_autofree char *code = NULL;

  *self = (Stage){ .clock = jump_clock_fake_new () };
  self->rules.control_key = "control";
  self->rules.keys = jump_key_store_new (NULL, self->clock);
  self->rules.sessions = jump_session_book_new (self->clock);
  self->active = make_key (self->rules.keys, "active", JUMP_CLIENT_KEY_ACTIVE);
  self->pending = make_key (self->rules.keys, "pending", JUMP_CLIENT_KEY_PENDING);
  self->revoked = make_key (self->rules.keys, "revoked", JUMP_CLIENT_KEY_REVOKED);
  code = jump_session_book_make_code (self->rules.sessions);
  self->session = jump_session_book_redeem (self->rules.sessions, code);
}

static void
stage_clear (Stage *self)
{
  g_object_unref (self->rules.keys);
  jump_session_book_free (self->rules.sessions);
  g_free (self->active);
  g_free (self->pending);
  g_free (self->revoked);
  g_free (self->session);
  g_object_unref (self->clock);
}

/* What the client shows, and where it stands. */
typedef enum
{
  NOTHING,
  MADE_UP,
  ACTIVE,
  PENDING,
  REVOKED,
  CONTROL,
  SESSION,
} Shown;

static const char *
get_secret (const Stage *stage, Shown shown)
{
  switch (shown)
    {
    case NOTHING:
      return NULL;
    case MADE_UP:
      return "sk-none";
    case ACTIVE:
      return stage->active;
    case PENDING:
      return stage->pending;
    case REVOKED:
      return stage->revoked;
    case CONTROL:
      return "control";
    case SESSION:
      return stage->session;
    }
  return NULL;
}

typedef enum
{
  HERE,      /* a program of the user */
  ELSEWHERE, /* in the clear */
  BY_TLS,    /* from another computer */
} Place;

static void
put (JumpAccessFacts *facts, Place place)
{
  *facts = (JumpAccessFacts){
    .method = "GET",
    .host = "192.0.2.7:8081",
    .local_address = "192.0.2.7",
    .is_local = place == HERE,
    .is_tls = place == BY_TLS,
  };
}

static void
test_who (void)
{
  static const struct
  {
    JumpAccessClass class;
    Place place;
    gboolean needs_key;
    Shown shown;
    const char *code; /* (nullable): admitted */
    gboolean is_guess;
  } cases[] = {
    { JUMP_ACCESS_OPEN, HERE, TRUE, NOTHING, NULL, FALSE },
    { JUMP_ACCESS_OPEN, ELSEWHERE, TRUE, NOTHING, NULL, FALSE },
    { JUMP_ACCESS_OPEN, ELSEWHERE, TRUE, REVOKED, NULL, FALSE },
    { JUMP_ACCESS_PAGE, ELSEWHERE, TRUE, NOTHING, NULL, FALSE },
    { JUMP_ACCESS_METRICS, HERE, TRUE, NOTHING, NULL, FALSE },
    { JUMP_ACCESS_METRICS, HERE, TRUE, REVOKED, NULL, FALSE },
    { JUMP_ACCESS_METRICS, ELSEWHERE, FALSE, NOTHING, "missing_token", FALSE },
    { JUMP_ACCESS_METRICS, ELSEWHERE, FALSE, MADE_UP, "invalid_token", TRUE },
    { JUMP_ACCESS_METRICS, ELSEWHERE, FALSE, ACTIVE, NULL, FALSE },
    { JUMP_ACCESS_METRICS, ELSEWHERE, FALSE, PENDING, "token_pending", FALSE },
    { JUMP_ACCESS_METRICS, ELSEWHERE, FALSE, SESSION, "missing_token", FALSE },
    { JUMP_ACCESS_METRICS, BY_TLS, FALSE, CONTROL, NULL, FALSE },
    { JUMP_ACCESS_LOCAL, HERE, TRUE, NOTHING, NULL, FALSE },
    { JUMP_ACCESS_LOCAL, ELSEWHERE, FALSE, ACTIVE, "forbidden", FALSE },
    { JUMP_ACCESS_LOCAL, BY_TLS, FALSE, CONTROL, "forbidden", FALSE },
    { JUMP_ACCESS_MODEL, HERE, FALSE, NOTHING, NULL, FALSE },
    { JUMP_ACCESS_MODEL, HERE, FALSE, MADE_UP, NULL, FALSE },
    { JUMP_ACCESS_MODEL, HERE, FALSE, ACTIVE, NULL, FALSE },
    { JUMP_ACCESS_MODEL, HERE, FALSE, PENDING, "token_pending", FALSE },
    { JUMP_ACCESS_MODEL, HERE, FALSE, REVOKED, "token_revoked", FALSE },
    { JUMP_ACCESS_MODEL, HERE, TRUE, NOTHING, "missing_token", FALSE },
    { JUMP_ACCESS_MODEL, HERE, TRUE, MADE_UP, "invalid_token", TRUE },
    { JUMP_ACCESS_MODEL, HERE, TRUE, ACTIVE, NULL, FALSE },
    { JUMP_ACCESS_MODEL, HERE, TRUE, CONTROL, NULL, FALSE },
    { JUMP_ACCESS_MODEL, HERE, TRUE, SESSION, NULL, FALSE },
    { JUMP_ACCESS_MODEL, ELSEWHERE, FALSE, NOTHING, "missing_token", FALSE },
    { JUMP_ACCESS_MODEL, ELSEWHERE, FALSE, MADE_UP, "invalid_token", TRUE },
    { JUMP_ACCESS_MODEL, ELSEWHERE, FALSE, ACTIVE, NULL, FALSE },
    { JUMP_ACCESS_MODEL, ELSEWHERE, FALSE, PENDING, "token_pending", FALSE },
    { JUMP_ACCESS_MODEL, ELSEWHERE, FALSE, REVOKED, "token_revoked", FALSE },
    { JUMP_ACCESS_MODEL, ELSEWHERE, FALSE, CONTROL, "invalid_token", TRUE },
    { JUMP_ACCESS_MODEL, ELSEWHERE, FALSE, SESSION, "missing_token", FALSE },
    { JUMP_ACCESS_MODEL, BY_TLS, FALSE, NOTHING, "missing_token", FALSE },
    { JUMP_ACCESS_MODEL, BY_TLS, FALSE, ACTIVE, NULL, FALSE },
    { JUMP_ACCESS_MODEL, BY_TLS, FALSE, CONTROL, NULL, FALSE },
    { JUMP_ACCESS_MODEL, BY_TLS, FALSE, SESSION, "missing_token", FALSE },
    { JUMP_ACCESS_CONTROL, HERE, FALSE, NOTHING, "invalid_control_key", FALSE },
    { JUMP_ACCESS_CONTROL, HERE, FALSE, MADE_UP, "invalid_control_key", TRUE },
    { JUMP_ACCESS_CONTROL, HERE, FALSE, ACTIVE, "invalid_control_key", TRUE },
    { JUMP_ACCESS_CONTROL, HERE, FALSE, CONTROL, NULL, FALSE },
    { JUMP_ACCESS_CONTROL, HERE, FALSE, SESSION, NULL, FALSE },
    { JUMP_ACCESS_CONTROL, ELSEWHERE, FALSE, NOTHING, "control_needs_tls", FALSE },
    { JUMP_ACCESS_CONTROL, ELSEWHERE, FALSE, CONTROL, "control_needs_tls", FALSE },
    { JUMP_ACCESS_CONTROL, ELSEWHERE, FALSE, SESSION, "control_needs_tls", FALSE },
    { JUMP_ACCESS_CONTROL, BY_TLS, FALSE, NOTHING, "invalid_control_key", FALSE },
    { JUMP_ACCESS_CONTROL, BY_TLS, FALSE, ACTIVE, "invalid_control_key", TRUE },
    { JUMP_ACCESS_CONTROL, BY_TLS, FALSE, CONTROL, NULL, FALSE },
    { JUMP_ACCESS_CONTROL, BY_TLS, FALSE, SESSION, "invalid_control_key", FALSE },
    { (JumpAccessClass) 99, HERE, FALSE, CONTROL, "forbidden", FALSE },
  };
  Stage stage;

  stage_init (&stage);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *secret = get_secret (&stage, cases[i].shown);
      const char *name = cases[i].shown == SESSION ? "jumpseat" : "Bearer";
      g_autofree char *text =
          secret == NULL
              ? NULL
              : g_strdup_printf ("%s%s%s", name, cases[i].shown == SESSION ? "=" : " ", secret);
      g_auto (JumpAccessVerdict) verdict = { 0 };
      JumpAccessFacts facts;

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      put (&facts, cases[i].place);
      facts.authorization = cases[i].shown == SESSION ? NULL : text;
      facts.cookie = cases[i].shown == SESSION ? text : NULL;
      stage.rules.needs_key = cases[i].needs_key;
      jump_access_check (&verdict, cases[i].class, &facts, &stage.rules);
      g_assert_cmpstr (verdict.code, ==, cases[i].code);
      g_assert_cmpint (verdict.status != 0, ==, cases[i].code != NULL);
      g_assert_cmpint (verdict.reason != NULL, ==, cases[i].code != NULL);
      g_assert_cmpint (verdict.is_wrong_guess, ==, cases[i].is_guess);
      g_assert_cmpint (verdict.key != NULL && verdict.status == 0,
                       ==,
                       cases[i].shown == ACTIVE && (cases[i].class == JUMP_ACCESS_MODEL ||
                                                    cases[i].class == JUMP_ACCESS_METRICS));
    }
  stage_clear (&stage);
}

/* Each place where a key may stand, and no other one. */
static void
check_place (Stage *stage, const JumpAccessFacts *shown, gboolean in_query, guint status)
{
  g_auto (JumpAccessVerdict) verdict = { 0 };
  JumpAccessFacts facts = *shown;

  facts.method = "POST";
  facts.host = "localhost";
  stage->rules.takes_key_in_query = in_query;
  jump_access_check (&verdict, JUMP_ACCESS_MODEL, &facts, &stage->rules);
  g_assert_cmpuint (verdict.status, ==, status);
}

static void
test_places (void)
{
  Stage stage;
  g_autofree char *query = NULL;
  g_autofree char *bearer = NULL;
  g_autofree char *basic = NULL;
  g_autofree char *two = NULL;
  char *key;

  stage_init (&stage);
  key = stage.active;
  query = g_strdup_printf ("x=y&api_key=%s", key);
  bearer = g_strdup_printf ("Bearer %s", key);
  basic = g_strdup_printf ("Basic %s", key);
  two = g_strdup_printf ("%s, sk-none", key);
  check_place (&stage, &(JumpAccessFacts){ .authorization = bearer }, FALSE, 0);
  check_place (&stage, &(JumpAccessFacts){ .api_key = key }, FALSE, 0);
  check_place (&stage, &(JumpAccessFacts){ .google_key = key }, FALSE, 0);
  check_place (&stage, &(JumpAccessFacts){ .query = query }, TRUE, 0);
  check_place (&stage, &(JumpAccessFacts){ .query = query }, FALSE, 401);
  check_place (&stage,
               &(JumpAccessFacts){ .authorization = "Bearer sk-none", .api_key = key },
               FALSE,
               0);
  check_place (&stage,
               &(JumpAccessFacts){ .authorization = bearer, .api_key = "sk-none" },
               FALSE,
               0);
  check_place (&stage,
               &(JumpAccessFacts){ .authorization = "Bearer sk-none", .query = query },
               TRUE,
               0);
  check_place (&stage, &(JumpAccessFacts){ .authorization = key }, FALSE, 401);
  check_place (&stage, &(JumpAccessFacts){ .authorization = basic }, FALSE, 401);
  check_place (&stage, &(JumpAccessFacts){ .api_key = two }, FALSE, 401);
  check_place (&stage, &(JumpAccessFacts){ .api_key = "" }, FALSE, 401);
  check_place (&stage, &(JumpAccessFacts){ .cookie = key }, FALSE, 401);
  stage_clear (&stage);
}

/* A browser sends its cookie whoever makes it ask. */
static void
test_cookie_needs_own_page (void)
{
  static const struct
  {
    JumpAccessClass class;
    const char *method;
    const char *origin;
    const char *fetch_site;
    guint status;
  } cases[] = {
    { JUMP_ACCESS_CONTROL, "GET", NULL, NULL, 0 },
    { JUMP_ACCESS_CONTROL, "GET", NULL, "none", 0 },
    { JUMP_ACCESS_CONTROL, "GET", NULL, "same-origin", 0 },
    { JUMP_ACCESS_CONTROL, "GET", NULL, "same-site", 403 },
    { JUMP_ACCESS_CONTROL, "POST", NULL, NULL, 403 },
    { JUMP_ACCESS_CONTROL, "POST", NULL, "none", 403 },
    { JUMP_ACCESS_CONTROL, "POST", NULL, "same-origin", 0 },
    { JUMP_ACCESS_CONTROL, "POST", "http://localhost:8081", NULL, 0 },
    { JUMP_ACCESS_CONTROL, "POST", "http://localhost:8081", "same-origin", 0 },
    { JUMP_ACCESS_CONTROL, "POST", "http://localhost:8081", "cross-site", 403 },
    { JUMP_ACCESS_CONTROL, "POST", "http://localhost:3000", "same-site", 403 },
    { JUMP_ACCESS_CONTROL, "DELETE", NULL, NULL, 403 },
    { JUMP_ACCESS_CONTROL, "DELETE", "https://chat.example", "cross-site", 403 },
    { JUMP_ACCESS_MODEL, "POST", NULL, "same-origin", 0 },
    { JUMP_ACCESS_MODEL, "POST", NULL, NULL, 401 },
    /* a listed page is let in by a key, never by our cookie */
    { JUMP_ACCESS_MODEL, "POST", "https://chat.example", "cross-site", 401 },
    { JUMP_ACCESS_MODEL, "GET", "https://chat.example", "cross-site", 401 },
  };
  Stage stage;
  char *origins[] = { (char *) "https://chat.example", NULL };
  g_autofree char *cookie = NULL;

  stage_init (&stage);
  stage.rules.allowed_origins = origins;
  stage.rules.needs_key = TRUE;
  cookie = g_strdup_printf ("jumpseat=0000; jumpseat=%s", stage.session);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (JumpAccessVerdict) verdict = { 0 };
      JumpAccessFacts facts = {
        .method = cases[i].method,
        .host = "localhost:8081",
        .origin = cases[i].origin,
        .fetch_site = cases[i].fetch_site,
        .cookie = cookie,
        .is_local = TRUE,
      };

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      jump_access_check (&verdict, cases[i].class, &facts, &stage.rules);
      g_assert_cmpuint (verdict.status, ==, cases[i].status);
      if (verdict.status == 0)
        g_assert_cmpstr (verdict.session, ==, stage.session);
    }
  stage_clear (&stage);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/access/who", test_who);
  g_test_add_func ("/access/places", test_places);
  g_test_add_func ("/access/cookie-needs-own-page", test_cookie_needs_own_page);
  return g_test_run ();
}
