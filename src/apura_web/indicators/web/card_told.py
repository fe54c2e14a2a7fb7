"""A card told to people: in groups of facts, as text to be compared, its formula drawn, its states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.safestring import SafeString, mark_safe

from apura.formula import FormulaError, brazilian, in_words, mathml
from apura_web.audit.actors import Actor
from apura_web.audit.names import names_of
from apura_web.foundation.presentation import Badge, Change, Fact, changes, state_badge
from apura_web.indicators.formulas import LAST, CardFormula, Variable, VariableError
from apura_web.indicators.models import CardFacts, CardProposal, CardVersion, ProposalState
from apura_web.indicators.selectors.card_pages import APPROVED, ENDED, IN_FORCE, PREPARED
from apura_web.indicators.web.card_lines import write_breakdowns, write_periods

STATE_BADGES = {
    IN_FORCE: state_badge("vigente"),
    APPROVED: Badge("ainda não vigente", icon="hourglass-half"),
    ENDED: state_badge("encerrado"),
    PREPARED: state_badge("em elaboração"),
}


@dataclass(frozen=True)
class Drawn:
    """A formula ready to be shown: as mathematics, in words and as it was typed."""

    mathml: SafeString
    words: str
    text: str


def drawn(formula: CardFormula) -> Drawn:
    """Draw a formula with the labels of its variables."""
    labels = {each.name: each.label for each in formula.variables}
    picture = mathml(formula.tree, labels)
    words = in_words(formula.tree, labels)
    return Drawn(mark_safe(picture), words, formula.text)  # noqa: S308 - the printer escapes every text in it


def drawn_of(card: CardFacts) -> Drawn | None:
    """Draw the formula of a card; None when it can no longer be read."""
    try:
        return drawn(card.read)
    except (FormulaError, VariableError):
        return None


def groups_of(card: CardFacts, looker: Actor) -> list[tuple[str, list[Fact]]]:
    """Tell what a card says, in the groups of its form."""
    return [
        (
            "Identificação",
            [
                Fact("Para que serve", card.purpose),
                Fact("Unidade responsável", f"{card.unit} – {card.unit.name}", card.unit.get_absolute_url()),
                Fact("Pessoa responsável", _responsible(card, looker)),
                Fact("Processo ou objetivo", card.process),
                Fact("Dimensão", card.dimension),
                Fact("O que mede", card.get_level_display()),
            ],
        ),
        (
            "De quando em quando",
            [
                Fact("Frequência", card.get_frequency_display(), note=_own_periods(card)),
                Fact("O que os períodos fazem juntos", card.get_accumulation_display()),
            ],
        ),
        (
            "Fonte e coleta",
            [
                Fact("Fonte", card.source),
                Fact("Quando a fonte divulga", card.release),
                Fact("Procedimento de coleta", card.procedure),
            ],
        ),
        (
            "Limites e farol",
            [
                Fact("Valores plausíveis", plausible(card)),
                Fact("Variação que pede justificativa", _limit(card)),
                Fact("Faixas do farol", card.bands or "só alcançada ou não alcançada"),
                Fact("Desagregações", write_breakdowns(card.breakdowns).replace("\n", " · ") or "nenhuma"),
            ],
        ),
    ]


def measure_facts(card: CardFacts) -> list[Fact]:
    """Tell how what is measured is written and read."""
    unit = f"{card.measure} ({card.measure_name})" if card.measure_name else card.measure
    return [
        Fact("Unidade de medida", unit),
        Fact("Casas decimais mostradas", str(card.places)),
        Fact("Polaridade", card.get_polarity_display()),
    ]


def changes_between(before: CardFacts | None, after: CardFacts) -> list[Change]:
    """List what differs between two cards; everything, when there was none before."""
    return changes(_as_text(before) if before else {}, _as_text(after))


def plausible(card: CardFacts) -> str:
    """Tell the bounds of what is plausible."""
    low, high = card.plausible_low, card.plausible_high
    if low is None and high is None:
        return "sem limites"
    if low is None or high is None:
        return f"até {number(high)}" if high is not None else f"de {number(low)} em diante"
    return f"de {number(low)} a {number(high)}"


def number(value: Fraction | None) -> str:
    """Write an exact number as people do; empty when there is none."""
    return "" if value is None else brazilian(value, None)


def bounds_of(variable: Variable) -> str:
    """Tell the bounds of a variable."""
    low, high = variable.low, variable.high
    if low is None and high is None:
        return "sem limites"
    if low is None or high is None:
        return f"até {number(high)}" if low is None else f"de {number(low)} em diante"
    return f"de {number(low)} a {number(high)}"


def over_time_of(variable: Variable) -> str:
    """Tell what several periods make of a variable."""
    return "vale o último" if variable.over_time == LAST else "soma-se"


def opinions_of(versions: Sequence[CardVersion | CardProposal], looker: Actor) -> dict[str, str]:
    """Give the names of who spoke for the central unit, by code, as the looker may call them."""
    return names_of({each.opinion_by for each in versions if each.opinion_by}, looker)


def proposal_badge(proposal: CardProposal) -> Badge:
    """Give the badge of where a proposal is."""
    if proposal.state == ProposalState.APPROVED:
        return Badge("aprovado", STATE_BADGES[IN_FORCE].tone, "check-circle")
    return state_badge(proposal.get_state_display())


def _as_text(card: CardFacts) -> dict[str, str]:
    return {
        "Nome": card.name,
        "Unidade responsável": str(card.unit),
        "Pessoa responsável": card.responsible.name if card.responsible else "",
        "Para que serve": card.purpose,
        "Processo ou objetivo": card.process,
        "Dimensão": card.dimension,
        "O que mede": card.get_level_display(),
        "Unidade de medida": card.measured_in,
        "Casas decimais": str(card.places),
        "Fórmula": card.formula,
        "Variáveis": "\n".join(map(_variable_text, card.read_variables)),
        "Polaridade": card.get_polarity_display(),
        "Frequência": card.get_frequency_display(),
        "Períodos próprios": write_periods(card.custom_periods),
        "O que os períodos fazem juntos": card.get_accumulation_display(),
        "Fonte": card.source,
        "Quando a fonte divulga": card.release,
        "Procedimento de coleta": card.procedure,
        "Menor valor plausível": number(card.plausible_low),
        "Maior valor plausível": number(card.plausible_high),
        "Variação que pede justificativa, em %": number(card.variation_limit),
        "Faixas do farol": card.bands,
        "Desagregações": write_breakdowns(card.breakdowns),
    }


def _variable_text(variable: Variable) -> str:
    origin = f", de {variable.indicator}" if variable.indicator else ""
    shown = (
        f"{variable.unit}, {variable.places} casas, {bounds_of(variable)}, {over_time_of(variable)}{origin}"
    )
    return f"{variable.name}: {variable.label} ({shown})"


def _responsible(card: CardFacts, looker: Actor) -> str:
    if card.responsible is None:
        return ""
    return names_of({card.responsible.code}, looker)[card.responsible.code]


def _own_periods(card: CardFacts) -> str:
    return write_periods(card.custom_periods).replace("\n", "; ")


def _limit(card: CardFacts) -> str:
    if card.variation_limit is None:
        return "não se pede"
    return f"mais de {number(card.variation_limit)} % de um período para o outro"
