/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/http/multipart-form.h"

#include <string.h>

#define TYPE "multipart/form-data; boundary=xyz"
#define FILE_HEAD                                                            \
  "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jl\"\r\n" \
  "Content-Type: application/octet-stream\r\n\r\n"
#define NOTE "\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nhello"

static void
test_find (void)
{
  static const struct
  {
    const char *type;
    const char *body;
    const char *content;
  } cases[] = {
    { TYPE, "--xyz" FILE_HEAD "one\ntwo\r\n--xyz--\r\n", "one\ntwo" },
    { TYPE, "--xyz" FILE_HEAD "one\r\n--xyz--", "one" },
    { TYPE, "--xyz" FILE_HEAD "\r\n--xyz--\r\n", "" },
    { TYPE, "--xyz" FILE_HEAD "a\r\n\r\n-xyz\r\n--xy\r\n--xyz--\r\n", "a\r\n\r\n-xyz\r\n--xy" },
    { TYPE, "--xyz" NOTE "\r\n--xyz" FILE_HEAD "one\r\n--xyz--\r\n", "one" },
    { TYPE, "--xyz" FILE_HEAD "one\r\n--xyz" NOTE "\r\n--xyz--\r\n", "one" },
    { "Multipart/Form-Data;charset=utf-8; Boundary=\"x y\"",
      "--x y\r\ncontent-disposition:form-data;NAME=file\r\n\r\none\r\n--x y--\r\n",
      "one" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      const char *data = NULL;
      gsize length = 0;
      g_autofree char *content = NULL;

      g_test_message ("%s", cases[i].body);
      g_assert_true (jump_multipart_form_is_one (cases[i].type));
      jump_multipart_form_find (cases[i].type,
                                cases[i].body,
                                strlen (cases[i].body),
                                "file",
                                &data,
                                &length,
                                &error);
      g_assert_no_error (error);
      content = g_strndup (data, length);
      g_assert_cmpstr (content, ==, cases[i].content);
    }
}

static void
test_broken (void)
{
  static const struct
  {
    const char *type;
    const char *body;
    const char *message; /* part of it */
  } cases[] = {
    { "multipart/form-data", "--xyz--\r\n", "boundary" },
    { "multipart/form-data; boundary=", "----\r\n", "boundary" },
    { "multipart/form-data; boundary=\"xyz", "--xyz--\r\n", "boundary" },
    { "multipart/form-data; boundary=\"x\ty\"", "--x\ty--\r\n", "boundary" },
    { TYPE, "", "boundary at the begin" },
    { TYPE, "preamble\r\n--xyz" FILE_HEAD "one\r\n--xyz--\r\n", "boundary at the begin" },
    { TYPE, "--xyz--\r\n", "file: expected a file" },
    { TYPE, "--xyz" NOTE "\r\n--xyz--\r\n", "file: expected a file" },
    { TYPE, "--xyz" FILE_HEAD "one", "end of each part" },
    { TYPE, "--xyz" FILE_HEAD "one\r\n--xyz", "headers" },
    { TYPE, "--xyz" FILE_HEAD "one\r\n--xyz\r\n", "headers" },
    { TYPE, "--xyz\r\none\r\n--xyz--\r\n", "headers" },
    { TYPE, "--xyz\r\nContent-Type: text/plain\r\n\r\none\r\n--xyz--\r\n", "a name" },
    { TYPE, "--xyz\r\n\r\none\r\n\r\n--xyz--\r\n", "a name" },
    { TYPE,
      "--xyz\r\nContent-Disposition: attachment; name=file\r\n\r\none\r\n--xyz--\r\n",
      "form-data" },
    { TYPE,
      "--xyz\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: form-data; name=file\r\n"
      "\r\nb25l\r\n--xyz--\r\n",
      "transfer encoding" },
    { TYPE, "--xyz" FILE_HEAD "one\r\n--xyz" FILE_HEAD "two\r\n--xyz--\r\n", "each name once" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      const char *data = NULL;
      gsize length = 0;

      g_test_message ("%s", cases[i].body);
      g_assert_false (jump_multipart_form_find (cases[i].type,
                                                cases[i].body,
                                                strlen (cases[i].body),
                                                "file",
                                                &data,
                                                &length,
                                                &error));
      g_assert_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST);
      g_assert_nonnull (strstr (error->message, cases[i].message));
    }
}

/* Nothing before the end of the bytes makes it read behind them; nothing that was cut passes. */
static void
test_cut (void)
{
  static const char body[] = "--xyz" NOTE "\r\n--xyz" FILE_HEAD "one\r\n--xyz--";

  for (gsize length = 0; length < sizeof body - 1; length++)
    {
      g_autofree char *piece = g_memdup2 (body, MAX (length, 1));
      const char *data = NULL;
      gsize found = 0;

      g_assert_false (jump_multipart_form_find (TYPE, piece, length, "file", &data, &found, NULL));
    }
}

static void
test_type (void)
{
  g_assert_false (jump_multipart_form_is_one (NULL));
  g_assert_false (jump_multipart_form_is_one ("application/x-jsonlines"));
  g_assert_false (jump_multipart_form_is_one ("multipart/form-data2; boundary=x"));
  g_assert_false (jump_multipart_form_is_one ("multipart/mixed; boundary=x"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/multipart-form/find", test_find);
  g_test_add_func ("/multipart-form/broken", test_broken);
  g_test_add_func ("/multipart-form/cut", test_cut);
  g_test_add_func ("/multipart-form/type", test_type);
  return g_test_run ();
}
