/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/base/secret-file.h"
#include "tests/support/temp-home.h"

#include <string.h>

#define VARIABLE "A_TOKEN_FILE"

typedef struct
{
  const char *name;
  const char *content;
  gssize length;     /* -1: up to the zero */
  const char *token; /* (nullable): NULL is refused */
  const char *problem;
} Case;

static const Case cases[] = {
  { "plain", "ghu_abc", -1, "ghu_abc", NULL },
  { "newline", "ghu_abc\n", -1, "ghu_abc", NULL },
  { "windows", " ghu_abc\r\n\r\n", -1, "ghu_abc", NULL },
  { "empty", "", -1, NULL, "is empty" },
  { "blank", " \n\t\n", -1, NULL, "is empty" },
  { "two-words", "ghu abc\n", -1, NULL, "holds something else than one token" },
  { "two-lines", "ghu_abc\nghu_def\n", -1, NULL, "holds something else than one token" },
  { "not-ascii", "ghu_äbc\n", -1, NULL, "holds something else than one token" },
  { "zero", "ghu\0abc", 7, NULL, "is not text" },
  { "bytes", "ghu\xff", 4, NULL, "is not text" },
};

static void
test_case (gconstpointer data)
{
  const Case *row = data;
  g_autoptr (JumpTempHome) home = jump_temp_home_new ();
  g_autofree char *path = jump_temp_home_get_path (home, "token");
  g_autoptr (JumpSecretText) token = NULL;
  g_autoptr (GError) error = NULL;
  gsize length = row->length < 0 ? strlen (row->content) : (gsize) row->length;

  g_assert_true (g_file_set_contents (path, row->content, (gssize) length, NULL));
  token = jump_secret_file_read_token (VARIABLE, path, &error);
  if (row->token != NULL)
    {
      g_assert_no_error (error);
      g_assert_true (jump_secret_text_equal (token, row->token));
      return;
    }
  g_assert_null (token);
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_SETTINGS);
  g_assert_true (g_str_has_prefix (error->message, VARIABLE ": "));
  g_assert_nonnull (strstr (error->message, path));
  g_assert_true (g_str_has_suffix (error->message, row->problem));
}

static void
assert_refused (const char *path, const char *problem)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (jump_secret_file_read_token (VARIABLE, path, &error));
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_SETTINGS);
  g_assert_nonnull (strstr (error->message, problem));
}

static void
test_unreadable (void)
{
  g_autoptr (JumpTempHome) home = jump_temp_home_new ();
  g_autofree char *missing = jump_temp_home_get_path (home, "missing");
  g_autofree char *folder = jump_temp_home_get_path (home, "");

  assert_refused (missing, "cannot read");
  assert_refused (folder, "cannot read");
}

static void
test_length (void)
{
  g_autoptr (JumpTempHome) home = jump_temp_home_new ();
  g_autofree char *path = jump_temp_home_get_path (home, "token");
  g_autofree char *content = g_strnfill (JUMP_SECRET_FILE_MAX + 1, 'x');
  g_autoptr (GError) error = NULL;
  char *text;

  g_assert_true (g_file_set_contents (path, content, -1, NULL));
  assert_refused (path, "is too long for a file with secrets");
  g_assert_true (g_file_set_contents (path, content, JUMP_SECRET_FILE_MAX, NULL));
  text = jump_secret_file_read (VARIABLE, path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strlen (text), ==, JUMP_SECRET_FILE_MAX);
  jump_secret_free (text);
  assert_refused (path, "holds something else than one token");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/secret-file/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/secret-file/unreadable", test_unreadable);
  g_test_add_func ("/secret-file/length", test_length);
  return g_test_run ();
}
