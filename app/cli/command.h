/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "app/cli/exit-code.h"
#include "app/cli/options.h"
#include "app/language.h"
#include "app/log-writer.h"
#include "service/service.h"

/* What every command gets, and the row that makes a function a command. One file per command;
 * the rows stand in command-table.c, from which help, lookup and dispatch come. */

typedef struct
{
  JumpOptions options;           /* (owned) */
  JumpPaths *paths;              /* (owned) */
  JumpSettings *settings;        /* (owned) (nullable): loaded for commands that need them */
  JumpEnvironmentTokens *tokens; /* (owned) (nullable): until a service takes them */
  JumpEnvironmentTokens *given; /* (owned): the same, for whoever takes the place of this program */
  JumpActivation *activation;   /* (owned): what the service manager gave */
  JumpLogWriter *log;           /* (unowned): lives as long as the process */
  JumpLanguage *language;       /* (unowned): as long as main */
  char **arguments;             /* (unowned): the program's, its name first */
} JumpCommandContext;

typedef enum
{
  JUMP_NEEDS_NOTHING,
  JUMP_NEEDS_SETTINGS, /* loaded and checked; wrong ones end the program with 78 */
} JumpCommandNeeds;

typedef struct
{
  const char *name;
  const char *alias; /* (nullable) */
  JumpExitCode (*run) (JumpCommandContext *context, char **arguments);
  const char *help;    /* one line */
  const char *details; /* what stands below it in "jumpseat help NAME" */
  JumpCommandNeeds needs;
} JumpCommand;

void jump_command_context_init (JumpCommandContext *self, JumpLogWriter *log);
void jump_command_context_clear (JumpCommandContext *self);
gboolean jump_command_context_load_settings (JumpCommandContext *self, GError **error);
JumpService *jump_command_context_build_service (JumpCommandContext *self,
                                                 gboolean interactive,
                                                 gboolean keeps_bodies);

JumpExitCode jump_command_refuse (const char *name, const GError *error);
JumpExitCode jump_command_refuse_unknown (const char *name);
void jump_command_print_json (JsonObject *object);

JumpExitCode jump_command_run (JumpCommandContext *context, char **arguments);
JumpExitCode jump_command_login (JumpCommandContext *context, char **arguments);
JumpExitCode jump_command_logout (JumpCommandContext *context, char **arguments);
JumpExitCode jump_command_status (JumpCommandContext *context, char **arguments);
JumpExitCode jump_command_models (JumpCommandContext *context, char **arguments);
JumpExitCode jump_command_keys (JumpCommandContext *context, char **arguments);
JumpExitCode jump_command_budget (JumpCommandContext *context, char **arguments);
JumpExitCode jump_command_usage (JumpCommandContext *context, char **arguments);
JumpExitCode jump_command_requests (JumpCommandContext *context, char **arguments);
JumpExitCode jump_command_export (JumpCommandContext *context, char **arguments);
JumpExitCode jump_command_import (JumpCommandContext *context, char **arguments);
JumpExitCode jump_command_dashboard (JumpCommandContext *context, char **arguments);
JumpExitCode jump_command_config (JumpCommandContext *context, char **arguments);
JumpExitCode jump_command_doctor (JumpCommandContext *context, char **arguments);
JumpExitCode jump_command_quit (JumpCommandContext *context, char **arguments);
JumpExitCode jump_command_refresh (JumpCommandContext *context, char **arguments);
JumpExitCode jump_command_version (JumpCommandContext *context, char **arguments);
JumpExitCode jump_command_help (JumpCommandContext *context, char **arguments);
JumpExitCode jump_command_health_check (JumpCommandContext *context);
/* Not in the table: shells ask for it, nobody else. */
JumpExitCode jump_command_complete (JumpCommandContext *context, char **arguments);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JumpCommandContext, jump_command_context_clear)
