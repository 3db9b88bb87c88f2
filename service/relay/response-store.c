/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/response-store.h"

#include "service/base/error.h"
#include "service/relay/patch-work.h"
#include "service/relay/response-items.h"

/* One response, shared by the list and by those that were built on it. */
typedef struct _Entry Entry;
struct _Entry
{
  guint n_refs;
  char *owner;      /* (owned): id of the client key that it was made with; "" for none */
  char *address;    /* (owned): of its own id, as make_address() has it */
  Entry *parent;    /* (owned) (nullable) */
  char *session;    /* (owned) (nullable): the conversation that it is part of */
  char *items;      /* (owned): the request's own input and the output as input, joined by commas */
  GBytes *response; /* (owned) */
  gint64 added_at;  /* wall seconds */
  gsize *total_bytes; /* of the store, which outlives its entries */
  gsize n_bytes;
  GList link; /* in the store's list */
};

struct _JumpResponseStore
{
  JumpClock *clock; /* (owned) */
  guint max_count;
  gint64 max_age; /* seconds */
  gsize max_bytes;
  gsize n_bytes;     /* of all entries that are alive, listed or not */
  GHashTable *by_id; /* (owned) (element-type utf8 Entry): by address, which belongs to the entry */
  GHashTable
      *by_item; /* (owned) (element-type utf8 Entry): output items by address, of the newest */
  GQueue oldest_first; /* of the links of those listed */
};

/* Where a JumpResponseItemFind looks. */
typedef struct
{
  JumpResponseStore *store; /* (unowned) */
  const char *owner;        /* (nullable) */
} Shelf;

/* Ids of different owners never meet: what others have is not there.
 * Returns: (transfer full) */
static char *
make_address (const char *owner, const char *id)
{
  return g_strconcat (owner == NULL ? "" : owner, "\n", id, NULL);
}

/* Not recursive: chains may be long. */
static void
entry_unref (Entry *self)
{
  while (self != NULL && --self->n_refs == 0)
    {
      Entry *parent = self->parent;

      *self->total_bytes -= self->n_bytes;
      g_free (self->owner);
      g_free (self->address);
      g_free (self->session);
      g_free (self->items);
      g_bytes_unref (self->response);
      g_free (self);
      self = parent;
    }
}

static JumpJsonSpan
find_in (GBytes *object, const char *name)
{
  gsize length;
  const char *data = g_bytes_get_data (object, &length);

  return jump_json_find_member (jump_json_span_trim (data, length), name);
}

/* Calls @work with the address of each output item. */
static void
foreach_item (JumpResponseStore *self,
              Entry *entry,
              void (*work) (JumpResponseStore *, Entry *, const char *))
{
  JumpJsonSpan output = find_in (entry->response, "output");
  JumpJsonCursor cursor;
  JumpJsonSpan item;

  if (jump_json_span_kind (output) != JUMP_JSON_ARRAY)
    return;
  jump_json_cursor_init (&cursor, output);
  while (jump_json_cursor_next (&cursor, NULL, &item))
    {
      g_autofree char *id = jump_json_span_dup_string (jump_json_find_member (item, "id"));

      g_autofree char *address = id == NULL ? NULL : make_address (entry->owner, id);

      if (address != NULL)
        work (self, entry, address);
    }
}

static void
list_item (JumpResponseStore *self, Entry *entry, const char *address)
{
  g_hash_table_replace (self->by_item, g_strdup (address), entry);
}

static void
unlist_item (JumpResponseStore *self, Entry *entry, const char *address)
{
  if (g_hash_table_lookup (self->by_item, address) == entry)
    g_hash_table_remove (self->by_item, address);
}

static void
remove_entry (JumpResponseStore *self, Entry *entry)
{
  foreach_item (self, entry, unlist_item);
  g_queue_unlink (&self->oldest_first, &entry->link);
  g_hash_table_remove (self->by_id, entry->address);
  entry_unref (entry);
}

static void
remove_old (JumpResponseStore *self)
{
  gint64 now = jump_clock_get_wall_seconds (self->clock);

  while (self->oldest_first.head != NULL)
    {
      Entry *oldest = self->oldest_first.head->data;

      if (now - oldest->added_at <= self->max_age &&
          g_hash_table_size (self->by_id) <= self->max_count && self->n_bytes <= self->max_bytes)
        return;
      remove_entry (self, oldest);
    }
}

