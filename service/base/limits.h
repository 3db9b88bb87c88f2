/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

/* Every limit on what somebody else can make large, with its reason. Values that people may want
 * to change are settings; the numbers here are their defaults or hard ceilings. */

/* Request bodies: agents send up to some MiB with images; 32 MiB is what upstream's front takes. */
#define JUMP_LIMIT_BODY_DEFAULT (32 * 1024 * 1024)
/* Nobody needs more; keeps a setting from turning into an out-of-memory switch. */
#define JUMP_LIMIT_BODY_MAX (256 * 1024 * 1024)
/* JSON nesting: real requests stay under 20; deeper ones attack recursive parsers. */
#define JUMP_LIMIT_JSON_DEPTH 100
/* Bodies above this are scanned in a worker thread: about 0.3 ms of main loop time. */
#define JUMP_LIMIT_SCAN_ON_LOOP (256 * 1024)
/* One SSE event: the largest real ones (response.completed with images) are some MiB. */
#define JUMP_LIMIT_SSE_EVENT (16 * 1024 * 1024)
/* What one stream may hold for a client that does not read, beyond the kernel's buffers. Upstream
 * is paused above the mark; libcurl then keeps at most one more read of its own. */
#define JUMP_LIMIT_STREAM_BUFFER (32 * 1024)
/* What libcurl reads at once, and so the most it keeps when paused. */
#define JUMP_LIMIT_UPSTREAM_READ (16 * 1024)
/* The same for streams: events are small, and thousands of buffers lie idle between them. */
#define JUMP_LIMIT_STREAM_READ (2 * 1024)
/* A reply that is not a stream is collected up to this size. */
#define JUMP_LIMIT_REPLY (64 * 1024 * 1024)
/* Replies of the small calls (sign-in, token, user, models). A catalogue is about 100 KiB. */
#define JUMP_LIMIT_SMALL_REPLY (8 * 1024 * 1024)
/* What a release feed says is new, in bytes: more nobody reads in a dialog. */
#define JUMP_LIMIT_RELEASE_NOTES (16 * 1024)
/* Header bytes of one upstream reply that are kept. */
#define JUMP_LIMIT_UPSTREAM_HEADERS (256 * 1024)
/* A model's name: real ones have about 30 characters, with a vendor's in front 60. Longer ones would
 * fill the log. */
#define JUMP_LIMIT_MODEL_NAME 256
/* Tools in one request: upstream refuses more (protocol 5.3). */
#define JUMP_LIMIT_TOOLS 128
/* The head of a request: real ones stay under 8 KiB, cookies and tokens included. */
#define JUMP_LIMIT_REQUEST_HEAD (64 * 1024)
/* Header fields of a request: browsers send about 25. */
#define JUMP_LIMIT_HEAD_FIELDS 100
/* Seconds for the head of a request: one packet for all but those who do it on purpose. */
#define JUMP_LIMIT_HEAD_SECONDS 10
/* Bodies of the control API: settings and keys are some KiB. */
#define JUMP_LIMIT_CONTROL_BODY (1024 * 1024)
/* Bodies of routes that are open to anybody: a name, if anything. */
#define JUMP_LIMIT_OPEN_BODY (64 * 1024)
/* Bytes of bodies being read, of all connections together: one of the largest possible must fit, and many
 * clients that send the usual MiB. */
#define JUMP_LIMIT_BODIES_IN_ALL JUMP_LIMIT_BODY_MAX
/* Bytes per second at which a body may take longer than the time for it: slower than any network that
 * somebody would work over, faster than anybody who only wants to keep a connection. */
#define JUMP_LIMIT_BODY_PACE (64 * 1024)
/* Client connections at once; each costs some KiB. */
#define JUMP_LIMIT_CONNECTIONS 4096
/* The same from one address: everybody on this machine has the same one. */
#define JUMP_LIMIT_CONNECTIONS_PER_PEER 1024
/* Model requests at once, waiting, and for how many seconds (S-10): GitHub takes more for abuse
 * (protocol 8). */
#define JUMP_LIMIT_CONCURRENT   4
#define JUMP_LIMIT_WAITING      32
#define JUMP_LIMIT_WAIT_SECONDS 30
/* Silence after which a client's stream gets a sign of life, so that nobody on the way gives it up;
 * models think for minutes (protocol 9.21). */
#define JUMP_LIMIT_KEEP_ALIVE_SECONDS 15
/* How long streams may go on after a request to stop (S-22). */
#define JUMP_LIMIT_DRAIN_SECONDS 10

/* What the screen's list of requests holds: rows without bodies are small (about 1 KiB). */
#define JUMP_LIMIT_HISTORY_ROWS   10000
#define JUMP_LIMIT_HISTORY_BODIES 1000
#define JUMP_LIMIT_HISTORY_BYTES  (64 * 1024 * 1024)
/* Of one reply: longer ones are kept to here and marked as cut. */
#define JUMP_LIMIT_KEPT_REPLY (1024 * 1024)
/* How long start-up waits for the desktop's secret service before it falls back. */
#define JUMP_LIMIT_SECRET_SECONDS 5

/* A record of the history is on disk this many milliseconds after its end: several share a transaction. */
#define JUMP_LIMIT_HISTORY_FLUSH_MS 1000

/* Seconds between two lines of token usage (features.md B3). */
#define JUMP_LIMIT_USAGE_LINE_SECONDS 300

/* Events that a follower of /api/events may miss and still go on from. */
#define JUMP_LIMIT_EVENTS 1000

/* Largest file that POST /api/requests/import takes in bytes: a .jl of a busy month. */
#define JUMP_LIMIT_IMPORT (256 * 1024 * 1024)
/* One line of it: a request body of the default limit as it came and as it was sent, a reply, and their escapes. */
#define JUMP_LIMIT_HISTORY_LINE (96 * 1024 * 1024)
/* Finished exchanges that wait for their line in a file: more only where the disk does not keep up. */
#define JUMP_LIMIT_HISTORY_QUEUE       1000
#define JUMP_LIMIT_HISTORY_QUEUE_BYTES (64 * 1024 * 1024)
/* error.log begins anew here, and the old one is kept. */
#define JUMP_LIMIT_ERROR_LOG (32 * 1024 * 1024)

/* Of other computers' lines of token usage: a year of one is about 20 MiB. The newest of longer files count. */
#define JUMP_LIMIT_USAGE_FILE (64 * 1024 * 1024)
/* One line: some models of one user. */
#define JUMP_LIMIT_USAGE_LINE (256 * 1024)
/* Computers in one folder, and files of each. */
#define JUMP_LIMIT_USAGE_MACHINES 256
#define JUMP_LIMIT_USAGE_FILES    16
/* Rows of an overview: computers times users times models. */
#define JUMP_LIMIT_USAGE_ROWS 10000
