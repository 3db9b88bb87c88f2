/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-secret"

#include "service/secret/secret-store-choice.h"

#include "service/base/limits.h"
#include "service/secret/secret-deadline.h"
#include "service/secret/secret-keyring.h"
#include "service/secret/secret-store-file.h"

/* How long a person may take to type the password of a keyring. */
#define SECONDS_FOR_A_PERSON 120

typedef enum
{
  CHOICE_OPEN,
  CHOICE_PROBING,
  CHOICE_KEYRING,
  CHOICE_FILE,
} Choice;

struct _JumpSecretStoreChoice
{
  GObject parent_instance;

  JumpClock *clock;         /* (owned) */
  JumpSecretStore *keyring; /* (owned) */
  JumpSecretStore *file;    /* (owned) */
  char *file_dir;           /* (owned) */
  gboolean may_fall_back;
  gboolean interactive;

  Choice choice;
  GQueue waiting;               /* (owned) (element-type GTask): asked before the choice was made */
  JumpSecretDeadline *deadline; /* (owned) (nullable): of the probe */
};

/* What one caller asked for: the data of its task. */
typedef struct
{
  void (*run) (JumpSecretStoreChoice *self, GTask *task);
  char *key;                    /* (owned) */
  char *label;                  /* (owned) (nullable) */
  JumpSecretText *secret;       /* (owned) (nullable) */
  JumpSecretDeadline *deadline; /* (owned) (nullable): of the keyring's part */
} Request;

static void secret_store_iface_init (JumpSecretStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (JumpSecretStoreChoice,
                               jump_secret_store_choice,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (JUMP_TYPE_SECRET_STORE,
                                                      secret_store_iface_init))

static void
request_free (Request *request)
{
  g_clear_pointer (&request->key, g_free);
  g_clear_pointer (&request->label, g_free);
  g_clear_pointer (&request->secret, jump_secret_text_unref);
  g_clear_pointer (&request->deadline, jump_secret_deadline_free);
  g_free (request);
}

/* The one warning of this folder: where a token is kept is for its owner to know. */
static void
fall_back (JumpSecretStoreChoice *self, const GError *reason)
{
  g_warning ("%s: the sign-in is kept in %s, readable by you alone",
             reason->message,
             self->file_dir);
  self->choice = CHOICE_FILE;
}

static GCancellable *
limit_time (JumpSecretStoreChoice *self, GTask *task)
{
  Request *request = g_task_get_task_data (task);

  request->deadline = jump_secret_deadline_new (self->clock,
                                                self->interactive ? SECONDS_FOR_A_PERSON
                                                                  : JUMP_LIMIT_SECRET_SECONDS,
                                                g_task_get_cancellable (task));
  return request->deadline->cancellable;
}

static void
explain (GTask *task, GError **error)
{
  Request *request = g_task_get_task_data (task);

  jump_secret_deadline_explain (request->deadline, error);
  g_clear_pointer (&request->deadline, jump_secret_deadline_free);
}

static void
on_keyring_looked_up (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (JumpSecretText) secret = NULL;
  GError *error = NULL;

  secret = jump_secret_store_lookup_finish (JUMP_SECRET_STORE (source), result, &error);
  explain (task, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task,
                           g_steal_pointer (&secret),
                           (GDestroyNotify) jump_secret_text_unref);
}

static void
look_up_in_keyring (JumpSecretStoreChoice *self, GTask *task)
{
  Request *request = g_task_get_task_data (task);

  jump_secret_store_lookup_async (self->keyring,
                                  request->key,
                                  limit_time (self, task),
                                  on_keyring_looked_up,
                                  g_object_ref (task));
}

static void
on_file_looked_up (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  JumpSecretStoreChoice *self = g_task_get_source_object (task);
  g_autoptr (JumpSecretText) secret = NULL;
  GError *error = NULL;

  secret = jump_secret_store_lookup_finish (JUMP_SECRET_STORE (source), result, &error);
  if (self->choice == CHOICE_KEYRING && secret == NULL)
    {
      g_clear_error (&error);
      look_up_in_keyring (self, task);
    }
  else if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task,
                           g_steal_pointer (&secret),
                           (GDestroyNotify) jump_secret_text_unref);
}

/* The file first: it is there only if a sign-in fell back to it after the keyring was last
 * written, as every write to the keyring removes it. So it is never the older one. */
