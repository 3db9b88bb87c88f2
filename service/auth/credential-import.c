/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-auth"

#include "service/auth/credential-import.h"

#include "service/base/json-read.h"

#include <glib/gstdio.h>
#include <string.h>

/* Configuration files of these tools are a few KiB. */
#define MAX_FILE_SIZE (1024 * 1024)
/* GitHub's tokens are about 40 to 100 characters; anything from 10 on may be one. */
#define MIN_TOKEN_LENGTH 10
#define MAX_TOKEN_LENGTH 512

typedef struct _Place Place;

typedef void (*ReadFunc) (const Place *place, const char *path, char *contents, GPtrArray *found);

/* Where a tool keeps its token. Several rows for a tool: older versions, other systems. */
struct _Place
{
  const char *tool;
  gboolean in_config_home;
  const char *path; /* below the home or the configuration folder */
  ReadFunc read;
  const char *member; /* (nullable): of the JSON object that holds the token */
};

void
jump_found_credential_free (JumpFoundCredential *self)
{
  if (self == NULL)
    return;
  g_free (self->path);
  g_free (self->login);
  jump_secret_text_unref (self->token);
  g_free (self);
}

/* GitHub's tokens have letters, digits and underscores; a file with anything else is something
 * else, an encrypted one for example. */
static gboolean
is_token (const char *text)
{
  gsize length = strlen (text);

  if (length < MIN_TOKEN_LENGTH || length > MAX_TOKEN_LENGTH)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isalnum (text[i]) && strchr ("_-.", text[i]) == NULL)
        return FALSE;
    }
  return TRUE;
}

static void
add_found (const Place *place,
           const char *path,
           const char *login,
           const char *token,
           GPtrArray *found)
{
  JumpFoundCredential *credential;

  if (token == NULL || !is_token (token))
    return;
  for (guint i = 0; i < found->len; i++)
    {
      credential = found->pdata[i];
      if (strcmp (credential->tool, place->tool) == 0 &&
          jump_secret_text_equal (credential->token, token))
        return;
    }
  credential = g_new0 (JumpFoundCredential, 1);
  credential->tool = place->tool;
  credential->path = g_strdup (path);
  credential->login = login == NULL || *login == '\0' ? NULL : g_strdup (login);
  credential->token = jump_secret_text_new (token);
  g_ptr_array_add (found, credential);
}

/* Strings inside the tree are the only copies that are left: wiped once they are taken. */
static void
take_member (const Place *place,
             const char *path,
             JsonObject *object,
             const char *member,
             GPtrArray *found)
{
  const char *token = jump_json_get_string (object, member, NULL);

  if (token == NULL)
    return;
  add_found (place, path, jump_json_get_string (object, "user", NULL), token, found);
  jump_secret_wipe ((char *) token, strlen (token));
}

/* The whole file is the token, with a line end perhaps. */
static void
read_text (const Place *place, const char *path, char *contents, GPtrArray *found)
{
  add_found (place, path, NULL, g_strstrip (contents), found);
}

static void
read_member (const Place *place, const char *path, char *contents, GPtrArray *found)
{
  g_autoptr (JsonObject) object = jump_json_parse_object (contents, -1, NULL);

  take_member (place, path, object, place->member, found);
}

/* {"github.com:<client id>":{"user":"u","oauth_token":"gho_…"}}; hosts.json has no client id in
 * its names (protocol 1.3). Other hosts are left out: their tokens are worth nothing here. */
static void
read_copilot_apps (const Place *place, const char *path, char *contents, GPtrArray *found)
{
  g_autoptr (JsonObject) object = jump_json_parse_object (contents, -1, NULL);
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (object == NULL)
    return;
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      if ((strcmp (name, "github.com") == 0 || g_str_has_prefix (name, "github.com:")) &&
          JSON_NODE_HOLDS_OBJECT (node))
        take_member (place, path, json_node_get_object (node), "oauth_token", found);
    }
}

static const Place places[] = {
  { "github-copilot", TRUE, "github-copilot/apps.json", read_copilot_apps, NULL },
  { "github-copilot", TRUE, "github-copilot/hosts.json", read_copilot_apps, NULL },
  { "github-copilot", FALSE, ".config/github-copilot/apps.json", read_copilot_apps, NULL },
  { "github-copilot", FALSE, ".config/github-copilot/hosts.json", read_copilot_apps, NULL },
  { "github-copilot", FALSE, "AppData/Local/github-copilot/apps.json", read_copilot_apps, NULL },
  { "github-copilot", FALSE, "AppData/Local/github-copilot/hosts.json", read_copilot_apps, NULL },
  { "ghcsd", TRUE, "ghcsd/.copilot-auth-token", read_text, NULL },
  { "ghcsd", FALSE, ".config/ghcsd/.copilot-auth-token", read_text, NULL },
  { "github-copilot-svcs",
    FALSE,
    ".local/share/github-copilot-svcs/config.json",
    read_member,
    "github_token" },
  { "github-copilot-svcs", TRUE, "github-copilot-svcs/config.json", read_member, "github_token" },
  { "ghc-api", FALSE, ".ghc-api/github_token.txt", read_text, NULL },
  { "ghc-api", FALSE, "AppData/Roaming/ghc-api/github_token.txt", read_text, NULL },
  { "passenger-rs", TRUE, "passenger-rs/access_token.json", read_member, "access_token" },
  { "passenger-rs", FALSE, ".config/passenger-rs/access_token.json", read_member, "access_token" },
  { "copilot-api", FALSE, ".local/share/copilot-api/github_token", read_text, NULL },
};

static void
search_place (const Place *place, const char *base, GPtrArray *found)
{
  g_autofree char *path = g_build_filename (base, place->path, NULL);
  char *contents = NULL;
  gsize length;
  GStatBuf info;

  if (g_stat (path, &info) != 0 || (info.st_mode & S_IFMT) != S_IFREG ||
      info.st_size > MAX_FILE_SIZE || !g_file_get_contents (path, &contents, &length, NULL))
    return;
  g_debug ("looking for a token in %s", path);
  place->read (place, path, contents, found);
  jump_secret_wipe (contents, length);
  g_free (contents);
}

/**
 * jump_credential_import_find:
 * @home: the home folder
 * @config_home: usually .config in it
 *
 * Files that are not there, cannot be read or hold something else are passed over: this is an
 * offer to the person, not a promise. The same token of the same tool is listed once.
 *
 * Returns: (transfer full) (element-type JumpFoundCredential): in the order of the tools above
 */
GPtrArray *
jump_credential_import_find (const char *home, const char *config_home)
{
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) jump_found_credential_free);

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    search_place (&places[i], places[i].in_config_home ? config_home : home, found);
  return found;
}
