"""A fact sheet as text: the one form that is stored and hashed, and read back to calculate again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from apura.norms import BadInput, Decision, Problem
from apura_web.calculations.asking import Asked, FactRow, SourceRef

SCHEMA = "apura/folha/1"
PLACE = "folha de fatos"


def text_of(asked: Asked) -> str:
    """Write what was asked in canonical JSON: the same facts give the same text."""
    content = {
        "esquema": SCHEMA,
        "norma": asked.norm,
        "em": asked.on.isoformat(),
        "instituicao": asked.institution,
        "ficticio": asked.fictitious,
        "entrada_da_trilha": asked.at_seq,
        "somente": asked.only,
        "escolhas": [_choice(each) for each in asked.decisions],
        "regras": {rule: [_row(each) for each in rows] for rule, rows in asked.rules.items()},
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def asked_of(text: str) -> Asked:
    """Read a fact sheet back.

    Raises:
        BadInput: it is no fact sheet.
    """
    try:
        content = json.loads(text)
        if content["esquema"] != SCHEMA:
            raise BadInput([Problem(f"não é uma folha de fatos que se possa ler: falta “{SCHEMA}”")])
        return _asked(content)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadInput([Problem("não é uma folha de fatos que se possa ler")]) from error


def _asked(content: Mapping[str, Any]) -> Asked:
    return Asked(
        norm=content["norma"],
        on=date.fromisoformat(content["em"]),
        rules={rule: [_row_read(each) for each in rows] for rule, rows in content["regras"].items()},
        decisions=tuple(_decision(each) for each in content["escolhas"]),
        institution=content["instituicao"],
        fictitious=content["ficticio"],
        at_seq=content["entrada_da_trilha"],
        only=content["somente"],
    )


def _row(row: FactRow) -> dict[str, Any]:
    sources = {
        name: {"tipo": each.kind, "rotulo": each.label, "partes": dict(each.parts)}
        for name, each in row.sources.items()
    }
    return {"valores": dict(row.values), "fontes": sources}


def _row_read(row: Mapping[str, Any]) -> FactRow:
    sources = {
        name: SourceRef(each["tipo"], each["rotulo"], each["partes"]) for name, each in row["fontes"].items()
    }
    return FactRow(row["valores"], sources)


def _choice(decision: Decision) -> dict[str, Any]:
    return {
        "nome": decision.name,
        "valor": decision.value,
        "desde": decision.starts.isoformat(),
        "ato": decision.act,
        "data_do_ato": decision.act_on.isoformat() if decision.act_on else None,
    }


def _decision(choice: Mapping[str, Any]) -> Decision:
    act_on = choice["data_do_ato"]
    return Decision(
        choice["nome"],
        choice["valor"],
        date.fromisoformat(choice["desde"]),
        choice["ato"],
        date.fromisoformat(act_on) if act_on else None,
        PLACE,
    )