/* A JumpResponseItemFind. */
static JumpJsonSpan
find_item (JumpJsonSpan id, gpointer user_data)
{
  const Shelf *shelf = user_data;
  g_autofree char *text = jump_json_span_dup_string (id);
  g_autofree char *address = text == NULL ? NULL : make_address (shelf->owner, text);
  Entry *entry = text == NULL ? NULL : g_hash_table_lookup (shelf->store->by_item, address);
  JumpJsonCursor cursor;
  JumpJsonSpan item;

  if (entry == NULL)
    return (JumpJsonSpan){ NULL, 0 };
  jump_json_cursor_init (&cursor, find_in (entry->response, "output"));
  while (jump_json_cursor_next (&cursor, NULL, &item))
    {
      if (jump_json_span_equals (jump_json_find_member (item, "id"), text))
        return item;
    }
  return (JumpJsonSpan){ NULL, 0 };
}

/* Returns: (transfer none) (nullable) */
static Entry *
find_listed (JumpResponseStore *self, const char *owner, const char *id)
{
  g_autofree char *address = make_address (owner, id);

  return g_hash_table_lookup (self->by_id, address);
}

/* Returns: (transfer none) (nullable) */
static Entry *
find_entry (JumpResponseStore *self, const char *owner, const char *id)
{
  remove_old (self);
  return find_listed (self, owner, id);
}

/**
 * jump_response_store_new:
 * @clock: tells the age of responses, in wall time: a laptop's night counts
 * @max_count: responses that can be asked for
 * @max_age: seconds
 * @max_bytes: of everything kept, what only later responses still need included
 */
JumpResponseStore *
jump_response_store_new (JumpClock *clock, guint max_count, gint64 max_age, gsize max_bytes)
{
  JumpResponseStore *self = g_new0 (JumpResponseStore, 1);

  self->clock = g_object_ref (clock);
  self->max_count = max_count;
  self->max_age = max_age;
  self->max_bytes = max_bytes;
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->by_item = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_queue_init (&self->oldest_first);
  return self;
}

/**
 * jump_response_store_free:
 * @self: (transfer full) (nullable): a store
 */
void
jump_response_store_free (JumpResponseStore *self)
{
  if (self == NULL)
    return;
  while (self->oldest_first.head != NULL)
    remove_entry (self, self->oldest_first.head->data);
  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->by_item);
  g_object_unref (self->clock);
  g_free (self);
}

/**
 * jump_response_store_add:
 * @owner: (nullable): id of the key that the client has shown
 * @id: of the response, as the client was told; an older one of the same id is replaced
 * @session: (nullable): the conversation that it is part of
 * @request: the client's request as it came; validated
 * @response: the response object as the client got it; validated
 *
 * A previous response that is gone meanwhile is left out: the answer was made without it.
 */
void
jump_response_store_add (JumpResponseStore *self,
                         const char *owner,
                         const char *id,
                         const char *session,
                         GBytes *request,
                         GBytes *response)
{
  Entry *entry = g_new0 (Entry, 1);
  g_autofree char *parent = jump_json_span_dup_string (find_in (request, "previous_response_id"));
  GString *items = g_string_new (NULL);
  Shelf shelf = { self, owner };
  Entry *same;

  jump_response_items_append_input (items, find_in (request, "input"), find_item, &shelf);
  jump_response_items_append_output (items, find_in (response, "output"));
  entry->n_refs = 1;
  entry->owner = g_strdup (owner == NULL ? "" : owner);
  entry->address = make_address (owner, id);
  entry->session = g_strdup (session);
  entry->parent = parent == NULL ? NULL : find_listed (self, owner, parent);
  if (entry->parent != NULL)
    entry->parent->n_refs++;
  entry->n_bytes = items->len + g_bytes_get_size (response) + sizeof (Entry);
  entry->items = g_string_free (items, FALSE);
  entry->response = g_bytes_ref (response);
  entry->added_at = jump_clock_get_wall_seconds (self->clock);
  entry->total_bytes = &self->n_bytes;
  entry->link.data = entry;
  self->n_bytes += entry->n_bytes;
  same = g_hash_table_lookup (self->by_id, entry->address);
  if (same != NULL)
    remove_entry (self, same);
  g_hash_table_insert (self->by_id, entry->address, entry);
  g_queue_push_tail_link (&self->oldest_first, &entry->link);
  foreach_item (self, entry, list_item);
  remove_old (self);
}

/**
 * jump_response_store_lookup:
 * @owner: (nullable): id of the key that the client has shown
 * @id: of a response
 *
 * Returns: (transfer full) (nullable): the response object
 */
GBytes *
jump_response_store_lookup (JumpResponseStore *self, const char *owner, const char *id)
{
  Entry *entry = find_entry (self, owner, id);

  return entry == NULL ? NULL : g_bytes_ref (entry->response);
}