static void
run_lookup (JumpSecretStoreChoice *self, GTask *task)
{
  Request *request = g_task_get_task_data (task);

  if (self->choice == CHOICE_KEYRING && !self->may_fall_back)
    look_up_in_keyring (self, task);
  else
    jump_secret_store_lookup_async (self->file,
                                    request->key,
                                    g_task_get_cancellable (task),
                                    on_file_looked_up,
                                    g_object_ref (task));
}

static void
on_file_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (jump_secret_store_save_finish (JUMP_SECRET_STORE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
save_in_file (JumpSecretStoreChoice *self, GTask *task)
{
  Request *request = g_task_get_task_data (task);

  jump_secret_store_save_async (self->file,
                                request->key,
                                request->label,
                                request->secret,
                                g_task_get_cancellable (task),
                                on_file_saved,
                                g_object_ref (task));
}

static void
on_file_cleared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (jump_secret_store_clear_finish (JUMP_SECRET_STORE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
clear_file (JumpSecretStoreChoice *self, GTask *task)
{
  Request *request = g_task_get_task_data (task);

  jump_secret_store_clear_async (self->file,
                                 request->key,
                                 g_task_get_cancellable (task),
                                 on_file_cleared,
                                 g_object_ref (task));
}

static void
on_keyring_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  JumpSecretStoreChoice *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  jump_secret_store_save_finish (JUMP_SECRET_STORE (source), result, &error);
  explain (task, &error);
  if (error == NULL)
    clear_file (self, task);
  else if (!self->may_fall_back || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    {
      /* It looked usable and is not (KeePassXC without an exposed group, platforms 3). */
      if (self->choice == CHOICE_KEYRING)
        fall_back (self, error);
      save_in_file (self, task);
    }
}

static void
run_save (JumpSecretStoreChoice *self, GTask *task)
{
  Request *request = g_task_get_task_data (task);

  if (self->choice == CHOICE_FILE)
    save_in_file (self, task);
  else
    jump_secret_store_save_async (self->keyring,
                                  request->key,
                                  request->label,
                                  request->secret,
                                  limit_time (self, task),
                                  on_keyring_saved,
                                  g_object_ref (task));
}

static void
on_keyring_cleared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  JumpSecretStoreChoice *self = g_task_get_source_object (task);
  GError *error = NULL;

  jump_secret_store_clear_finish (JUMP_SECRET_STORE (source), result, &error);
  explain (task, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    clear_file (self, task);
}

static void
run_clear (JumpSecretStoreChoice *self, GTask *task)
{
  Request *request = g_task_get_task_data (task);

  if (self->choice == CHOICE_FILE)
    clear_file (self, task);
  else
    jump_secret_store_clear_async (self->keyring,
                                   request->key,
                                   limit_time (self, task),
                                   on_keyring_cleared,
                                   g_object_ref (task));
}

static void
run (GTask *task)
{
  Request *request = g_task_get_task_data (task);

  request->run (g_task_get_source_object (task), task);
}

static void
on_keyring_probed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JumpSecretStoreChoice) self = user_data;
  g_autoptr (GError) error = NULL;
  GTask *task;

  self->choice = CHOICE_KEYRING;
  if (!jump_secret_keyring_probe_finish (JUMP_SECRET_STORE (source), result, &error))
    {
      jump_secret_deadline_explain (self->deadline, &error);
      fall_back (self, error);
    }
  g_clear_pointer (&self->deadline, jump_secret_deadline_free);
  while ((task = g_queue_pop_head (&self->waiting)) != NULL)
    {
      run (task);
      g_object_unref (task);
    }
}

/* The probe belongs to nobody's request, so no caller's cancellable can stop it. */
static void
start_probe (JumpSecretStoreChoice *self)
{
  self->choice = CHOICE_PROBING;
  self->deadline = jump_secret_deadline_new (self->clock, JUMP_LIMIT_SECRET_SECONDS, NULL);
  jump_secret_keyring_probe_async (self->keyring,
                                   self->deadline->cancellable,
                                   on_keyring_probed,
                                   g_object_ref (self));
}

static void
take_request (JumpSecretStore *store,
              Request *request,
              gpointer source_tag,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  JumpSecretStoreChoice *self = JUMP_SECRET_STORE_CHOICE (store);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, source_tag);
  g_task_set_task_data (task, request, (GDestroyNotify) request_free);
  switch (self->choice)
    {
    case CHOICE_OPEN:
      g_queue_push_tail (&self->waiting, g_object_ref (task));
      start_probe (self);
      break;
    case CHOICE_PROBING:
      g_queue_push_tail (&self->waiting, g_object_ref (task));
      break;
    case CHOICE_KEYRING:
    case CHOICE_FILE:
      run (task);
      break;
    }
}

static const char *
jump_secret_store_choice_get_name (JumpSecretStore *store)
{
  JumpSecretStoreChoice *self = JUMP_SECRET_STORE_CHOICE (store);

  return jump_secret_store_get_name (self->choice == CHOICE_FILE ? self->file : self->keyring);
}

static void
jump_secret_store_choice_lookup_async (JumpSecretStore *store,
                                       const char *key,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  Request *request = g_new0 (Request, 1);

  request->run = run_lookup;
  request->key = g_strdup (key);
  take_request (store,
                request,
                jump_secret_store_choice_lookup_async,
                cancellable,
                callback,
                user_data);
}

static void
jump_secret_store_choice_save_async (JumpSecretStore *store,
                                     const char *key,
                                     const char *label,
                                     JumpSecretText *secret,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  Request *request = g_new0 (Request, 1);

  request->run = run_save;
  request->key = g_strdup (key);
  request->label = g_strdup (label);
  request->secret = jump_secret_text_ref (secret);
  take_request (store,
                request,
                jump_secret_store_choice_save_async,
                cancellable,
                callback,
                user_data);
}

static void
jump_secret_store_choice_clear_async (JumpSecretStore *store,
                                      const char *key,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  Request *request = g_new0 (Request, 1);

  request->run = run_clear;
  request->key = g_strdup (key);
  take_request (store,
                request,
                jump_secret_store_choice_clear_async,
                cancellable,
                callback,
                user_data);
}

static void
secret_store_iface_init (JumpSecretStoreInterface *iface)
{
  iface->get_name = jump_secret_store_choice_get_name;
  iface->lookup_async = jump_secret_store_choice_lookup_async;
  iface->save_async = jump_secret_store_choice_save_async;
  iface->clear_async = jump_secret_store_choice_clear_async;
}

static void
jump_secret_store_choice_finalize (GObject *object)
{
  JumpSecretStoreChoice *self = JUMP_SECRET_STORE_CHOICE (object);

  g_clear_pointer (&self->deadline, jump_secret_deadline_free);
  g_clear_object (&self->keyring);
  g_clear_object (&self->file);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->file_dir, g_free);
  G_OBJECT_CLASS (jump_secret_store_choice_parent_class)->finalize (object);
}

