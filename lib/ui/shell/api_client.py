"""The API client of the settings: one for all viewers, to the API or to the sandbox."""

from __future__ import annotations

import threading

from lib.errors import SettingsError
from lib.interhuman import ApiKey, Client, KeyPair
from lib.sandbox import Sandbox
from lib.settings import Settings

SANDBOX_KEY = "ih_live_sandbox"  # accepted by the sandbox only


class ApiClients:
    """Makes one client for all viewers, so that they share a token; anew when settings change."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._settings: Settings | None = None
        self._client: Client | None = None
        self._sandbox: Sandbox | None = None

    def client(self, settings: Settings) -> Client:
        """The client for these settings.

        Raises:
            SettingsError: they have problems.
        """
        if settings.problems:
            problem = settings.problems[0]
            raise SettingsError(f"{problem.setting}: {problem.what}", problem.next_step)
        with self._lock:
            if self._client is None or settings != self._settings:
                self._client = self._connect(settings)
                self._settings = settings
            return self._client

    def close(self) -> None:
        """Stop the sandbox, if it runs."""
        with self._lock:
            if self._sandbox:
                self._sandbox.stop()
            self._sandbox = self._client = self._settings = None

    def _connect(self, settings: Settings) -> Client:
        if settings.sandbox:
            if self._sandbox is None:
                self._sandbox = Sandbox()
                self._sandbox.start()
            return Client(ApiKey(SANDBOX_KEY), base_url=self._sandbox.url)
        credential = (
            ApiKey(settings.api_key)
            if settings.api_key
            else KeyPair(settings.key_id, settings.key_secret)
        )
        return Client(credential, base_url=settings.base_url)