/**
 * jump_response_store_dup_session:
 * @owner: (nullable): id of the key that the client has shown
 * @id: of a response
 *
 * Returns: (transfer full) (nullable): the conversation that it is part of
 */
char *
jump_response_store_dup_session (JumpResponseStore *self, const char *owner, const char *id)
{
  Entry *entry = find_entry (self, owner, id);

  return entry == NULL ? NULL : g_strdup (entry->session);
}

/**
 * jump_response_store_delete:
 * @owner: (nullable): id of the key that the client has shown
 * @id: of a response
 *
 * Returns: whether it was there
 */
gboolean
jump_response_store_delete (JumpResponseStore *self, const char *owner, const char *id)
{
  Entry *entry = find_entry (self, owner, id);

  if (entry == NULL)
    return FALSE;
  remove_entry (self, entry);
  return TRUE;
}

/**
 * jump_response_store_get_count:
 *
 * Returns: how many can be asked for
 */
guint
jump_response_store_get_count (JumpResponseStore *self)
{
  remove_old (self);
  return g_hash_table_size (self->by_id);
}

/**
 * jump_response_store_get_bytes:
 *
 * Returns: of everything kept
 */
gsize
jump_response_store_get_bytes (JumpResponseStore *self)
{
  remove_old (self);
  return self->n_bytes;
}

/* Returns: (transfer full): a JSON array of all that was said up to @last, and @input */
static char *
write_input (Shelf *shelf, const Entry *last, JumpJsonSpan input, guint *out_n_resolved)
{
  g_autoptr (GPtrArray) chain = g_ptr_array_new ();
  g_autoptr (GString) own = g_string_new (NULL);
  g_autoptr (GString) text = g_string_new ("[");

  for (; last != NULL; last = last->parent)
    g_ptr_array_add (chain, last->items);
  for (guint i = chain->len; i > 0; i--)
    {
      const char *items = g_ptr_array_index (chain, i - 1);

      if (text->len > 1 && *items != '\0')
        g_string_append_c (text, ',');
      g_string_append (text, items);
    }
  *out_n_resolved = jump_response_items_append_input (own, input, find_item, shelf);
  if (text->len > 1 && own->len > 0)
    g_string_append_c (text, ',');
  g_string_append_len (text, own->str, (gssize) own->len);
  g_string_append_c (text, ']');
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* What is referred to is put in for @previous, if there is one, and for items.
 * Returns: (transfer full): @body with the whole conversation in its input */
static GBytes *
write_body (Shelf *shelf, GBytes *body, const Entry *previous, JumpChanges *changes)
{
  g_auto (JumpPatchWork) work = { 0 };
  g_autofree char *input = NULL;
  guint n_resolved = 0;

  jump_patch_work_init (&work, body, NULL, changes);
  input = write_input (shelf, previous, jump_patch_work_get (&work, "input"), &n_resolved);
  if (previous == NULL && n_resolved == 0)
    return g_bytes_ref (body);
  jump_patch_work_drop (&work, "previous_response_id", "previous-response-expanded");
  jump_patch_work_set (&work, "input", input, n_resolved > 0 ? "references-expanded" : NULL);
  return jump_patch_work_finish (&work);
}

/**
 * jump_response_store_expand:
 * @owner: (nullable): id of the key that the client has shown
 * @body: a client's request
 * @facts: a scan of it
 * @changes: gets "previous-response-expanded" and "references-expanded"
 *
 * Items that are only referred to, as the AI SDK does it with all that it may expect to be kept, are put in
 * as well; references to what is not here stay, and are refused later with their place.
 *
 * Returns: (transfer full) (nullable): @body with the whole conversation in its input; %NULL with
 *   JUMP_ERROR_BAD_REQUEST for a response that nobody can look up
 */
GBytes *
jump_response_store_expand (JumpResponseStore *self,
                            const char *owner,
                            GBytes *body,
                            const JumpRequestFacts *facts,
                            JumpChanges *changes,
                            GError **error)
{
  g_autofree char *id = jump_json_span_dup_string (facts->previous_response_id);
  Shelf shelf = { self, owner };
  Entry *previous = NULL;

  if (id == NULL && !facts->has_references)
    return g_bytes_ref (body);
  remove_old (self);
  if (id != NULL)
    previous = find_entry (self, owner, id);
  if (id != NULL && previous == NULL)
    {
      g_set_error (
          error,
          JUMP_ERROR,
          JUMP_ERROR_BAD_REQUEST,
          "previous_response_id: no response '%.100s' is kept; it is unknown, too old, or was not to be stored",
          id);
      return NULL;
    }
  return write_body (&shelf, body, previous, changes);
}
