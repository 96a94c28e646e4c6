"""A machine that lacks what model statements need: one clear message, and the next try works."""

from __future__ import annotations

import shutil
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest
from weft_process import CHECKOUT, Ended, weft

TRAIN = """\
select id as x, id % 2 = 0 as y from range(200) as t;
train t as lightgbm.m label y where num_iterations = 3 split 0.2;
"""
PACKAGES = Path(sysconfig.get_paths()["purelib"])


@pytest.fixture(autouse=True)
def no_environment_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """With one that is ready nothing would be set up."""
    monkeypatch.delenv("WEFT_PYTHON_ENV", raising=False)


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """A script that needs Ray, in a project of its own."""
    project = tmp_path / "a project"
    project.mkdir()
    file = project / "train.weft"
    file.write_text(TRAIN)
    return file


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout that is built but has no Python environment yet; it needs one package alone."""
    folder = tmp_path / "a checkout"
    linked(CHECKOUT, folder, but=("ml-runtime", ".cache", ".git", ".weft"))
    linked(CHECKOUT / "ml-runtime", folder / "ml-runtime", but=("python",))
    linked(CHECKOUT / "ml-runtime/python", folder / "ml-runtime/python", but=("requirements.lock",))
    (folder / "ml-runtime/python/requirements.lock").write_text("borrowed==1.0\n")
    linked(CHECKOUT / ".cache", folder / ".cache", but=but_the_build())
    return folder


def but_the_build() -> tuple[str, ...]:
    return tuple(e.name for e in (CHECKOUT / ".cache").iterdir() if e.name != "launch")


def linked(source: Path, target: Path, but: tuple[str, ...]) -> None:
    """A folder whose files are copies as old as their originals, and whose folders are links."""
    target.mkdir()
    for entry in source.iterdir():
        if entry.name in but:
            continue
        if entry.is_file():
            shutil.copy2(entry, target)
        elif entry.name == ".mvn":
            shutil.copytree(entry, target / entry.name)
        else:
            (target / entry.name).symlink_to(entry)


def wheel(folder: Path) -> Path:
    """A package index with one package, which lends the packages of the running Python."""
    folder.mkdir()
    with zipfile.ZipFile(folder / "borrowed-1.0-py3-none-any.whl", "w") as file:
        info = "borrowed-1.0.dist-info"
        file.writestr("borrowed.pth", f"{PACKAGES}\n")
        file.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: borrowed\nVersion: 1.0\n")
        file.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        file.writestr(f"{info}/RECORD", "")
    return folder


def said(run: Ended, code: str) -> str:
    """The one error of a run, which neither shows Java's insides nor leaves a model."""
    assert run.code == 1, run.err
    assert "at dev.weft" not in run.err
    errors = [line for line in run.err.splitlines() if " error " in line]
    assert len(errors) == 1, run.err
    assert errors[0].startswith("train.weft:2:1: error " + code)
    assert "train t as lightgbm.m" in run.err
    return errors[0]


def nothing_left(script: Path) -> None:
    """Neither a model nor a draft of one."""
    assert not [path for path in (script.parent / ".weft").rglob("models/*")]


def executable(path: Path, body: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize(
    ("python", "words"),
    [
        (None, "WEFT_PYTHON '{python}' is none"),
        ("echo Python 3.9.2", "only older ones were found: '{python}' is Python 3.9.2"),
    ],
    ids=["missing", "too old"],
)
def test_a_python_that_will_not_do(
    python: str | None, words: str, script: Path, checkout: Path, tmp_path: Path
) -> None:
    given = tmp_path / "python3.9"
    if python is not None:
        executable(given, python)
    run = weft(
        "run",
        script.name,
        cwd=script.parent,
        launcher=checkout / "weft",
        variables={"WEFT_PYTHON": str(given)},
    )
    message = said(run, "PYTHON_MISSING")
    assert "needs Python 3.11 or newer" in message
    assert words.format(python=given) in message
    assert message.endswith("install one, or set WEFT_PYTHON to it")
    assert not list((checkout / ".cache").glob("python-*/"))
    nothing_left(script)


def test_an_unreachable_package_index_and_the_next_try(
    script: Path, checkout: Path, tmp_path: Path
) -> None:
    def run(**variables: str) -> Ended:
        return weft(
            "run",
            script.name,
            cwd=script.parent,
            launcher=checkout / "weft",
            variables={"WEFT_PYTHON": sys.executable, "PIP_CONFIG_FILE": "/dev/null", **variables},
        )

    message = said(run(PIP_INDEX_URL="http://127.0.0.1:9"), "PYTHON_MISSING")
    assert "the package index is not reachable" in message
    for setting in ("PIP_INDEX_URL", "PIP_PROXY", "WEFT_PYTHON_ENV"):
        assert setting in message
    assert not list((checkout / ".cache").glob("python-*/"))
    nothing_left(script)

    again = run(PIP_NO_INDEX="1", PIP_FIND_LINKS=wheel(tmp_path / "index").as_uri())
    assert again.code == 0, again.err
    assert len(list((checkout / ".cache").glob("python-*/weft-ready"))) == 1
    assert "m,1,lightgbm,160,train" in again.out


def test_a_given_environment_that_is_none(script: Path, tmp_path: Path) -> None:
    run = weft(
        "run", script.name, cwd=script.parent, variables={"WEFT_PYTHON_ENV": str(tmp_path)}
    )
    message = said(run, "PYTHON_MISSING")
    assert f"WEFT_PYTHON_ENV names '{tmp_path}', which has no bin/python" in message
    nothing_left(script)


@pytest.mark.parametrize(
    ("raylet", "words"),
    [
        (None, "raylet' is missing or cannot be run; delete the Python environment"),
        ("exit 1", "free memory, processes and space in"),
    ],
    ids=["missing", "ends at once"],
)
def test_ray_refuses_to_start(
    raylet: str | None, words: str, script: Path, tmp_path: Path
) -> None:
    environment = damaged(tmp_path / "environment", raylet)
    run = weft(
        "run",
        script.name,
        cwd=script.parent,
        variables={"WEFT_PYTHON_ENV": str(environment), "TMPDIR": str(tmp_path)},
    )
    message = said(run, "RUNTIME_FAILED")
    assert "could not start Ray" in message
    assert words in message
    log = message.rpartition("(see ")[2].removesuffix(")")
    assert Path(log).is_file()
    assert not processes_of(environment)
    nothing_left(script)


def damaged(environment: Path, raylet: str | None) -> Path:
    """The running environment by links, but with another raylet, or none."""
    source, target = PACKAGES, environment / "lib"
    target.mkdir(parents=True)
    for folder, below in zip(
        ("ray", "core", "src", "ray", "raylet"), ("core", "src", "ray", "raylet", "raylet")
    ):
        source, target = source / folder, target / folder
        target.mkdir()
        for entry in source.iterdir():
            if entry.name not in (below, "__pycache__"):
                (target / entry.name).symlink_to(entry)
    if raylet is not None:
        executable(target / "raylet", raylet)
    path = f"'{environment / 'lib'}':$PYTHONPATH"
    executable(environment / "bin/python", f'PYTHONPATH={path} exec {sys.executable} "$@"')
    return environment


def processes_of(environment: Path) -> list[str]:
    """Processes whose module path leads to an environment."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if str(environment).encode() in (entry / "environ").read_bytes():
                    found.append((entry / "cmdline").read_text())
            except OSError:
                continue
    return found
