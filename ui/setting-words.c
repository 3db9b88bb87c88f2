/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/setting-words.h"

#include <glib/gi18n-lib.h>

/**
 * jump_settings_group_title:
 * @group: a group
 *
 * Returns: (transfer none): its heading
 */
const char *
jump_settings_group_title (JumpSettingsGroup group)
{
  switch (group)
    {
    case JUMP_SETTINGS_SERVING:
      return _ ("Serving");
    case JUMP_SETTINGS_ACCESS:
      return _ ("Access");
    case JUMP_SETTINGS_TRAFFIC:
      return _ ("Requests");
    case JUMP_SETTINGS_LIMITS:
      return _ ("Limits");
    case JUMP_SETTINGS_ACCOUNT:
      return _ ("Account and GitHub");
    case JUMP_SETTINGS_IDENTITY:
      return _ ("Identity Headers");
    case JUMP_SETTINGS_MODELS:
      return _ ("Models");
    case JUMP_SETTINGS_MAPPINGS:
      return _ ("Model Names");
    case JUMP_SETTINGS_TRANSLATION:
      return _ ("Translation");
    case JUMP_SETTINGS_NETWORK:
      return _ ("Network");
    case JUMP_SETTINGS_HISTORY:
      return _ ("History and Credits");
    case JUMP_SETTINGS_LOGGING:
      return _ ("Logging");
    case JUMP_SETTINGS_DESKTOP:
      /* Translators: heading of the settings for window, icon, language. */
      return _ ("Desktop");
    case JUMP_N_SETTINGS_GROUPS:
      break;
    }
  return "";
}

/**
 * jump_settings_group_note:
 * @group: a group
 *
 * Returns: (transfer none) (nullable): what to know before changing anything in it
 */
const char *
jump_settings_group_note (JumpSettingsGroup group)
{
  switch (group)
    {
    case JUMP_SETTINGS_IDENTITY:
      return _ ("Who Jumpseat says it is to GitHub and Copilot. These values belong together: wrong "
                "ones make Copilot refuse every request. Change them only if you were told to.");
    case JUMP_SETTINGS_MAPPINGS:
      return _ ("Which model is used when a program asks for a name that Copilot does not have.");
    case JUMP_SETTINGS_ACCESS:
      return _ ("Who may use your seat. A key lets one program or one person in, with limits of its own; it can be "
                "revoked at any time.");
    case JUMP_SETTINGS_HISTORY:
      return _ ("What Jumpseat remembers of requests. All of it stays on this computer.");
    case JUMP_SETTINGS_SERVING:
    case JUMP_SETTINGS_TRAFFIC:
    case JUMP_SETTINGS_LIMITS:
    case JUMP_SETTINGS_ACCOUNT:
    case JUMP_SETTINGS_MODELS:
    case JUMP_SETTINGS_TRANSLATION:
    case JUMP_SETTINGS_NETWORK:
    case JUMP_SETTINGS_LOGGING:
    case JUMP_SETTINGS_DESKTOP:
    case JUMP_N_SETTINGS_GROUPS:
      break;
    }
  return NULL;
}

/**
 * jump_settings_group_fold_title:
 * @group: a group
 *
 * Returns: (transfer none): what its rows that are folded away are about
 */
const char *
jump_settings_group_fold_title (JumpSettingsGroup group)
{
  if (group == JUMP_SETTINGS_ACCOUNT)
    return _ ("Addresses of GitHub and Copilot");
  if (group == JUMP_SETTINGS_ACCESS)
    return _ ("Other Computers and Web Pages");
  if (group == JUMP_SETTINGS_TRAFFIC)
    return _ ("Waiting and Retries");
  if (group == JUMP_SETTINGS_LIMITS)
    return _ ("Limits for Programs");
  if (group == JUMP_SETTINGS_NETWORK)
    return _ ("Time Limits");
  return _ ("More");
}

/**
 * jump_setting_table_title:
 * @table: a table of model names
 *
 * Returns: (transfer none): its heading
 */
const char *
jump_setting_table_title (JumpSettingTable table)
{
  switch (table)
    {
    case JUMP_TABLE_MODEL_MAPPING:
      return _ ("Whole Names");
    case JUMP_TABLE_MODEL_PREFIX_MAPPING:
      return _ ("Beginnings of Names");
    case JUMP_TABLE_MODEL_ALIASES:
      return _ ("Short Names");
    case JUMP_TABLE_BUDGETS:
      return _ ("Budgets");
    case JUMP_N_TABLES:
      break;
    }
  return "";
}

/**
 * jump_setting_table_help:
 * @table: a table of model names
 *
 * Returns: (transfer none): what its rows mean
 */
const char *
jump_setting_table_help (JumpSettingTable table)
{
  switch (table)
    {
    case JUMP_TABLE_MODEL_MAPPING:
      return _ ("A request for the name on the left uses the model on the right.");
    case JUMP_TABLE_MODEL_PREFIX_MAPPING:
      return _ ("A request for any name that begins like this uses the model on the right. The "
                "first row that fits decides.");
    case JUMP_TABLE_MODEL_ALIASES:
      return _ ("Names that are quick to type. A * on the right means the newest model that fits.");
    case JUMP_TABLE_BUDGETS:
      return _ ("Credits that may be spent in a day, a month or a conversation, and what happens then.");
    case JUMP_N_TABLES:
      break;
    }
  return "";
}
