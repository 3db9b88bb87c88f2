/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/upstream/cooldown.h"

/* Where upstream tells no time: a minute, twice as long when it says so again, five minutes at most
 * (protocol 7.3). */
#define FIRST_SECONDS 60
#define MAX_SECONDS   (5 * 60)
/* The longest limit there is lasts a week. */
#define MAX_TOLD_SECONDS (7 * 24 * 60 * 60)
/* Refusals without a reason: three in ten seconds (protocol 7.2). */
#define MAX_REFUSALS      3
#define REFUSAL_WINDOW_US (10 * G_USEC_PER_SEC)
/* An account has some dozens of models. */
#define MAX_COOLDOWNS 64

struct _JumpCooldownBook
{
  GPtrArray *cooldowns; /* (owned) (element-type JumpCooldown): some are over, see n_untold */
  gint64 refusals[MAX_REFUSALS];
  guint n_refusals;
  guint n_begun;
};

static void
cooldown_free (gpointer data)
{
  JumpCooldown *cooldown = data;

  g_free (cooldown->model);
  g_free (cooldown->code);
  g_free (cooldown->message);
  g_free (cooldown->url);
  g_free (cooldown);
}

JumpCooldownBook *
jump_cooldown_book_new (void)
{
  JumpCooldownBook *self = g_new0 (JumpCooldownBook, 1);

  self->cooldowns = g_ptr_array_new_with_free_func (cooldown_free);
  return self;
}

void
jump_cooldown_book_free (JumpCooldownBook *self)
{
  g_ptr_array_unref (self->cooldowns);
  g_free (self);
}

/* Also mends what a clock that was set back would make endless. */
static gboolean
is_active (JumpCooldown *cooldown, gint64 now)
{
  if (cooldown->until - now > cooldown->length)
    cooldown->until = now + cooldown->length;
  return cooldown->until > now;
}

static gboolean
is_same (const JumpCooldown *cooldown, JumpLimitScope scope, const char *model)
{
  return cooldown->scope == scope &&
         (scope != JUMP_LIMIT_SCOPE_MODEL || g_strcmp0 (cooldown->model, model) == 0);
}

static JumpCooldown *
take_entry (JumpCooldownBook *self, JumpLimitScope scope, const char *model)
{
  JumpCooldown *cooldown;

  for (guint i = 0; i < self->cooldowns->len; i++)
    {
      cooldown = g_ptr_array_index (self->cooldowns, i);
      if (is_same (cooldown, scope, model))
        return cooldown;
    }
  if (self->cooldowns->len >= MAX_COOLDOWNS)
    g_ptr_array_remove_index (self->cooldowns, 0);
  cooldown = g_new0 (JumpCooldown, 1);
  cooldown->scope = scope;
  cooldown->model = scope == JUMP_LIMIT_SCOPE_MODEL ? g_strdup (model) : NULL;
  g_ptr_array_add (self->cooldowns, cooldown);
  return cooldown;
}

static void
replace (char **field, const char *text)
{
  g_free (*field);
  *field = g_strdup (text);
}

static gint64
get_untold_seconds (guint n_untold)
{
  gint64 seconds = FIRST_SECONDS;

  for (guint i = 1; i < n_untold && seconds < MAX_SECONDS; i++)
    seconds *= 2;
  return MIN (seconds, MAX_SECONDS);
}

/* Many requests that were under way together hear of the same limit: it is one. */
static void
start (JumpCooldownBook *self, JumpCooldown *cooldown, gint64 seconds, gint64 now)
{
  gboolean was_active = is_active (cooldown, now);
  gint64 length;

  if (seconds < 0 && was_active)
    return;
  if (seconds < 0)
    seconds = get_untold_seconds (++cooldown->n_untold);
  length = CLAMP (seconds, 1, MAX_TOLD_SECONDS) * (gint64) G_USEC_PER_SEC;
  if (was_active && cooldown->until >= now + length)
    return;
  if (!was_active)
    cooldown->serial = ++self->n_begun;
  cooldown->length = length;
  cooldown->until = now + length;
}

/**
 * jump_cooldown_book_note:
 * @notice: what upstream said
 * @model: (nullable): what was asked for
 * @now: wall time in µs
 */
void
jump_cooldown_book_note (JumpCooldownBook *self,
                         const JumpLimitNotice *notice,
                         const char *model,
                         gint64 now)
{
  JumpCooldown *cooldown = take_entry (self, notice->scope, model);

  replace (&cooldown->code, notice->code);
  if (notice->message != NULL)
    {
      replace (&cooldown->message, notice->message);
      replace (&cooldown->url, notice->url);
    }
  start (self, cooldown, notice->seconds, now);
}

