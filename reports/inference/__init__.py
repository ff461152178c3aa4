"""What this project infers about a finding, and why: text in, labels out. No Django."""

from reports.inference.explaining import NO_LABELS, Inference, Labels, explain, infer
from reports.inference.figures import Quantity, quantities
