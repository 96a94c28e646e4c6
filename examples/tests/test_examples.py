"""Runs the examples through the launcher, and holds what they leave against what they promise."""

from __future__ import annotations

import csv
import io
import json
import re
import signal
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pyarrow.parquet as pq
from weft_process import LAUNCHER, Server, all_gone, children, weft


def results(text: str) -> list[list[dict[str, str]]]:
    """The results on stdout: CSV tables with a blank line between them."""
    return [list(csv.DictReader(io.StringIO(part))) for part in text.strip().split("\n\n")]


def post(url: str, token: str, rows: object) -> tuple[int, object]:
    request = urllib.request.Request(
        url,
        data=json.dumps(rows).encode(),
        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read())


def test_flights_from_raw_files_to_a_served_model(flights_project: Path) -> None:
    first = weft("run", str(flights_project / "flights.weft"), cwd=Path("/"))
    assert first.code == 0, first.err
    report, evaluation, risk, served = results(first.out)

    assert {row["model"] for row in report} == {"late_flights"}
    metrics = {row["metric"]: row for row in evaluation}
    assert 0.60 < float(metrics["auc"]["value"]) < 0.68, "an honest AUC is about 0.64"
    assert float(metrics["auc"]["baseline"]) == 0.5
    assert float(metrics["log_loss"]["value"]) < float(metrics["log_loss"]["baseline"])
    assert float(metrics["accuracy"]["value"]) > 0.7

    assert list(risk[0]) == ["city", "state", "flights", "risk", "was_late"]
    saved = pq.read_table(flights_project / "out" / "risk").to_pylist()
    assert len(saved) >= len(risk)
    assert max(row["risk"] for row in saved) == float(risk[0]["risk"])

    answer = json.loads(served[0]["answer"])[0]
    assert set(answer) >= {"hour", "late_pred", "late_prob", "late_probs"}
    assert 0 <= answer["late_prob"] <= 1
    assert "curl -s -H 'Authorization: Bearer" in first.err
    assert "[9/9]" in first.err or re.search(r"\[\d+/\d+\]", first.err)

    again = weft("run", str(flights_project / "flights.weft"), cwd=flights_project)
    assert again.code == 0, again.err
    assert results(again.out)[0][0]["version"] == "2"
    assert results(again.out)[1] == evaluation, "same seed and data, same model"

    with Server(flights_project) as server:
        row = json.loads(served[0]["request"])[0]
        url = f"{server.http_url}/v1/endpoints/late_api/predict"
        status, body = post(url, server.token, [row, row])
        assert status == 200
        assert body == [answer, answer]
        status, body = post(url, server.token, [{**row, "hour": "noon"}])
        assert status == 400
        assert "hour" in json.dumps(body)
        assert post(url, "wrong", [row])[0] == 401
        below = children(server.process.pid)
    assert server.code == 143
    assert all_gone(below)


def test_penguins_in_three_ways(penguins_project: Path) -> None:
    run = weft("run", "penguins.weft", cwd=penguins_project)
    assert run.code == 0, run.err
    tables = results(run.out)
    assert len(tables) == 6
    assert int(tables[4][0]["right"]) > 330, "a model stored under a path with blanks answers"
    assert {path.name for path in penguins_project.parent.iterdir()} == {penguins_project.name}
    lightgbm = {row["metric"]: float(row["value"]) for row in tables[0] if row["data"] == "test"}
    forest = {row["metric"]: float(row["value"]) for row in tables[1] if row["data"] == "test"}
    assert lightgbm["accuracy"] > 0.9
    assert forest["accuracy"] > 0.9
    mass = {row["metric"]: float(row["value"]) for row in tables[2] if row["data"] == "test"}
    assert mass["r2"] > 0.6


def test_json_lines_hold_numbers_as_numbers(tmp_path: Path) -> None:
    run = weft("-e", "select 1 as a, 2.50 as b, 'x' as c", "--format", "json", cwd=tmp_path)
    assert run.code == 0, run.err
    assert json.loads(run.out) == {"a": 1, "b": 2.5, "c": "x"}


def test_every_error_is_told_before_anything_runs(tmp_path: Path) -> None:
    script = tmp_path / "wrong.weft"
    script.write_text(
        "load csv.`no_such.csv` as t;\n"
        "select 1 as one as numbers;\n"
        "select ona from numbers;\n"
        "train numbers as lightgmb.m label one;\n"
        "save numbers as parquet.`out`;\n"
    )
    run = weft("run", str(script), cwd=tmp_path)
    assert run.code == 3
    assert run.out == ""
    assert "error FILE_NOT_FOUND" in run.err
    assert "3:8: error COLUMN_NOT_FOUND" in run.err
    assert "'one'" in run.err
    assert "4:18: error ALGORITHM_NOT_FOUND" in run.err
    assert "'lightgbm'" in run.err
    assert "at dev.weft" not in run.err
    assert not (tmp_path / "out").exists()


def test_interrupted_training_leaves_neither_model_nor_process(flights_project: Path) -> None:
    script = flights_project / "long.weft"
    script.write_text(
        "load csv.`data/flights.csv` where header = true and inferSchema = true as flights;\n"
        "train (select distance, origin, destination, delay > 15 as late from flights)\n"
        "  as lightgbm.endless label late where num_iterations = 100000 and num_leaves = 255;\n"
    )
    for number, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
        process = subprocess.Popen(
            [str(LAUNCHER), "run", str(script)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stderr is not None
        for line in process.stderr:
            if "iteration" in line:
                break
        time.sleep(1)
        below = children(process.pid)
        process.send_signal(number)
        process.communicate(timeout=60)
        assert process.returncode == code
        assert all_gone(below)
        assert not list((flights_project / ".weft").glob("models/*/*"))
