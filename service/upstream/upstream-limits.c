/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-upstream"

#include "service/base/error.h"
#include "service/upstream/upstream-client-private.h"

/* The limits that upstream tells of: where they come from, who is held up by them, when they end. */

static gint64
get_now (JumpUpstreamClient *self)
{
  return jump_clock_get_wall_time (self->clock);
}

static void
tell (JumpUpstreamClient *self)
{
  if (self->on_state != NULL)
    self->on_state (self, self->state_data);
}

static void set_alarm (JumpUpstreamClient *self);

static void
on_limit_over (gpointer user_data)
{
  JumpUpstreamClient *self = user_data;

  self->cooldown_alarm = 0;
  set_alarm (self);
  tell (self);
}

/* Rounded up, so that it is over when the alarm comes. */
static void
set_alarm (JumpUpstreamClient *self)
{
  gint64 next = jump_cooldown_book_get_next_end (self->cooldowns, get_now (self));

  jump_clock_clear_alarm (self->clock, &self->cooldown_alarm);
  if (next >= 0)
    self->cooldown_alarm =
        jump_clock_add_alarm (self->clock, (guint64) (next + 999) / 1000, on_limit_over, self);
}

static void
note (JumpUpstreamClient *self, const char *model, const JumpLimitNotice *notice)
{
  g_debug ("limit of scope %s: %s",
           jump_limit_scope_to_string (notice->scope),
           notice->code == NULL ? "no code" : notice->code);
  jump_cooldown_book_note (self->cooldowns, notice, model, get_now (self));
  set_alarm (self);
  tell (self);
}

/* @model: (nullable); @is_opaque: refused without a reason, by a token that is new */
void
jump_upstream_client_note_refusal (JumpUpstreamClient *self,
                                   const char *model,
                                   const JumpLimitReply *reply,
                                   gboolean is_opaque)
{
  g_autoptr (JumpLimitNotice) notice =
      jump_limit_notice_new (reply, jump_clock_get_wall_seconds (self->clock));

  if (notice != NULL)
    note (self, model, notice);
  else if (is_opaque &&
           jump_cooldown_book_note_refusal (self->cooldowns,
                                            "upstream refused several requests without a reason",
                                            get_now (self)))
    {
      set_alarm (self);
      tell (self);
    }
}

void
jump_upstream_client_note_success (JumpUpstreamClient *self, const char *model)
{
  jump_cooldown_book_note_success (self->cooldowns, model, get_now (self));
}

GError *
jump_upstream_client_refuse (JumpUpstreamClient *self, const char *model, guint *out_seconds)
{
  gint64 now = get_now (self);
  const JumpCooldown *cooldown = jump_cooldown_book_find (self->cooldowns, model, now);
  g_autofree char *message = NULL;

  if (cooldown == NULL)
    return NULL;
  *out_seconds = jump_cooldown_get_seconds (cooldown, now);
  message = jump_cooldown_dup_message (cooldown, now);
  return g_error_new_literal (JUMP_ERROR, JUMP_ERROR_RATE_LIMITED, message);
}

void
jump_upstream_client_stop_limits (JumpUpstreamClient *self)
{
  if (self->clock != NULL)
    jump_clock_clear_alarm (self->clock, &self->cooldown_alarm);
}

void
jump_upstream_client_note_limit (JumpUpstreamClient *self,
                                 const char *model,
                                 const char *code,
                                 guint seconds)
{
  g_autoptr (JumpLimitNotice) notice =
      jump_limit_notice_new_for_code (code, seconds == 0 ? -1 : (gint64) seconds);

  if (jump_limit_code_is_known (notice->code))
    note (self, model, notice);
}

void
jump_upstream_client_forget_limits (JumpUpstreamClient *self)
{
  jump_cooldown_book_clear (self->cooldowns);
  set_alarm (self);
  tell (self);
}

void
jump_upstream_client_foreach_limit (JumpUpstreamClient *self,
                                    void (*func) (const JumpCooldown *cooldown,
                                                  guint seconds,
                                                  gpointer user_data),
                                    gpointer user_data)
{
  jump_cooldown_book_foreach (self->cooldowns, get_now (self), func, user_data);
}

const JumpCooldown *
jump_upstream_client_get_limit (JumpUpstreamClient *self, guint *out_seconds)
{
  gint64 now = get_now (self);
  const JumpCooldown *cooldown = jump_cooldown_book_find_general (self->cooldowns, now);

  if (out_seconds != NULL)
    *out_seconds = cooldown == NULL ? 0 : jump_cooldown_get_seconds (cooldown, now);
  return cooldown;
}
