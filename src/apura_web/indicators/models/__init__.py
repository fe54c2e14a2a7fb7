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
from apura_web.indicators.models.channels import Channel
from apura_web.indicators.models.ledger import (
    Batch,
    Certainty,
    Comment,
    Correction,
    Evidence,
    Figure,
    Measurement,
    ValueState,
)
from apura_web.indicators.models.loads import (
    GridSheet,
    Load,
    LoadKind,
    LoadPhase,
    LoadProblem,
    LoadRow,
    RowFate,
)
from apura_web.indicators.models.quality import Conclusion, QualityReview
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
    "Conclusion",
    "Correction",
    "DraftCell",
    "Evidence",
    "Figure",
    "GridSheet",
    "Indicator",
    "Level",
    "Load",
    "LoadKind",
    "LoadPhase",
    "LoadProblem",
    "LoadRow",
    "Measurement",
    "ProposalState",
    "Provenance",
    "QualityReview",
    "Round",
    "RowFate",
    "Submission",
    "SubmissionState",
    "Target",
    "Unlock",
    "ValueState",
    "card_facts",
    "variable_from",
    "variable_row",
]
