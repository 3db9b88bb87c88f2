/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* The options that stand before or after any command. Values stay text here: the settings check
 * them with the same words as a line in the file. */

typedef struct
{
  gboolean no_gui;
  gboolean hidden;
  gboolean
      is_bus_start; /* --gapplication-service: the session bus starts us, and says later what for */
  gboolean demo;
  gboolean json;
  gboolean health_check;
  gboolean help;
  gboolean version;
  char *port;        /* (owned) (nullable) */
  char *address;     /* (owned) (nullable) */
  char *config_file; /* (owned) (nullable) */
  char *log_level;   /* (owned) (nullable) */
} JumpOptions;

void jump_options_clear (JumpOptions *self);
gboolean jump_options_parse_before_command (JumpOptions *self, char ***arguments, GError **error);
gboolean jump_options_parse_after_command (JumpOptions *self, char ***arguments, GError **error);
gboolean jump_options_parse_own (const GOptionEntry *entries,
                                 char **arguments,
                                 char ***rest,
                                 GError **error);
char *jump_options_describe (void);
/* @name: "--port". @letter: 0: none. @operand: (nullable): "PORT", in no language but this one */
typedef void (*JumpOptionFunc) (const char *name,
                                char letter,
                                const char *operand,
                                const char *help,
                                gpointer user_data);
/* Each that the usage text has. */
void jump_options_foreach (JumpOptionFunc func, gpointer user_data);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JumpOptions, jump_options_clear)
