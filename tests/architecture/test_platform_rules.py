"""The platform's own rules: exact columns, local days, writes through the journal, pages without inline code."""

import ast
import re
from pathlib import Path

import django
import pytest
from repository import files, python_files, text_of, tree_of

PLATFORM = "src/apura_web/"
LAYERS = (
    "foundation",
    "audit",
    "search",
    "calculations",
    "accounts",
    "documents",
    "orgs",
    "indicators",
    "agreements",
    "desk",
    "demo",
    "config",
)
INEXACT = {"DecimalField", "FloatField", "Avg", "StdDev", "Variance"}
LOCAL_DAYS = {"localdate", "today", "utcnow"}
WRITES = {
    "save",
    "create",
    "update",
    "delete",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
}
OUTSIDE_THE_JOURNAL: dict[str, str] = {
    "src/apura_web/documents/services/void_acts.py": "a cache of what the relations of the acts say",
    "src/apura_web/calculations/services/scenarios.py": "what is only supposed is no fact",
    "src/apura_web/orgs/services/imports.py": "a sheet that waits is no fact",
    "src/apura_web/orgs/services/import_runs.py": "how far a sheet is written is no fact; its rows are",
    "src/apura_web/orgs/services/structure_cache.py": "a cache of what the placements say, kept out of the trail",
    "src/apura_web/indicators/services/card_cache.py": "a cache of what the versions of a card say",
    "src/apura_web/indicators/services/cells.py": "what is typed in a grid is no fact until it is sent",
    "src/apura_web/indicators/services/sheets.py": "a sheet that waits is no fact",
    "src/apura_web/indicators/services/load_runs.py": "a file that waits is no fact",
    "src/apura_web/agreements/services/closing_runs.py": "the work under way is no fact; each score is an act",
    "src/apura_web/indicators/services/load_reading.py": "rows that wait are no facts",
    "src/apura_web/indicators/services/load_comparing.py": "what is said of rows that wait is no fact",
    "src/apura_web/indicators/services/load_posting.py": "how far a file is written is no fact; its values are",
    "src/apura_web/agreements/services/drafting.py": "what is being written is no fact until it is sent",
    "src/apura_web/accounts/services/invitations.py": "choosing a password is nobody's business but the person's",
    "src/apura_web/accounts/services/tokens.py": "the day a key was last used is no act",
}
TEMPLATE_LINES = 120
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)


def platform_files(part: str = "") -> list[Path]:
    return [
        file for file in python_files(PLATFORM) if part in file.as_posix() and "migrations" not in file.parts
    ]


def templates() -> list[Path]:
    return [file for file in files() if file.suffix == ".html" and file.as_posix().startswith(PLATFORM)]


def names_used(file: Path) -> set[str]:
    return {node.attr for node in ast.walk(tree_of(file)) if isinstance(node, ast.Attribute)} | {
        node.id for node in ast.walk(tree_of(file)) if isinstance(node, ast.Name)
    }


def test_no_column_and_no_query_of_the_platform_is_inexact() -> None:
    assert {
        file.as_posix(): names_used(file) & INEXACT for file in platform_files() if names_used(file) & INEXACT
    } == {}


def test_the_day_is_always_the_institutions_never_the_servers() -> None:
    found = {file.as_posix(): names_used(file) & LOCAL_DAYS for file in platform_files()}
    told_apart = {"today"}  # request.today and wearer.today are the institution's
    assert {file for file, names in found.items() if names - told_apart} == set()
    calls = [
        f"{file}:{node.lineno}"
        for file in platform_files()
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "today"
    ]
    assert calls == []


def direct_writes(file: Path) -> list[str]:
    return [
        f"{file}:{node.lineno}"
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in WRITES
        and ast.unparse(node.func) not in {"journal.create", "journal.change", "structure.create"}
    ]


