from __future__ import annotations

import json
from pathlib import Path

import pytest

from weft_ml import algorithms

FOLDER = Path(algorithms.__file__).parent
COMMON = FOLDER / "common_options.json"
FILES = sorted(file for file in FOLDER.glob("*.json") if file != COMMON)


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_a_declaration_names_its_algorithm(file: Path) -> None:
    declared = json.loads(file.read_text())
    assert declared["name"] == file.stem
    assert declared["where"] == "ray"
    assert algorithms.algorithm(file.stem).name == file.stem


@pytest.mark.parametrize("file", [*FILES, COMMON], ids=lambda f: f.stem)
def test_options_are_sound(file: Path) -> None:
    names: list[str] = []
    for option in json.loads(file.read_text())["options"]:
        names += [option["name"], *option["aliases"]]
        assert option["type"] in ("integer", "number", "boolean", "text", "column")
        assert option["doc"].endswith(".")
        default = option["default"]
        if default is not None and option["type"] in ("integer", "number"):
            assert option.get("minimum", default) <= default <= option.get("maximum", default)
        if default is not None and option["choices"]:
            assert default in option["choices"]
    assert len(names) == len(set(names))
