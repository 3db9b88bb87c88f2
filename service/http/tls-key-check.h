/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <gio/gio.h>

/* Whether a certificate and its private key belong together. GIO takes any two files, and only clients
 * would notice, all of them. */

/* FALSE with whatever the TLS module said. */
gboolean jump_tls_key_check (GTlsCertificate *certificate, GError **error);
