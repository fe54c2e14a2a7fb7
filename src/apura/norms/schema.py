"""The shape of a norm pack's files: what each key means, checked when the pack is read.

A pack is a folder of data. These models are its contract: a jurist's text editor on one side, the
calculation on the other. They hold no behaviour beyond small properties of their own fields.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from apura.formula import parse_exact, round_half_away
from apura.norms.texts import fold


def _fraction(value: object) -> Fraction:
    if isinstance(value, Fraction):
        return value
    if not isinstance(value, str):
        raise ValueError("escreva o número entre aspas, com ponto decimal")  # noqa: TRY004 - pydantic reads ValueError
    return parse_exact(value)


Exact = Annotated[Fraction, BeforeValidator(_fraction)]
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)]
Words = Annotated[str, StringConstraints(min_length=2, max_length=1000)]


def _every_year(value: object) -> object:
    try:
        date.fromisoformat(f"{_COMMON_YEAR}-{value}")
    except ValueError as error:
        raise ValueError(f"“{value}” não é mês e dia que todo ano tenha (use 08-15)") from error
    return value


_COMMON_YEAR = 2015
MonthDay = Annotated[str, BeforeValidator(_every_year), StringConstraints(pattern=r"^\d\d-\d\d$")]
Filled = Annotated[str, StringConstraints(min_length=1, max_length=300)]
WordingStatus = Literal["known", "interpretation", "unknown"]
Counting = Literal["dia corrido", "dia útil"]


class Declared(BaseModel):
    """Anything written in a pack: no unknown key, nothing changed after it is read."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Named(Declared):
    """Anything formulas or people call by a name: what it is called, and the provision it comes from."""

    name: Identifier
    label: Words
    cites: Words


class Interval(Declared):
    """A stretch of days, both ends included; no end means until further notice."""

    starts: date = Field(alias="from")
    until: date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Interval:
        if self.until is not None and self.until < self.starts:
            raise ValueError("o intervalo termina antes de começar")
        return self

    def covers(self, day: date) -> bool:
        """Whether ``day`` lies inside the interval."""
        return self.starts <= day and (self.until is None or day <= self.until)


class Wording(Interval):
    """A wording of the law over an interval: known, reached only by interpretation, or unknown."""

    wording: WordingStatus = "known"
    act: str | None = None
    uses: tuple[Slug, ...] = ()
    why: str | None = None
    what_to_do: str | None = None

    @model_validator(mode="after")
    def _says_why(self) -> Wording:
        if self.wording == "unknown" and not (self.why and self.what_to_do):
            raise ValueError("uma redação desconhecida precisa de why e what_to_do")
        if self.wording == "interpretation" and not self.uses:
            raise ValueError("uma redação por interpretação precisa de uses")
        return self


class Amendment(Declared):
    """An act that altered the norm."""

    act: Words
    enacted_on: date
    changes: Words