static void
jump_secret_store_choice_class_init (JumpSecretStoreChoiceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jump_secret_store_choice_finalize;
}

static void
jump_secret_store_choice_init (JumpSecretStoreChoice *self)
{
  g_queue_init (&self->waiting);
}

/**
 * jump_secret_store_choice_new:
 * @backend: "auto", "keyring" or "file"; anything else is "auto"
 * @file_dir: the folder of the file backend
 * @interactive: whether somebody is there to unlock a keyring
 * @clock: for the time limits
 *
 * Nothing is asked before the first use. With "auto" a keyring that fails later, when something is
 * to be saved, is given up for the rest of the run too.
 *
 * Returns: (transfer full)
 */
JumpSecretStore *
jump_secret_store_choice_new (const char *backend,
                              const char *file_dir,
                              gboolean interactive,
                              JumpClock *clock)
{
  JumpSecretStoreChoice *self = g_object_new (JUMP_TYPE_SECRET_STORE_CHOICE, NULL);

  self->clock = g_object_ref (clock);
  self->keyring = jump_secret_keyring_new (interactive);
  self->file = jump_secret_store_file_new (file_dir);
  self->file_dir = g_strdup (file_dir);
  self->interactive = interactive;
  if (g_strcmp0 (backend, "file") == 0)
    self->choice = CHOICE_FILE;
  else if (g_strcmp0 (backend, "keyring") == 0)
    self->choice = CHOICE_KEYRING;
  else
    self->may_fall_back = TRUE;
  return JUMP_SECRET_STORE (self);
}
