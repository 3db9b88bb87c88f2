/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/secret-text.h"

#include <string.h>

struct _JumpSecretText
{
  char *text; /* (owned) */
};

static void
clear_text (gpointer memory)
{
  JumpSecretText *self = memory;

  g_clear_pointer (&self->text, jump_secret_free);
}

/**
 * jump_secret_text_new:
 * @text: (nullable): copied; the caller still has to wipe its own copy
 *
 * Returns: (transfer full) (nullable): NULL for NULL
 */
JumpSecretText *
jump_secret_text_new (const char *text)
{
  return jump_secret_text_new_take (g_strdup (text));
}

/**
 * jump_secret_text_new_take:
 * @text: (transfer full) (nullable): memory of g_malloc()
 *
 * Returns: (transfer full) (nullable): NULL for NULL
 */
JumpSecretText *
jump_secret_text_new_take (char *text)
{
  JumpSecretText *self;

  if (text == NULL)
    return NULL;
  self = g_atomic_rc_box_new0 (JumpSecretText);
  self->text = text;
  return self;
}

/**
 * jump_secret_text_ref:
 * @self: (nullable): a secret
 *
 * Returns: (transfer full) (nullable): @self
 */
JumpSecretText *
jump_secret_text_ref (JumpSecretText *self)
{
  return self == NULL ? NULL : g_atomic_rc_box_acquire (self);
}

/**
 * jump_secret_text_unref:
 * @self: (transfer full) (nullable): a secret
 */
void
jump_secret_text_unref (JumpSecretText *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, clear_text);
}

/**
 * jump_secret_text_peek:
 * @self: (nullable): a secret
 *
 * Returns: (transfer none) (nullable): the text, valid while @self is
 */
const char *
jump_secret_text_peek (const JumpSecretText *self)
{
  return self == NULL ? NULL : self->text;
}

/**
 * jump_secret_text_equal:
 * @self: (nullable): a secret
 * @other: (nullable): what somebody presents
 *
 * Returns: as jump_secret_equal()
 */
gboolean
jump_secret_text_equal (const JumpSecretText *self, const char *other)
{
  return jump_secret_equal (jump_secret_text_peek (self), other);
}

/**
 * jump_secret_wipe:
 * @memory: (nullable): overwritten with zeros
 * @length: in bytes
 */
void
jump_secret_wipe (void *memory, gsize length)
{
  if (memory == NULL || length == 0)
    return;
  memset (memory, 0, length);
  /* Tells the compiler that somebody looks at the zeros, else it drops a memset before free. */
  __asm__ __volatile__("" : : "r"(memory) : "memory");
}

/**
 * jump_secret_free:
 * @text: (transfer full) (nullable): wiped up to its end, then g_free()d
 */
void
jump_secret_free (char *text)
{
  if (text == NULL)
    return;
  jump_secret_wipe (text, strlen (text));
  g_free (text);
}

/**
 * jump_secret_equal:
 * @a: (nullable): a secret
 * @b: (nullable): another
 *
 * Compares in a time that tells nothing but the length, so that a key cannot be guessed byte by
 * byte.
 *
 * Returns: whether both are there and the same; FALSE when either is NULL, even both
 */
gboolean
jump_secret_equal (const char *a, const char *b)
{
  gsize length;
  guchar difference = 0;

  if (a == NULL || b == NULL)
    return FALSE;
  length = strlen (a);
  if (strlen (b) != length)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    difference |= (guchar) (a[i] ^ b[i]);
  return difference == 0;
}