def test_services_write_through_the_journal_but_where_the_list_excepts_it_with_a_reason() -> None:
    writing = {file.as_posix() for file in platform_files("/services/") if direct_writes(file)}
    assert writing == set(OUTSIDE_THE_JOURNAL)
    assert all(len(reason.split()) > 2 for reason in OUTSIDE_THE_JOURNAL.values())


def test_views_read_through_selectors_only() -> None:
    reading = [
        file.as_posix()
        for file in platform_files("/web/")
        if re.search(r"\.objects\b", text_of(file)) and "middleware" not in file.name
    ]
    assert reading == []


def test_models_decide_nothing_on_saving_and_send_no_signals() -> None:
    for file in platform_files("models"):
        methods = [node.name for node in ast.walk(tree_of(file)) if isinstance(node, ast.FunctionDef)]
        assert not {"save", "delete"} & set(methods), file
    signals = [file.as_posix() for file in platform_files() if "db.models.signals" in text_of(file)]
    assert signals == ["src/apura_web/foundation/apps.py"]


@pytest.mark.parametrize("file", templates(), ids=str)
def test_a_template_is_short_has_no_inline_code_and_includes_only_its_own_room_or_a_lower_one(
    file: Path,
) -> None:
    text = text_of(file)
    assert text.count("\n") <= TEMPLATE_LINES
    assert INLINE.findall(text) == []
    room = file.parts[2]
    for used in re.findall(r"{% (?:include|extends) \"([a-z_]+)/", text):
        if used == "django":
            continue
        assert LAYERS.index(used) <= LAYERS.index(room), used


def test_migrations_have_names_and_know_only_the_columns_of_the_house() -> None:
    allowed = re.compile(r"apura_web\.[a-z_]+\.(fields|cpf|models\.Logins)\b")
    for file in python_files(PLATFORM):
        if "migrations" not in file.parts or file.name == "__init__.py":
            continue
        assert re.fullmatch(r"\d{4}_[a-z]\w+\.py", file.name), file
        assert "_auto_" not in file.name
        used = re.findall(r"apura_web\.[\w.]+", text_of(file))
        assert [name for name in used if not allowed.match(name)] == [], file


def test_every_business_model_belongs_to_one_institution() -> None:
    django.setup()
    from django.apps import apps  # noqa: PLC0415

    exempt = {
        "foundation.institution": "it is the institution",
        "accounts.login": "a login may belong to people of several institutions",
        "audit.traildetail": "it belongs to its entry's institution",
    }
    without = {
        model._meta.label_lower
        for model in apps.get_models()
        if model.__module__.startswith("apura_web")
        and not any(field.name == "institution" for field in model._meta.concrete_fields)
    }
    assert without >= set(exempt)
    assert {name for name in without - set(exempt) if not name.startswith("foundation.")} == set()


NOT_IN_THE_TRAIL = {
    "orgs.importbatch": "a sheet that waits is no fact",
    "indicators.load": "a file that waits is no fact",
    "indicators.loadrow": "a file that waits is no fact",
    "indicators.loadproblem": "a file that waits is no fact",
    "agreements.partdraft": "what is being written is no fact until it is sent",
    "indicators.draftcell": "what is typed and not sent is no fact",
}


def test_a_column_added_to_a_released_table_does_not_change_what_was_digested_before() -> None:
    django.setup()
    from django.apps import apps  # noqa: PLC0415
    from django.db.migrations import AddField  # noqa: PLC0415
    from django.db.migrations.loader import MigrationLoader  # noqa: PLC0415

    loud = set()
    for (room, name), migration in MigrationLoader(None).disk_migrations.items():
        if not migration.__module__.startswith("apura_web") or name.startswith("0001"):
            continue
        for operation in migration.operations:
            if not isinstance(operation, AddField):
                continue
            model = apps.get_model(room, operation.model_name)
            attname = model._meta.get_field(operation.name).attname
            quiet = {*getattr(model, "later", ()), *getattr(model, "untracked", ())}
            if attname not in quiet and model._meta.label_lower not in NOT_IN_THE_TRAIL:
                loud.add(f"{model._meta.label_lower}.{attname}")
    assert loud == set()
