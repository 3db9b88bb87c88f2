/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/request-mend.h"

#include "service/relay/mend.h"

#include <string.h>

/* In the order in which they are asked; those that need less of a match stand behind. */
static const struct
{
  const char *name;
  guint max_times; /* for one request */
  JumpMendFunc func;
} mends[] = {
  { JUMP_MEND_BETA_DROPPED, 1, jump_mend_beta },
  { "item-ids-dropped", 1, jump_mend_item_ids },
  { "reasoning-dropped", 1, jump_mend_reasoning },
  { "reasoning-dropped", 1, jump_mend_undecryptable },
  { "tool-pairs-repaired", 3, jump_mend_pairs },
  { "system-as-user", 1, jump_mend_system_role },
  { "thinking-dropped", 1, jump_mend_forced_thinking },
  { "hosted-tool-removed", 3, jump_mend_hosted_tool },
  { "structured-outputs-dropped", 1, jump_mend_structure },
  { "max-tokens-swapped", 1, jump_mend_limit_name },
  { "max-tokens-clamped", 1, jump_mend_limit_value },
  { "effort-dropped", 1, jump_mend_effort },
  { "top-p-dropped", 1, jump_mend_both_samplings },
  { "dropped", 5, jump_mend_field },
  { "unknown-fields-dropped", 1, jump_mend_unknown_fields },
  { "reasoning-dropped", 1, jump_mend_unreadable },
};

gboolean
jump_mend_mentions (const JumpMend *self, const char *words)
{
  return strstr (self->text, words) != NULL;
}

/**
 * jump_mend_is_refusal:
 *
 * Texts of errors are not stable (protocol 11.15), so only their shortest parts are looked for.
 */
gboolean
jump_mend_is_refusal (const JumpMend *self)
{
  static const char *const words[] = {
    "unsupported", "not support", "not permitted", "not allowed", "not available",
    "unknown",     "unexpected",  "unrecognized",  "rejected",    "instead",
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (jump_mend_mentions (self, words[i]))
      return TRUE;
  return FALSE;
}

static gboolean
is_of (const char *done, const char *name)
{
  gsize length = strlen (name);

  return strncmp (done, name, length) == 0 && (done[length] == '\0' || done[length] == ':');
}

static guint
count_done (const GPtrArray *done, const char *name)
{
  guint count = 0;

  for (guint i = 0; i < done->len; i++)
    if (is_of (g_ptr_array_index (done, i), name))
      count++;
  return count;
}

static void
init_mend (JumpMend *self,
           const JumpDialect *target,
           const JumpFailure *failure,
           GBytes *sent,
           JumpChanges *changes)
{
  g_autofree char *text = g_strjoin ("\n",
                                     failure->code == NULL ? "" : failure->code,
                                     failure->param == NULL ? "" : failure->param,
                                     failure->message,
                                     NULL);

  *self = (JumpMend){ .target = target, .failure = failure };
  self->text = g_ascii_strdown (text, -1);
  jump_patch_work_init (&self->work, sent, NULL, changes);
}

static void
clear_mend (JumpMend *self)
{
  jump_patch_work_clear (&self->work);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->detail, g_free);
}

/* Whether trying again can help at all: the request is to blame, and not as a whole. */
static gboolean
is_mendable (const JumpFailure *failure)
{
  switch (failure->kind)
    {
    case JUMP_FAILURE_BAD_REQUEST:
    case JUMP_FAILURE_UNKNOWN_MODEL:  /* what an odd field comes back as (protocol 5.3) */
    case JUMP_FAILURE_AUTHENTICATION: /* ids of another connection come as 401 (protocol 6.1) */
    case JUMP_FAILURE_PERMISSION:     /* features that a backend was not allowed (protocol 7.2) */
      return TRUE;
    case JUMP_FAILURE_OVERFLOW:
    case JUMP_FAILURE_BILLING:
    case JUMP_FAILURE_NOT_FOUND:
    case JUMP_FAILURE_TOO_LARGE:
    case JUMP_FAILURE_RATE_LIMIT:
    case JUMP_FAILURE_OVERLOADED:
    case JUMP_FAILURE_TIMEOUT:
    case JUMP_FAILURE_FILTER:
    case JUMP_FAILURE_SERVER:
      return FALSE;
    }
  return FALSE;
}

/* A mend may be made again, but not to the same thing. */
static gboolean
is_new (const GPtrArray *done, const char *name)
{
  for (guint i = 0; i < done->len; i++)
    if (g_str_equal (g_ptr_array_index (done, i), name))
      return FALSE;
  return TRUE;
}

/* Returns: (transfer full): the name with its detail, in bytes that a header takes */
static char *
write_name (const char *name, const char *detail)
{
  g_auto (JumpChanges) changes = { NULL };
  g_autofree char *prefix = g_strconcat (name, ":", NULL);

  if (detail == NULL)
    return g_strdup (name);
  jump_changes_add_detail (&changes, prefix, detail);
  return jump_changes_steal (&changes);
}

/**
 * jump_request_mend:
 * @target: the dialect of @sent
 * @failure: what upstream answered
 * @sent: the body it answered to, validated
 * @done: (element-type utf8): names of mends made so far
 * @out_name: (out) (transfer full) (nullable): what was done
 *
 * Returns: (transfer full) (nullable): a body for another try; %NULL: nothing can be done
 */
GBytes *
jump_request_mend (const JumpDialect *target,
                   const JumpFailure *failure,
                   GBytes *sent,
                   const GPtrArray *done,
                   char **out_name)
{
  *out_name = NULL;
  if (!is_mendable (failure))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (mends); i++)
    {
      g_auto (JumpChanges) changes = { NULL };
      g_autofree char *name = NULL;
      GBytes *body = NULL;
      JumpMend mend;

      if (count_done (done, mends[i].name) >= mends[i].max_times)
        continue;
      init_mend (&mend, target, failure, sent, &changes);
      if (mends[i].func (&mend))
        {
          name = write_name (mends[i].name, mend.detail);
          body = jump_patch_work_finish (&mend.work);
        }
      clear_mend (&mend);
      if (body == NULL)
        continue;
      if (is_new (done, name))
        {
          *out_name = g_steal_pointer (&name);
          return body;
        }
      g_bytes_unref (body);
    }
  return NULL;
}
