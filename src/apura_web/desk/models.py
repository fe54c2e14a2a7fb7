"""What the desk keeps: up to where each person has read."""

from __future__ import annotations

from django.db import models

from apura_web.foundation.models import Institution


class LastSeen(models.Model):
    """The last entry of the trail a person was shown in their notices."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    person = models.CharField(max_length=16)
    seq = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["institution", "person"], name="last_seen_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.seq}"
