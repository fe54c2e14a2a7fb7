"""Formulas as queries over integers: the same digits as the reference, and an error where it has none."""

import re
from collections.abc import Sequence
from fractions import Fraction

import duckdb
import pytest
from compiled_cases import CODES, LAYOUT, compiled, outcome, results, stored
from formula_cast import Record, Values
from formula_trees import SCOPE, TABLE, environments, numbers
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apura.formula import (
    Choice,
    EvaluationError,
    FormulaError,
    Node,
    NotCompilable,
    Quantity,
    Scope,
    Table,
    canonical,
    evaluate,
    parse,
)
from apura.formula.compiling import (
    DUCKDB,
    SPARK,
    Failure,
    Layout,
    Stored,
    StoredTable,
    compile_steps,
)

ADDED = Quantity("adimensional", Fraction(-10), Fraction(10), 2)
NUMBER = Quantity("adimensional", places=10)


def case(rows: Sequence[dict[str, object]] = (), **names: object) -> Values:
    usual = {"x": Fraction(0), "y": Fraction(0), "z": Fraction(0), "tipo": "A", "sim": True}
    given_rows = tuple(Record(f"linha {at}", row) for at, row in enumerate(rows))
    return Values(usual | names, {"itens": given_rows}, TABLE)


def worth(text: str, given_case: Values) -> Fraction | Failure:
    query = compiled(parse(text))
    return results(query, stored([given_case]))[0]


