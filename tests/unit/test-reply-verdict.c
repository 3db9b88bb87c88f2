/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/upstream/reply-verdict.h"

#include <string.h>

/* Texts from protocol 7.1 and 7.2. */
static void
test_table (void)
{
  static const struct
  {
    guint status;
    const char *body;
    JumpReplyVerdict verdict;
  } rows[] = {
    { 401, "IDE token expired: unauthorized: token expired\n", JUMP_VERDICT_TOKEN_DEAD },
    { 401, "unauthorized: AuthenticateToken authentication failed", JUMP_VERDICT_TOKEN_DEAD },
    { 401, "{\"error\":{\"message\":\"no\",\"code\":\"whatever\"}}", JUMP_VERDICT_TOKEN_DEAD },
    { 401, "", JUMP_VERDICT_TOKEN_DEAD },
    { 401,
      "{\"error\":{\"message\":\"Input item (rs_1) does not belong to this connection\"}}",
      JUMP_VERDICT_PASS },
    { 401, "input item rs_1 is unknown", JUMP_VERDICT_PASS },
    { 401, "it does not belong to this connection", JUMP_VERDICT_PASS },
    { 403, "{\"error\":{\"code\":\"token_expired\"}}", JUMP_VERDICT_TOKEN_DEAD },
    { 403, "{\"error\":{\"code\":\"Expired_Token\"}}", JUMP_VERDICT_TOKEN_DEAD },
    { 403, "{\"code\":\"invalid_token\",\"message\":\"…\"}", JUMP_VERDICT_TOKEN_DEAD },
    { 403, "{\"error\":\"expired_token\"}", JUMP_VERDICT_TOKEN_DEAD },
    { 403, "{\"error\":{\"code\":\"access_denied\"}}", JUMP_VERDICT_PASS },
    { 403, "{\"message\":\"the code is token_expired\"}", JUMP_VERDICT_PASS },
    { 403, "Forbidden\n", JUMP_VERDICT_OPAQUE },
    { 403, "[\"expired_token\"]", JUMP_VERDICT_PASS },
    { 403, "", JUMP_VERDICT_PASS },
    { 421, "Misdirected Request", JUMP_VERDICT_WRONG_HOST },
    { 400, "{\"error\":{\"code\":\"expired_token\"}}", JUMP_VERDICT_PASS },
    { 429, "slow down", JUMP_VERDICT_PASS },
    { 500, "unauthorized: token expired", JUMP_VERDICT_PASS },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%u %s", rows[i].status, rows[i].body);
      g_assert_cmpint (jump_reply_verdict (rows[i].status, rows[i].body, strlen (rows[i].body)),
                       ==,
                       rows[i].verdict);
    }
}

static void
test_odd_bodies (void)
{
  static const char broken[] = { '\xff', '\0', '{', '\xc3' };

  g_assert_cmpint (jump_reply_verdict (401, NULL, 0), ==, JUMP_VERDICT_TOKEN_DEAD);
  g_assert_cmpint (jump_reply_verdict (403, NULL, 0), ==, JUMP_VERDICT_PASS);
  g_assert_cmpint (jump_reply_verdict (401, broken, sizeof (broken)), ==, JUMP_VERDICT_TOKEN_DEAD);
  g_assert_cmpint (jump_reply_verdict (403, broken, sizeof (broken)), ==, JUMP_VERDICT_PASS);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reply-verdict/table", test_table);
  g_test_add_func ("/reply-verdict/odd-bodies", test_odd_bodies);
  return g_test_run ();
}
