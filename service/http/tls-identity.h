/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <gio/gio.h>

/* The certificate that we show over TLS, with its key: two PEM files, read again when they change, so
 * that a renewed certificate needs no restart. */

typedef struct _JumpTlsIdentity JumpTlsIdentity;

/* JUMP_ERROR_SETTINGS names the file and the setting, or both where one is not the other's. */
JumpTlsIdentity *
jump_tls_identity_new (const char *certificate_file, const char *key_file, GError **error);
void jump_tls_identity_free (JumpTlsIdentity *self);
/* Returns: (transfer none): the newest that could be read */
GTlsCertificate *jump_tls_identity_get (JumpTlsIdentity *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpTlsIdentity, jump_tls_identity_free)
