/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/conversation/message.h"

static void
test_addresses (void)
{
  static const struct
  {
    const char *address;
    const char *media_type;
    const char *data;
    const char *url;
    const char *back; /* (nullable): @address itself */
  } cases[] = {
    { "data:image/png;base64,aGk=", "image/png", "aGk=", NULL, NULL },
    { "https://example.org/a,b.png", NULL, NULL, "https://example.org/a,b.png", NULL },
    { "DATA:image/png;BASE64,aGk=", "image/png", "aGk=", NULL, "data:image/png;base64,aGk=" },
    { "data:image/svg+xml;charset=utf-8;base64,aGk=",
      "image/svg+xml",
      "aGk=",
      NULL,
      "data:image/svg+xml;base64,aGk=" },
    { "data:text/plain,hi", "text/plain", "aGk=", NULL, "data:text/plain;base64,aGk=" },
    { "data:,h%69", "text/plain", "aGk=", NULL, "data:text/plain;base64,aGk=" },
    { "data:;base64,aGk=", "text/plain", "aGk=", NULL, "data:text/plain;base64,aGk=" },
    { "data:image/png;base64", "image/png", "", NULL, "data:image/png;base64," },
    { "data:", "text/plain", "", NULL, "data:text/plain;base64," },
    { "data:a,%zz", "a", "", NULL, "data:a;base64," },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JumpPart) part = jump_part_new (JUMP_PART_IMAGE);
      g_autofree char *back = NULL;

      jump_part_set_address (part, cases[i].address);
      g_assert_cmpstr (part->media_type, ==, cases[i].media_type);
      g_assert_cmpstr (part->data, ==, cases[i].data);
      g_assert_cmpstr (part->url, ==, cases[i].url);
      back = jump_part_dup_address (part);
      g_assert_cmpstr (back, ==, cases[i].back != NULL ? cases[i].back : cases[i].address);
    }
}

static void
test_no_address (void)
{
  g_autoptr (JumpPart) part = jump_part_new (JUMP_PART_FILE);

  part->file_id = g_strdup ("file-1");
  g_assert_null (jump_part_dup_address (part));
}

/* What a client says beside the address gives way to the address. */
static void
test_media_type_is_replaced (void)
{
  g_autoptr (JumpPart) part = jump_part_new (JUMP_PART_IMAGE);

  part->media_type = g_strdup ("image/jpeg");
  jump_part_set_address (part, "data:image/png;base64,aGk=");
  g_assert_cmpstr (part->media_type, ==, "image/png");
}

static void
test_join (void)
{
  g_autoptr (JumpMessage) message = jump_message_new (JUMP_ROLE_USER);
  g_autofree char *none = jump_parts_join_text (NULL, "\n");
  g_autofree char *empty = jump_parts_join_text (message->parts, "\n");
  g_autofree char *text = NULL;
  JumpPart *part;

  jump_message_add (message, jump_part_new_text ("one"));
  part = jump_message_add (message, jump_part_new (JUMP_PART_REFUSAL));
  part->text = g_strdup ("no");
  part = jump_message_add (message, jump_part_new (JUMP_PART_REASONING));
  part->text = g_strdup ("hm");
  jump_message_add (message, jump_part_new_text (""));
  jump_message_add (message, jump_part_new_text ("two"));
  text = jump_parts_join_text (message->parts, "\n");
  g_assert_cmpstr (none, ==, "");
  g_assert_cmpstr (empty, ==, "");
  g_assert_cmpstr (text, ==, "one\n\ntwo");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/part/addresses", test_addresses);
  g_test_add_func ("/part/no-address", test_no_address);
  g_test_add_func ("/part/media-type-is-replaced", test_media_type_is_replaced);
  g_test_add_func ("/part/join", test_join);
  return g_test_run ();
}