class NormFile(Declared):
    """``norm.toml``: identity, validity, amending acts, and which date selects the wording."""

    id: Slug
    edition: Annotated[str, StringConstraints(pattern=r"^[0-9]+(\.[0-9]+)*$")]
    title: Words
    subject: Words
    summary: Words
    authority: Words
    enacted_on: date
    published_on: date
    takes_effect_on: date
    last_day: date | None = None
    effect_cites: Words
    last_day_cites: Words | None = None
    uses: tuple[Slug, ...] = ()
    selects: Words
    before: Words
    before_cites: Words | None = None
    after: Words | None = None
    amendments: tuple[Amendment, ...] = ()
    wordings: tuple[Wording, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _in_order(self) -> NormFile:
        if self.published_on < self.enacted_on:
            raise ValueError("a norma foi publicada antes de editada (published_on, enacted_on)")
        if self.last_day is not None and self.last_day < self.takes_effect_on:
            raise ValueError("o último dia (last_day) vem antes do início dos efeitos (takes_effect_on)")
        if (self.last_day is None) != (self.last_day_cites is None):
            raise ValueError("last_day e last_day_cites andam juntos")
        return self


class ParameterValue(Interval):
    """A value of a parameter during an interval, with the provision that fixes it."""

    value: Exact
    cites: Words
    act: str | None = None


class Parameter(Declared):
    """A number of the norm, dated and sourced; or one whose text is still missing (pending)."""

    label: Words
    unit: str
    places: int = Field(ge=0, le=10)
    values: tuple[ParameterValue, ...] = ()
    pending: bool = False
    asks: Words | None = None
    cites: Words | None = None
    set_by_institution: bool = False
    low: Exact | None = None
    high: Exact | None = None
    uses: tuple[Slug, ...] = ()

    @model_validator(mode="after")
    def _known_or_asked(self) -> Parameter:
        if self.pending and (self.values or not self.asks or not self.cites):
            raise ValueError("um parâmetro pendente tem asks e cites, e nenhum valor")
        if not self.pending and not self.values:
            raise ValueError("um parâmetro tem valores com data e fundamento, ou é pendente")
        for dated in self.values:
            if wrong := self.wrong_with(dated.value):
                raise ValueError(f"o valor de {dated.starts:%d/%m/%Y} {wrong}")
        return self

    def wrong_with(self, value: Fraction) -> str:
        """Say how ``value`` breaks the declared range or places; nothing when it does not."""
        low, high = self.low, self.high
        if (low is not None and value < low) or (high is not None and value > high):
            return "está fora da faixa declarada (low, high)"
        if round_half_away(value, self.places) != value:
            return f"tem mais casas que as declaradas ({self.places})"
        return ""

    @property
    def open_to_institution(self) -> bool:
        """Whether an institution may supply or change the value by an act of its own."""
        return self.pending or self.set_by_institution


class Interpretation(Declared):
    """A reading of a text that says too little, with the readings not adopted and who may decide.

    Without ``adopted`` the choice is mandatory (``asks``): nothing that depends on it is computed before.
    """

    label: Words
    cites: Words
    text: Words
    why: Words
    adopted: Words | None = None
    asks: Words | None = None
    others: tuple[Words, ...] = ()
    changes: tuple[str, ...] = ()
    decider: Words

    @model_validator(mode="after")
    def _others_change_something(self) -> Interpretation:
        if (self.adopted is None) != (self.asks is not None) or not self.readings:
            raise ValueError("uma leitura é adotada (adopted), ou se pede a escolha (asks) entre others")
        if self.others and not self.changes:
            raise ValueError("uma leitura oferecida precisa dizer o que muda (changes)")
        if len(set(self.readings)) != len(self.readings):
            raise ValueError("a mesma leitura aparece duas vezes (adopted, others)")
        return self

    @property
    def readings(self) -> tuple[str, ...]:
        """Every reading on offer, the adopted one first."""
        return (*([self.adopted] if self.adopted else []), *self.others)


class BetweenDays(Declared):
    """The last business day between two days of a year counted from the year appraised."""

    first: MonthDay
    last: MonthDay
    year: int = Field(ge=0, le=2)
    words: Words

    @model_validator(mode="after")
    def _in_order(self) -> BetweenDays:
        if self.last < self.first:
            raise ValueError("o intervalo termina antes de começar (first, last)")
        return self


class AfterEvent(Declared):
    """So many days after an event; the first day is excluded, the last included."""

    event: Words
    days: int = Field(ge=1, le=3660)
    counting: Counting | Slug


class Deadline(Declared):
    """A due date of the norm."""

    label: Words
    calendar: str
    cites: Words
    last_business_day: BetweenDays | None = None
    days_after: AfterEvent | None = None

    @model_validator(mode="after")
    def _one_rule(self) -> Deadline:
        if (self.last_business_day is None) == (self.days_after is None):
            raise ValueError("um prazo tem exatamente uma regra: last_business_day ou days_after")
        return self


class TableView(Declared):
    """An annex as printed; with keys, formulas may look up the value of a row: a number (``unit``) or a code.

    ``spread`` lists columns that are the values of the last key: one column per complexity, say. ``headers`` are
    the columns as printed.
    """

    label: Words
    file: Identifier
    cites: Words
    act: str | None = None
    keys: tuple[Identifier, ...] = ()
    spread: tuple[str, ...] = ()
    value: Identifier | None = None
    unit: str | None = None
    places: int = Field(default=0, ge=0, le=10)
    headers: Mapping[Identifier, Words] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _keys_with_value(self) -> TableView:
        if bool(self.keys) != (bool(self.value) != bool(self.spread)):
            raise ValueError("keys e value andam juntos; ou keys e spread")
        if self.unit is not None and not self.keys:
            raise ValueError("só o que se consulta por keys tem unit")
        if self.spread and self.unit is None:
            raise ValueError("valores em colunas (spread) são números, com unit")
        return self


class Member(Interval):
    """A unit's place in a group during an interval (``members/*.csv``)."""

    group: Filled
    group_name: Filled
    unit: Filled
    unit_name: Filled
    aliases: tuple[str, ...] = ()
    wording: WordingStatus = "known"
    uses: tuple[Slug, ...] = ()
    act: Filled
    cites: Filled

    def is_called(self, name: str) -> bool:
        """Whether people may mean this unit by ``name``: its acronym or an alias, however accented."""
        return fold(name) in {fold(self.unit), *map(fold, self.aliases)}


class Provision(Declared):
    """What became of one provision of the text; coverage is counted from these."""

    ref: Words
    status: Literal["encoded", "pending", "interpretation", "not_computable"]
    note: Words


class Case(Declared):
    """A hand-worked case kept with the pack: facts in, expected steps or due date out."""

    name: Words
    source: Words
    on: date | None = None
    rule: Identifier | None = None
    key: str | None = None
    facts: Mapping[str, Any] = Field(default_factory=dict)
    readings: Mapping[Slug, str] = Field(default_factory=dict)
    expects: Mapping[str, str] = Field(default_factory=dict)
    expects_dates: Mapping[str, date] = Field(default_factory=dict)
    deadline: Identifier | None = None
    year: int | None = None
    event: date | None = None
    calendar: str | None = None
    days_off: tuple[date, ...] = ()
    due: date | None = None

    @model_validator(mode="after")
    def _score_or_date(self) -> Case:
        scores = self.rule is not None and self.on is not None and bool(self.expects)
        dates = self.deadline is not None and self.due is not None
        if scores == dates:
            raise ValueError("um caso tem regra, data e valores esperados; ou prazo e vencimento")
        if dates and (self.year is None) == (self.event is None):
            raise ValueError("um caso de prazo diz o ano apurado (year) ou o dia do fato (event): um só")
        return self
