/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/doctor/doctor.h"

/* The servers that Jumpseat talks to. */

/* Returns: (transfer full) (element-type utf8): addresses to ask, one for each server: GitHub's pages, its
 * API, and Copilot as far as it is known before a token names its host. */
GPtrArray *jump_place_list_urls (const JumpDoctorTools *tools);
/* Returns: (transfer full) (element-type utf8): their names, each once */
GPtrArray *jump_place_list_hosts (const JumpDoctorTools *tools);
/* Returns: (transfer full): the name in an address */
char *jump_place_dup_host (const char *url);
