"""The index."""

from __future__ import annotations

from django.db import models

from apura_web.foundation.models import Institution


class SearchEntry(models.Model):
    """What is known by search of one record. Made again from the record at any time."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    note = models.CharField(max_length=300, blank=True)
    words = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["institution", "kind", "key"], name="search_entry_once")
        ]

    def __str__(self) -> str:
        return self.title
