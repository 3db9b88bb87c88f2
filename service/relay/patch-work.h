/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-edit.h"
#include "service/conversation/changes.h"
#include "service/conversation/model-traits.h"

/* One request while it is being patched: its top-level members by name, the edits collected so far, and
 * where their names are noted. Repairs that build on others are separated by settling. Spans are of
 * the body as it was last settled. */

typedef struct
{
  GBytes *body; /* (owned) */
  JumpJsonSpan object;
  GArray *members;    /* (owned) */
  JumpJsonEdit *edit; /* (owned) */
  const JumpModelTraits *traits;
  JumpChanges *changes;
} JumpPatchWork;

/* @body: a validated JSON object. @traits and @changes must outlive @self. */
void jump_patch_work_init (JumpPatchWork *self,
                           GBytes *body,
                           const JumpModelTraits *traits,
                           JumpChanges *changes);
void jump_patch_work_clear (JumpPatchWork *self);
/* Applies the edits so far. All spans taken before are stale afterwards if there were any. */
void jump_patch_work_settle (JumpPatchWork *self);
/* Returns: (transfer full): the body, settled */
GBytes *jump_patch_work_finish (JumpPatchWork *self);

/* Top-level members; absent when there is none. */
JumpJsonSpan jump_patch_work_get (const JumpPatchWork *self, const char *name);
/* @change: (nullable): its name in the list of changes, here and below. Returns: whether it was there. */
gboolean jump_patch_work_drop (JumpPatchWork *self, const char *name, const char *change);
/* Drops what is not the number 1, the only one that reasoning models take for sampling. */
void jump_patch_work_drop_unless_one (JumpPatchWork *self, const char *name, const char *change);
void
jump_patch_work_set (JumpPatchWork *self, const char *name, const char *json, const char *change);
/* Renames a top-level member. @new_name: must not be there. */
void jump_patch_work_rename (JumpPatchWork *self,
                             const char *name,
                             const char *new_name,
                             const char *change);
/* Gives the body the id of the traits. */
void jump_patch_work_set_model (JumpPatchWork *self);

/* Members of any object in the body. */
gboolean jump_patch_work_drop_in (JumpPatchWork *self,
                                  JumpJsonSpan object,
                                  const char *name,
                                  const char *change);
gboolean jump_patch_work_rename_in (JumpPatchWork *self,
                                    JumpJsonSpan object,
                                    const char *name,
                                    const char *new_name,
                                    const char *change);
void jump_patch_work_set_in (JumpPatchWork *self,
                             JumpJsonSpan object,
                             const char *name,
                             const char *json,
                             const char *change);
void jump_patch_work_drop_element (JumpPatchWork *self,
                                   JumpJsonSpan array,
                                   JumpJsonSpan element,
                                   const char *change);
void jump_patch_work_replace (JumpPatchWork *self,
                              JumpJsonSpan span,
                              const char *json,
                              const char *change);
/* Puts @element behind @previous, another element of an array. */
void
jump_patch_work_insert_behind (JumpPatchWork *self, JumpJsonSpan previous, const char *element);

/* Looks for @n_names members of @object in one walk; those that are not there are absent. */
void jump_patch_find (JumpJsonSpan object,
                      const char *const *names,
                      guint n_names,
                      JumpJsonSpan *out_values);
/* The same for the element that @cursor comes to next, found and walked at once. */
gboolean jump_patch_find_next (JumpJsonCursor *cursor,
                               const char *const *names,
                               guint n_names,
                               JumpJsonSpan *out_element,
                               JumpJsonSpan *out_values);
/* Returns: (transfer full): @text as a JSON string */
char *jump_patch_quote (const char *text);
/* Whether @span is a string of nothing but space; the empty one too. */
gboolean jump_patch_is_blank (JumpJsonSpan span);
gboolean jump_patch_has_type (JumpJsonSpan object, const char *type);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JumpPatchWork, jump_patch_work_clear)
