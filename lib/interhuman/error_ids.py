"""The API's error ids: groups of them, and for each what happened and what to do next.

Some ids only occur on routes that this app does not use; they are here so that every documented
id has its own sentences.
"""

from lib.api_limits import MAX_LENGTH, MAX_SIZE, MIN_LENGTH, RESULT_LENGTH

CREDENTIAL = frozenset({"ih2001", "ih2002", "ih2005", "ih2010", "ih2011", "ih2014"})
SCOPE = frozenset({"ih2003"})
QUOTA = frozenset({"ih3003", "ih3006"})  # repeating cannot help
BUSY = frozenset({"ih1002", "ih1003", "ih3001", "ih3002"})
TRANSIENT = frozenset({"ih1002", "ih1003"})  # a 503 that was not accepted: safe to repeat
GONE = frozenset({"ih4021"})
RECORDING = frozenset(
    {
        *("ih4001", "ih4002", "ih4003", "ih4004", "ih4007"),
        *("ih5001", "ih5002", "ih5003", "ih5004", "ih5005", "ih5006", "ih5007", "ih5008"),
    }
)

SENTENCES: dict[str, tuple[str, str]] = {
    "ih1001": (
        "The API had an unexpected error.",
        "Try again in a minute; if it happens again, report the correlation id.",
    ),
    "ih1002": ("The API cannot take more jobs now.", "Wait a minute, then try again."),
    "ih1003": ("The API is temporarily unavailable.", "Wait a few minutes, then try again."),
    "ih1004": (
        "The API interrupted the analysis before it was done.",
        "Start the analysis of this recording again.",
    ),
    "ih2001": (
        "The API did not accept the credential.",
        "Check the API key in the settings, and that it has not been revoked.",
    ),
    "ih2002": ("The request carried no credential.", "Set an API key in the settings."),
    "ih2003": (
        "The API key lacks a scope it needs.",
        "Use a key that has the scope interhumanai.upload; if only V2 is refused, use V1.",
    ),
    "ih2005": ("The key's secret is missing.", "Set the key secret in the settings."),
    "ih2010": ("The client token has expired.", "Ask for a new token, then try again."),
    "ih2011": ("The client token is not valid.", "Use an API key in place of the token."),
    "ih2014": ("The client token was revoked.", "Use another token or an API key."),
    "ih3001": (
        "Too many requests were sent in a short time.",
        "Wait a minute, then try again.",
    ),
    "ih3002": (
        "Too many analyses are running for this account.",
        "Wait until one of them has ended, then try again.",
    ),
    "ih3003": (
        "The account's usage quota is used up.",
        "Wait until the quota is renewed, or ask for a larger one.",
    ),
    "ih3006": (
        "The client token's budget of video seconds is used up.",
        "Use another token or an API key.",
    ),
    "ih4001": ("The request carried no recording.", "Choose a file, then try again."),
    "ih4002": (
        "The API does not read this kind of file.",
        "Convert the recording, for example to MP4, then try again.",
    ),
    "ih4003": (
        f"The recording is larger than {MAX_SIZE}.",
        "Cut it, or export it at a lower bit rate, then try again.",
    ),
    "ih4004": (
        "The recording is longer than the API allows.",
        f"Cut it into parts of at most {MAX_LENGTH} each, then try again.",
    ),
    "ih4005": (
        "The API did not accept one of the options.",
        "Choose another model or other options, then try again.",
    ),
    "ih4007": (
        f"The recording is shorter than {MIN_LENGTH}.",
        "Choose a longer recording.",
    ),
    "ih4020": (
        "The API does not serve this model at present.",
        "Choose inter-2, or V1, then try again.",
    ),
    "ih4021": (
        "The API does not know this job, or its result has expired.",
        f"Start the analysis again: results are kept for {RESULT_LENGTH}.",
    ),
    "ih5001": (
        "The recording has no picture.",
        "Choose a recording with a picture, or the model inter-2-audio.",
    ),
    "ih5002": (
        "The recording is damaged or cannot be decoded.",
        "Export it again from its source, then try again.",
    ),
    "ih5003": (
        "The API could not use the recording's content (ih5003).",
        "Convert the recording, for example to MP4, then try again.",
    ),
    "ih5004": (
        "A part of the recording is malformed or cut off.",
        "Export it again from its source, then try again.",
    ),
    "ih5005": (
        "The API could not use the recording's content (ih5005).",
        "Convert the recording, for example to MP4, then try again.",
    ),
    "ih5006": (
        f"A part of the recording is shorter than {MIN_LENGTH}.",
        "Choose a longer recording.",
    ),
    "ih5007": (
        "The API could not use the recording's content (ih5007).",
        "Convert the recording, for example to MP4, then try again.",
    ),
    "ih5008": (
        "The recording has no sound.",
        "Add a sound track, or use V1, which does not need one.",
    ),
    "ih6001": (
        "The API did not accept the live session's settings.",
        "Upload the recording as a file.",
    ),
    "ih6002": (
        f"A message of the live session was larger than {MAX_SIZE}.",
        f"Upload the recording as a file, cut to {MAX_SIZE}.",
    ),
    "ih6003": (
        "The live session was closed because nothing was sent.",
        "Start a new session.",
    ),
    "ih6004": (
        "The live session reached its longest duration.",
        "Start a new session for the rest.",
    ),
}
