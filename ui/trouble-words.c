/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/trouble-words.h"

#include <glib/gi18n-lib.h>

#define COPILOT_URL "https://github.com/settings/copilot"
#define BILLING_URL "https://github.com/settings/billing"
#define STATUS_URL  "https://www.githubstatus.com/"

/* clang-format off */

/* Indexed by JumpAttention. */
static const JumpTroubleWords attention_words[] = {
  [JUMP_ATTENTION_NONE] = { "", "", NULL, NULL, NULL, JUMP_DETAIL_NEVER, FALSE },
  [JUMP_ATTENTION_NOT_LISTENING] = {
    N_ ("Other Programs Cannot Reach Jumpseat"),
    N_ ("Its port could not be opened, most likely because another program uses it. Choose another "
        "port, or close that program."),
    N_ ("Change _Port"), "app.show-page", "settings", JUMP_DETAIL_BELOW, TRUE,
  },
  [JUMP_ATTENTION_SIGN_IN] = {
    N_ ("Please Sign In Again"),
    N_ ("GitHub does not accept the earlier sign-in any more. It may have been revoked, or too old."),
    N_ ("_Sign In…"), "app.sign-in", NULL, JUMP_DETAIL_NEVER, TRUE,
  },
  [JUMP_ATTENTION_NO_SUBSCRIPTION] = {
    N_ ("No Copilot for This Account"),
    N_ ("The GitHub account has no Copilot plan or seat. Choose a plan, ask your organization for a "
        "seat, or sign in with another account."),
    N_ ("_Get Copilot"), "app.open-uri", COPILOT_URL, JUMP_DETAIL_INSTEAD, TRUE,
  },
  [JUMP_ATTENTION_BLOCKED] = {
    N_ ("Copilot Is Blocked"),
    N_ ("GitHub does not let this account use Copilot. A policy of the organization or the billing "
        "may be the reason."),
    N_ ("Open _GitHub"), "app.open-uri", COPILOT_URL, JUMP_DETAIL_INSTEAD, TRUE,
  },
  [JUMP_ATTENTION_CLIENT_REFUSED] = {
    N_ ("GitHub Does Not Accept This Version"),
    N_ ("The editor version that Jumpseat tells GitHub is too old or not welcome any more. A newer "
        "one can be set in the settings."),
    N_ ("Open _Settings"), "app.show-page", "settings", JUMP_DETAIL_BELOW, TRUE,
  },
  [JUMP_ATTENTION_OUT_OF_CREDITS] = {
    N_ ("Out of Credits"),
    N_ ("All credits of this month are used. Models that cost credits are refused until they are "
        "renewed or you allow more."),
    N_ ("Open _Billing"), "app.open-uri", BILLING_URL, JUMP_DETAIL_INSTEAD, TRUE,
  },
  [JUMP_ATTENTION_RATE_LIMITED] = {
    N_ ("GitHub Asks to Wait"),
    N_ ("There were too many requests in a short time. This passes by itself after a while."),
    N_ ("Show _Requests"), "app.show-page", "requests", JUMP_DETAIL_INSTEAD, FALSE,
  },
  [JUMP_ATTENTION_SSO] = {
    N_ ("Your Organization Wants a Sign-In"),
    N_ ("Your organization asks you to confirm its own sign-in for Jumpseat at GitHub."),
    N_ ("Open _GitHub"), "app.open-uri", COPILOT_URL, JUMP_DETAIL_BELOW, TRUE,
  },
  [JUMP_ATTENTION_PORTAL] = {
    N_ ("The Network Wants a Sign-In"),
    N_ ("Something between this computer and GitHub answers in its place, as the networks of hotels and "
        "trains do until you have signed in there."),
    N_ ("Try _Again"), "app.refresh-token", NULL, JUMP_DETAIL_NEVER, FALSE,
  },
  [JUMP_ATTENTION_CLOCK] = {
    N_ ("The Clock Is Wrong"),
    N_ ("This computer’s clock is far from GitHub’s. Set it right, or GitHub’s answers look invalid."),
    N_ ("Try _Again"), "app.refresh-token", NULL, JUMP_DETAIL_BELOW, FALSE,
  },
  [JUMP_ATTENTION_APPROVAL] = {
    N_ ("A Request Waits for You"),
    N_ ("A program wants to use your Copilot seat. It goes on when you allow it."),
    N_ ("Show _Requests"), "app.show-page", "requests", JUMP_DETAIL_NEVER, FALSE,
  },
  [JUMP_ATTENTION_BURST] = {
    N_ ("Very Many Requests"),
    N_ ("So many requests in a short time may look like abuse to GitHub, which can suspend an account. "
        "Look at which program sends them."),
    N_ ("Show _Requests"), "app.show-page", "requests", JUMP_DETAIL_NEVER, FALSE,
  },
  [JUMP_ATTENTION_OFFLINE] = {
    N_ ("No Network"),
    N_ ("This computer is not connected. Jumpseat goes on by itself when it is."),
    N_ ("Try _Again"), "app.refresh-token", NULL, JUMP_DETAIL_NEVER, FALSE,
  },
  [JUMP_ATTENTION_UPSTREAM_DOWN] = {
    N_ ("Copilot Does Not Answer"),
    N_ ("GitHub has trouble, or something between it and this computer has, such as a proxy. Jumpseat "
        "keeps trying."),
    N_ ("GitHub _Status"), "app.open-uri", STATUS_URL, JUMP_DETAIL_BELOW, FALSE,
  },
  [JUMP_ATTENTION_PROTOCOL] = {
    N_ ("An Answer Was Not Understood"),
    N_ ("GitHub answered in a way that this version of Jumpseat does not know. A newer version may."),
    N_ ("_Report…"), "app.report", NULL, JUMP_DETAIL_BELOW, FALSE,
  },
};

