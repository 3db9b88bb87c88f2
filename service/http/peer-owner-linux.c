/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/peer-owner.h"

#include <errno.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* sock_diag(7): one question about one connection, answered at once by the kernel; reading
 * /proc/net/tcp takes longer the more sockets there are. */

typedef struct
{
  struct nlmsghdr head;
  struct inet_diag_req_v2 body;
} Question;

static gboolean
fill_end (GSocketAddress *address, guint8 *out_family, __be16 *out_port, __be32 out_address[4])
{
  struct sockaddr_storage native = { 0 };

  if (!g_socket_address_to_native (address, &native, sizeof native, NULL))
    return FALSE;
  *out_family = (guint8) native.ss_family;
  if (native.ss_family == AF_INET)
    {
      struct sockaddr_in ip4;

      memcpy (&ip4, &native, sizeof ip4);
      *out_port = ip4.sin_port;
      out_address[0] = ip4.sin_addr.s_addr;
      return TRUE;
    }
  if (native.ss_family == AF_INET6)
    {
      struct sockaddr_in6 ip6;

      memcpy (&ip6, &native, sizeof ip6);
      *out_port = ip6.sin6_port;
      /* The other end of such a one is an IPv4 socket. */
      if (IN6_IS_ADDR_V4MAPPED (&ip6.sin6_addr))
        {
          *out_family = AF_INET;
          memcpy (out_address, &ip6.sin6_addr.s6_addr[12], 4);
          return TRUE;
        }
      memcpy (out_address, &ip6.sin6_addr, sizeof ip6.sin6_addr);
      return TRUE;
    }
  return FALSE;
}

/* Asks about the other end, so source and destination are swapped. */
static gboolean
write_question (Question *question, GSocket *socket)
{
  g_autoptr (GSocketAddress) theirs = g_socket_get_remote_address (socket, NULL);
  g_autoptr (GSocketAddress) ours = g_socket_get_local_address (socket, NULL);
  struct inet_diag_sockid *id = &question->body.id;
  guint8 family = 0;

  *question = (Question){
    .head = {
      .nlmsg_len = sizeof *question,
      .nlmsg_type = SOCK_DIAG_BY_FAMILY,
      .nlmsg_flags = NLM_F_REQUEST,
    },
    .body = {
      .sdiag_protocol = IPPROTO_TCP,
      .idiag_states = ~0u,
    },
  };
  if (theirs == NULL || ours == NULL ||
      !fill_end (theirs, &family, &id->idiag_sport, id->idiag_src) ||
      !fill_end (ours, &question->body.sdiag_family, &id->idiag_dport, id->idiag_dst))
    return FALSE;
  id->idiag_cookie[0] = INET_DIAG_NOCOOKIE;
  id->idiag_cookie[1] = INET_DIAG_NOCOOKIE;
  return family == question->body.sdiag_family;
}

static JumpPeerOwner
read_answer (const char *answer, gsize length, guint64 *out_inode)
{
  struct nlmsghdr head;
  struct inet_diag_msg body;

  if (length < NLMSG_HDRLEN)
    return JUMP_PEER_UNKNOWN;
  memcpy (&head, answer, sizeof head);
  if (head.nlmsg_type == NLMSG_ERROR && length >= NLMSG_HDRLEN + sizeof (int))
    {
      int code;

      memcpy (&code, answer + NLMSG_HDRLEN, sizeof code);
      return code == -ENOENT ? JUMP_PEER_OTHER : JUMP_PEER_UNKNOWN;
    }
  if (head.nlmsg_type != SOCK_DIAG_BY_FAMILY || length < NLMSG_HDRLEN + sizeof body)
    return JUMP_PEER_UNKNOWN;
  memcpy (&body, answer + NLMSG_HDRLEN, sizeof body);
  /* A socket that its program has closed belongs to nobody, which looks like the administrator. */
  if (body.idiag_inode == 0)
    return JUMP_PEER_OTHER;
  *out_inode = body.idiag_inode;
  return body.idiag_uid == getuid () || body.idiag_uid == 0 ? JUMP_PEER_OWN : JUMP_PEER_OTHER;
}

static int
open_diag (void)
{
  return socket (AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
}

/**
 * jump_peer_owner_find:
 * @socket: accepted, and not the connection of another machine
 * @out_inode: (out): of the socket at its other end; 0 not known
 *
 * Returns: whose it is
 */
JumpPeerOwner
jump_peer_owner_find (GSocket *socket, guint64 *out_inode)
{
  Question question;
  char answer[1024];
  int diag;
  gssize length;

  *out_inode = 0;
  if (!write_question (&question, socket))
    return JUMP_PEER_UNKNOWN;
  diag = open_diag ();
  if (diag < 0)
    return JUMP_PEER_UNKNOWN;
  length = send (diag, &question, sizeof question, 0) == (gssize) sizeof question
               ? recv (diag, answer, sizeof answer, MSG_DONTWAIT)
               : -1;
  close (diag);
  return length < 0 ? JUMP_PEER_UNKNOWN : read_answer (answer, (gsize) length, out_inode);
}
