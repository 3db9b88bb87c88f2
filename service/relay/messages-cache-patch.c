/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/messages-cache-patch.h"

/* protocol 6.3 */
#define MAX_MARKERS 4

typedef struct
{
  JumpJsonSpan owner; /* the object it stands in */
  JumpJsonSpan marker;
} Marker;

/* Blocks, tools or messages, and what they hold; a tool's arguments are the client's business. The
 * recursion ends at JUMP_LIMIT_JSON_DEPTH. */
static void
collect (GArray *markers, JumpJsonSpan list)
{
  static const char *const names[] = { "cache_control", "content" };
  JumpJsonSpan found[G_N_ELEMENTS (names)];
  JumpJsonCursor cursor;
  JumpJsonSpan element;

  if (jump_json_span_kind (list) != JUMP_JSON_ARRAY)
    return;
  jump_json_cursor_init (&cursor, list);
  while (jump_json_cursor_next (&cursor, NULL, &element))
    {
      Marker marker = { element, { NULL, 0 } };

      jump_patch_find (element, names, G_N_ELEMENTS (names), found);
      collect (markers, found[1]);
      marker.marker = found[0];
      if (jump_json_span_kind (found[0]) == JUMP_JSON_OBJECT)
        g_array_append_val (markers, marker);
    }
}

static void
clean (JumpPatchWork *work, JumpJsonSpan marker)
{
  jump_patch_work_drop_in (work, marker, "scope", "cache-markers-cleaned");
  jump_patch_work_drop_in (work, marker, "ttl", "cache-markers-cleaned");
}

/**
 * jump_messages_cache_patch:
 * @work: a Messages request, settled
 *
 * Upstream reads tools, system and messages in this order, whatever the order in the request, and each
 * marker covers what is before it: so the last ones are worth most.
 */
void
jump_messages_cache_patch (JumpPatchWork *work)
{
  static const char *const lists[] = { "tools", "system", "messages" };
  g_autoptr (GArray) markers = NULL;
  guint n_dropped;

  if (g_strstr_len (work->object.start, (gssize) work->object.length, "\"cache_control\"") == NULL)
    return;
  markers = g_array_new (FALSE, FALSE, sizeof (Marker));
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    collect (markers, jump_patch_work_get (work, lists[i]));
  n_dropped = markers->len > MAX_MARKERS ? markers->len - MAX_MARKERS : 0;
  for (guint i = 0; i < markers->len; i++)
    {
      const Marker *marker = &g_array_index (markers, Marker, i);

      if (i < n_dropped)
        jump_patch_work_drop_in (work, marker->owner, "cache_control", "cache-markers-dropped");
      else
        clean (work, marker->marker);
    }
}
