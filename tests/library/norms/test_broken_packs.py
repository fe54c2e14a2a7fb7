"""What a pack may not say: each way of breaking a good one is refused, with the file, the reason and what to do."""

import shutil
from pathlib import Path

import pytest
from broken_agreements import AGREEMENTS, FORMULAS
from broken_packs import FILES, SHAPES, STAND_INS, Broken
from broken_sources import ELSEWHERE

import apura.norms
from apura.norms import PackError, load_folder, load_norm, shipped_ids, verify
from builders import GOOD_PACK

EVERY = [*FILES, *SHAPES, *AGREEMENTS, *FORMULAS, *ELSEWHERE]


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GOOD_PACK, tmp_path / "norma-de-teste"))


def written(text: str) -> str:
    for mark, stood_for in STAND_INS.items():
        text = text.replace(mark, stood_for)
    return text


def break_it(pack: Path, broken: Broken) -> None:
    path = pack / broken.file
    if not broken.old:
        path.write_text(written(broken.new), encoding="utf-8")
        return
    text = path.read_text(encoding="utf-8") + ("#end" if "#end" in broken.old else "")
    assert broken.old in text, "the good pack no longer says this"
    path.write_text(text.replace(broken.old, written(broken.new), 1), encoding="utf-8")


def test_the_good_pack_holds() -> None:
    assert verify(load_folder(GOOD_PACK)).holds


@pytest.mark.parametrize("broken", EVERY, ids=lambda broken: broken.name)
def test_a_pack_broken_in_one_way_is_refused_saying_where_and_why(pack: Path, broken: Broken) -> None:
    break_it(pack, broken)

    with pytest.raises(PackError) as refused:
        verify(load_folder(pack))

    assert broken.says in str(refused.value)
    assert refused.value.file in {broken.file, "rules", "interpretations.toml", *others(broken)}


def others(broken: Broken) -> set[str]:
    """The file that shows the contradiction, where it is not the one that was changed."""
    return {
        "annex without the column": {"tables.toml"},
        "annex without the file": {"tables/pesos.csv"},
        "annex of words": {"tables/pesos.csv"},
        "way of counting unknown": {"deadlines.toml", "rules/10_ponto.toml"},
        "a name twice": {"rules/10_ponto.toml"},
    }.get(broken.name, set())


def test_each_way_of_breaking_has_a_name_of_its_own() -> None:
    assert len({broken.name for broken in EVERY}) == len(EVERY)


def test_a_file_that_is_not_utf_8_is_refused(pack: Path) -> None:
    (pack / "norm.toml").write_bytes("title = 'não'".encode("latin-1"))
    with pytest.raises(PackError, match="não está em UTF-8"):
        load_folder(pack)


def test_an_annex_that_is_not_utf_8_is_refused(pack: Path) -> None:
    (pack / "tables" / "pesos.csv").write_bytes("produto,tamanho,peso\nnão,é,1\n".encode("latin-1"))
    with pytest.raises(PackError, match="não está em UTF-8"):
        load_folder(pack)


@pytest.mark.parametrize("missing", ["norm.toml", "tables/pesos.csv"])
def test_a_file_that_must_be_there_is_missed(pack: Path, missing: str) -> None:
    (pack / missing).unlink()
    with pytest.raises(PackError, match="o arquivo não existe") as refused:
        load_folder(pack)
    assert refused.value.file == missing


def test_a_pack_without_rules_is_refused(pack: Path) -> None:
    shutil.rmtree(pack / "rules")
    with pytest.raises(PackError, match="não tem regra nenhuma"):
        load_folder(pack)


def test_a_pack_in_a_folder_of_another_name_is_refused(pack: Path) -> None:
    pack.rename(pack.with_name("outra"))
    with pytest.raises(PackError, match="a pasta se chama “outra”"):
        load_norm("outra", packs=pack.parent)


def test_a_spreadsheet_s_csv_with_a_byte_order_mark_is_read(pack: Path) -> None:
    annex = pack / "tables" / "pesos.csv"
    annex.write_text("\ufeff" + annex.read_text(encoding="utf-8"), encoding="utf-8")
    assert load_folder(pack).digest == load_folder(GOOD_PACK).digest


def test_what_comments_and_order_of_keys_say_is_not_the_norm(pack: Path) -> None:
    path = pack / "parameters.toml"
    path.write_text("# comentário\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert load_folder(pack).digest == load_folder(GOOD_PACK).digest


def complaints_with(tmp_path: Path, *, file: str, old: str, new: str) -> str:
    """What verifying Goiás's pack complains of when ``old`` becomes ``new`` in ``file``."""
    shipped = Path(apura.norms.__file__).parent / "packs" / "go-8170-2014"
    changed = Path(shutil.copytree(shipped, tmp_path / "go-8170-2014")) / file
    text = changed.read_text(encoding="utf-8")
    assert old in text
    changed.write_text(text.replace(old, new, 1), encoding="utf-8")
    return "\n".join(verify(load_folder(tmp_path / "go-8170-2014")).complaints)


def test_methods_of_a_norm_that_is_not_there_are_complained_of(tmp_path: Path) -> None:
    said = complaints_with(
        tmp_path, file="rules/20_nota_item.toml", old='"metodos-de-apuracao"', new='"metodos-de-nota"'
    )
    assert "toma métodos de “metodos-de-nota”, que não é norma instalada" in said


def test_a_warning_that_cites_what_the_text_does_not_have_is_complained_of(tmp_path: Path) -> None:
    last = 'como arredondar"\ncites   = "art. 31, § 2º"'
    said = complaints_with(
        tmp_path, file="rules/60_dias_uteis_esperados.toml", old=last, new=last.replace("31", "131")
    )
    assert "dias_uteis_esperados, warnings cita “art. 131, § 2º”" in said


@pytest.mark.parametrize("norm_id", shipped_ids())
def test_every_shipped_norm_holds_with_its_edition_released(norm_id: str) -> None:
    verification = verify(load_norm(norm_id))

    assert verification.holds, (verification.complaints, verification.cases)
    assert verification.notice is None