@given(numbers(bulk=True), st.lists(environments(), min_size=1, max_size=5))
@settings(
    max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
def test_random_formulas_give_the_digits_of_the_reference(tree: Node, cases: list[Values]) -> None:
    for found, asked in zip(results(compiled(tree), stored(cases)), cases, strict=True):
        try:
            expected = evaluate(tree, asked)
        except EvaluationError:
            assert isinstance(found, Failure), canonical(tree)
        else:
            assert found == expected, canonical(tree)


@pytest.mark.parametrize(
    ("text", "names", "value"),
    [
        # 7,005 is halfway between 7,00 and 7,01; the way from zero is up, and down below zero
        ("arred(x / 2; 2)", {"x": Fraction("14.01")}, "7.01"),
        ("arred(x / 2; 2)", {"x": Fraction("-14.01")}, "-7.01"),
        # -1/3 over a divisor below zero is 1/3
        ("arred(-1 / z; 4)", {"z": Fraction(-3)}, "0.3333"),
        ("arred(1 / z; 4)", {"z": Fraction(-3)}, "-0.3333"),
        ("arred(x / (y / z); 2)", {"x": Fraction(1), "y": Fraction(2), "z": Fraction(-3)}, "-1.5"),
        # 20 to the 10th, held at 20 places on the way: wider than 63 bits
        ("arred(x * x * x * x * x * x * x * x * x * x; 0)", {"x": Fraction(20)}, "10240000000000"),
    ],
)
def test_signs_halves_and_wide_integers(text: str, names: dict[str, object], value: str) -> None:
    assert worth(text, case(**names)) == Fraction(value)
    assert evaluate(parse(text), case(**names)) == Fraction(value)


@pytest.mark.parametrize(
    ("text", "names", "failure"),
    [
        ("arred(1 / y; 2)", {}, Failure.DIVISION_BY_ZERO),
        ("arred(media(itens.a); 2)", {}, Failure.EMPTY),
        ("min(itens.a)", {}, Failure.EMPTY),
        ("faixa(x; y; 1; z; 2; 3)", {"x": Fraction(-20), "z": Fraction(1)}, Failure.BANDS_OUT_OF_ORDER),
        ("1 + arred(x; 2) * arred(1 / y; 2)", {}, Failure.DIVISION_BY_ZERO),
    ],
)
def test_what_has_no_result_says_why_and_raises_nothing(
    text: str, names: dict[str, object], failure: Failure
) -> None:
    assert worth(text, case(**names)) == failure
    with pytest.raises(EvaluationError):
        evaluate(parse(text), case(**names))


@pytest.mark.parametrize(
    "text",
    [
        "se(y = 0; 5; arred(1 / y; 2))",
        "se(ou(y = 0; arred(1 / y; 2) > 1); 5; 6)",
        "se(e(y <> 0; arred(1 / y; 2) > 1); 6; 5)",
        "se(conta(itens) = 0; 5; arred(media(itens.a); 2))",
        "faixa(x; 0; 5; y; 1; arred(1 / y; 2))",
        "soma(arred(1 / itens.b; 2); itens.b > 0) + 5",
    ],
)
def test_what_is_not_needed_may_fail(text: str) -> None:
    rows = [{"a": Fraction(1), "b": Fraction(0), "tipo": "A"}] if "soma" in text else []
    assert worth(text, case(rows)) == 5


def test_a_record_that_is_wrong_is_listed() -> None:
    rows = [{"a": Fraction(1), "b": Fraction(at), "tipo": "A"} for at in (2, 0, 1, 0)]
    query = compiled(parse("soma(arred(itens.a / itens.b; 2))"))
    engine = stored([case(rows)])
    assert results(query, engine) == [Failure.DIVISION_BY_ZERO]
    (wrong,) = query.wrong
    found = engine.execute(f"SELECT line, {wrong.error} FROM ({wrong.text}) ORDER BY line").fetchall()  # noqa: S608
    assert (wrong.relation, found) == ("itens", [(1, 2), (3, 2)])


def test_places_that_the_facts_say() -> None:
    scope = Scope({**SCOPE.names, "casas": Quantity("casas", Fraction(0), Fraction(3), 0), "r": NUMBER})
    layout = Layout("s", {**LAYOUT.names, "casas": Stored("n9")})
    query = compile_steps([("r", parse("arred(x / 3; casas)"))], scope, layout, DUCKDB)
    engine = duckdb.connect()
    engine.execute(
        "CREATE TABLE s AS SELECT * FROM (VALUES (1, 200, 0), (2, 200, 2), (3, -200, 3)) t(sid, n1, n9)"
    )
    (step,) = query.steps
    rows = sorted(engine.execute(query.text).fetchall())
    found = [outcome(step, {step.value: value, step.error: error}) for _sid, value, error in rows]
    # 2/3 to no places, to two, and -2/3 to three
    assert found == [1, Fraction("0.67"), Fraction("-0.667")]


def test_steps_read_those_before_them_and_codes_come_back_as_numbers() -> None:
    names = {**SCOPE.names, "dobro": NUMBER, "nivel": Choice(("A", "B")), "alto": NUMBER}
    steps = [
        ("dobro", parse("2 * x")),
        ("nivel", parse('faixa(dobro; 10; "A"; "B")')),
        ("alto", parse('se(nivel = "A"; dobro + soma(itens.a * dobro); 0)')),
    ]
    query = compile_steps(steps, Scope(names, SCOPE.relations, SCOPE.tables), LAYOUT, DUCKDB)
    rows = [
        {"a": Fraction(2), "b": Fraction(0), "tipo": "A"},
        {"a": Fraction(-1), "b": Fraction(0), "tipo": "B"},
    ]
    found = stored([case(rows, x=Fraction(6)), case(rows, x=Fraction(4))]).execute(query.text).fetchall()
    # 2 * 6 = 12, A, 12 + (2 - 1) * 12 = 24; 2 * 4 = 8, B, 0
    assert sorted(found) == [(0, 1200, CODES["A"], 24000), (1, 800, CODES["B"], 0)]


def test_steps_that_say_the_same_share_a_column() -> None:
    steps = [("um", parse("arred(1 / y; 2)")), ("outro", parse("arred(1 / y; 2)"))]
    scope = Scope({**SCOPE.names, "um": NUMBER, "outro": NUMBER})
    query = compile_steps(steps, scope, LAYOUT, DUCKDB)
    assert [each.value for each in query.steps] == [query.steps[0].value] * 2
    # 1/4 at two places, told once
    assert stored([case(y=Fraction(4))]).execute(query.text).fetchall() == [(0, 25, 0)]


def test_what_was_not_given_is_an_error_only_where_it_is_read() -> None:
    layout = Layout("s", {**LAYOUT.names, "x": Stored("n1", is_nullable=True)})
    scope = Scope({**SCOPE.names, "r": NUMBER})
    query = compile_steps([("r", parse("se(y > 0; x; 1)"))], scope, layout, DUCKDB)
    engine = duckdb.connect()
    engine.execute(
        "CREATE TABLE s AS SELECT * FROM (VALUES (1, NULL, 0), (2, NULL, 1), (3, 500, 1)) t(sid, n1, n2)"
    )
    (step,) = query.steps
    found = [
        outcome(step, {"sid": sid, step.value: value, step.error: error})
        for sid, value, error in sorted(engine.execute(query.text).fetchall())
    ]
    assert found == [1, Failure.NOT_GIVEN, 5]


def test_a_table_without_the_row_is_an_error_and_never_a_null() -> None:
    layout = Layout("s", LAYOUT.names, tables={"t": StoredTable([((CODES["A"],), 300)])}, codes=CODES)
    scope = Scope({**SCOPE.names, "r": NUMBER}, tables=SCOPE.tables)
    query = compile_steps([("r", parse("se(x > 0; t[tipo]; 7)"))], scope, layout, DUCKDB)
    engine = duckdb.connect()
    engine.execute("CREATE TABLE s AS SELECT * FROM (VALUES (1, 1, 1), (2, 1, 2), (3, 0, 2)) t(sid, n1, n4)")
    (step,) = query.steps
    rows = sorted(engine.execute(query.text).fetchall())
    found = [outcome(step, {step.value: value, step.error: error}) for _sid, value, error in rows]
    assert found == [30, Failure.NO_TABLE_ROW, 7]


def test_the_same_keys_twice_in_an_annex_are_refused() -> None:
    with pytest.raises(ValueError, match="same keys"):
        StoredTable([((1, 2), 3), ((1, 2), 4)])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("soma(itens.a * soma(itens.b))", "dentro de outro"),
        ("exata(x / 3)", "guarda a fração inteira"),
        (" * ".join(["x"] * 13), "mais de 38 algarismos"),
    ],
)
def test_what_cannot_be_compiled_says_why(text: str, reason: str) -> None:
    with pytest.raises(FormulaError, match=reason):
        compiled(parse(text))


