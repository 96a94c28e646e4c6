"""What `./weft` promises of itself, wherever and however it is started."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from pathlib import Path

import pytest
from weft_process import CHECKOUT, LAUNCHER, Ended, all_gone, children, weft

ENDLESS = "select sum(a.id * b.id) as s from range(10000000) as a cross join range(10000000) as b"


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """A folder for PATH with Java and the system's basic tools, without Python and Maven."""
    folder = tmp_path / "tools"
    folder.mkdir()
    names = "sh dirname readlink cat find sort ls sed stty mkdir rm chmod java"
    for name in names.split():
        found = shutil.which(name)
        assert found is not None, name
        (folder / name).symlink_to(found)
    return folder


@pytest.fixture
def without_environment(tmp_path: Path) -> Path:
    """A launcher that is built, and whose Python environment is still to be made."""
    checkout = tmp_path / "checkout"
    (checkout / ".cache").mkdir(parents=True)
    (checkout / ".cache" / "launch").symlink_to(CHECKOUT / ".cache" / "launch")
    for entry in CHECKOUT.iterdir():
        if entry.is_file():
            shutil.copy2(entry, checkout)
        elif entry.name == ".mvn":
            shutil.copytree(entry, checkout / entry.name)
        elif not entry.name.startswith("."):
            (checkout / entry.name).symlink_to(entry)
    return checkout / "weft"


def started(command: list[str], environment: dict[str, str], cwd: Path) -> Ended:
    done = subprocess.run(
        command,
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return Ended(code=done.returncode, out=done.stdout, err=done.stderr)


def test_starts_from_anywhere_through_links_and_with_an_empty_environment(
    tmp_path: Path, tools: Path
) -> None:
    folder = tmp_path / "a folder with blanks"
    folder.mkdir()
    (folder / "a script.weft").write_text("load csv.`some rows.csv` where header = true as t;")
    (folder / "some rows.csv").write_text("größe,x\n1,ü\n")
    link = folder / "link to weft"
    link.symlink_to(LAUNCHER)
    second = tmp_path / "second"
    second.symlink_to("a folder with blanks/link to weft")
    run = started(
        [str(second), "run", "a folder with blanks/a script.weft"],
        {"PATH": str(tools)},
        tmp_path,
    )
    assert run.code == 0, run.err
    assert run.out == "größe,x\n1,ü\n"


def test_two_at_once_in_one_project_do_not_disturb_each_other(tmp_path: Path) -> None:
    (tmp_path / ".weft").mkdir()
    round_trip = (
        "select id as n from range({rows}) as t; save t as parquet.`out{rows}`;"
        " load parquet.`out{rows}` as back; select count(*) as n from back;"
    )
    running = [
        subprocess.Popen(
            [str(LAUNCHER), "-e", round_trip.format(rows=rows)],
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for rows in (10, 20)
    ]
    ended = [process.communicate(timeout=120) for process in running]
    assert [process.returncode for process in running] == [0, 0], ended
    assert [out for out, _ in ended] == ["n\n10\n", "n\n20\n"]


def test_version_and_help_start_nothing(tmp_path: Path) -> None:
    version = weft("--version", cwd=tmp_path)
    assert version.code == 0
    assert version.out.startswith("weft ")
    shown = weft("--help", cwd=tmp_path)
    assert shown.code == 0
    assert "Usage: weft" in shown.out
    assert "Exit codes:" in shown.out
    assert version.err == shown.err == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments", [(), ("run", "-")], ids=["weft", "run -"])
def test_statements_come_through_a_pipe(arguments: tuple[str, ...], tmp_path: Path) -> None:
    run = weft(*arguments, cwd=tmp_path, stdin="select 1 as one")
    assert (run.code, run.out) == (0, "one\n1\n"), run.err


def test_a_wrong_command_line_is_one_sentence_and_code_2(tmp_path: Path) -> None:
    unknown = weft("rnu", "x.weft", cwd=tmp_path)
    assert unknown.code == 2
    assert "there is no command 'rnu'; did you mean 'run'?" in unknown.err
    missing = weft("run", "none.weft", cwd=tmp_path)
    assert missing.code == 2
    assert "there is no file 'none.weft'" in missing.err
    extra = weft("deps", "torhc", cwd=tmp_path)
    assert extra.code == 2
    assert "there are no extras 'torhc'; did you mean 'torch'?" in extra.err


def test_results_on_a_full_disk_are_an_error(tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        run = subprocess.run(
            [str(LAUNCHER), "-e", "select 1"],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert run.returncode == 1
    assert b"error RESULTS_LOST: the results could not be written" in run.stderr


def test_a_reader_that_has_had_enough_is_no_error(tmp_path: Path) -> None:
    with subprocess.Popen(
        [str(LAUNCHER), "--debug", "-e", "select id from range(3000000)"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == "id\n"
        process.stdout.close()
        said = process.stderr.read()
    assert process.returncode == 0, said


def test_a_script_that_is_not_utf8_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "latin.weft").write_bytes(b"select 1;\nselect '\xfc';\n")
    run = weft("run", "latin.weft", cwd=tmp_path)
    assert run.code == 3
    assert "latin.weft:2:9: error NOT_UTF8" in run.err
    assert run.out == ""


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_signals_reach_the_query_and_decide_the_code(
    number: int, code: int, tmp_path: Path
) -> None:
    process = subprocess.Popen(
        [str(LAUNCHER), "-e", f"select 1; {ENDLESS}"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    while process.stdout.readline().strip() != "1":
        assert process.poll() is None
    below = children(process.pid)
    process.send_signal(number)
    _, err = process.communicate(timeout=60)
    assert process.returncode == code
    assert "error CANCELLED" in err
    assert all_gone(below)


@pytest.mark.parametrize(
    ("release", "sentence"),
    [('JAVA_VERSION="11.0.2"\n', "Java is '11.0.2'"), (None, "which has no bin/java")],
    ids=["too old", "missing"],
)
def test_a_wrong_jdk_is_one_sentence(release: str | None, sentence: str, tmp_path: Path) -> None:
    jdk = tmp_path / "jdk"
    jdk.mkdir()
    if release is not None:
        (jdk / "release").write_text(release)
        (jdk / "bin").mkdir()
        (jdk / "bin" / "java").symlink_to("/bin/true")
    run = started(
        [str(LAUNCHER), "-e", "select 1"],
        {**os.environ, "JAVA_HOME": str(jdk)},
        tmp_path,
    )
    assert run.code == 2
    assert sentence in run.err
    assert "JDK 17 or 21" in run.err
    assert len(run.err.splitlines()) == 1


def test_without_python_sql_works_and_ray_says_what_is_missing(
    tmp_path: Path, tools: Path, without_environment: Path
) -> None:
    environment = {"PATH": str(tools)}
    rows = "select id as a, id % 2 = 0 as b from range(100) as t; select count(*) as n from t"
    run = started(
        [str(without_environment), "-e", f"{rows}; train t as lightgbm.m label b"],
        environment,
        tmp_path,
    )
    assert run.code == 1, run.err
    assert run.out == "n\n100\n"
    assert "error PYTHON_MISSING" in run.err
    assert "WEFT_PYTHON" in run.err
