/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

/* jumpseat.com: jumpseat.exe for a command prompt, which waits for console programs only. Both lie in
 * one folder; whoever types "jumpseat" gets this one, because ".com" comes before ".exe". */

#include <string.h>
#include <windows.h>

#define PATH_LENGTH    32768
#define EXIT_NOT_FOUND 127

/* The program that was started hears of Ctrl-C too, and decides. */
static BOOL WINAPI
on_console_event (DWORD type)
{
  return type == CTRL_C_EVENT || type == CTRL_BREAK_EVENT;
}

/* Returns: what stands behind the name of the program in our command line, unchanged */
static const WCHAR *
skip_name (const WCHAR *line)
{
  if (*line == L'"')
    {
      line++;
      while (*line != L'\0' && *line != L'"')
        line++;
      return *line == L'"' ? line + 1 : line;
    }
  while (*line != L'\0' && *line != L' ' && *line != L'\t')
    line++;
  return line;
}

/* Of the console itself nothing is handed on: the program opens it. Files and pipes are. */
static HANDLE
choose_handle (DWORD which)
{
  HANDLE handle = GetStdHandle (which);
  DWORD mode = 0;

  if (handle == NULL || handle == INVALID_HANDLE_VALUE || GetConsoleMode (handle, &mode))
    return NULL;
  SetHandleInformation (handle, HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT);
  return handle;
}

static DWORD
run (const WCHAR *program, WCHAR *line)
{
  STARTUPINFOW start = { .cb = sizeof start, .dwFlags = STARTF_USESTDHANDLES };
  PROCESS_INFORMATION process;
  DWORD code = EXIT_NOT_FOUND;

  start.hStdInput = choose_handle (STD_INPUT_HANDLE);
  start.hStdOutput = choose_handle (STD_OUTPUT_HANDLE);
  start.hStdError = choose_handle (STD_ERROR_HANDLE);
  if (!CreateProcessW (program, line, NULL, NULL, TRUE, 0, NULL, NULL, &start, &process))
    return EXIT_NOT_FOUND;
  CloseHandle (process.hThread);
  WaitForSingleObject (process.hProcess, INFINITE);
  GetExitCodeProcess (process.hProcess, &code);
  CloseHandle (process.hProcess);
  return code;
}

int
main (void)
{
  HANDLE heap = GetProcessHeap ();
  WCHAR *program = HeapAlloc (heap, 0, PATH_LENGTH * sizeof (WCHAR));
  WCHAR *line = HeapAlloc (heap, 0, 2 * PATH_LENGTH * sizeof (WCHAR));
  UINT code_page = GetConsoleOutputCP ();
  DWORD length = program == NULL ? 0 : GetModuleFileNameW (NULL, program, PATH_LENGTH);
  DWORD code;

  if (line == NULL || length < 4 || length >= PATH_LENGTH)
    return EXIT_NOT_FOUND;
  memcpy (program + length - 4, L".exe", 4 * sizeof (WCHAR));
  lstrcpyW (line, L"\"");
  lstrcatW (line, program);
  lstrcatW (line, L"\"");
  lstrcatW (line, skip_name (GetCommandLineW ()));
  SetConsoleCtrlHandler (on_console_event, TRUE);
  code = run (program, line);
  if (code_page != 0)
    SetConsoleOutputCP (code_page);
  return (int) code;
}
