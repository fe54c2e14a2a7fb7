"""A comparison told in words and figures that people read: who changed, by how much, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from apura.formula import brazilian, parse_exact, plain
from apura.paper.formats import cell, is_quotient, number, plural, unit_after

Record = Mapping[str, Any]

MOST_REASONS = 4
NOTHING = "–"
SIDES = "na base", "no cenário"
"""Where a simulation's results stand."""
_COUNTED = {
    "sobem": ("sobe", "sobem"),
    "caem": ("cai", "caem"),
    "mudam": ("muda", "mudam"),
    "so_em_a": ("só {a}", "só {a}"),
    "so_em_b": ("só {b}", "só {b}"),
    "iguais": ("igual", "iguais"),
}
_ORDER = {"sobe": 0, "cai": 1, "muda": 2, "só em A": 3, "só em B": 4}


def counts(summary: Record, *, called: tuple[str, str] = ("em A", "em B")) -> str:
    """Say how many rise, fall, stay and stand in one result only: "3 sobem, 1 cai, 18 iguais"."""
    told = []
    for name, (one, many) in _COUNTED.items():
        if summary[name]:
            words = (one if summary[name] == 1 else many).format(a=called[0], b=called[1])
            told.append(f"{summary[name]} {words}")
    return ", ".join(told) or "nenhum resultado"


def changed(rule: Record, *, most: int | None = None) -> list[Record]:
    """List the subjects whose result differs: who gains, who loses, the rest; the largest change first.

    Args:
        rule: a rule of a comparison.
        most: how many at most: those in one result only, then the largest changes; None for all of them.
    """
    moved = [subject for subject in rule["sujeitos"] if subject["situacao"] != "igual"]
    if most is not None:
        moved = sorted(moved, key=lambda one: (one["diferenca"] is not None, -_size(one)))[:most]
    return sorted(moved, key=lambda subject: (_ORDER[subject["situacao"]], -_size(subject)))


def _size(subject: Record) -> Fraction:
    return abs(parse_exact(subject["diferenca"])) if subject["diferenca"] else Fraction()


def result(side: Record | None) -> str:
    """Write a result as it is shown; a dash where there is none."""
    return NOTHING if side is None else number(side["valor"])


def difference(subject: Record, rule: Record) -> str:
    """Write how much a result changed, with its sign; the exact quotient beside when decimals do not end."""
    if subject["diferenca"] is None:
        return NOTHING
    value = parse_exact(subject["diferenca"])
    shown = brazilian(abs(value), rule["casas"])
    sign = "+" if value > 0 else "−"
    whole = f"{sign}{shown}"
    return whole if parse_exact(_point(shown)) == abs(value) else f"{whole} ({sign}{_exact(abs(value))})"


def _point(shown: str) -> str:
    return shown.replace(".", "").replace(",", ".")


def _exact(value: Any) -> str:
    return brazilian(value, None)


def unit_of(rule: Record) -> str:
    """Name the unit of a rule's results in the plural; nothing when they have none."""
    return plural(rule["unidade"]) if rule["unidade"] not in {None, "", "adimensional"} else ""


def first_step(subject: Record) -> Record | None:
    """Return the first step that differs; None when the subject stands in one result only."""
    return next((step for step in subject["passos"] if step["nome"] == subject["primeiro_passo"]), None)


def why(step: Record) -> str:
    """Say why a step differs, the deepest cause first."""
    told = [reason(one) for one in step["motivos"]]
    more = len(told) - MOST_REASONS
    return "; ".join(told if more <= 0 else [*told[:MOST_REASONS], f"e mais {more}"])


def reason(one: Record) -> str:
    """Say one cause of a difference."""
    kind, label = one["tipo"], one["rotulo"]
    if kind == "fórmula":
        return "outra fórmula"
    if kind == "caminho da fórmula":
        return f"“{label}” seguiu outro caminho"
    if kind == "o documento não diz":
        return "os documentos não dizem por quê"
    move = f"{_value(one['a'], kind)} → {_value(one['b'], kind)}"
    if kind in {"interpretação", "redação"}:
        name = f" {one['nome']}" if kind == "interpretação" else ""
        return f"{kind}{name}: {move}"
    return f"{label}: {move}"


def _value(text: str | None, kind: str) -> str:
    if text is None or text == "":
        return "não entra" if kind == "linha lida" else "em branco"
    if is_quotient(text):
        return f"≈ {brazilian(parse_exact(text), 2)}"
    return text if kind in {"interpretação", "redação"} else cell(text)


def finding(made: Record) -> str:
    """Say in one sentence what a comparison found, with the largest change."""
    summary = made["resumo"]
    total = sum(summary.values())
    if summary["iguais"] == total:
        return (
            "Nada muda: o resultado é igual."
            if total == 1
            else f"Nada muda: os {total} resultados são iguais."
        )
    told = [_none(summary, "sobem", "sobe"), _none(summary, "caem", "cai")]
    said = ", ".join([counts(summary, called=SIDES), *filter(None, told)])
    said = f"De {total} {'resultado' if total == 1 else 'resultados'}: {said}."
    moved = made["maiores"]
    if not moved:
        return said
    rule = next(rule for rule in made["regras"] if rule["regra"] == moved[0]["regra"])
    tied = [one for one in _numeric(made["regras"]) if _size(one[1]) == _size(moved[0])]
    subject = tied[0][1]
    others = f" e mais {len(tied) - 1}" if len(tied) > 1 else ""
    return f"{said} Maior mudança: {_quantity(subject, rule)} ({subject['chave']}{others})."


def _quantity(subject: Record, rule: Record) -> str:
    shown = plain(abs(parse_exact(subject["diferenca"])), rule["casas"])
    unit = unit_after(shown, rule["unidade"] or "")
    return f"{difference(subject, rule)} {unit}".rstrip()


def _none(summary: Record, name: str, verb: str) -> str:
    return "" if summary[name] else f"nenhum {verb}"


def _numeric(rules: Sequence[Record]) -> list[tuple[Record, Record]]:
    return [(rule, subject) for rule in rules for subject in rule["sujeitos"] if subject["diferenca"]]
