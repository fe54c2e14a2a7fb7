"""The card of an indicator: who it is, what a version says, and the proposal of the next one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from apura.formula import parse_exact
from apura_web.documents.models import LegalAct
from apura_web.foundation.append_only import AppendOnly
from apura_web.foundation.fields import CodeField, ExactField
from apura_web.foundation.models import Institution
from apura_web.indicators.aggregation import Accumulation
from apura_web.indicators.attainment import Polarity
from apura_web.indicators.formulas import MOST_PLACES, UNITS, CardFormula, Variable, read_formula
from apura_web.indicators.periods import Frequency, Period
from apura_web.orgs.models import Person, Unit

PLACES = 6
"""Decimals of every measured value."""


class Level(models.TextChoices):
    """At which stage of the work it measures."""

    INPUT = "insumo", "Insumo"
    PROCESS = "processo", "Processo"
    OUTPUT = "produto", "Produto"
    OUTCOME = "resultado", "Resultado"


class Indicator(models.Model):
    """An indicator through all the versions of its card. What the card says today is cached here.

    Term: indicador. Norm: Deliberação ALMG nº 2.554/2012, arts. 3º and 4º; Decreto GO nº 8.170/2014, art. 7º, II.
    """

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    code = CodeField()
    number = models.CharField(
        "sigla ou número", max_length=30, help_text="Como as pessoas o chamam: “IND-04”. Não se repete."
    )
    created_at = models.DateTimeField("registrado em")
    # Today's card, from the versions:
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="indicators", verbose_name="unidade responsável"
    )
    name = models.CharField("nome", max_length=400)
    is_active = models.BooleanField("em apuração", default=False, editable=False)

    untracked = ("unit_id", "name", "is_active")

    class Meta:
        verbose_name = "indicador"
        ordering = ("number", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "number"],
                name="indicator_number_once",
                violation_error_message="Já há um indicador com essa sigla ou número.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} – {self.name}"

    def told(self) -> str:
        """Say it whole, as the history does."""
        return str(self)

    def get_absolute_url(self) -> str:
        """Give the address of its page."""
        from django.urls import reverse  # noqa: PLC0415 - only pages need it

        return reverse("indicator", args=[self.code])

    @property
    def scope_path(self) -> str:
        """Where its unit stands today, for access."""
        return self.unit.scope_path


class CardFacts(models.Model):
    """What a card says."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="unidade responsável")
    responsible = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="pessoa responsável",
    )
    name = models.CharField("nome", max_length=400)
    purpose = models.TextField("para que serve", max_length=2000)
    process = models.CharField("processo ou objetivo", max_length=200, blank=True)
    dimension = models.CharField("dimensão", max_length=60, blank=True)
    level = models.CharField("o que mede", max_length=20, choices=Level.choices, blank=True)
    formula = models.TextField("fórmula", max_length=2000)
    variables = models.JSONField("variáveis", default=list)
    measure = models.CharField("unidade de medida", max_length=20, choices=[(each, each) for each in UNITS])
    measure_name = models.CharField("nome da unidade de medida", max_length=40, blank=True)
    places = models.PositiveSmallIntegerField(
        "casas decimais mostradas", default=2, validators=[MaxValueValidator(MOST_PLACES)]
    )
    polarity = models.CharField("polaridade", max_length=20, choices=Polarity.choices)
    frequency = models.CharField("frequência", max_length=20, choices=Frequency.choices)
    custom_periods = models.JSONField("períodos próprios", default=list, blank=True)
    accumulation = models.CharField("acumulação", max_length=20, choices=Accumulation.choices)
    source = models.CharField("fonte", max_length=300)
    release = models.CharField("quando a fonte divulga", max_length=300, blank=True)
    procedure = models.TextField("procedimento de coleta", max_length=4000)
    plausible_low = ExactField("menor valor plausível", places=PLACES, null=True, blank=True)
    plausible_high = ExactField("maior valor plausível", places=PLACES, null=True, blank=True)
    variation_limit = ExactField("variação que pede justificativa, em %", places=2, null=True, blank=True)
    breakdowns = models.JSONField("desagregações", default=list, blank=True)
    bands = models.TextField("faixas do farol", max_length=1000, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.name)

    @property
    def measured_in(self) -> str:
        """The unit of measure as people read it."""
        return self.measure_name or self.measure

    @property
    def periods(self) -> tuple[Period, ...]:
        """Its own periods, when the frequency is custom."""
        return tuple(
            Period(date.fromisoformat(first), date.fromisoformat(last)) for first, last in self.custom_periods
        )

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts of its breakdowns, as the ledger writes them: “Sexo: feminino”."""
        return tuple(f"{each['name']}: {part}" for each in self.breakdowns for part in each["parts"])

    @property
    def read_variables(self) -> tuple[Variable, ...]:
        """Its variables, as the formula reads them."""
        return tuple(variable_from(each) for each in self.variables)

    @property
    def read(self) -> CardFormula:
        """Its formula, checked.

        Raises:
            VariableError: the variables are not in order.
            FormulaError: the formula is wrong.
        """
        return read_formula(self.formula, self.read_variables, self.measure)


class CardVersion(CardFacts, AppendOnly):
    """A card as an act approved it, in force from a day until the next. Term: versão da ficha."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="versions")
    code = CodeField()
    number = models.PositiveIntegerField("versão")
    from_on = models.DateField("vale desde")
    legal_act = models.ForeignKey(LegalAct, models.PROTECT, related_name="+", verbose_name="ato que aprovou")
    opinion = models.TextField("manifestação da unidade central", max_length=4000, blank=True)
    opinion_by = models.CharField("manifestação de", max_length=40, blank=True)
    change_note = models.CharField("o que mudou e por quê", max_length=400, blank=True)
    is_last = models.BooleanField("encerra a apuração", default=False)
    recorded_at = models.DateTimeField("registrada em")

    class Meta:
        verbose_name = "versão da ficha"
        ordering = ("indicator_id", "number")
        constraints = [
            models.UniqueConstraint(fields=["indicator", "number"], name="card_version_number_once"),
        ]

    def __str__(self) -> str:
        return f"versão {self.number}"

    def told(self) -> str:
        """Say it whole, as the history does."""
        return f"{self.indicator.number}, versão {self.number}, desde {self.from_on:%d/%m/%Y}"

    def get_absolute_url(self) -> str:
        """Give the address where it is told."""
        return f"{self.indicator.get_absolute_url()}#versao-{self.number}"

    @property
    def scope_path(self) -> str:
        """Where its unit stands today, for access."""
        return self.unit.scope_path


