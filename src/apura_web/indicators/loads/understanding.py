"""Understanding the rows of a load: each becomes a row that waits, a blank that is passed over, or problems."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from apura.formula import FormulaError, finite_places, fold, read_cell_number
from apura_web.foundation.fields import LARGEST
from apura_web.indicators.formulas import MOST_PLACES, RESULT, Variable
from apura_web.indicators.loads.known import Known, KnownCard, Periods
from apura_web.indicators.loads.reading import Record
from apura_web.indicators.models import Certainty, Indicator, Load, LoadKind, LoadProblem, LoadRow, ValueState
from apura_web.indicators.period_words import read_day
from apura_web.indicators.periods import Period
from apura_web.indicators.typing_cells import Typed, read_typed
from apura_web.orgs.models import Unit

POINT = re.compile(r"-?\d+(\.\d+)?\Z")
STATES = {fold(each.label): each.value for each in ValueState} | {
    each.value: each.value for each in ValueState
}
CERTAINTIES = {fold(each.label): each.value for each in Certainty}
MEMORY_ONLY = (
    "sem a variável só se importa por “Importar anos anteriores”: diga qual variável da fórmula o valor é"
)


class Wrong(Exception):
    """A row is not understood: which column, and why."""

    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column, self.message = column, message


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row belongs."""

    indicator: Indicator
    unit: Unit
    period: Period
    card: KnownCard | None


class Understanding:
    """The rows of one load, understood one at a time."""

    def __init__(self, load: Load) -> None:
        self.load = load
        branch = load.under.path if load.under is not None else ""
        self.known, self.periods = Known(load.institution_id, branch), Periods()
        self.is_memory = load.kind == LoadKind.MEMORY

    def of(self, record: Record) -> LoadRow | list[LoadProblem] | None:
        """Give the row to be kept, what is wrong with it, or None when it is blank."""
        values = record.values
        if not values["valor"] and not values.get("situação") and not (self.is_memory and values.get("meta")):
            return None
        if record.problems:
            return [self.problem(record, *each) for each in record.problems.items()]
        try:
            return self._row(record, values)
        except Wrong as wrong:
            return [self.problem(record, wrong.column, wrong.message)]

    def problem(self, record: Record, column: str, message: str) -> LoadProblem:
        """Say what is wrong in a column of a row."""
        name = str(self.load.parts[record.part]["name"]) if self.load.parts else self.load.file_name
        return LoadProblem(
            institution_id=self.load.institution_id,
            load=self.load,
            part=name[-120:],
            line=record.line,
            cell=record.cells.get(column, ""),
            column=column,
            message=message[:500],
        )

    def _row(self, record: Record, values: Mapping[str, str]) -> LoadRow:
        place = self._place(values)
        variable = self._variable(values.get("variável", ""), place)
        typed = self._typed(values, variable, is_text=not record.cells)
        certainty, based_on = _certainty(values)
        reason = values.get("motivo", "")
        if typed.state == ValueState.NOT_REPORTED and not reason:
            raise Wrong("motivo", "falta o motivo de não ter sido informado")
        if typed.doubt and not reason:
            raise Wrong("valor", typed.doubt)
        return LoadRow(
            institution_id=self.load.institution_id,
            load=self.load,
            part=record.part,
            line=record.line,
            indicator=place.indicator,
            version=place.card.version if place.card else None,
            unit=place.unit,
            period_start=place.period.start,
            period_end=place.period.end,
            breakdown=_breakdown(values.get("desagregação", ""), place.card),
            variable=variable.name,
            value=typed.value,
            state=typed.state,
            certainty=certainty,
            based_on=based_on,
            source=_short(values, "fonte", 300),
            reason=_short(values, "motivo", 400),
            target=self._target(values, place) if self.is_memory else None,
        )

    def _place(self, values: Mapping[str, str]) -> Place:
        number = values["indicador"]
        indicator = self.known.indicators.get(fold(number)) or self.known.indicators.get(number)
        if indicator is None:
            raise Wrong(
                "indicador", f"não há indicador “{number[:40]}”: escreva a sigla ou o número da ficha"
            )
        unit = self.known.unit(values["unidade"])
        if isinstance(unit, str):
            raise Wrong("unidade", unit)
        if (indicator.pk, unit.pk) not in self.known.measuring:
            said = f"{unit.acronym} não apura {indicator.number}: designe antes a unidade, na página do indicador"
            raise Wrong("unidade", said)
        name, start, end = (values.get(each, "") for each in ("período", "início", "fim"))
        period = self.periods.of(name, start, end)
        column = "período" if name else "início" if start or not end else "fim"
        if isinstance(period, str):
            raise Wrong(column, period)
        card, complaint = self.known.card(indicator, period)
        if complaint:
            raise Wrong(column, complaint)
        if card is None and not self.is_memory:
            raise Wrong(
                column, f"em {period.label} nenhuma versão da ficha de {indicator.number} está em vigor"
            )
        return Place(indicator, unit, period, card)

    def _variable(self, text: str, place: Place) -> Variable:
        if not text:
            if not self.is_memory:
                raise Wrong("variável", MEMORY_ONLY)
            measure = place.card.version.measure if place.card else "adimensional"
            return Variable(RESULT, "Resultado", measure, MOST_PLACES)
        if place.card is None:
            said = f"em {place.period.label} não há ficha em vigor: deixe a variável em branco e traga só o resultado"
            raise Wrong("variável", said)
        found = place.card.variables.get(fold(" ".join(text.split())))
        if found is None:
            names = ", ".join(each.name for each in place.card.version.read_variables)
            raise Wrong("variável", f"“{text[:60]}” não é variável de {place.indicator.number}; são: {names}")
        if found.indicator:
            raise Wrong("variável", f"“{found.label}” vem do indicador {found.indicator}: carregue aquele")
        return found

    def _typed(self, values: Mapping[str, str], variable: Variable, *, is_text: bool) -> Typed:
        text, word = values["valor"], fold(values.get("situação", ""))
        if word and word not in STATES:
            raise Wrong(
                "situação", f"“{word[:40]}” não é situação: use apurado, não se aplica ou não informado"
            )
        state = STATES.get(word, "")
        if not text:
            if state == ValueState.MEASURED:
                raise Wrong("valor", "diz que foi apurado, e o valor está em branco")
            return Typed(state=state)
        typed = read_typed(self._comma(text) if is_text else text, variable)
        if typed.problem:
            raise Wrong("valor", typed.problem)
        if state not in {"", typed.state}:
            raise Wrong("situação", f"a situação diz “{word}”, e o valor é “{text[:40]}”")
        if typed.value is not None and abs(typed.value) * 10**MOST_PLACES > LARGEST:
            raise Wrong("valor", "o número é grande demais para ser guardado com exatidão")
        return typed

    def _comma(self, text: str) -> str:
        """Read a point as people who chose it write it: the mark of the decimals."""
        if not self.load.has_decimal_point or not any(mark.isdigit() for mark in text):
            return text
        if not POINT.match(text):
            raise Wrong(
                "valor", f"“{text[:40]}” não está escrito como 1234.56, que é como esta carga diz escrever"
            )
        return text.replace(".", ",")

    def _target(self, values: Mapping[str, str], place: Place) -> Fraction | None:
        text = values.get("meta", "")
        if not text:
            return None
        if place.card is None:
            raise Wrong("meta", f"em {place.period.label} não há ficha em vigor, e a meta é da ficha")
        try:
            value = read_cell_number(text.removesuffix("%").strip())
        except FormulaError as error:
            raise Wrong("meta", f"“{text[:40]}” não é um número: escreva como 1.234,56") from error
        places = finite_places(value)
        if places is None or places > MOST_PLACES or abs(value) * 10**MOST_PLACES > LARGEST:
            raise Wrong("meta", f"“{text[:40]}” não cabe: use até {MOST_PLACES} casas decimais")
        return value


