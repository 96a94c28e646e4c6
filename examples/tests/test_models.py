"""What a model version is, seen through the launcher."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from weft_process import weft

SCRIPT = """\
select id as x, id % 5 as c, id % 3 = 0 or id % 7 = 1 as y from range(0, 500, 1, 1) as one;
select id as x, id % 5 as c, id % 3 = 0 or id % 7 = 1 as y from range(0, 500, 1, 7) as many;
train one as lightgbm.m label y where num_iterations = 5 split 0.2 seed 3 as r;
describe model m;
train many as lightgbm.m label y where num_iterations = 5 split 0.2 seed 3 as r;
describe model m;
train many as lightgbm.m label y where num_iterations = 5 split 0.2 seed 4 as r;
describe model m;
"""


def test_partitions_do_not_change_the_hash_of_a_model(tmp_path: Path) -> None:
    script = tmp_path / "twice.weft"
    script.write_text(SCRIPT)
    run = weft("run", str(script), cwd=tmp_path)
    assert run.code == 0, run.err
    tables = [list(csv.DictReader(io.StringIO(part))) for part in run.out.split("\n\n")]
    told = [{row["property"]: row["value"] for row in table} for table in tables[1::2]]
    assert told[0]["hash"] == told[1]["hash"]
    assert told[0]["hash"] != told[2]["hash"]