/* Indexed by JumpError. */
static const JumpTroubleWords error_words[] = {
  [JUMP_ERROR_BAD_REQUEST] = {
    N_ ("That Did Not Work"),
    N_ ("What was entered is not understood."), NULL, NULL, NULL, JUMP_DETAIL_BELOW, FALSE,
  },
  [JUMP_ERROR_SIGNED_OUT] = {
    N_ ("Not Signed In"),
    N_ ("Sign in to GitHub first."),
    N_ ("_Sign In…"), "app.sign-in", NULL, JUMP_DETAIL_NEVER, FALSE,
  },
  [JUMP_ERROR_FORBIDDEN] = {
    N_ ("GitHub Does Not Allow This"),
    N_ ("The account may not do that."),
    N_ ("Open _GitHub"), "app.open-uri", COPILOT_URL, JUMP_DETAIL_BELOW, TRUE,
  },
  [JUMP_ERROR_UNKNOWN_MODEL] = {
    N_ ("No Such Model"),
    N_ ("The account does not offer this model."),
    N_ ("Show _Models"), "app.show-page", "models", JUMP_DETAIL_BELOW, FALSE,
  },
  [JUMP_ERROR_NOT_FOUND] = {
    N_ ("Not Found"),
    N_ ("It is not there any more."), NULL, NULL, NULL, JUMP_DETAIL_BELOW, FALSE,
  },
  [JUMP_ERROR_METHOD] = {
    N_ ("That Did Not Work"),
    N_ ("This cannot be done here."), NULL, NULL, NULL, JUMP_DETAIL_BELOW, FALSE,
  },
  [JUMP_ERROR_TIMEOUT] = {
    N_ ("GitHub Took Too Long"),
    N_ ("There was no answer in time. Try again in a moment."),
    N_ ("GitHub _Status"), "app.open-uri", STATUS_URL, JUMP_DETAIL_BELOW, FALSE,
  },
  [JUMP_ERROR_TOO_LARGE] = {
    N_ ("Too Large"),
    N_ ("This is more than can be taken."), NULL, NULL, NULL, JUMP_DETAIL_BELOW, FALSE,
  },
  [JUMP_ERROR_RATE_LIMITED] = {
    N_ ("GitHub Asks to Wait"),
    N_ ("There were too many requests in a short time. Try again later."),
    NULL, NULL, NULL, JUMP_DETAIL_NEVER, FALSE,
  },
  [JUMP_ERROR_UPSTREAM] = {
    N_ ("GitHub Cannot Be Reached"),
    N_ ("Check the network and, if there is one, the proxy."),
    N_ ("GitHub _Status"), "app.open-uri", STATUS_URL, JUMP_DETAIL_BELOW, FALSE,
  },
  [JUMP_ERROR_PROTOCOL] = {
    N_ ("An Answer Was Not Understood"),
    N_ ("GitHub answered in a way that this version of Jumpseat does not know. A newer version may."),
    N_ ("_Report…"), "app.report", NULL, JUMP_DETAIL_BELOW, FALSE,
  },
  [JUMP_ERROR_UNAVAILABLE] = {
    N_ ("Not Now"),
    N_ ("This is not possible at the moment. Try again in a while."),
    NULL, NULL, NULL, JUMP_DETAIL_BELOW, FALSE,
  },
  [JUMP_ERROR_STORE] = {
    N_ ("Saving Did Not Work"),
    N_ ("A file or the keyring could not be read or written. Is the keyring unlocked, and the disk not "
        "full?"), NULL, NULL, NULL, JUMP_DETAIL_BELOW, TRUE,
  },
  [JUMP_ERROR_BUSY_PORT] = {
    N_ ("The Port Is Taken"),
    N_ ("Another program uses it. Choose another port, or close that program."),
    N_ ("Change _Port"), "app.show-page", "settings", JUMP_DETAIL_BELOW, TRUE,
  },
  [JUMP_ERROR_SETTINGS] = {
    N_ ("A Setting Is Wrong"),
    N_ ("The values of before stay in force until it is corrected."),
    N_ ("Open _Settings"), "app.show-page", "settings", JUMP_DETAIL_BELOW, FALSE,
  },
};

static const JumpTroubleWords other_words = {
  N_ ("Something Went Wrong"),
  N_ ("This was not expected."),
  N_ ("_Report…"), "app.report", NULL, JUMP_DETAIL_BELOW, FALSE,
};

