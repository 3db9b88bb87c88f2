/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* Takes out of a text what tells whose it is, besides everything that looks like a secret. Pure. */

/* @login: (nullable): an account's name. @home: (nullable): a folder. Returns: (transfer full) */
char *jump_personal_scrub (const char *text, const char *login, const char *home);
/* Returns: (transfer full): an address without user, password, query and fragment; "(set)" for what is
 * not one. */
char *jump_personal_scrub_url (const char *url);
