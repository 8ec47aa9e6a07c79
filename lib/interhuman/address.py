"""The address of the API: what may be one, so that no credential leaves the machine in the open."""

import ipaddress
from urllib.parse import urlsplit


def check_address(base_url: str) -> tuple[str, bool]:
    """The address without its last slash, and whether it is of this machine.

    Raises:
        ValueError: it is no https address; http is for this machine alone.
    """
    url = urlsplit(base_url.strip())
    local = _is_local(url.hostname or "")
    if url.scheme not in ("https", "http") or not url.hostname:
        raise ValueError("The API's address must begin with https:// and name a host.")
    if url.scheme == "http" and not local:
        raise ValueError("The API's address must begin with https://; http:// is for loopback.")
    if url.username or url.password or url.query or url.fragment:
        raise ValueError("The API's address must be a host and a path, nothing more.")
    return base_url.strip().rstrip("/"), local


def _is_local(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
