/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/doctor/judge-computer.h"

#include <gio/gio.h>
#include <string.h>

#define MEGABYTE (1024 * 1024)
/* A database that cannot write its journal loses what comes next. */
#define LEAST_FREE (20 * MEGABYTE)
#define FEW_FREE   (200 * MEGABYTE)
/* Two for each stream, and what libraries keep. */
/* Nobody is to be told to end that. */
#define SERVICE_MANAGER "systemd"

#define LEAST_FILES     256
#define FEW_FILES       2048

/**
 * jump_judge_settings:
 * @path: as it is shown
 * @error: (nullable): names key, value and range
 * @is_in_force: whether a service goes on with what it read before
 */
JumpVerdict *
jump_judge_settings (const char *path, const GError *error, gboolean is_in_force)
{
  g_autofree char *remedy = NULL;
  JumpVerdict *verdict;

  if (error == NULL)
    return jump_verdict_new_ok ("%s", path);
  remedy = g_strdup_printf ("Correct the value named here, in %s or in the variable or option it "
                            "comes from; jumpseat help config tells how.",
                            path);
  verdict = jump_verdict_new_failed (remedy, "%s", error->message);
  verdict->stops = !is_in_force;
  return verdict;
}

JumpVerdict *
jump_judge_folder (const JumpFolderFacts *facts)
{
  g_autofree char *remedy = NULL;
  g_autofree char *size = g_format_size (facts->free_bytes);

  if (!facts->is_writable)
    {
      remedy = g_strdup_printf ("Make %s a folder of your user that can be written to, or name "
                                "another one in the variable JUMPSEAT_DATA_DIR.",
                                facts->path);
      return jump_verdict_new_failed (remedy, "%s cannot be written to", facts->path);
    }
  if (!facts->knows_free)
    return jump_verdict_new_ok ("%s", facts->path);
  remedy = g_strdup_printf ("Free some space on the disk of %s; the history takes less with: "
                            "jumpseat config set history.megabytes 100",
                            facts->path);
  if (facts->free_bytes < LEAST_FREE)
    return jump_verdict_new_failed (remedy, "%s: only %s are free on its disk", facts->path, size);
  if (facts->free_bytes < FEW_FREE)
    return jump_verdict_new_warning (remedy, "%s: only %s are free on its disk", facts->path, size);
  return jump_verdict_new_ok ("%s, %s free", facts->path, size);
}

/* Returns: what makes a keyring that can be used, without its full stop */
static const char *
advise_keyring (const char *problem)
{
  if (strstr (problem, "locked") != NULL)
    return "Unlock the keyring (log in to the desktop with its password)";
  if (strstr (problem, "no keyring yet") != NULL)
    return "Make a keyring (log in to the desktop with a password, or make one in the desktop's "
           "program for passwords)";
  return "Install and start a keyring such as gnome-keyring, KWallet or KeePassXC";
}

/**
 * jump_judge_keyring:
 * @facts: what the settings want, and what is there
 */
JumpVerdict *
jump_judge_keyring (const JumpKeyringFacts *facts)
{
  g_autofree char *remedy = NULL;

  if (g_strcmp0 (facts->in_use, "memory") == 0)
    return jump_verdict_new_ok ("not used: the sign-in is kept in memory");
  if (g_strcmp0 (facts->backend, "file") == 0)
    return jump_verdict_new_ok ("not used, as the settings say: tokens are kept in %s, readable by "
                                "you alone",
                                facts->folder);
  if (facts->problem == NULL)
    return jump_verdict_new_ok ("unlocked, keeps the tokens");
  if (g_strcmp0 (facts->backend, "keyring") == 0)
    {
      remedy =
          g_strdup_printf ("%s, or allow a file with: jumpseat config set secrets.backend auto",
                           advise_keyring (facts->problem));
      return jump_verdict_new_failed (remedy,
                                      "%s, and secrets.backend allows no file instead",
                                      facts->problem);
    }
  remedy =
      g_strdup_printf ("%s, or settle for the file with: jumpseat config set secrets.backend file",
                       advise_keyring (facts->problem));
  return jump_verdict_new_warning (remedy,
                                   "%s: tokens are kept in %s, readable by you alone",
                                   facts->problem,
                                   facts->folder);
}

/**
 * jump_judge_port:
 * @facts: who has it
 */
JumpVerdict *
jump_judge_port (const JumpPortFacts *facts)
{
  g_autofree char *remedy = NULL;

  if (facts->is_ours && facts->error == NULL)
    return jump_verdict_new_ok ("%u, where this Jumpseat answers", facts->port);
  if (facts->is_ours)
    return jump_verdict_new_failed ("Let the firewall and virus scanner of this computer pass "
                                    "connections to 127.0.0.1, then start Jumpseat anew.",
                                    "%u is open, but does not answer: %s",
                                    facts->port,
                                    facts->error);
  if (facts->port == 0)
    return jump_verdict_new_ok ("any that is free");
  if (facts->is_free)
    return jump_verdict_new_ok ("%u is free", facts->port);
  if (facts->holder != NULL && g_str_has_prefix (facts->holder, SERVICE_MANAGER " "))
    return jump_verdict_new_ok ("%u is held by %s, which starts a service at the first request "
                                "(systemctl --user status jumpseat.socket)",
                                facts->port,
                                facts->holder);
  remedy =
      g_strdup_printf ("End %s, or choose another port with: jumpseat config set server.port %u",
                       facts->holder != NULL ? facts->holder : "the program that has it",
                       facts->port == G_MAXUINT16 ? 8081u : facts->port + 1u);
  if (facts->holder != NULL)
    return jump_verdict_new_failed (remedy, "%u is held by %s", facts->port, facts->holder);
  return jump_verdict_new_failed (remedy,
                                  "%u cannot be had: %s",
                                  facts->port,
                                  facts->error != NULL ? facts->error : "another program has it");
}

JumpVerdict *
jump_judge_open_files (guint64 limit)
{
  const char *remedy =
      "Raise the limit of open files with: ulimit -n 4096 (for a service: LimitNOFILE "
      "of systemd).";

  if (limit == 0)
    return jump_verdict_new_ok ("as many as needed");
  if (limit < LEAST_FILES)
    return jump_verdict_new_failed (remedy,
                                    "only %" G_GUINT64_FORMAT " may be open at once",
                                    limit);
  if (limit < FEW_FILES)
    return jump_verdict_new_warning (
        remedy,
        "%" G_GUINT64_FORMAT " may be open at once: enough for %" G_GUINT64_FORMAT " streams",
        limit,
        limit / 2 - 64);
  return jump_verdict_new_ok ("up to %" G_GUINT64_FORMAT, limit);
}

/**
 * jump_judge_history:
 * @path: as it is shown
 * @bytes: its size
 * @error: (nullable): what is wrong with it
 */
JumpVerdict *
jump_judge_history (const char *path, guint64 bytes, const GError *error)
{
  g_autofree char *size = g_format_size (bytes);
  g_autofree char *remedy = NULL;

  if (error == NULL)
    return jump_verdict_new_ok ("%s, %s, sound", path, size);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return jump_verdict_new_warning (
        "Let it keep less with: jumpseat config set history.megabytes 500",
        "%s, %s: too large to be looked through in time",
        path,
        size);
  remedy = g_strdup_printf ("Quit Jumpseat and move %s away; a new history is begun at the next "
                            "start.",
                            path);
  return jump_verdict_new_failed (remedy, "%s cannot be used: %s", path, error->message);
}
