"""What comes in files, while it waits: sheets of a grid and loads of values. No facts: erased when they end."""

from __future__ import annotations

from django.db import models

from apura_web.foundation.fields import CodeField, ExactField
from apura_web.foundation.models import Institution
from apura_web.indicators.models.cards import PLACES, CardVersion, Indicator
from apura_web.indicators.models.rounds import Submission
from apura_web.indicators.models.targets import LONGEST_BREAKDOWN
from apura_web.indicators.periods import Period
from apura_web.orgs.models import Unit


class GridSheet(models.Model):
    """The sheet of a grid, sent back and compared with what the grid holds. Term: planilha da grade.

    ``changes`` has one item for each cell that would change; ``problems`` has sheet, cell and message.
    """

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    code = CodeField()
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="sheets", verbose_name="remessa")
    file_name = models.CharField("arquivo", max_length=200)
    asked_by = models.CharField("enviada por", max_length=40)
    asked_at = models.DateTimeField("enviada em")
    changes = models.JSONField("células que mudam", default=list)
    unchanged = models.PositiveIntegerField("células iguais", default=0)
    left_blank = models.PositiveIntegerField("células em branco que ficam como estão", default=0)
    problems = models.JSONField("erros", default=list)
    problem_count = models.PositiveIntegerField("quantos erros", default=0)
    refused = models.JSONField("células não gravadas", default=list)
    saved = models.PositiveIntegerField("células gravadas", default=0)
    finished_at = models.DateTimeField("gravada em", null=True, blank=True)

    class Meta:
        verbose_name = "planilha da grade"
        ordering = ("-asked_at", "-id")

    def __str__(self) -> str:
        return self.file_name

    @property
    def storage_name(self) -> str:
        """Where storage keeps the file while somebody may ask for it with its errors marked."""
        return f"{self.institution.code}/grade-{self.code}"


class LoadKind(models.TextChoices):
    """How the values of a file enter the ledger."""

    BULK = "carga", "Carga em lote"
    MEMORY = "importado", "Importado, sem memória"


class LoadPhase(models.TextChoices):
    """What is being done with a load."""

    READING = "leitura", "em leitura"
    COMPARING = "comparacao", "em comparação"
    REVIEW = "conferencia", "a conferir"
    WRITING = "gravacao", "em gravação"
    DONE = "concluida", "concluída"


class Load(models.Model):
    """A file of values on its way to the ledger. Term: carga.

    It is read and compared by pieces, and written by acts of some thousands of rows in the name of who confirmed it.
    ``turn`` counts the times it was handed to the worker: a job of an earlier turn does nothing.
    """

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    code = CodeField()
    kind = models.CharField("espécie", max_length=20, choices=LoadKind.choices)
    under = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="unidade"
    )
    file_name = models.CharField("arquivo", max_length=200)
    size = models.PositiveBigIntegerField("tamanho", default=0)
    sha256 = models.CharField("resumo", max_length=64)
    has_decimal_point = models.BooleanField("números com ponto decimal", default=False)
    reason = models.CharField("de onde vêm", max_length=400)
    asked_by = models.CharField("pedida por", max_length=40)
    asked_at = models.DateTimeField("pedida em")
    phase = models.CharField("fase", max_length=20, choices=LoadPhase.choices, default=LoadPhase.READING)
    parts = models.JSONField("tabelas do arquivo", default=list)
    ignored_columns = models.JSONField("colunas não lidas", default=list)
    rows_read = models.PositiveIntegerField("linhas lidas", default=0)
    blanks = models.PositiveIntegerField("linhas em branco", default=0)
    problem_count = models.PositiveIntegerField("quantos erros", default=0)
    doubt_count = models.PositiveIntegerField("quantos resultados a justificar", default=0)
    justification = models.CharField("justificativa do que é estranho", max_length=400, blank=True)
    created = models.PositiveIntegerField("valores novos", default=0)
    changed = models.PositiveIntegerField("valores que substituem", default=0)
    unchanged = models.PositiveIntegerField("sem mudança", default=0)
    done = models.PositiveIntegerField("linhas gravadas", default=0)
    confirmed_by = models.CharField("confirmada por", max_length=40, blank=True)
    confirmed_at = models.DateTimeField("confirmada em", null=True, blank=True)
    office = models.CharField("função com que se confirmou", max_length=40, blank=True)
    turn = models.PositiveIntegerField("vez", default=0)
    stop_reason = models.TextField("por que parou", blank=True)
    finished_at = models.DateTimeField("terminada em", null=True, blank=True)
    told_at = models.DateTimeField("fim visto em", null=True, blank=True)

    class Meta:
        verbose_name = "carga de apurações"
        ordering = ("-asked_at", "-id")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.file_name}"

    def get_absolute_url(self) -> str:
        """Give the address of its page."""
        from django.urls import reverse  # noqa: PLC0415 - only pages need it

        return reverse("load", args=[self.code])

    @property
    def total(self) -> int:
        """How many rows are to be written."""
        return self.created + self.changed

    @property
    def left(self) -> int:
        """How many rows are still to be written."""
        return self.total - self.done

    @property
    def lines(self) -> int:
        """About how many rows the file has; 0 while nobody knows."""
        return sum(int(part["lines"]) for part in self.parts)

    @property
    def storage_name(self) -> str:
        """Where storage keeps the file until the load ends."""
        return f"{self.institution.code}/carga-{self.code}"


