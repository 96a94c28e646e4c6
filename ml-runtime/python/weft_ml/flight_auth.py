"""The token that every Flight call must carry."""

from __future__ import annotations

import hmac
from typing import Any

import pyarrow.flight as flight


class TokenFactory(flight.ServerMiddlewareFactory):
    """Refuses calls without the bearer token."""

    def __init__(self, token: str) -> None:
        super().__init__()
        self._expected = f"Bearer {token}".encode()

    def start_call(self, info: Any, headers: dict[str, list[str]]) -> None:
        """Compares in constant time."""
        for name, values in headers.items():
            if name.lower() == "authorization" and values:
                given = str(values[0]).encode()
                if hmac.compare_digest(given, self._expected):
                    return
        raise flight.FlightUnauthenticatedError("the token is missing or wrong")


def guarded(token: str) -> dict[str, Any]:
    """The middleware argument of a server."""
    return {"token": TokenFactory(token)}
