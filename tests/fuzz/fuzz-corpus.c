/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/fuzz/fuzz-corpus.h"

#include <string.h>

/* Requests of agents have a hundred kilobytes of instructions, which cost time and say nothing new. */
#define BIG 8192

static void
seed_free (gpointer memory)
{
  FuzzSeed *seed = memory;

  g_free (seed->path);
  g_bytes_unref (seed->bytes);
  g_free (seed);
}

/* @folder: below fixtures. Real clients' requests stand in folders named after the client. */
static const JumpDialect *
find_dialect (const char *folder, const char *text)
{
  g_autofree char *base = g_path_get_basename (folder);

  if (strcmp (base, "openai-chat") == 0)
    return &jump_dialect_chat;
  if (strcmp (base, "clients") != 0)
    return jump_dialect_find (base);
  if (strstr (text, "\"input\"") != NULL && strstr (text, "\"messages\"") == NULL)
    return &jump_dialect_responses;
  return strstr (text, "input_schema") != NULL ? &jump_dialect_messages : &jump_dialect_chat;
}

static void
add_file (FuzzCorpus *self, const char *root, const char *folder, const char *file)
{
  g_autofree char *path = g_build_filename (root, folder, file, NULL);
  g_autofree char *parent = g_path_get_dirname (folder);
  char *text;
  gsize length;
  const JumpDialect *dialect;
  FuzzSeed *seed;

  if (!g_file_get_contents (path, &text, &length, NULL))
    return;
  dialect = find_dialect (parent, text);
  if (dialect == NULL)
    g_error ("%s: whose is this?", path);
  seed = g_new0 (FuzzSeed, 1);
  seed->dialect = dialect;
  seed->path = g_build_filename (folder, file, NULL);
  seed->bytes = g_bytes_new_take (text, length);
  g_ptr_array_add (self->seeds[dialect->id], seed);
  g_ptr_array_add (self->all, seed);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* In the order of the alphabet: the same on every machine. */
static GPtrArray *
list_folder (const char *root, const char *folder)
{
  g_autofree char *path = g_build_filename (root, folder, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (names, compare_names);
  return names;
}

void
fuzz_corpus_init (FuzzCorpus *self, const char *name)
{
  static const char *const parents[] = {
    "chat",        "responses",       "messages",        "completions",
    "ollama-chat", "ollama-generate", "openai-chat",     "clients",
    "repair/chat", "repair/messages", "repair/responses"
  };
  g_autofree char *root = g_test_build_filename (G_TEST_DIST, "fixtures", NULL);

  self->all = g_ptr_array_new ();
  for (guint id = 0; id < JUMP_N_DIALECTS; id++)
    self->seeds[id] = g_ptr_array_new_with_free_func (seed_free);
  for (guint i = 0; i < G_N_ELEMENTS (parents); i++)
    {
      g_autoptr (GPtrArray) cases = list_folder (root, parents[i]);

      for (guint j = 0; j < cases->len; j++)
        add_file (self, root, g_ptr_array_index (cases, j), name);
    }
  g_assert_cmpuint (self->all->len, >, 0);
}

void
fuzz_corpus_clear (FuzzCorpus *self)
{
  for (guint id = 0; id < JUMP_N_DIALECTS; id++)
    g_clear_pointer (&self->seeds[id], g_ptr_array_unref);
  g_clear_pointer (&self->all, g_ptr_array_unref);
}

static const FuzzSeed *
pick (const GPtrArray *seeds, FuzzRun *run)
{
  const FuzzSeed *seed = NULL;

  for (guint i = 0; i < 8; i++)
    {
      seed = g_ptr_array_index (seeds, fuzz_roll (run, seeds->len));
      if (g_bytes_get_size (seed->bytes) < BIG)
        break;
    }
  return seed;
}

const FuzzSeed *
fuzz_corpus_pick (const FuzzCorpus *self, FuzzRun *run)
{
  return pick (self->all, run);
}

const FuzzSeed *
fuzz_corpus_pick_of (const FuzzCorpus *self, FuzzRun *run, const JumpDialect *dialect)
{
  const GPtrArray *seeds = self->seeds[dialect->id];

  return pick (seeds->len > 0 ? seeds : self->all, run);
}
