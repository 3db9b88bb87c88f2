/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/listen-address.h"
#include "service/service-private.h"

/* What is wrong, looked at with the parts that the service itself uses. */

typedef struct
{
  JumpDoctor *doctor; /* (owned) */
  char *url;          /* (owned) (nullable): of a door of ours */
  gint64 started;     /* monotonic µs */
} Examination;

static void
examination_free (Examination *self)
{
  g_clear_object (&self->doctor);
  g_free (self->url);
  g_free (self);
}

/* As clients have it: from the record of the request. */
static gint64
find_first_byte (const char *request_id, gpointer user_data)
{
  JumpService *self = user_data;
  JumpExchangeItem *item = jump_history_ring_find (self->history, request_id);
  const JumpExchangeRecord *record = item == NULL ? NULL : jump_exchange_item_get_record (item);

  if (record == NULL || record->first_byte_us < 0)
    return 0;
  return record->started_wall + record->first_byte_us;
}

/* Returns: (transfer full) (nullable): the address that programs on this computer have */
static char *
dup_own_url (JumpService *self)
{
  if (self->private_url != NULL)
    return g_strdup (self->private_url);
  return g_strdup (self->control_url);
}

static JumpDoctorTools
gather_tools (JumpService *self, const Examination *examination, const JumpDoctorWish *wish)
{
  return (JumpDoctorTools){
    .paths = self->paths,
    .settings = self->settings,
    .settings_error = wish->settings_error,
    .clock = self->clock,
    .client = self->client,
    .identity = self->identity,
    .account = self->account,
    .tokens = self->tokens,
    .catalog = self->catalog,
    .url = examination->url,
    .key = self->control_key,
    .port = self->url == NULL ? 0 : self->context.port,
    .is_demo = self->is_demo,
    .is_paused = self->context.is_paused,
    .find_first_byte = find_first_byte,
    .user_data = self,
  };
}

static void
on_examined (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *findings = jump_doctor_run_finish (JUMP_DOCTOR (source), result, &error);

  if (findings == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, findings, (GDestroyNotify) g_ptr_array_unref);
}

/**
 * jump_service_examine_async:
 * @self: a service that knows its account
 * @wish: what to leave out; its error lives until the callback
 * @cancellable: (nullable): gives up
 * @callback: called within JUMP_DOCTOR_WHOLE_SECONDS
 * @user_data: for @callback
 */
void
jump_service_examine_async (JumpService *self,
                            const JumpDoctorWish *wish,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Examination *examination = g_new0 (Examination, 1);
  JumpDoctorTools tools;

  g_task_set_source_tag (task, jump_service_examine_async);
  g_task_set_task_data (task, examination, (GDestroyNotify) examination_free);
  examination->url = dup_own_url (self);
  examination->started = jump_clock_get_monotonic_time (self->clock);
  tools = gather_tools (self, examination, wish);
  examination->doctor = jump_doctor_new (&tools, wish);
  jump_doctor_run_async (examination->doctor, cancellable, on_examined, g_object_ref (task));
}

GPtrArray *
jump_service_examine_finish (JumpService *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * jump_service_listen_privately:
 * @self: a service that does not listen
 * @error: JUMP_ERROR_STORE
 *
 * No control file tells of it, and the account is not loaded: see jump_service_open_async().
 *
 * Returns: whether jump_service_examine_async() can ask the routes
 */
gboolean
jump_service_listen_privately (JumpService *self, GError **error)
{
  if (!jump_service_open_private_door (self, error))
    return FALSE;
  g_free (self->private_url);
  self->private_url = g_strdup_printf ("http://127.0.0.1:%u", self->context.port);
  return TRUE;
}

/* ---- for the routes ---- */

static void
on_examination_asked (gboolean is_offline,
                      gboolean no_calls,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer callback_data,
                      gpointer user_data)
{
  JumpDoctorWish wish = { .is_offline = is_offline, .no_calls = no_calls };

  jump_service_examine_async (user_data, &wish, cancellable, callback, callback_data);
}

static char *
on_examination_ended (GAsyncResult *result, GError **error, gpointer user_data)
{
  JumpService *self = user_data;
  const Examination *examination = g_task_get_task_data (G_TASK (result));
  gint64 time = jump_clock_get_monotonic_time (self->clock) - examination->started;
  g_autoptr (GPtrArray) findings = jump_service_examine_finish (self, result, error);

  return findings == NULL ? NULL : jump_doctor_report_new (findings, TRUE, (guint) (time / 1000));
}

void
jump_service_offer_examination (JumpService *self)
{
  self->context.examine_async = on_examination_asked;
  self->context.examine_finish = on_examination_ended;
}