gboolean
jump_cooldown_book_note_refusal (JumpCooldownBook *self, const char *message, gint64 now)
{
  JumpCooldown *cooldown;
  gint64 oldest;

  self->refusals[self->n_refusals % MAX_REFUSALS] = now;
  self->n_refusals++;
  /* in a ring the next place holds the oldest */
  oldest = self->refusals[self->n_refusals % MAX_REFUSALS];
  if (self->n_refusals < MAX_REFUSALS || now - oldest > REFUSAL_WINDOW_US || oldest > now)
    return FALSE;
  self->n_refusals = 0;
  cooldown = take_entry (self, JUMP_LIMIT_SCOPE_REFUSED, NULL);
  replace (&cooldown->message, message);
  start (self, cooldown, -1, now);
  return TRUE;
}

void
jump_cooldown_book_note_success (JumpCooldownBook *self, const char *model, gint64 now)
{
  self->n_refusals = 0;
  for (guint i = self->cooldowns->len; i > 0; i--)
    {
      JumpCooldown *cooldown = g_ptr_array_index (self->cooldowns, i - 1);

      /* one that still holds was told of after this success began */
      if (!is_active (cooldown, now) && is_same (cooldown, cooldown->scope, model))
        g_ptr_array_remove_index (self->cooldowns, i - 1);
    }
}

static const JumpCooldown *
find (JumpCooldownBook *self, gboolean with_models, const char *model, gint64 now)
{
  const JumpCooldown *found = NULL;

  for (guint i = 0; i < self->cooldowns->len; i++)
    {
      JumpCooldown *cooldown = g_ptr_array_index (self->cooldowns, i);

      if (!with_models && cooldown->scope == JUMP_LIMIT_SCOPE_MODEL)
        continue;
      if (is_active (cooldown, now) && is_same (cooldown, cooldown->scope, model) &&
          (found == NULL || cooldown->until > found->until))
        found = cooldown;
    }
  return found;
}

const JumpCooldown *
jump_cooldown_book_find (JumpCooldownBook *self, const char *model, gint64 now)
{
  return find (self, TRUE, model, now);
}

const JumpCooldown *
jump_cooldown_book_find_general (JumpCooldownBook *self, gint64 now)
{
  return find (self, FALSE, NULL, now);
}

void
jump_cooldown_book_foreach (JumpCooldownBook *self,
                            gint64 now,
                            void (*func) (const JumpCooldown *cooldown,
                                          guint seconds,
                                          gpointer user_data),
                            gpointer user_data)
{
  for (guint i = 0; i < self->cooldowns->len; i++)
    {
      JumpCooldown *cooldown = g_ptr_array_index (self->cooldowns, i);

      if (is_active (cooldown, now))
        func (cooldown, jump_cooldown_get_seconds (cooldown, now), user_data);
    }
}

gint64
jump_cooldown_book_get_next_end (JumpCooldownBook *self, gint64 now)
{
  gint64 next = -1;

  for (guint i = 0; i < self->cooldowns->len; i++)
    {
      JumpCooldown *cooldown = g_ptr_array_index (self->cooldowns, i);

      if (is_active (cooldown, now) && (next < 0 || cooldown->until - now < next))
        next = cooldown->until - now;
    }
  return next;
}

void
jump_cooldown_book_clear (JumpCooldownBook *self)
{
  g_ptr_array_set_size (self->cooldowns, 0);
  self->n_refusals = 0;
}

void
jump_cooldown_book_clear_scope (JumpCooldownBook *self, JumpLimitScope scope)
{
  for (guint i = self->cooldowns->len; i > 0; i--)
    {
      if (((JumpCooldown *) g_ptr_array_index (self->cooldowns, i - 1))->scope == scope)
        g_ptr_array_remove_index (self->cooldowns, i - 1);
    }
}

/**
 * jump_cooldown_get_seconds:
 * @cooldown: one that holds
 * @now: wall time in µs
 *
 * Returns: what is left of it, begun seconds included: for Retry-After
 */
guint
jump_cooldown_get_seconds (const JumpCooldown *cooldown, gint64 now)
{
  gint64 left = CLAMP (cooldown->until - now, 0, cooldown->length);

  return (guint) ((left + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
}

/**
 * jump_cooldown_dup_message:
 * @cooldown: one that holds
 * @now: wall time in µs
 *
 * Returns: (transfer full): for whoever is turned away: upstream's words, as they are what a person can
 *   look up, and the time that is left
 */
char *
jump_cooldown_dup_message (const JumpCooldown *cooldown, gint64 now)
{
  const char *words = cooldown->message;

  if (words == NULL && cooldown->scope == JUMP_LIMIT_SCOPE_MODEL)
    words = "upstream limits requests for this model";
  else if (words == NULL)
    words = "upstream limits requests of this account";
  return g_strdup_printf ("%s (try again in %u s)",
                          words,
                          jump_cooldown_get_seconds (cooldown, now));
}
