"""Holds the README against what the commands and scripts in it do."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from weft_process import CHECKOUT, weft

README = (CHECKOUT / "README.md").read_text()


def test_the_script_at_the_top_is_right(flights_project: Path) -> None:
    (script,) = re.findall(r"```sql\n(.*?)```", README, re.DOTALL)
    (flights_project / "readme.weft").write_text(script)
    run = weft("check", "readme.weft", cwd=flights_project)
    assert (run.code, run.err) == (0, "no errors\n")


def test_commands_with_their_output_print_it(tmp_path: Path) -> None:
    shown = re.findall(r"```\n\$ \./weft (-e .*)\n((?:.*\n)*?)```", README)
    assert shown
    for command, output in shown:
        run = weft(*shlex.split(command), cwd=tmp_path)
        assert run.out + run.err == output


def test_commands_exist() -> None:
    help_text = weft("--help", cwd=CHECKOUT).out
    named = set(re.findall(r"`?\./weft (?:--offline )?([a-z]+)", README))
    assert {"run", "server", "deps"} <= named
    for command in named:
        assert re.search(rf"^  {command}\b", help_text, re.MULTILINE), command
