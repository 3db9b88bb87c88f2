/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/sign-in-view.h"

#include "app/cli/column-text.h"
#include "app/cli/command.h"
#include "app/cli/duration-text.h"
#include "app/desktop.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#define ERASE_LINE    "\r\033[K"
#define PLAIN_SECONDS 60 /* how often a log file is told how much time is left */

static void
print_rule (const char *left, const char *right, glong width)
{
  g_print ("%s", left);
  for (glong i = 0; i < width + 2; i++)
    g_print ("─");
  g_print ("%s\n", right);
}

static void
print_boxed (const char *const *lines)
{
  glong width = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    width = MAX (width, jump_column_get_width (lines[i]));
  print_rule ("┌", "┐", width);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      int padding = (int) (width - jump_column_get_width (lines[i]));

      g_print ("│ %s%*s │\n", lines[i], padding, "");
    }
  print_rule ("└", "┘", width);
}

static void
print_instructions (JumpSignInView *self, JsonObject *state)
{
  const char *uri = jump_json_get_string (state, "verification_uri", "");
  g_autofree char *visit = g_strdup_printf (_ ("To authenticate, visit: %s"), uri);
  g_autofree char *enter =
      g_strdup_printf (_ ("Enter code: %s"), jump_json_get_string (state, "user_code", ""));
  const char *lines[] = {
    _ ("Sign in to GitHub"), "", visit, enter, "", _ ("Ctrl-C cancels."), NULL,
  };

  if (self->terminal)
    print_boxed (lines);
  else
    g_print ("%s\n%s\n", visit, enter);
  if (self->open_browser && g_str_has_prefix (uri, "http") && jump_desktop_open_uri (uri))
    g_print ("%s", _ ("The address is open in your browser.\n"));
}

static void
print_countdown (JumpSignInView *self, gint64 left)
{
  g_autofree char *duration = jump_duration_to_text (left);

  if (left == self->left)
    return;
  if (self->terminal)
    {
      fputs (ERASE_LINE, stdout);
      g_print (_ ("Waiting for you on GitHub; the code expires in %s "), duration);
      self->has_count = TRUE;
    }
  else if (self->left < 0 || self->left - left >= PLAIN_SECONDS)
    g_print (_ ("Waiting; the code expires in %s\n"), duration);
  else
    return; /* left stays what was printed last */
  self->left = left;
}

static void
print_outcome (const char *status, JsonObject *state)
{
  if (g_str_equal (status, "success"))
    g_print (_ ("Signed in as %s.\n"), jump_json_get_string (state, "login", _ ("unknown")));
  else if (g_str_equal (status, "expired"))
    g_printerr ("%s", _ ("jumpseat: the code has expired; start again with: jumpseat login\n"));
  else if (g_str_equal (status, "denied"))
    g_printerr ("%s", _ ("jumpseat: access was denied on GitHub\n"));
  else if (g_str_equal (status, "cancelled"))
    g_printerr ("%s", _ ("jumpseat: sign-in cancelled\n"));
  else if (g_str_equal (status, "failed"))
    g_printerr ("jumpseat: %s\n",
                jump_json_get_string (state, "error", _ ("the sign-in ended without a reason")));
}

static void
copy_string (JsonObject *to, JsonObject *from, const char *member)
{
  const char *value = jump_json_get_string (from, member, NULL);

  if (value != NULL)
    json_object_set_string_member (to, member, value);
}

/* Only what this state has: no nulls, and no name of an account that is about to be replaced. */
static void
print_json_line (const char *status, JsonObject *state)
{
  g_autoptr (JsonObject) line = json_object_new ();

  json_object_set_string_member (line, "status", status);
  if (g_str_equal (status, "pending"))
    {
      copy_string (line, state, "user_code");
      copy_string (line, state, "verification_uri");
      json_object_set_int_member (line, "expires_in", jump_json_get_int (state, "expires_in", 0));
      json_object_set_int_member (line, "interval", jump_json_get_int (state, "interval", 0));
    }
  else if (g_str_equal (status, "success"))
    copy_string (line, state, "login");
  else
    copy_string (line, state, "error");
  jump_command_print_json (line);
}

/**
 * jump_sign_in_view_init:
 * @self: the view, on the stack
 * @json: whether a program reads what is printed
 * @open_browser: whether to open the address, where there is a display
 */
void
jump_sign_in_view_init (JumpSignInView *self, gboolean json, gboolean open_browser)
{
  *self = (JumpSignInView){
    .json = json,
    .terminal = jump_desktop_is_terminal (),
    .open_browser = open_browser && !json,
    .left = -1,
  };
}

/**
 * jump_sign_in_view_clear:
 * @self: the view
 */
void
jump_sign_in_view_clear (JumpSignInView *self)
{
  g_clear_pointer (&self->status, g_free);
}

/**
 * jump_sign_in_view_show:
 * @self: the view
 * @state: the answer of GET /api/login
 *
 * Prints what is new since the last call.
 */
void
jump_sign_in_view_show (JumpSignInView *self, JsonObject *state)
{
  const char *status = jump_json_get_string (state, "status", "failed");
  gboolean is_new = g_strcmp0 (status, self->status) != 0;

  if (is_new)
    {
      g_free (self->status);
      self->status = g_strdup (status);
    }
  if (self->json)
    {
      if (is_new)
        print_json_line (status, state);
      return;
    }
  if (g_str_equal (status, "pending"))
    {
      if (is_new)
        print_instructions (self, state);
      print_countdown (self, jump_json_get_int (state, "expires_in", 0));
      return;
    }
  if (!is_new)
    return;
  if (self->has_count)
    fputs (ERASE_LINE, stdout);
  self->has_count = FALSE;
  print_outcome (status, state);
}
