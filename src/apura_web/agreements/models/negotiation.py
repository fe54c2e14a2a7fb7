"""The negotiation: the working text part by part, the rounds sent, and what each side says of a part."""

from __future__ import annotations

from django.db import models

from apura_web.agreements.lifecycle import Side
from apura_web.agreements.models.agreements import Agreement
from apura_web.agreements.pact.text import PactText, Part, read_text
from apura_web.foundation.append_only import AppendOnly
from apura_web.foundation.fields import CodeField
from apura_web.foundation.models import Institution

SIDES = [(each.value, each.value) for each in Side]


class PartDraft(models.Model):
    """A part of the working text: no fact yet, kept so that no keystroke is lost and nobody overwrites unseen.

    ``edition`` grows by one at each saving; who saves over something they had not seen is told.
    """

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="drafts")
    key = models.CharField("parte", max_length=40)
    section = models.CharField("seção", max_length=20)
    values = models.JSONField("conteúdo", default=dict)
    is_removed = models.BooleanField("retirada", default=False)
    edition = models.PositiveIntegerField("edição", default=1)
    edited_by = models.CharField("editada por", max_length=40)
    edited_side = models.CharField("lado", max_length=20, choices=SIDES)
    edited_at = models.DateTimeField("editada em")

    class Meta:
        verbose_name = "parte em elaboração"
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["agreement", "key"], name="part_draft_once")]

    def __str__(self) -> str:
        return self.part.name

    @property
    def part(self) -> Part:
        """The part as the text of a pact has it."""
        return Part(self.key, self.section, self.values)


class Proposal(AppendOnly):
    """A round: the text as one side sent it to the other. Term: proposta."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    code = CodeField()
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="proposals")
    number = models.PositiveIntegerField("rodada")
    side = models.CharField("de", max_length=20, choices=SIDES)
    content = models.TextField("texto")
    sha256 = models.CharField("resumo SHA-256", max_length=64)
    note = models.CharField("o que se propõe", max_length=400, blank=True)
    sent_by = models.CharField("enviada por", max_length=40)
    recorded_at = models.DateTimeField("enviada em")

    class Meta:
        verbose_name = "proposta"
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=["agreement", "number"], name="proposal_number_once")]

    def __str__(self) -> str:
        return f"rodada {self.number}"

    def told(self) -> str:
        """Say it whole, as the history does."""
        return f"{self.agreement}, {self}"

    @property
    def text(self) -> PactText:
        """What it says."""
        return read_text(self.content)

    @property
    def scope_path(self) -> str:
        """Where the agreement stands, for access."""
        return self.agreement.scope_path


class PartComment(AppendOnly):
    """What one side says of a clause or a target. Term: comentário."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    code = CodeField()
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="comments")
    part_key = models.CharField("parte", max_length=40)
    side = models.CharField("de", max_length=20, choices=SIDES)
    text = models.TextField("comentário", max_length=2000)
    author = models.CharField("autor", max_length=40)
    recorded_at = models.DateTimeField("registrado em")

    personal = ("text",)

    class Meta:
        verbose_name = "comentário da negociação"
        ordering = ("id",)

    def __str__(self) -> str:
        return f"comentário sobre {self.part_key}"

    def told(self) -> str:
        """Say of what it is; the words stay on the page."""
        return str(self.agreement)

    @property
    def scope_path(self) -> str:
        """Where the agreement stands, for access."""
        return self.agreement.scope_path
