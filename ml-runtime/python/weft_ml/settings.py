"""What the service is told when it starts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

PROTOCOL = 2
HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """``folder`` is private, with a short path: Ray's sockets and its token file."""

    token: str
    folder: Path
    object_store_bytes: int
    # host:port of a Ray that runs already, and the file with its token; empty for one of our own.
    ray_address: str = ""
    ray_token_file: str = ""
