"""Ten thousand bodies with made-up facts, the same every time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

PARTIAL_DUE, ANNUAL_DUE = date(2015, 8, 14), date(2016, 2, 15)


@dataclass(frozen=True)
class Body:
    """The facts of one body; an annual report never delivered has no date."""

    partial_on: date
    partial_content: int
    partial_talk: int
    annual_on: date | None
    annual_content: int
    annual_talk: int

    def facts(self) -> dict[str, object]:
        """Name the same facts as the norm does."""
        facts: dict[str, object] = {
            "situacao_parcial": "entregue",
            "entrega_parcial": self.partial_on,
            "conformidade_do_relatorio_parcial": self.partial_content,
            "conformidade_da_apresentacao_parcial": self.partial_talk,
            "situacao_anual": "entregue" if self.annual_on else "não entregue",
            "conformidade_da_apresentacao_anual": self.annual_talk,
        }
        if self.annual_on:
            facts |= {"entrega_anual": self.annual_on, "conformidade_do_relatorio_anual": self.annual_content}
        return facts


def bodies(count: int) -> Iterator[Body]:
    """Make ``count`` bodies: some late, one in eleven without the annual report."""
    for number in range(count):
        late, later = number % 8, (number * 3) % 7
        yield Body(
            PARTIAL_DUE + timedelta(days=max(0, late - 3)),
            50 + number % 51,
            60 + number % 41,
            None if number % 11 == 0 else ANNUAL_DUE + timedelta(days=max(0, later - 2)),
            40 + number % 61,
            70 + number % 31,
        )
