"""Problems and notices of a run that neither the API nor the library words."""

from lib.errors import Problem

QUOTA_NOTICE = "Nothing more is sent for this account: its quota is used up."
RECORDING_GONE_PROBLEM = Problem(
    "The recording is needed again: it is no longer on the app's disk.",
    "Choose the same file again. Nothing of it was analyzed.",
)
GAP_RECORDING_GONE_PROBLEM = Problem(
    "To prepare this part the recording is needed again: it is no longer on the app's disk.",
    "Choose the same file again. Nothing of this part was analyzed.",
)
RECORDING_UNDER_WAY_PROBLEM = Problem(
    "This part cannot be prepared yet: other parts of its recording are still under way.",
    "Wait until they have ended, then send this one.",
)
UPLOAD_UNCONFIRMED_PROBLEM = Problem(
    "The app stopped while the recording was with the API.",
    "The API may have accepted the recording and may bill it. Check your usage, then decide "
    "whether to send it again.",
)
APP_ERROR_PROBLEM = Problem(
    "Something went wrong inside this app.",
    "Try again. If it keeps happening, tell whoever runs the app; its log has the details.",
)
