"""The table of permissions, for jurists, made from the acts as they are declared: ``docs/reference/atos.md``."""

from __future__ import annotations

import sys
from pathlib import Path

from apura_web.foundation.starting import start_django

PAGE = Path("docs") / "reference" / "atos.md"
HEAD = """# Quem pode praticar cada ato

Página gerada a partir das declarações em `acts.py` de cada parte; não a edite.

Cada ato é uma função, uma transação curta e uma entrada na trilha.
O papel vale dentro do ramo do organograma em que foi dado. O controle interno e o externo só leem.

| Ato | Na trilha | Quem pode | Sobre | Fundamento |
| --- | --- | --- | --- | --- |
"""
EVERYBODY = "qualquer pessoa com função vigente"
PLACES = {
    "institution": "a instituição",
    "unit": "a unidade",
    "under": "a unidade superior, ou a instituição",
    "into": "a unidade que incorpora",
    "person": "a pessoa",
    "place": "a unidade, ou a instituição",
    "tenure": "a unidade da designação",
    "legal_act": "a instituição",
    "owner": "a própria pessoa",
    "key": "a instituição",
}


def table() -> str:
    """Give the page."""
    from apura_web.audit.actors import EVERY_ROLE  # noqa: PLC0415 - after Django is ready
    from apura_web.audit.acts import REGISTRY  # noqa: PLC0415

    rows = []
    for act in sorted(REGISTRY.values(), key=lambda each: each.name):
        who = EVERYBODY if act.roles >= EVERY_ROLE else ", ".join(sorted(role.label for role in act.roles))
        rows.append(
            f"| {act.title} | {act.sentence} | {who} | {PLACES.get(act.on, act.on)} | {act.cites or '–'} |"
        )
    return HEAD + "\n".join(rows) + "\n"


def main() -> int:
    """Write the page."""
    start_django(demo=True)
    PAGE.write_text(table(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
