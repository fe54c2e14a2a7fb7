"""Norms: law as data, applied to facts, with every number explained."""

from apura.norms.application import AppliedNorm
from apura.norms.calculation import Outcome, StepOutcome
from apura.norms.consistency import Finding
from apura.norms.document import document, refused_document
from apura.norms.errors import (
    BadInput,
    BadRequest,
    DependsOnRefused,
    FactNotAvailable,
    NormError,
    NormWithoutEffect,
    NotComputable,
    PackError,
    PendingParameter,
    Problem,
    Refusal,
    UnknownWording,
)
from apura.norms.explanation import Explanation, StepExplanation
from apura.norms.facts import KEY, NAME, FactSheet, Origin, RawFacts, RawRow, Source, Subject
from apura.norms.institution import Decision, Institution, read_decisions, read_institution
from apura.norms.pack import Norm, load_folder, load_norm, shipped_ids
from apura.norms.quantities import quantity
from apura.norms.recheck import Recheck, Verdict, recheck
from apura.norms.replay import ReplayedStep, replay
from apura.norms.result_schema import SCHEMA
from apura.norms.running import Pending, Result, apply_norm, calculate, check_facts, explain, run, run_typed
from apura.norms.verification import Verification, verify

__all__ = [
    "KEY",
    "NAME",
    "SCHEMA",
    "AppliedNorm",
    "BadInput",
    "BadRequest",
    "Decision",
    "DependsOnRefused",
    "Explanation",
    "FactNotAvailable",
    "FactSheet",
    "Finding",
    "Institution",
    "Norm",
    "NormError",
    "NormWithoutEffect",
    "NotComputable",
    "Origin",
    "Outcome",
    "PackError",
    "Pending",
    "PendingParameter",
    "Problem",
    "RawFacts",
    "RawRow",
    "Recheck",
    "Refusal",
    "ReplayedStep",
    "Result",
    "Source",
    "StepExplanation",
    "StepOutcome",
    "Subject",
    "UnknownWording",
    "Verdict",
    "Verification",
    "apply_norm",
    "calculate",
    "check_facts",
    "document",
    "explain",
    "load_folder",
    "load_norm",
    "quantity",
    "read_decisions",
    "read_institution",
    "recheck",
    "refused_document",
    "replay",
    "run",
    "run_typed",
    "shipped_ids",
    "verify",
]
