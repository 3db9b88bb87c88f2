/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-service"

#include "service/service-private.h"

#define USAGE_DIR "usage"

void
jump_service_build_usage (JumpService *self)
{
  self->usage_day = jump_usage_day_new (self->clock);
  self->usage_lines = jump_usage_lines_new (self->clock);
  jump_service_build_budget (self);
}

void
jump_service_apply_usage (JumpService *self)
{
  const char *folder = jump_settings_get_string (self->settings, JUMP_KEY_USAGE_FOLDER);
  g_autofree char *own = g_build_filename (self->paths->data_dir, USAGE_DIR, NULL);
  g_autofree char *machine =
      jump_usage_machine_new (jump_settings_get_string (self->settings, JUMP_KEY_USAGE_MACHINE));

  if (!self->is_demo && *folder == '\0')
    jump_paths_make_private_dir (own, NULL);
  if (!self->is_demo)
    jump_usage_lines_set_place (self->usage_lines, *folder == '\0' ? own : folder, machine);
  jump_service_apply_budget (self);
}

void
jump_service_record_usage (JumpService *self, JumpExchangeRecord *record)
{
  jump_usage_day_add (self->usage_day, record);
  jump_usage_lines_add (self->usage_lines, record);
  jump_budget_add (self->budget, record);
}

/* Writes the last line. */
void
jump_service_forget_usage (JumpService *self)
{
  jump_service_forget_restore (self);
  g_clear_object (&self->usage_day);
  g_clear_pointer (&self->usage_lines, jump_usage_lines_free);
  g_clear_object (&self->budget);
}

JumpUsageDay *
jump_service_get_usage_day (JumpService *self)
{
  return self->usage_day;
}
