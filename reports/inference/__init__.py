"""What this project infers about a finding, and why: text in, labels out. No Django."""

from reports.inference.explaining import (
    EVIDENCE,
    NO_LABELS,
    TOPIC,
    Inference,
    Labels,
    explain,
    infer,
)
from reports.inference.figures import Quantity, quantities

__all__ = [
    "EVIDENCE",
    "NO_LABELS",
    "TOPIC",
    "Inference",
    "Labels",
    "Quantity",
    "explain",
    "infer",
    "quantities",
]