def _certainty(values: Mapping[str, str]) -> tuple[str, date | None]:
    word, day = fold(values.get("firmeza", "")), values.get("data-base", "")
    if word and word not in CERTAINTIES:
        raise Wrong("firmeza", f"“{word[:40]}” não é firmeza: use definitivo, provisório ou estimado")
    certainty = CERTAINTIES.get(word, str(Certainty.DEFINITIVE))
    based_on = read_day(day) if day else None
    if day and based_on is None:
        raise Wrong("data-base", f"“{day[:40]}” não é uma data: escreva como 30/05/2014")
    if certainty != Certainty.DEFINITIVE and based_on is None:
        raise Wrong("data-base", "o que é provisório ou estimado tem data-base")
    return certainty, based_on


def _breakdown(text: str, card: KnownCard | None) -> str:
    if not text:
        return ""
    found = card.parts.get(fold(" ".join(text.split()))) if card else None
    if found is None:
        known = "; ".join(list(card.parts.values())[:8]) if card and card.parts else "nenhuma"
        raise Wrong("desagregação", f"“{text[:60]}” não é desagregação da ficha; são: {known}")
    return found


def _short(values: Mapping[str, str], column: str, longest: int) -> str:
    text = " ".join(values.get(column, "").replace("\x00", "").split())
    if len(text) > longest:
        raise Wrong(column, f"o texto tem {len(text)} caracteres, e aqui cabem {longest}")
    return text