class RowFate(models.TextChoices):
    """What becomes of a row of a load when it is written."""

    UNKNOWN = "", "a comparar"
    NEW = "novo", "novo"
    CHANGE = "substitui", "substitui"
    SAME = "igual", "já está no livro"


class LoadRow(models.Model):
    """A row of a load that was understood, waiting. Blank values never come here.

    ``seen`` is the number of the row of the ledger that stood there when it was compared; 0 when none did.
    """

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    load = models.ForeignKey(Load, models.CASCADE, related_name="rows")
    part = models.PositiveSmallIntegerField("tabela", default=0)
    line = models.PositiveIntegerField("linha")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+", verbose_name="indicador")
    version = models.ForeignKey(CardVersion, models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="unidade")
    period_start = models.DateField("início do período")
    period_end = models.DateField("fim do período")
    breakdown = models.CharField("desagregação", max_length=LONGEST_BREAKDOWN, blank=True)
    variable = models.CharField("variável", max_length=60, blank=True)
    value = ExactField("valor", places=PLACES, null=True)
    state = models.CharField("situação do valor", max_length=20, blank=True)
    certainty = models.CharField("firmeza", max_length=20)
    based_on = models.DateField("data-base", null=True)
    source = models.CharField("fonte", max_length=300, blank=True)
    reason = models.CharField("motivo ou justificativa", max_length=400, blank=True)
    target = ExactField("meta", places=PLACES, null=True)
    fate = models.CharField("o que faz", max_length=10, choices=RowFate.choices, blank=True)
    seen = models.BigIntegerField("valor que havia", default=0)
    before = models.CharField("antes", max_length=80, blank=True)
    is_doubtful = models.BooleanField("a justificar", default=False)

    class Meta:
        verbose_name = "linha de carga"
        indexes = [
            models.Index(
                fields=["load", "fate", "indicator", "period_start", "period_end", "unit"],
                name="load_row_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"linha {self.line}"

    @property
    def period(self) -> Period:
        """The period it is of."""
        return Period(self.period_start, self.period_end)


class LoadProblem(models.Model):
    """What is wrong in a row of a load, and what to do; or, a doubt, what is strange and may be right."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    load = models.ForeignKey(Load, models.CASCADE, related_name="problems")
    part = models.CharField("arquivo ou planilha", max_length=120, blank=True)
    line = models.PositiveIntegerField("linha", default=0)
    cell = models.CharField("célula", max_length=12, blank=True)
    column = models.CharField("coluna", max_length=40, blank=True)
    message = models.CharField("o que está errado", max_length=500)
    is_doubt = models.BooleanField("é dúvida", default=False)

    class Meta:
        verbose_name = "erro de carga"
        ordering = ("line", "id")
        indexes = [models.Index(fields=["load", "line"], name="load_problem_in_order")]

    def __str__(self) -> str:
        return self.message

    @property
    def place(self) -> str:
        """Where it is, as people look for it."""
        where = f"{self.cell}" if self.cell else f"linha {self.line}" if self.line else ""
        return f"{self.part}: {where}" if self.part and where else self.part or where
