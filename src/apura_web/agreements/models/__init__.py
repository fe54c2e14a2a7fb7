"""What is kept of agreements."""

from apura_web.agreements.models.agreements import Agreement, Succession
from apura_web.agreements.models.closings import ClosingLine, ClosingRun, LineFate
from apura_web.agreements.models.negotiation import PartComment, PartDraft, Proposal
from apura_web.agreements.models.pacts import Pact, Party, Signature
from apura_web.agreements.models.scores import Adoption, ItemReading, ItemState, PastScore, Score, ScoreKind

__all__ = [
    "Adoption",
    "Agreement",
    "ClosingLine",
    "ClosingRun",
    "ItemReading",
    "ItemState",
    "LineFate",
    "Pact",
    "PartComment",
    "PartDraft",
    "Party",
    "PastScore",
    "Proposal",
    "Score",
    "ScoreKind",
    "Signature",
    "Succession",
]
