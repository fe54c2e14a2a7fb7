"""What keeps a load from being confirmed, written or dropped."""

from __future__ import annotations

from apura_web.foundation.refusals import Refusal
from apura_web.indicators.models import Load, LoadPhase

ENDED = "indicators.load_done"
POWER_LOST = Refusal(
    "indicators.load_power_lost",
    "Quem confirmou a carga deixou de exercer a função que permite gravá-la.",
    "Quem hoje pode carregar apurações aperta “Continuar”: o que falta será gravado em seu nome.",
    status=403,
)


def confirming_refusal(load: Load) -> Refusal | None:
    """Refuse to write a file with errors, or one that brings nothing."""
    if load.problem_count:
        return Refusal(
            "indicators.load_has_errors",
            f"O arquivo tem {load.problem_count} erro(s); nada é gravado enquanto houver um.",
            "Corrija as linhas indicadas e envie o arquivo de novo.",
        )
    if not load.left:
        return Refusal("indicators.load_empty", "Tudo o que o arquivo diz já está no livro de apurações.")
    return None


def unjustified_refusal(load: Load, justification: str) -> Refusal | None:
    """Refuse to write strange results that nobody justified."""
    if not load.doubt_count or justification:
        return None
    return Refusal(
        "indicators.load_unjustified",
        f"Falta justificar {load.doubt_count} resultado(s) fora dos limites da ficha.",
        "Escreva por que estão certos, ou corrija o arquivo e envie de novo.",
    )


def writing_refusal(load: Load) -> Refusal | None:
    """Refuse to write what is not to be written now."""
    if load.phase == LoadPhase.WRITING:
        return None
    what = "Abra a página da carga para ver como ela terminou."
    return Refusal(ENDED, "Esta carga já terminou, ou não foi confirmada.", what, status=409)


def dropping_refusal(load: Load) -> Refusal | None:
    """Refuse to forget what is partly written."""
    if load.done == 0 and load.phase != LoadPhase.WRITING:
        return None
    return Refusal(
        "indicators.load_begun",
        "Parte desta carga já está no livro de apurações, de onde nada se apaga.",
        "Deixe-a terminar; o que estiver errado se corrige depois, com o motivo.",
        status=409,
    )
