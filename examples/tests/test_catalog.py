"""What one run writes into the catalog is there for the next, and for another process."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from weft_process import weft


def said(statements: str, project: Path) -> str:
    """The results of statements in a project; they must succeed."""
    ended = weft("-e", statements, "--project", str(project), cwd=project)
    assert ended.code == 0, ended.err
    return ended.out


def test_what_one_run_writes_the_next_one_sees(tmp_path: Path) -> None:
    said(
        "create table t (id int, k string) partitioned by (k);"
        "insert into t values (1, 'a'), (2, 'b');"
        "create view v as select id + 1 as next from t;"
        "create function twice(x int) returns int return x * 2;"
        "analyze table t compute statistics;"
        "create temporary view mine as select 1 as one",
        tmp_path,
    )
    assert said("select twice(next) as y from v order by y", tmp_path) == "y\n4\n6\n"
    assert "2 rows" in said("describe extended t", tmp_path)
    assert said("show tables", tmp_path) == (
        "namespace,tableName,isTemporary\ndefault,t,false\ndefault,v,false\n"
    )
    files = [f.read_text() for f in (tmp_path / ".weft" / "catalog").rglob("*.json")]
    assert files and not any(str(tmp_path) in text for text in files)
    moved = tmp_path / "moved"
    moved.mkdir()
    shutil.move(tmp_path / ".weft", moved / ".weft")
    assert (
        said("insert into t values (3, 'c'); select sum(id) as s, 0 from t", moved) == "s,0\n6,0\n"
    )


def test_two_runs_at_once_lose_nothing(tmp_path: Path) -> None:
    said("create table t (id int)", tmp_path)
    with ThreadPoolExecutor(max_workers=2) as both:
        list(
            both.map(
                lambda who: said(
                    f"insert into t values ({who}); create table t{who} (a int);"
                    f"insert into t values ({who})",
                    tmp_path,
                ),
                (1, 2),
            )
        )
    assert said("select sum(id) as s, 0 from t", tmp_path) == "s,0\n6,0\n"
    assert said("show tables like 't1|t2'", tmp_path).count("default,t") == 2


def test_a_broken_file_is_one_error_and_other_tables_stay(tmp_path: Path) -> None:
    said("create table good as select 1 as a; create table bad as select 1 as a", tmp_path)
    broken = tmp_path / ".weft" / "catalog" / "default" / "bad.table.json"
    broken.write_text("{")
    assert said("select * from good", tmp_path) == "a\n1\n"
    assert "bad" in said("show tables", tmp_path)
    ended = weft("-e", "select * from bad", "--project", str(tmp_path), cwd=tmp_path)
    assert ended.code == 3
    assert str(broken) in ended.err and "remove it to forget the table 'bad'" in ended.err