static const JumpTroubleWords expired_words = {
  N_ ("The Code Has Expired"),
  N_ ("It was not entered on GitHub in time. Get a new code and try again."),
  N_ ("_New Code"), "app.sign-in", NULL, JUMP_DETAIL_NEVER, FALSE,
};

static const JumpTroubleWords denied_words = {
  N_ ("Sign-In Was Declined"),
  N_ ("The request was declined on GitHub. If that was not meant, try again."),
  N_ ("Try _Again"), "app.sign-in", NULL, JUMP_DETAIL_NEVER, FALSE,
};

static const JumpTroubleWords cancelled_words = {
  N_ ("Sign-In Was Cancelled"),
  N_ ("Nothing has changed."),
  N_ ("_Sign In…"), "app.sign-in", NULL, JUMP_DETAIL_NEVER, FALSE,
};

/* A sign-in that failed, where it takes other words than elsewhere. */
static const JumpTroubleWords sign_in_refused_words = {
  N_ ("GitHub Refused the Sign-In"),
  N_ ("The organization or GitHub does not allow signing in this way."),
  N_ ("Try _Again"), "app.sign-in", NULL, JUMP_DETAIL_BELOW, TRUE,
};

static const JumpTroubleWords sign_in_unreachable_words = {
  N_ ("GitHub Cannot Be Reached"),
  N_ ("Check the network and, if there is one, the proxy; then try again."),
  N_ ("Try _Again"), "app.sign-in", NULL, JUMP_DETAIL_BELOW, FALSE,
};

static const JumpTroubleWords sign_in_waits_words = {
  N_ ("GitHub Asks to Wait"),
  N_ ("There were too many attempts in a short time. Try again in a few minutes."),
  N_ ("Try _Again"), "app.sign-in", NULL, JUMP_DETAIL_NEVER, FALSE,
};

static const JumpTroubleWords sign_in_store_words = {
  N_ ("The Sign-In Could Not Be Saved"),
  N_ ("The keyring did not take it. Unlock it and sign in again."),
  N_ ("Try _Again"), "app.sign-in", NULL, JUMP_DETAIL_BELOW, TRUE,
};

static const JumpTroubleWords sign_in_failed_words = {
  N_ ("Sign-In Did Not Work"),
  N_ ("GitHub’s answer was not expected."),
  N_ ("Try _Again"), "app.sign-in", NULL, JUMP_DETAIL_BELOW, FALSE,
};

/* clang-format on */

static const JumpTroubleWords *
find_failed (const GError *error)
{
  if (error == NULL || error->domain != JUMP_ERROR)
    return &sign_in_failed_words;
  switch ((JumpError) error->code)
    {
    case JUMP_ERROR_FORBIDDEN:
      return &sign_in_refused_words;
    case JUMP_ERROR_UPSTREAM:
    case JUMP_ERROR_TIMEOUT:
    case JUMP_ERROR_PORTAL:
      return &sign_in_unreachable_words;
    case JUMP_ERROR_RATE_LIMITED:
      return &sign_in_waits_words;
    case JUMP_ERROR_STORE:
      return &sign_in_store_words;
    case JUMP_ERROR_BAD_REQUEST:
    case JUMP_ERROR_SIGNED_OUT:
    case JUMP_ERROR_UNKNOWN_MODEL:
    case JUMP_ERROR_NOT_FOUND:
    case JUMP_ERROR_METHOD:
    case JUMP_ERROR_TOO_LARGE:
    case JUMP_ERROR_PROTOCOL:
    case JUMP_ERROR_UNAVAILABLE:
    case JUMP_ERROR_BUSY_PORT:
    case JUMP_ERROR_SETTINGS:
      return &sign_in_failed_words;
    }
  return &sign_in_failed_words;
}

const JumpTroubleWords *
jump_trouble_words_for_attention (JumpAttention attention)
{
  return &attention_words[attention];
}

/**
 * jump_trouble_words_for_error:
 * @error: of any domain; only ours have words of their own
 */
const JumpTroubleWords *
jump_trouble_words_for_error (const GError *error)
{
  if (error->domain == JUMP_ERROR && (guint) error->code < G_N_ELEMENTS (error_words))
    return &error_words[error->code];
  return &other_words;
}

/**
 * jump_trouble_words_for_sign_in:
 * @state: one that has not ended counts as cancelled
 * @error: (nullable): when it failed
 */
const JumpTroubleWords *
jump_trouble_words_for_sign_in (JumpDeviceFlowState state, const GError *error)
{
  switch (state)
    {
    case JUMP_DEVICE_FLOW_EXPIRED:
      return &expired_words;
    case JUMP_DEVICE_FLOW_DENIED:
      return &denied_words;
    case JUMP_DEVICE_FLOW_FAILED:
      return find_failed (error);
    case JUMP_DEVICE_FLOW_IDLE:
    case JUMP_DEVICE_FLOW_STARTING:
    case JUMP_DEVICE_FLOW_PENDING:
    case JUMP_DEVICE_FLOW_SUCCESS:
    case JUMP_DEVICE_FLOW_CANCELLED:
      return &cancelled_words;
    }
  return &cancelled_words;
}
