/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/session-book.h"
#include "tests/support/clock-fake.h"

#include <string.h>

#define SECOND 1000u
#define HOUR   (3600u * SECOND)

typedef struct
{
  JumpClock *clock;      /* (owned) */
  JumpSessionBook *book; /* (owned) */
} Stage;

static void
stage_init (Stage *self)
{
  self->clock = jump_clock_fake_new ();
  self->book = jump_session_book_new (self->clock);
}

static void
stage_clear (Stage *self)
{
  jump_session_book_free (self->book);
  g_object_unref (self->clock);
}

static char *
let_in (Stage *stage)
{
  g_autofree char *code = jump_session_book_make_code (stage->book);
  char *cookie = jump_session_book_redeem (stage->book, code);

  g_assert_nonnull (cookie);
  return cookie;
}

static void
test_once (void)
{
  Stage stage;
  g_autofree char *code = NULL;
  g_autofree char *cookie = NULL;

  stage_init (&stage);
  code = jump_session_book_make_code (stage.book);
  g_assert_cmpuint (strlen (code), ==, 64);
  g_assert_false (jump_session_book_check (stage.book, code));
  cookie = jump_session_book_redeem (stage.book, code);
  g_assert_cmpuint (strlen (cookie), ==, 64);
  g_assert_cmpstr (cookie, !=, code);
  g_assert_null (jump_session_book_redeem (stage.book, code));
  g_assert_null (jump_session_book_redeem (stage.book, cookie));
  g_assert_true (jump_session_book_check (stage.book, cookie));
  g_assert_true (jump_session_book_check (stage.book, cookie));
  stage_clear (&stage);
}

static void
test_nonsense (void)
{
  static const char *const texts[] = { "", "x", "0000", "\xff", "NULL" };
  Stage stage;
  g_autofree char *cookie = NULL;
  g_autofree char *cut = NULL;
  g_autofree char *longer = NULL;

  stage_init (&stage);
  cookie = let_in (&stage);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_assert_null (jump_session_book_redeem (stage.book, texts[i]));
      g_assert_false (jump_session_book_check (stage.book, texts[i]));
      jump_session_book_end (stage.book, texts[i]);
    }
  cut = g_strndup (cookie, 63);
  longer = g_strconcat (cookie, "0", NULL);
  g_assert_false (jump_session_book_check (stage.book, NULL));
  g_assert_false (jump_session_book_check (stage.book, cut));
  g_assert_false (jump_session_book_check (stage.book, longer));
  g_assert_true (jump_session_book_check (stage.book, cookie));
  stage_clear (&stage);
}

static void
test_code_expires (void)
{
  Stage stage;
  g_autofree char *in_time = NULL;
  g_autofree char *cookie = NULL;
  g_autofree char *late = NULL;
  g_autofree char *slept = NULL;

  stage_init (&stage);
  in_time = jump_session_book_make_code (stage.book);
  jump_clock_fake_advance (stage.clock, 59 * SECOND);
  cookie = jump_session_book_redeem (stage.book, in_time);
  g_assert_nonnull (cookie);
  late = jump_session_book_make_code (stage.book);
  jump_clock_fake_advance (stage.clock, 60 * SECOND);
  g_assert_null (jump_session_book_redeem (stage.book, late));
  slept = jump_session_book_make_code (stage.book);
  jump_clock_fake_sleep (stage.clock, 60);
  g_assert_null (jump_session_book_redeem (stage.book, slept));
  stage_clear (&stage);
}

static void
test_session_expires (void)
{
  Stage stage;
  g_autofree char *cookie = NULL;
  g_autofree char *other = NULL;

  stage_init (&stage);
  cookie = let_in (&stage);
  jump_clock_fake_advance (stage.clock, 11 * HOUR);
  g_assert_true (jump_session_book_check (stage.book, cookie));
  jump_clock_fake_advance (stage.clock, 11 * HOUR); /* use counts anew */
  g_assert_true (jump_session_book_check (stage.book, cookie));
  jump_clock_fake_advance (stage.clock, 12 * HOUR);
  g_assert_false (jump_session_book_check (stage.book, cookie));
  other = let_in (&stage);
  jump_clock_fake_sleep (stage.clock, 12 * 3600);
  g_assert_false (jump_session_book_check (stage.book, other));
  stage_clear (&stage);
}

/* Setting the clock back gives nobody more time. */
static void
test_clock_set_back (void)
{
  Stage stage;
  g_autofree char *cookie = NULL;

  stage_init (&stage);
  cookie = let_in (&stage);
  jump_clock_fake_sleep (stage.clock, -48 * 3600);
  jump_clock_fake_advance (stage.clock, 12 * HOUR);
  g_assert_false (jump_session_book_check (stage.book, cookie));
  stage_clear (&stage);
}

static void
test_end (void)
{
  Stage stage;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  stage_init (&stage);
  first = let_in (&stage);
  second = let_in (&stage);
  jump_session_book_end (stage.book, first);
  g_assert_false (jump_session_book_check (stage.book, first));
  g_assert_true (jump_session_book_check (stage.book, second));
  stage_clear (&stage);
}

/* The oldest makes room; those in use stay. */
static void
test_bounds (void)
{
  Stage stage;
  g_autofree char *first_code = NULL;
  g_autofree char *used = NULL;
  g_autofree char *unused = NULL;

  stage_init (&stage);
  first_code = jump_session_book_make_code (stage.book);
  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *code G_GNUC_UNUSED = NULL;

      jump_clock_fake_advance (stage.clock, 1);
      code = jump_session_book_make_code (stage.book);
    }
  g_assert_null (jump_session_book_redeem (stage.book, first_code));

  used = let_in (&stage);
  jump_clock_fake_advance (stage.clock, 1);
  unused = let_in (&stage);
  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *cookie = NULL;

      jump_clock_fake_advance (stage.clock, 1);
      g_assert_true (jump_session_book_check (stage.book, used));
      jump_clock_fake_advance (stage.clock, 1);
      cookie = let_in (&stage);
      g_assert_true (jump_session_book_check (stage.book, cookie));
    }
  g_assert_false (jump_session_book_check (stage.book, unused));
  stage_clear (&stage);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session-book/once", test_once);
  g_test_add_func ("/session-book/nonsense", test_nonsense);
  g_test_add_func ("/session-book/code-expires", test_code_expires);
  g_test_add_func ("/session-book/session-expires", test_session_expires);
  g_test_add_func ("/session-book/clock-set-back", test_clock_set_back);
  g_test_add_func ("/session-book/end", test_end);
  g_test_add_func ("/session-book/bounds", test_bounds);
  return g_test_run ();
}
