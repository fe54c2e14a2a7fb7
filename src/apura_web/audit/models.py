"""The trail: one chain of entries per institution, and the attempts that were refused."""

from __future__ import annotations

from django.db import models

from apura_web.foundation.append_only import AppendOnly
from apura_web.foundation.fields import CodeField
from apura_web.foundation.models import Institution


class ChainHead(models.Model):
    """Where an institution's chain ends; its row is the lock that gives entries their order."""

    institution = models.OneToOneField(
        Institution, models.PROTECT, primary_key=True, related_name="chain_head"
    )
    seq = models.BigIntegerField("número da última entrada", default=0)
    digest = models.CharField("resumo da última entrada", max_length=64, default="")

    def __str__(self) -> str:
        return f"{self.institution_id}: {self.seq}"


class TrailEntry(AppendOnly):
    """One act, as it was recorded. Holds no personal data: only codes and digests. Term: entrada da trilha."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="trail")
    seq = models.BigIntegerField("número")
    act = models.CharField("ato", max_length=80)
    actor = models.CharField("quem", max_length=40)
    recorded_at = models.DateTimeField("registrado em")
    rows = models.TextField("linhas escritas e seus resumos")
    detail_digest = models.CharField("resumo dos pormenores", max_length=64)
    previous = models.CharField("resumo da entrada anterior", max_length=64, blank=True)
    digest = models.CharField("resumo", max_length=64)

    class Meta:
        verbose_name = "entrada da trilha"
        constraints = [
            models.UniqueConstraint(fields=["institution", "seq"], name="trail_entry_one_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.institution_id}/{self.seq} {self.act}"


class TrailItem(AppendOnly):
    """A record that an entry wrote or concerns, so that each record finds its history."""

    entry = models.ForeignKey(TrailEntry, models.PROTECT, related_name="items")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    table = models.CharField("tabela", max_length=80)
    key = models.CharField("registro", max_length=40)
    digest = models.CharField("resumo da linha", max_length=64, blank=True)

    class Meta:
        verbose_name = "registro de uma entrada"
        indexes = [models.Index(fields=["institution", "table", "key"], name="trail_item_record")]

    def __str__(self) -> str:
        return f"{self.table}:{self.key}"


class TrailDetail(models.Model):
    """What an act changed, in words and values; erasable by law, and the chain keeps its digest."""

    entry = models.OneToOneField(TrailEntry, models.PROTECT, primary_key=True, related_name="detail")
    salt = models.CharField("sal", max_length=32, blank=True)
    content = models.TextField("conteúdo", blank=True)
    purged_by = models.ForeignKey(TrailEntry, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return str(self.entry_id)


class SecurityEvent(models.Model):
    """A refused or failed attempt, outside the chain; repeated ones are counted, not piled up."""

    institution = models.ForeignKey(Institution, models.PROTECT, null=True, related_name="+")
    actor = models.CharField("quem", max_length=40, blank=True)
    kind = models.CharField("o que se tentou", max_length=80)
    reason = models.CharField("por que se recusou", max_length=80)
    minute = models.DateTimeField("minuto")
    times = models.PositiveIntegerField("vezes", default=1)

    class Meta:
        verbose_name = "evento de segurança"
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "actor", "kind", "reason", "minute"],
                name="security_event_counted_by_minute",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.reason}"


class TrailCheck(models.Model):
    """One verification of an institution's trail: how far it went and what it found. Term: conferência."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="trail_checks")
    code = CodeField()
    asked_by = models.CharField("pedida por", max_length=40)
    asked_at = models.DateTimeField("pedida em")
    finished_at = models.DateTimeField("terminada em", null=True)
    done = models.BigIntegerField("itens conferidos", default=0)
    total = models.BigIntegerField("itens a conferir", null=True)
    head = models.CharField("código de integridade", max_length=40, blank=True)
    entries = models.BigIntegerField("entradas", default=0)
    records = models.BigIntegerField("registros", default=0)
    broken = models.BigIntegerField("itens quebrados", default=0)
    findings = models.JSONField("achados", default=list)

    class Meta:
        verbose_name = "conferência da trilha"
        ordering = ("-asked_at", "-id")

    def __str__(self) -> str:
        return str(self.code)

    @property
    def is_whole(self) -> bool:
        """Whether it ended and nothing was broken."""
        return self.finished_at is not None and not self.broken


class RememberedAnswer(models.Model):
    """What the API answered to a request that carried a key, so that repeating it does nothing twice."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    caller = models.CharField("chave de acesso", max_length=40)
    key = models.CharField("chave da requisição", max_length=80)
    asked = models.CharField("resumo do que se pediu", max_length=64)
    status = models.PositiveSmallIntegerField("situação respondida")
    body = models.JSONField("resposta")
    answered_at = models.DateTimeField("respondida em")

    class Meta:
        verbose_name = "resposta lembrada"
        constraints = [
            models.UniqueConstraint(fields=["caller", "key"], name="remembered_answer_once_per_key"),
        ]

    def __str__(self) -> str:
        return str(self.key)
