"""Each column of a file as integers: validated as a spreadsheet would be, told by line when it is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from apura.bulk.engine import Engine, quoted_name
from apura.bulk.plan import Kept, Plan, plain
from apura.bulk.reading import FLOATS, INTEGERS, Given
from apura.formula import brazilian
from apura.norms import Problem
from apura.norms.facts import Absent, FactValue
from apura.norms.rule_schema import SUBJECT_KEY, Column
from apura.norms.texts import quoted, suggestion
from apura.norms.values import WrongValueError, read_value

MOST_TOLD, MOST_WORDS, MOST_DIGITS = 20, 100_000, 38
NAME, IDENTITY = "nome", "registro"
OWN = (SUBJECT_KEY, NAME, IDENTITY)
"""The columns of a file that are of no rule: whose the row is, what they are called, which record it is."""


@dataclass
class Reader:
    """Reads the columns of one file, called ``f`` in what it writes, noting problems.

    Attributes:
        problems: what is wrong, so far.
        joins: what the expressions given by :meth:`stored` need beside the file.
    """

    engine: Engine
    plan: Plan
    given: Given
    problems: list[Problem]
    joins: list[str] = field(default_factory=list)

    def check_names(self, columns: Sequence[Column]) -> None:
        """Note columns that are missing, and those that nobody declares."""
        known = {column.name for column in columns}
        for name in self.given.types:
            if name not in known and name not in OWN:
                self.note(f"a coluna {quoted(name)} não é desta regra{suggestion(name, known)}")
        for column in columns:
            if column.name not in self.given.types and column.required is True:
                self.note(f"falta a coluna “{column.name}” ({column.label})", column.cites)
        if SUBJECT_KEY not in self.given.types:
            self.note(f"falta a coluna “{SUBJECT_KEY}”, que diz de quem é cada linha")

    def stored(self, kept: Kept) -> str:
        """Give the expression of a column as it is stored; of one that is missing, NULL."""
        column, codes = kept.column, self.plan.layout.codes
        kind = self.given.types.get(column.name)
        if kind is None:
            return "CAST(NULL AS BIGINT)"
        self._check_given(column)
        if column.options:
            return self._worded(column, "INTEGER", lambda value: codes[plain(str(value))])
        if kind in FLOATS:
            said = "está em ponto flutuante, que não é exato: grave-a como DECIMAL"
            self.note(f"“{column.name}” {said}", column.cites)
            return "CAST(NULL AS BIGINT)"
        if kind in INTEGERS or kind.startswith("DECIMAL"):
            return self._number(column, kind)
        scale = 10 ** (column.places or 0)
        return self._worded(column, "BIGINT", lambda value: int(Fraction(value) * scale))  # type: ignore[arg-type]

    def day(self, column: Column) -> str:
        """Give the expression of a day, kept to be told and read by no formula; note those that are wrong."""
        kind, year = self.given.types.get(column.name), self.plan.applied.on.year
        if kind is None:
            return "CAST(NULL AS DATE)"
        self._check_given(column)
        if kind != "DATE":
            return self._worded(column, "DATE", lambda value: value)
        if column.within == "year":
            wrong = f"year(f.{quoted_name(column.name)}) <> {year}"
            self._tell(column, wrong, f"está fora do período avaliado ({year})")
        return f"f.{quoted_name(column.name)}"

    def note(self, message: str, cites: str | None = None, line: object = None) -> None:
        """Note a problem of the file, at a line when there is one."""
        place = None if line is None else f"linha {line}"
        self.problems.append(Problem(message, self.given.path.name, place, cites))

    def _number(self, column: Column, kind: str) -> str:
        name, places = f"f.{quoted_name(column.name)}", column.places or 0
        held = f"CAST({name} AS HUGEINT) * {10**places}"
        if kind not in INTEGERS:
            held = self._decimal(column, kind, places)
        for limit, sign, said in ((column.low, "<", "menor"), (column.high, ">", "maior")):
            if limit is not None:
                told = f"é {said} que o limite, {brazilian(limit, None)}"
                self._tell(column, f"{held} {sign} {int(limit * 10**places)}", told)
        return f"CAST({held} AS BIGINT)"

    def _decimal(self, column: Column, kind: str, places: int) -> str:
        """Bring a DECIMAL column to the declared places, noting what has more."""
        name, scale = f"f.{quoted_name(column.name)}", int(kind.rstrip(")").rpartition(",")[2])
        unscaled = f"CAST(CAST({name} AS DECIMAL({MOST_DIGITS},{scale})) * {10**scale} AS HUGEINT)"
        if scale <= places:
            return f"({unscaled} * {10 ** (places - scale)})"
        extra = 10 ** (scale - places)
        self._tell(column, f"{unscaled} % {extra} <> 0", f"tem mais de {places} casas decimais")
        return f"({unscaled} // {extra})"

    def _check_given(self, column: Column) -> None:
        if column.required is True:
            self._tell(column, f"f.{quoted_name(column.name)} IS NULL", "está em branco")

    def _tell(self, column: Column, wrong: str, said: str) -> None:
        """Note the first lines where a condition holds, and how many there are when they are many."""
        source = f"{self.given.view} AS f WHERE {wrong}"
        name = f"f.{quoted_name(column.name)}"
        found = self.engine.rows(
            f"SELECT line, CAST({name} AS VARCHAR) FROM {source} ORDER BY line LIMIT {MOST_TOLD}"
        )
        for line, value in found:
            shown = "" if value is None else f" ({quoted(value)})"
            self.note(f"“{column.name}” {said}{shown}", column.cites, line)
        if len(found) == MOST_TOLD:
            count = self.engine.one(f"SELECT count(*) FROM {source}")
            self.note(f"“{column.name}” {said}: {count} linhas ao todo", column.cites)

    def _worded(self, column: Column, kind: str, held: Callable[[FactValue], object]) -> str:
        """Read each different text of a column once, as a cell of a spreadsheet would be, and join what it is."""
        name, at = quoted_name(column.name), len(self.joins) + 1
        texts = self.engine.rows(
            f"SELECT DISTINCT CAST(f.{name} AS VARCHAR) FROM {self.given.view} AS f "
            f"WHERE f.{name} IS NOT NULL LIMIT {MOST_WORDS + 1}"
        )
        if len(texts) > MOST_WORDS:
            self.note(
                f"“{column.name}” tem textos diferentes demais: grave-a como número ou data, em Parquet"
            )
            return f"CAST(NULL AS {kind})"
        table = f"words_{self.given.view}_{at}"
        rows = [(text, held(value)) for text, value in self._read(column, [text for (text,) in texts])]
        self.engine.fill(table, f"text VARCHAR, held {kind}", rows)
        self.joins.append(f"LEFT JOIN {table} AS w{at} ON w{at}.text = CAST(f.{name} AS VARCHAR)")
        return f"w{at}.held"

    def _read(self, column: Column, texts: Sequence[str]) -> Iterator[tuple[str, FactValue]]:
        wrong = []
        for text in texts:
            try:
                value = read_value(column, text)
                self._check_read(column, value)
            except WrongValueError as error:
                wrong.append((text, str(error)))
                continue
            if value is not None:
                yield text, value
        for text, said in wrong[:MOST_TOLD]:
            where = f"CAST(f.{quoted_name(column.name)} AS VARCHAR) = ?"
            line = self.engine.one(f"SELECT min(line) FROM {self.given.view} AS f WHERE {where}", [text])
            self.note(f"“{column.name}”: {said}", column.cites, line)

    def _check_read(self, column: Column, value: FactValue | None) -> None:
        if value is None and column.required is True:
            raise WrongValueError("está em branco")
        if isinstance(value, Absent):
            raise WrongValueError("no lote, deixe em branco o que não foi informado ou não se aplica")
        year = self.plan.applied.on.year
        if column.within == "year" and isinstance(value, date) and value.year != year:
            raise WrongValueError(f"{value:%d/%m/%Y} está fora do período avaliado ({year})")