def test_a_quotient_that_spark_cannot_divide_is_refused_there_and_not_by_duckdb() -> None:
    tree = parse("arred(x * x * x * x * x * x * x * x / 1,5; 9)")
    named = Scope({**SCOPE.names, "r": NUMBER})
    assert compile_steps([("r", tree)], named, LAYOUT, DUCKDB).text
    with pytest.raises(NotCompilable, match="spark"):
        compile_steps([("r", tree)], named, LAYOUT, SPARK)


def test_nothing_that_people_write_reaches_the_engine_as_text() -> None:
    hostile = "A'); DROP TABLE subjects; --"
    scope = Scope(
        {"select_from": Choice((hostile, "B")), "drop": ADDED, "r": NUMBER},
        tables={"union_all": Table((Choice((hostile, "B")),), ADDED)},
    )
    codes = {hostile: 1, "B": 2}
    layout = Layout(
        "s",
        {"select_from": Stored("n1"), "drop": Stored("n2")},
        tables={"union_all": StoredTable([((1,), 250), ((2,), 100)])},
        codes=codes,
    )
    tree = parse(f'se(select_from = "{hostile}"; drop; 1) + union_all[select_from]')
    text = compile_steps([("r", tree)], scope, layout, DUCKDB).text
    small = {
        word for word in re.findall(r"[A-Za-z_]+", re.sub(r"\b[a-z][0-9]+\b", "", text)) if not word.isupper()
    }
    assert small <= {"k", "p", "s", "sid", "t", "v"}
    assert "DROP" not in text
    assert "'" not in text
    assert '"' not in text
    engine = duckdb.connect()
    engine.execute("CREATE TABLE s AS SELECT * FROM (VALUES (1, 1, 300), (2, 2, 300)) t(sid, n1, n2)")
    assert [row[1] for row in sorted(engine.execute(text).fetchall())] == [550, 200]
