"""`weft check`, `plan` and `lineage`: what is told of scripts that do not run."""

from __future__ import annotations

import json
from pathlib import Path

from weft_process import weft


def test_lineage_is_json_a_statement_a_line(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("a,b,c\n1,2,3\n")
    script = tmp_path / "s.weft"
    script.write_text(
        "load csv.`t.csv` where header = true and inferSchema = true as t;\n"
        "select a + b as s, 1 as one from t where c > 0 as r;\n"
        "save overwrite r as parquet.`out`;\n"
    )
    run = weft("lineage", str(script), cwd=tmp_path)
    assert run.code == 0, run.err
    load, query, save = (json.loads(line) for line in run.out.splitlines())
    assert (load["statement"], load["result"], load["line"]) == ("load", "t", 1)
    origin = [{"source": "csv t.csv", "column": name} for name in "abc"]
    assert query == {
        "file": str(script),
        "line": 2,
        "column": 1,
        "statement": "query",
        "result": "r",
        "columns": [{"column": "s", "from": origin[:2]}, {"column": "one", "from": []}],
        "rows": origin[2:],
    }
    assert save["result"] == "parquet out"
    assert not (tmp_path / "out").exists()


def test_errors_of_one_file_do_not_hide_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.weft").write_text("selct 1 as x;\n")
    (tmp_path / "b.weft").write_text("select 1 as one as t;\nselect ona from t;\nselect * from x;\n")
    (tmp_path / "c.weft").write_text("select 1 as n;\n")
    run = weft("check", "a.weft", "b.weft", "c.weft", cwd=tmp_path)
    assert run.code == 3
    assert "a.weft:1:1: error SYNTAX" in run.err
    assert "b.weft:2:8: error COLUMN_NOT_FOUND" in run.err
    assert "b.weft:3:15: error TABLE_NOT_FOUND" in run.err
    for command in ("plan", "lineage"):
        run = weft(command, "a.weft", "c.weft", cwd=tmp_path)
        assert run.code == 3
        assert "a.weft:1:1: error SYNTAX" in run.err
        assert "c.weft" in run.out
