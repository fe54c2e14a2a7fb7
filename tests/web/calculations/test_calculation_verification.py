"""Whatever somebody does to a calculation behind our back is found and named; another edition is told apart."""

import json

import pytest
from django.db import connection
from django.test import Client
from pages import enter, text_of

from apura.norms import load_folder, load_norm
from apura.norms.application import AppliedNorm
from apura.norms.scenario import Scenario, suppose
from apura_web.audit.verification import Finding, Verdict, verify
from apura_web.calculations import rechecking
from apura_web.calculations.models import Calculation
from apura_web.calculations.preparing import prepare, sha256_of
from apura_web.calculations.rechecking import check
from apura_web.foundation.append_only import remove_triggers
from calculating import NORM, TWO_PLACES, YEAR_END, calculated, g4, keep
from cast import Cast, House
from visits import work_off


def sql(statement: str, *values: object) -> None:
    remove_triggers()
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def broken(house: House) -> list[str]:
    findings = verify(house.institution).findings
    return [f"{each.what}: {each.why}" for each in findings if each.verdict == Verdict.BROKEN]


def put(calculation: Calculation, column: str, text: str) -> None:
    sql(f"UPDATE calculations_calculation SET {column} = %s WHERE id = %s", text, calculation.pk)  # noqa: S608


def test_calculations_that_hold_are_told_together(cast: Cast) -> None:
    calculated(cast.house)
    calculated(cast.house, "EDU")
    said = "o mesmo resultado, feito de novo da folha de fatos"
    assert verify(cast.house.institution).findings == (Finding(Verdict.HOLDS, "2 cálculos", said),)
    assert verify(cast.twin.institution).findings == ()


def test_a_document_changed_is_found_and_named(cast: Cast) -> None:
    kept = calculated(cast.house)
    put(kept, "document", kept.document.replace("9.44", "9.94"))
    assert broken(cast.house) == [
        f"cálculo {kept.code}: Nota final de 2014: a memória de cálculo foi alterada depois de guardada"
    ]


def test_a_fact_sheet_changed_is_found_and_named(cast: Cast) -> None:
    kept = calculated(cast.house)
    sheet = kept.fact_sheet
    changed = sheet.content.replace('"380"', '"390"')
    sql("UPDATE calculations_factsheet SET content = %s WHERE id = %s", changed, sheet.pk)
    said = f"a folha de fatos {sheet.code} foi alterada depois de congelada"
    assert broken(cast.house) == [f"cálculo {kept.code}: Nota final de 2014: {said}"]


def test_a_document_changed_with_its_digest_is_found_twice(cast: Cast) -> None:
    kept = calculated(cast.house)
    text = kept.document.replace('"9.44"', '"9.94"')
    put(kept, "document", text)
    put(kept, "sha256", sha256_of(text))
    record, calculation = broken(cast.house)
    assert record.startswith(f"calculations.calculation {kept.code}: difere do que a entrada")
    assert "nota_acordo de A" in calculation
    assert "9.94" in calculation


def test_a_result_taken_out_of_a_document_is_found(cast: Cast) -> None:
    kept = calculated(cast.house)
    made = json.loads(kept.document)
    made["resultados"] = [each for each in made["resultados"] if each["regra"] != "nota_acordo"]
    text = json.dumps(made, ensure_ascii=False)
    put(kept, "document", text)
    put(kept, "sha256", sha256_of(text))
    kept.refresh_from_db()
    checked = check(kept)
    assert checked.verdict == Verdict.BROKEN
    assert "a memória guardada não é a que a folha de fatos dá" in checked.why


def test_an_outcome_changed_is_found_and_named(cast: Cast) -> None:
    kept = calculated(cast.house)
    row = kept.outcomes.get(rule="nota_acordo")
    sql("UPDATE calculations_outcome SET value = '10' WHERE id = %s", row.pk)
    said = broken(cast.house)
    assert any(each.startswith(f"calculations.outcome {row.pk}: o valor foi alterado") for each in said)
    assert any("nota_acordo de A: guardado 10; a folha de fatos dá 236/25" in each for each in said)


def test_the_page_says_that_it_is_broken(client: Client, cast: Cast) -> None:
    kept = calculated(cast.house)
    put(kept, "document", kept.document.replace("9.44", "9.94"))
    said = text_of(enter(client, cast.house, "Ana").get(kept.get_absolute_url()))
    assert "quebrado" in said
    assert "a memória de cálculo foi alterada depois de guardada" in said


def first_edition() -> AppliedNorm:
    return AppliedNorm(load_folder(load_norm(NORM).folder / "editions" / "1"), YEAR_END)


def test_one_made_by_an_older_edition_that_the_newer_confirms(cast: Cast) -> None:
    kept = keep(cast.house, prepare(g4(TWO_PLACES), norm=first_edition().norm))
    assert kept.edition == "1"
    assert check(kept).verdict == Verdict.HOLDS_OLD
    (finding,) = verify(cast.house.institution).findings
    assert (finding.verdict, finding.what) == (Verdict.HOLDS_OLD, f"cálculo {kept.code}")


def edited(reading: str) -> AppliedNorm:
    """The norm in use, as if a new edition of it adopted another reading of what is not measured."""
    base = AppliedNorm(load_norm(NORM), YEAR_END)
    applied, _ = suppose(base, Scenario(readings={"item-nao-apurado": reading}))
    return applied


def test_one_that_a_newer_edition_would_make_otherwise_is_told_with_the_list(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = keep(cast.house, prepare(g4(TWO_PLACES, third=None), norm=first_edition().norm))
    newer = edited("contar como zero").norm
    monkeypatch.setattr(rechecking, "load_norm", lambda _name: newer)
    checked = check(kept)
    assert checked.verdict == Verdict.DIFFERS
    assert checked.differences == (
        "nota_objeto de OB: edição 1 200/21; edição 2 100/21",
        "nota_acordo de A: edição 1 951/100; edição 2 38/5",
    )
    assert verify(cast.house.institution).is_whole
    said = text_of(enter(client, cast.house, "Ana").get(kept.get_absolute_url()))
    assert "difere pela edição nova" in said
    assert "nota_acordo de A: edição 1 951/100; edição 2 38/5" in said


def test_without_the_edition_that_made_it_only_the_arithmetic_is_checked(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = calculated(cast.house)
    monkeypatch.setattr(rechecking, "load_norm", lambda _name: edited("contar como zero").norm)
    monkeypatch.setattr(rechecking, "with_digest", lambda _norm, _digest: None)
    assert check(kept).verdict == Verdict.ONLY_ARITHMETIC


def test_the_check_page_tells_the_calculations(client: Client, cast: Cast) -> None:
    calculated(cast.house)
    enter(client, cast.house, "Ada")
    answer = client.post("/trilha/conferir/", follow=True)
    work_off()
    said = text_of(client.get(answer.request["PATH_INFO"]))
    assert "1 cálculo" in said
    assert "feito de novo da folha de fatos" in said
