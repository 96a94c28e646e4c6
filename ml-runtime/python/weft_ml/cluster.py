"""What Ray's processes get from us: an environment that keeps them on loopback and quiet."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

from weft_ml.settings import HOST, Settings

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
    # Threads that wait for each other must not burn the cores that others need.
    "OMP_WAIT_POLICY": "passive",
}
# Settings of another Ray that this one must not take over.
FOREIGN = ("RAY_ADDRESS", "RAY_AUTH_TOKEN", "RAY_JOB_ID", "RAY_RUNTIME_ENV")


def prepare_environment(settings: Settings) -> None:
    """Writes the token file and sets the environment of this process and its children."""
    token_file = settings.folder / "token"
    handle = os.open(token_file, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_hex(32))
    for name in FOREIGN:
        os.environ.pop(name, None)
    os.environ.update(ENVIRONMENT)
    os.environ["RAY_AUTH_TOKEN_PATH"] = str(token_file)
    os.environ["RAY_TMPDIR"] = str(settings.folder)
    if not _writable(os.environ.get("HOME", "")):
        os.environ["HOME"] = str(settings.folder)


def init_arguments(settings: Settings) -> dict[str, Any]:
    """The arguments of ``ray.init``."""
    return {
        "_node_ip_address": HOST,
        "_temp_dir": str(settings.folder),
        "include_dashboard": False,
        "object_store_memory": settings.object_store_bytes,
        "log_to_driver": False,
        "configure_logging": False,
        "namespace": "weft",
    }


def _writable(folder: str) -> bool:
    return bool(folder) and Path(folder).is_dir() and os.access(folder, os.W_OK)
