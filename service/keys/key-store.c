/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/keys/key-store.h"

struct _JumpKeyStore
{
  GObject parent_instance;
};

static GType
jump_key_store_get_item_type (GListModel *model)
{
  return JUMP_TYPE_CLIENT_KEY;
}

static guint
jump_key_store_get_n_items (GListModel *model)
{
  return 0;
}

static gpointer
jump_key_store_get_item (GListModel *model, guint position)
{
  return NULL;
}

static void
jump_key_store_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = jump_key_store_get_item_type;
  iface->get_n_items = jump_key_store_get_n_items;
  iface->get_item = jump_key_store_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (JumpKeyStore,
                               jump_key_store,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      jump_key_store_list_model_init))

static void
jump_key_store_class_init (JumpKeyStoreClass *klass)
{
}

static void
jump_key_store_init (JumpKeyStore *self)
{
}

JumpKeyStore *
jump_key_store_new (const char *path, JumpClock *clock)
{
  return g_object_new (JUMP_TYPE_KEY_STORE, NULL);
}

gboolean
jump_key_store_load (JumpKeyStore *self, GError **error)
{
  return TRUE;
}

JumpClientKey *
jump_key_store_create (JumpKeyStore *self,
                       const char *name,
                       const JumpKeyLimits *limits,
                       char **out_secret,
                       GError **error)
{
  return NULL;
}

JumpClientKey *
jump_key_store_sign_up (JumpKeyStore *self,
                        const char *name,
                        const char *display_name,
                        char **out_secret,
                        GError **error)
{
  return NULL;
}

gboolean
jump_key_store_set_state (JumpKeyStore *self,
                          const char *id,
                          JumpClientKeyState state,
                          GError **error)
{
  return FALSE;
}

gboolean
jump_key_store_set_limits (JumpKeyStore *self,
                           const char *id,
                           const JumpKeyLimits *limits,
                           GError **error)
{
  return FALSE;
}

gboolean
jump_key_store_remove (JumpKeyStore *self, const char *id, GError **error)
{
  return FALSE;
}

JumpClientKey *
jump_key_store_find (JumpKeyStore *self, const char *id_or_name)
{
  return NULL;
}

JumpClientKey *
jump_key_store_match (JumpKeyStore *self, const char *presented)
{
  return NULL;
}

gboolean
jump_key_store_has_active (JumpKeyStore *self)
{
  return FALSE;
}

void
jump_key_store_note_use (JumpKeyStore *self, JumpClientKey *key)
{
}