class ProposalState(models.TextChoices):
    """Where the proposal of a card is."""

    DRAFT = "rascunho", "rascunho"
    SENT = "enviado", "enviado"
    RETURNED = "devolvido", "devolvido para complementação"
    EXAMINED = "analisado", "analisado"
    APPROVED = "aprovado", "aprovado"
    DROPPED = "desistencia", "retirado"


class CardProposal(CardFacts):
    """What somebody wants a card to say; it changes until an act approves it. Term: proposta de ficha."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="proposals")
    code = CodeField()
    state = models.CharField(
        "situação", max_length=20, choices=ProposalState.choices, default=ProposalState.DRAFT
    )
    change_note = models.CharField("o que muda e por quê", max_length=400, blank=True)
    comment = models.TextField("o que falta", max_length=2000, blank=True)
    opinion = models.TextField("manifestação da unidade central", max_length=4000, blank=True)
    opinion_by = models.CharField("manifestação de", max_length=40, blank=True)
    started_at = models.DateTimeField("iniciada em")

    class Meta:
        verbose_name = "proposta de ficha"
        ordering = ("-started_at", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["indicator"],
                condition=~Q(state__in=["aprovado", "desistencia"]),
                name="card_proposal_one_open",
                violation_error_message="Já há uma proposta em andamento para este indicador.",
            ),
        ]

    def __str__(self) -> str:
        return f"proposta de ficha de {self.indicator.number}"

    def told(self) -> str:
        """Say it whole, as the history does."""
        return str(self.indicator)

    def get_absolute_url(self) -> str:
        """Give the address of its page."""
        from django.urls import reverse  # noqa: PLC0415 - only pages need it

        return reverse("card_proposal", args=[self.indicator.code])

    @property
    def scope_path(self) -> str:
        """Where its unit stands today, for access."""
        return self.unit.scope_path

    @property
    def is_open(self) -> bool:
        """Whether it may still become a version."""
        return self.state not in {ProposalState.APPROVED, ProposalState.DROPPED}


CARD_COLUMNS = tuple(each.name for each in CardFacts._meta.local_fields)


def card_facts(record: CardFacts) -> dict[str, Any]:
    """Give what a card says, without what is of the row itself."""
    return {name: getattr(record, name) for name in CARD_COLUMNS}


def variable_from(stored: Mapping[str, Any]) -> Variable:
    """Read a variable from the column."""
    low, high = (parse_exact(stored[key]) if stored.get(key) else None for key in ("low", "high"))
    return Variable(
        name=stored["name"],
        label=stored["label"],
        unit=stored.get("unit", "unidade"),
        places=int(stored.get("places", 0)),
        low=low,
        high=high,
        over_time=stored.get("over_time", "soma"),
        indicator=stored.get("indicator", ""),
    )


def variable_row(variable: Variable) -> dict[str, Any]:
    """Write a variable as the column keeps it: text and integers, nothing binary."""
    return {
        "name": variable.name,
        "label": variable.label,
        "unit": variable.unit,
        "places": variable.places,
        "low": _text(variable.low),
        "high": _text(variable.high),
        "over_time": variable.over_time,
        "indicator": variable.indicator,
    }


def check_institution(record: Any, *names: str) -> None:
    """Keep every record pointed at inside the institution.

    Raises:
        ValidationError: one is of another.
    """
    strange = [
        name
        for name in names
        if (other := getattr(record, name)) is not None and other.institution_id != record.institution_id
    ]
    if strange:
        raise ValidationError(dict.fromkeys(strange, "Não há este registro na sua instituição."))


def _text(value: Fraction | None) -> str:
    return "" if value is None else f"{value.numerator}/{value.denominator}"
