"""Taking people's data out of what goes to logs: CPF and e-mail, wherever they are written."""

from __future__ import annotations

import re

CPF = re.compile(r"(?<!\d)\d{3}\.?\d{3}\.?\d{3}[-.]?\d{2}(?!\d)")
EMAIL = re.compile(r"[\w.+-]+(?:@|%40)[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
CPF_MASK, EMAIL_MASK = "[cpf]", "[e-mail]"


def masked(text: str) -> str:
    """Write a text without the CPF numbers and e-mail addresses in it; what merely looks like one goes too."""
    return EMAIL.sub(EMAIL_MASK, CPF.sub(CPF_MASK, text))
