"""Problems and notices of a run that neither the API nor the library words."""

from lib.errors import Problem

QUOTA_NOTICE = "Nothing of this account is sent: its quota is used up."
RECORDING_GONE_PROBLEM = Problem(
    "The recording is needed again: it is no longer on the app's disk.",
    "Choose the same file once more. Nothing of it was analysed.",
)
UPLOAD_UNCONFIRMED_PROBLEM = Problem(
    "The app stopped while the recording was with the API.",
    "The API may have accepted the recording and may bill it. Look at your usage, then decide "
    "whether to send it again.",
)
APP_ERROR_PROBLEM = Problem(
    "Something went wrong inside this app.",
    "Try again. If it happens again, tell whoever runs the app; its log has the details.",
)
