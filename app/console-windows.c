/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/console.h"

#include <fcntl.h>
#include <io.h>
#include <stdio.h>
#include <windows.h>

/* The program is one for windows, so that none shows a console of its own; such a program is given
 * none, and has to ask for the one it was started from. */

static gboolean
is_given (DWORD which)
{
  HANDLE handle = GetStdHandle (which);

  return handle != NULL && handle != INVALID_HANDLE_VALUE;
}

/* A file or a pipe that somebody has put there stays, and gets the same bytes as on other systems. */
static void
open_stream (DWORD which, FILE *stream, const char *console, const char *mode)
{
  if (!is_given (which))
    {
      if (freopen (console, mode, stream) == NULL)
        freopen ("NUL", mode, stream);
    }
  else if (_fileno (stream) >= 0)
    _setmode (_fileno (stream), _O_BINARY);
}

char **
jump_console_open (char **argv)
{
  /* It fails when there is one already, and when whoever started us has none: both are fine. */
  if (AttachConsole (ATTACH_PARENT_PROCESS))
    SetConsoleOutputCP (CP_UTF8);
  open_stream (STD_INPUT_HANDLE, stdin, "CONIN$", "r");
  open_stream (STD_OUTPUT_HANDLE, stdout, "CONOUT$", "w");
  open_stream (STD_ERROR_HANDLE, stderr, "CONOUT$", "w");
  setvbuf (stderr, NULL, _IONBF, 0);
  return g_win32_get_command_line ();
}
