/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/doctor/verdict.h"

#include "service/base/redact.h"

#include <string.h>

/* Words of upstream and of libraries come with line ends and, on bad days, with secrets. */
static char *
clean (char *text)
{
  g_autofree char *raw = text;
  char *redacted = jump_redact (raw);

  for (char *at = redacted; *at != '\0'; at++)
    {
      if ((guchar) *at < 0x20 || *at == 0x7f)
        *at = ' ';
    }
  return g_strstrip (redacted);
}

static JumpVerdict *G_GNUC_PRINTF (3, 0)
    make (JumpVerdictState state, const char *remedy, const char *format, va_list arguments)
{
  JumpVerdict *self = g_new0 (JumpVerdict, 1);

  self->state = state;
  self->found = clean (g_strdup_vprintf (format, arguments));
  self->remedy = g_strdup (remedy);
  self->stops = state == JUMP_VERDICT_FAILED || state == JUMP_VERDICT_SKIPPED;
  return self;
}

JumpVerdict *
jump_verdict_new_ok (const char *format, ...)
{
  JumpVerdict *self;
  va_list arguments;

  va_start (arguments, format);
  self = make (JUMP_VERDICT_OK, NULL, format, arguments);
  va_end (arguments);
  return self;
}

/**
 * jump_verdict_new_warning:
 * @remedy: one sentence
 */
JumpVerdict *
jump_verdict_new_warning (const char *remedy, const char *format, ...)
{
  JumpVerdict *self;
  va_list arguments;

  g_return_val_if_fail (remedy != NULL, NULL);
  va_start (arguments, format);
  self = make (JUMP_VERDICT_WARNING, remedy, format, arguments);
  va_end (arguments);
  return self;
}

/**
 * jump_verdict_new_failed:
 * @remedy: one sentence
 */
JumpVerdict *
jump_verdict_new_failed (const char *remedy, const char *format, ...)
{
  JumpVerdict *self;
  va_list arguments;

  g_return_val_if_fail (remedy != NULL, NULL);
  va_start (arguments, format);
  self = make (JUMP_VERDICT_FAILED, remedy, format, arguments);
  va_end (arguments);
  return self;
}

JumpVerdict *
jump_verdict_new_skipped (const char *format, ...)
{
  JumpVerdict *self;
  va_list arguments;

  va_start (arguments, format);
  self = make (JUMP_VERDICT_SKIPPED, NULL, format, arguments);
  va_end (arguments);
  return self;
}

void
jump_verdict_free (JumpVerdict *self)
{
  g_free (self->found);
  g_free (self->remedy);
  g_free (self);
}

const char *
jump_verdict_state_to_string (JumpVerdictState state)
{
  switch (state)
    {
    case JUMP_VERDICT_OK:
      return "ok";
    case JUMP_VERDICT_WARNING:
      return "warning";
    case JUMP_VERDICT_FAILED:
      return "failed";
    case JUMP_VERDICT_SKIPPED:
      return "skipped";
    }
  return "failed";
}

char *
jump_verdict_shorten_path (const char *path)
{
  const char *home = g_get_home_dir ();
  gsize length = home == NULL ? 0 : strlen (home);

  if (length > 1 && g_str_has_prefix (path, home) && strchr ("/\\", path[length]) != NULL)
    return g_strconcat ("~", path + length, NULL);
  return g_strdup (path);
}
