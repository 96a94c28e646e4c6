"""What Ray's processes get from us: an environment that keeps them on loopback and quiet.

A Ray that runs already has an environment of its own; only what its driver needs is set then.
"""

from __future__ import annotations

import os
import secrets
import shutil
import socket
from pathlib import Path
from typing import Any

from weft_ml.errors import RuntimeFailedError
from weft_ml.settings import HOST, Settings

SECONDS_TO_CONNECT = 5.0
LEAST_STORE = 300_000_000
MOST_STORE = 16_000_000_000
LOOPBACK = ("127.0.0.1", "localhost", "::1")

HEAD_TIMEOUT = "RAY_gcs_rpc_server_reconnect_timeout_s"
# Set before Ray is imported; its processes inherit them.
ENVIRONMENT = {
    # The switch meant for other systems is what makes Ray bind to 127.0.0.1 on Linux too.
    "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",
    "RAY_AUTH_MODE": "token",
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_enable_metrics_collection": "0",
    "RAY_enable_open_telemetry": "0",
    "RAY_prestart_worker_first_driver": "0",
    "RAY_DEDUP_LOGS": "0",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
    # Seconds; Ray waits for a minute.
    HEAD_TIMEOUT: "20",
    # Threads that wait for each other must not burn the cores that others need.
    "OMP_WAIT_POLICY": "passive",
}
# Settings of another Ray that this one must not take over.
FOREIGN = ("RAY_ADDRESS", "RAY_AUTH_TOKEN", "RAY_JOB_ID", "RAY_RUNTIME_ENV")


def prepare_environment(settings: Settings) -> None:
    """Sets the environment of this process and its children; a Ray of our own gets a token."""
    for name in FOREIGN:
        if not (settings.ray_address and name == "RAY_AUTH_TOKEN"):
            os.environ.pop(name, None)
    if not _writable(os.environ.get("HOME", "")):
        os.environ["HOME"] = str(settings.folder)
    if settings.ray_address:
        _join(settings)
        return
    token_file = settings.folder / "token"
    handle = os.open(token_file, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_hex(32))
    os.environ.update(ENVIRONMENT)
    os.environ["RAY_AUTH_TOKEN_PATH"] = str(token_file)
    os.environ["RAY_TMPDIR"] = str(settings.folder)


def _join(settings: Settings) -> None:
    """What the driver of another's Ray needs: where its token is, and loopback if it is there."""
    if host(settings.ray_address) in LOOPBACK:
        key = "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"
        os.environ[key] = ENVIRONMENT[key]
    os.environ[HEAD_TIMEOUT] = ENVIRONMENT[HEAD_TIMEOUT]
    if settings.ray_token_file:
        os.environ["RAY_AUTH_MODE"] = "token"
        os.environ["RAY_AUTH_TOKEN_PATH"] = settings.ray_token_file
        os.environ.pop("RAY_AUTH_TOKEN", None)


def host(address: str) -> str:
    """The host of ``host:port``."""
    return address.rpartition(":")[0].strip("[]")


def check(settings: Settings) -> None:
    """Refuses an address where nothing listens, and a token that is not there.

    Ray would look for them for minutes.
    """
    address = settings.ray_address
    name, _, port = address.rpartition(":")
    if not name or not port.isdigit() or not 0 < int(port) < 65536:
        raise RuntimeFailedError(
            f"cannot use WEFT_RAY_ADDRESS '{address}'; it is the host:port that 'ray start --head'"
            " prints"
        )
    if settings.ray_token_file and not os.access(settings.ray_token_file, os.R_OK):
        raise RuntimeFailedError(
            f"cannot read '{settings.ray_token_file}', which WEFT_RAY_TOKEN_FILE names"
        )
    try:
        socket.create_connection((host(address), int(port)), SECONDS_TO_CONNECT).close()
    except OSError as failure:
        raise RuntimeFailedError(
            f"found no Ray at '{address}' within {SECONDS_TO_CONNECT:.0f} s"
            f" ({failure.strerror or failure}); start it, or unset WEFT_RAY_ADDRESS to use one of"
            " Weft's own"
        ) from None


def init_arguments(settings: Settings) -> dict[str, Any]:
    """The arguments of ``ray.init``."""
    if settings.ray_address:
        return {
            "address": settings.ray_address,
            "log_to_driver": False,
            "configure_logging": False,
            "namespace": "weft",
        }
    return {
        "_node_ip_address": HOST,
        "_temp_dir": str(settings.folder),
        "include_dashboard": False,
        "object_store_memory": settings.object_store_bytes or room(),
        "log_to_driver": False,
        "configure_logging": False,
        "namespace": "weft",
    }


def room() -> int:
    """The bytes for an object store: a part of the memory, which is used only when rows come."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    limit = Path("/sys/fs/cgroup/memory.max")
    if limit.exists() and (given := limit.read_text().strip()).isdigit():
        memory = min(memory, int(given))
    shared = shutil.disk_usage("/dev/shm").free if Path("/dev/shm").is_dir() else memory
    return max(LEAST_STORE, min(MOST_STORE, int(0.3 * memory), int(0.8 * shared)))


def _writable(folder: str) -> bool:
    return bool(folder) and Path(folder).is_dir() and os.access(folder, os.W_OK)
