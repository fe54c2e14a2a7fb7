"""What is kept of indicators."""

from apura_web.indicators.models.cards import (
    CardFacts,
    CardProposal,
    CardVersion,
    Indicator,
    Level,
    ProposalState,
    card_facts,
    variable_from,
    variable_row,
)
from apura_web.indicators.models.ledger import (
    Batch,
    Certainty,
    Channel,
    Comment,
    Evidence,
    Figure,
    Measurement,
    ValueState,
)
from apura_web.indicators.models.rounds import (
    Assignment,
    DraftCell,
    Round,
    Submission,
    SubmissionState,
    Unlock,
)
from apura_web.indicators.models.targets import Baseline, Provenance, Target

__all__ = [
    "Assignment",
    "Baseline",
    "Batch",
    "CardFacts",
    "CardProposal",
    "CardVersion",
    "Certainty",
    "Channel",
    "Comment",
    "DraftCell",
    "Evidence",
    "Figure",
    "Indicator",
    "Level",
    "Measurement",
    "ProposalState",
    "Provenance",
    "Round",
    "Submission",
    "SubmissionState",
    "Target",
    "Unlock",
    "ValueState",
    "card_facts",
    "variable_from",
    "variable_row",
]
