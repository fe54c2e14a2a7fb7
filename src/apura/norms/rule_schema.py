"""The shape of a pack's rules: what a rule reads, from whom, and the steps it takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from pydantic import Field, model_validator

from apura.norms.schema import Counting, Declared, Exact, Identifier, Named, Slug, Wording, Words
from apura.norms.texts import fold

ValueState = Literal["não se aplica", "não informado"]


SUBJECT_KEY = "chave"
"""The column of every sheet that names the subject of a row."""


class StepWording(Wording):
    """A wording of one step, with the formula in force during it, and its article if it was another."""

    formula: str | None = None
    cites: Words | None = None


class Refusing(Declared):
    """An option that is a fact, but one under which the rule gives no result yet."""

    reason: Words
    what_to_do: Words
    deadline: Identifier | None = None


class DaysAfter(Declared):
    """Days between a due date and a date column, counted in one way or as an interpretation says."""

    date: Identifier
    deadline: Identifier
    counting: Counting | Slug


class Span(Declared):
    """Days or whole months from one day to another, both included; a day is a date input or an end of the year."""

    starts: Identifier | Literal["year start"] = Field(alias="from")
    until: Identifier | Literal["year end"]
    counts: Literal["days", "months"]


class OptionsFrom(Declared):
    """The options of a column are what an annex prints in a column of its own, also known by other columns of it."""

    table: Identifier
    column: Identifier
    aliases: tuple[Identifier, ...] = ()


class Check(Declared):
    """What a row must satisfy, besides each cell by itself; the message is for whoever typed the row."""

    column: Identifier
    must: str
    message: Words
    cites: Words


class Column(Named):
    """A value somebody reports: a number with its unit, a code among options, a date, text, or a subject's key.

    A ``rational`` number may come exact from another computation, as the mean of three months, 229/3: ``places`` is
    then only how many are shown.
    """

    about: str | None = None
    unit: str | None = None
    options: tuple[str, ...] = ()
    options_from: OptionsFrom | None = None
    aliases: Mapping[str, str] = Field(default_factory=dict)
    kind: Literal["date", "text", "key", "formula"] | None = None
    within: Literal["year"] | None = None
    places: int | None = Field(default=None, ge=0, le=10)
    rational: bool = False
    low: Exact | None = None
    high: Exact | None = None
    required: str | Literal[True] | Literal[False] = True
    blank_otherwise: bool = False
    states: tuple[ValueState, ...] = ()

    @model_validator(mode="after")
    def _one_type(self) -> Column:
        given = (self.unit, self.options or None, self.options_from, self.kind)
        if sum(part is not None for part in given) != 1:
            raise ValueError("uma coluna tem unit, options (ou options_from) ou kind: um só")
        if self.within is not None and self.kind != "date":
            raise ValueError("só uma data fica dentro do ano (within)")
        if self.unit is not None and self.places is None:
            raise ValueError("um número declara places")
        if self.rational and self.unit is None:
            raise ValueError("só um número pode ser uma fração (rational)")
        if self.low is not None and self.high is not None and self.high < self.low:
            raise ValueError("a faixa termina antes de começar (low, high)")
        if len({fold(option) for option in self.options}) != len(self.options):
            raise ValueError("duas opções só diferem em acentos ou maiúsculas")
        return self


class Input(Column):
    """A column of the rule's own sheet, or days computed from a date column when facts are loaded."""

    days_after: DaysAfter | None = None
    span: Span | None = None
    refuses: Mapping[str, Refusing] = Field(default_factory=dict)
    relies: Mapping[str, tuple[Slug, ...]] = Field(default_factory=dict)

    @property
    def is_counted(self) -> bool:
        """Whether the value is counted from dates when facts are loaded, and so has no cell of its own."""
        return self.days_after is not None or self.span is not None

    @model_validator(mode="after")
    def _speaks_of_its_options(self) -> Input:
        strange = {*self.refuses, *self.relies} - set(self.options)
        if strange:
            raise ValueError(f"refuses ou relies fala de opção que não existe: {', '.join(sorted(strange))}")
        return self


class Relation(Named):
    """Rows a rule reads besides its own: child rows, outcomes of other rules, or members from the pack.

    ``sheet``: rows typed in a sheet of their own, each naming its parent. ``results``: outcomes of the subject
    with key ``key``, or named by the input ``key_from``, or of those whose input ``by`` names this subject.
    ``members``: the dated composition of this subject, each joined to its outcome; ``complete`` requires all.
    """

    kind: Literal["sheet", "results", "members"]
    sheet: str | None = None
    columns: tuple[Column, ...] = ()
    rules: tuple[Identifier, ...] = ()
    members: Identifier | None = None
    complete: bool = False
    key: str | None = None
    key_from: Identifier | None = None
    by: Identifier | None = None
    single: bool = False
    max_rows: int | None = Field(default=None, ge=1)
    checks: tuple[Check, ...] = ()

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Relation:
        chosen = sum(part is not None for part in (self.key, self.key_from, self.by))
        fits = {
            "sheet": bool(self.sheet and self.columns and not self.rules and not self.members and not chosen),
            "results": bool(self.rules and chosen == 1 and not self.members and not self.columns),
            "members": bool(self.rules and self.members and not chosen and not self.columns),
        }
        if not fits[self.kind]:
            raise ValueError(f"a relação não tem o que o tipo “{self.kind}” pede")
        return self


