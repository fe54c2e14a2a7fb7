"""The guide for whoever writes packs names every key a pack may have, and every file."""

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from apura.norms import rule_schema, schema
from apura.norms.reading import FILES

GUIDE = (Path(__file__).resolve().parents[3] / "docs" / "contributing" / "adding-a-norm.md").read_text(
    encoding="utf-8"
)
SHAPES = {
    name: shape
    for module in (schema, rule_schema)
    for name, shape in vars(module).items()
    if isinstance(shape, type) and issubclass(shape, BaseModel) and shape.__module__.startswith("apura.norms")
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_the_guide_names_every_key_of_a_pack(shape: type[BaseModel]) -> None:
    keys = {field.alias or name for name, field in shape.model_fields.items()}

    assert {key for key in keys if not re.search(rf"\b{key}\b", GUIDE)} == set()


@pytest.mark.parametrize("file", FILES)
def test_the_guide_has_a_place_for_every_file(file: str) -> None:
    assert f"`{file}`" in GUIDE
