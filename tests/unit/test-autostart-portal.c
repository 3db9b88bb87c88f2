/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/autostart-portal.h"
#include "bus-stage.h"
#include "tests/support/temp-home.h"

#include <string.h>

static const char interface_xml[] =
    "<node><interface name='org.freedesktop.portal.Background'>"
    "<method name='RequestBackground'><arg type='s' direction='in'/>"
    "<arg type='a{sv}' direction='in'/><arg type='o' direction='out'/></method>"
    "</interface></node>";

/* What the portal does when it is asked. */
typedef struct
{
  gboolean is_there;
  gboolean has_own_path; /* as old ones: not where the asker expects it */
  guint32 response;
  gboolean grants;
  JumpError code;        /* what comes of it; 0: it works */
  const char *words;     /* in the error */
  gboolean is_on_before; /* and is wanted off */
} Scene;

typedef struct
{
  BusStage stage;
  const Scene *scene;
  GDBusNodeInfo *info; /* (owned) */
  char *path;          /* (owned): of the request */
  char *command;       /* (owned): what the desktop shall start */
  guint n_changes;
} Portal;

static gboolean
on_answer_due (gpointer user_data)
{
  Portal *portal = user_data;
  GVariantBuilder results;

  g_variant_builder_init (&results, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&results, "{sv}", "background", g_variant_new_boolean (TRUE));
  g_variant_builder_add (&results,
                         "{sv}",
                         "autostart",
                         g_variant_new_boolean (portal->scene->grants));
  g_dbus_connection_emit_signal (portal->stage.bus,
                                 NULL,
                                 portal->path,
                                 "org.freedesktop.portal.Request",
                                 "Response",
                                 g_variant_new ("(ua{sv})", portal->scene->response, &results),
                                 NULL);
  return G_SOURCE_REMOVE;
}

static void
on_portal_called (GDBusConnection *bus,
                  const char *sender,
                  const char *path,
                  const char *interface,
                  const char *method,
                  GVariant *parameters,
                  GDBusMethodInvocation *invocation,
                  gpointer user_data)
{
  Portal *portal = user_data;
  g_autoptr (GVariant) options = g_variant_get_child_value (parameters, 1);
  g_autofree const char **command = NULL;
  g_autofree char *name = g_strdup (sender + 1);
  const char *token;

  g_assert_true (g_variant_lookup (options, "handle_token", "&s", &token));
  g_assert_true (g_variant_lookup (options, "commandline", "^a&s", &command));
  g_strdelimit (name, ".", '_');
  g_free (portal->path);
  portal->path = g_strdup_printf ("/org/freedesktop/portal/desktop/request/%s/%s%s",
                                  name,
                                  token,
                                  portal->scene->has_own_path ? "x" : "");
  g_free (portal->command);
  portal->command = g_strjoinv (" ", (char **) command);
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", portal->path));
  g_idle_add_full (G_PRIORITY_LOW, on_answer_due, portal, NULL);
}

static void
on_changed (JumpAutostart *autostart, Portal *portal)
{
  portal->n_changes++;
}

static void
on_set (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_set_object ((GAsyncResult **) user_data, result);
}

static const GDBusInterfaceVTable vtable = { .method_call = on_portal_called };

static void
open_portal (Portal *portal)
{
  bus_stage_own (&portal->stage, "org.freedesktop.portal.Desktop");
  if (!portal->scene->is_there)
    return;
  portal->info = g_dbus_node_info_new_for_xml (interface_xml, NULL);
  g_dbus_connection_register_object (portal->stage.bus,
                                     "/org/freedesktop/portal/desktop",
                                     portal->info->interfaces[0],
                                     &vtable,
                                     portal,
                                     NULL,
                                     NULL);
}

static void
run_scene (const Scene *scene)
{
  g_autoptr (JumpTempHome) home = jump_temp_home_new ();
  g_autoptr (JumpAutostart) autostart = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  Portal portal = { .scene = scene };
  gboolean wanted = !scene->is_on_before;

  if (!bus_stage_up (&portal.stage))
    return;
  open_portal (&portal);
  if (scene->is_on_before)
    jump_temp_home_write (home, "starts-at-login", "");
  autostart = jump_autostart_portal_new (home->dir);
  g_signal_connect (autostart, "changed", G_CALLBACK (on_changed), &portal);
  g_assert_cmpint (jump_autostart_get_is_on (autostart), ==, scene->is_on_before);

  jump_autostart_set_is_on_async (autostart, wanted, NULL, on_set, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  if (scene->words == NULL)
    {
      g_assert_true (jump_autostart_set_is_on_finish (autostart, result, &error));
      g_assert_no_error (error);
      g_assert_cmpstr (portal.command, ==, "jumpseat --hidden");
    }
  else
    {
      g_assert_false (jump_autostart_set_is_on_finish (autostart, result, &error));
      g_assert_error (error, JUMP_ERROR, (int) scene->code);
      g_assert_nonnull (strstr (error->message, scene->words));
    }
  g_assert_cmpint (jump_autostart_get_is_on (autostart), ==, wanted == (scene->words == NULL));
  g_assert_cmpuint (portal.n_changes, ==, scene->words == NULL ? 1 : 0);

  g_clear_object (&result);
  g_clear_object (&autostart);
  bus_stage_down (&portal.stage);
  g_clear_pointer (&portal.info, g_dbus_node_info_unref);
  g_free (portal.path);
  g_free (portal.command);
}

/* Each in a process of its own: g_bus_get() keeps one connection for all. */
static void
test_scene (gconstpointer data)
{
  if (g_test_subprocess ())
    {
      run_scene (data);
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *name;
    Scene scene;
  } rows[] = {
    { "/autostart-portal/granted", { .is_there = TRUE, .grants = TRUE } },
    { "/autostart-portal/old", { .is_there = TRUE, .has_own_path = TRUE, .grants = TRUE } },
    { "/autostart-portal/off", { .is_there = TRUE, .is_on_before = TRUE } },
    { "/autostart-portal/denied",
      { .is_there = TRUE, .response = 1, .code = JUMP_ERROR_FORBIDDEN, .words = "not allow" } },
    { "/autostart-portal/ignored",
      { .is_there = TRUE, .code = JUMP_ERROR_FORBIDDEN, .words = "not allow" } },
    { "/autostart-portal/ended",
      { .is_there = TRUE, .response = 2, .code = JUMP_ERROR_UNAVAILABLE, .words = "answer" } },
    { "/autostart-portal/absent", { .code = JUMP_ERROR_UNAVAILABLE, .words = "sandboxed" } },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_test_add_data_func (rows[i].name, &rows[i].scene, test_scene);
  return g_test_run ();
}