class Scale(Declared):
    """The least and the greatest result the law admits; ``sum_of`` names the annex whose sum is the greatest."""

    low: Exact
    high: Exact
    cites: Words
    sum_of: Identifier | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Scale:
        if self.high <= self.low:
            raise ValueError("a escala termina antes de começar (low, high)")
        return self


class Step(Named):
    """One named formula, with label, unit, places and the article it comes from.

    ``formula_from`` names the input that holds the formula: written there over the names of ``scope``, or the name
    of a rule of the norm ``methods`` whose result's formula is taken.
    """

    unit: str | None = None
    options: tuple[str, ...] = ()
    truth: bool = False
    places: int = Field(default=0, ge=0, le=10)
    uses: tuple[Slug, ...] = ()
    formula: str | None = None
    wordings: tuple[StepWording, ...] = ()
    interpretation: Slug | None = None
    readings: Mapping[str, str] = Field(default_factory=dict)
    formula_from: Identifier | None = None
    methods: Slug | None = None
    scope: tuple[Identifier, ...] = ()
    scale: Scale | None = None

    @model_validator(mode="after")
    def _one_source(self) -> Step:
        sources = [
            self.formula is not None,
            bool(self.wordings),
            bool(self.readings),
            self.formula_from is not None,
        ]
        if sum(sources) != 1:
            raise ValueError("um passo tem formula, wordings, readings ou formula_from: um só")
        if (self.formula_from is None) == bool(self.scope) or (self.methods and not self.scope):
            raise ValueError("formula_from e scope andam juntos; methods só com eles")
        if bool(self.readings) != (self.interpretation is not None):
            raise ValueError("readings e interpretation andam juntos")
        if sum([self.unit is not None, bool(self.options), self.truth]) != 1:
            raise ValueError("um passo tem unit, options ou truth: um só")
        if self.scale is not None and self.unit is None:
            raise ValueError("só um número tem escala (scale)")
        return self

    def formulas(self) -> Iterator[tuple[str, str]]:
        """Every formula the step may use, each with the place that holds it."""
        if self.formula is not None:
            yield "formula", self.formula
        for number, wording in enumerate(self.wordings, start=1):
            if wording.formula is not None:
                yield f"redação {number}", wording.formula
        for reading, formula in self.readings.items():
            yield f"leitura “{reading}”", formula


class Doubt(Declared):
    """What is computed but looks wrong: a condition on inputs and steps, and what to tell."""

    when: str
    message: Words
    cites: Words


class ResultDate(Named):
    """A date that follows from a result: so many months, a step's value, after a date input; date to date."""

    start: Identifier
    months: Identifier


class Subject(Declared):
    """Who a rule gives a result to, and where the list of them comes from.

    ``of`` names another rule: the same subjects, with the same inputs, from the same sheet.
    """

    name: Words
    of: Identifier | None = None
    sheet: str | None = None
    key: str | None = None
    members: Identifier | None = None
    keys: Mapping[str, str] = Field(default_factory=dict)
    optional: bool = False

    @model_validator(mode="after")
    def _has_source(self) -> Subject:
        if sum([self.sheet is not None, bool(self.keys), self.of is not None]) != 1:
            raise ValueError(
                "o sujeito vem de uma planilha (sheet), de uma lista (keys) ou de outra regra (of): um só"
            )
        if (self.sheet is None) != (self.key is None):
            raise ValueError("sheet e key andam juntos")
        return self


class Rule(Named):
    """A rule: what it reads, its steps in order, and the step that is its result."""

    about: Words
    result: Identifier
    also: tuple[Identifier, ...] = ()
    uses: tuple[Slug, ...] = ()
    subject: Subject
    wordings: tuple[Wording, ...] = ()
    inputs: tuple[Input, ...] = ()
    relations: tuple[Relation, ...] = ()
    checks: tuple[Check, ...] = ()
    steps: tuple[Step, ...] = Field(min_length=1)
    dates: tuple[ResultDate, ...] = ()
    warnings: tuple[Doubt, ...] = ()

    @property
    def wanted(self) -> tuple[str, ...]:
        """The steps whose values are asked for: the result, and those that also count."""
        return (self.result, *self.also, *(made.months for made in self.dates))

    @property
    def result_step(self) -> Step:
        """The step whose value is the rule's result."""
        return self.steps[-1]

    def step(self, name: str) -> Step | None:
        """Return the step called ``name``, or None."""
        return next((step for step in self.steps if step.name == name), None)

    def relation(self, name: str) -> Relation | None:
        """Return the relation called ``name``, or None."""
        return next((relation for relation in self.relations if relation.name == name), None)

    def input(self, name: str) -> Input | None:
        """Return the input called ``name``, or None."""
        return next((column for column in self.inputs if column.name == name), None)
