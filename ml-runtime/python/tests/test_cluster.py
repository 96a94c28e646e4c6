from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from weft_ml import cluster
from weft_ml.errors import RuntimeFailedError
from weft_ml.settings import HOST, Settings


def settings(folder: Path, address: str, token_file: str = "") -> Settings:
    return Settings(
        token="t",
        folder=folder,
        object_store_bytes=1,
        ray_address=address,
        ray_token_file=token_file,
    )


@pytest.mark.parametrize("address", ["ray", "head:", ":6379", "head:99999", "head:port"])
def test_an_address_has_a_host_and_a_port(tmp_path: Path, address: str) -> None:
    with pytest.raises(RuntimeFailedError) as failure:
        cluster.check(settings(tmp_path, address))
    assert f"cannot use WEFT_RAY_ADDRESS '{address}'" in failure.value.message


def test_an_object_store_has_room_and_leaves_some() -> None:
    assert cluster.LEAST_STORE <= cluster.room() <= cluster.MOST_STORE


def test_where_nothing_listens_there_is_no_ray(tmp_path: Path) -> None:
    with socket.create_server((HOST, 0)) as free:
        address = f"{HOST}:{free.getsockname()[1]}"
        cluster.check(settings(tmp_path, address))
    with pytest.raises(RuntimeFailedError) as failure:
        cluster.check(settings(tmp_path, address))
    assert f"found no Ray at '{address}' within 5 s" in failure.value.message
    assert "unset WEFT_RAY_ADDRESS" in failure.value.message


def test_a_token_file_has_to_be_there(tmp_path: Path) -> None:
    lost = str(tmp_path / "token")
    with pytest.raises(RuntimeFailedError) as failure:
        cluster.check(settings(tmp_path, f"{HOST}:6379", lost))
    assert f"cannot read '{lost}', which WEFT_RAY_TOKEN_FILE names" in failure.value.message


def test_only_a_ray_on_loopback_keeps_its_driver_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "environ", dict(os.environ))
    os.environ.pop("RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER", None)
    cluster.prepare_environment(settings(tmp_path, "10.1.2.3:6379", "/secret"))
    assert "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER" not in os.environ
    assert os.environ["RAY_AUTH_TOKEN_PATH"] == "/secret"
    cluster.prepare_environment(settings(tmp_path, f"{HOST}:6379"))
    assert os.environ["RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"] == "0"
    assert cluster.init_arguments(settings(tmp_path, f"{HOST}:6379"))["address"] == f"{HOST}:6379"
