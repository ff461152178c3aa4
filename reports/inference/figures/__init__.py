"""Figures: the numbers that a finding quotes, and what each of them says."""

from reports.inference.figures.finding import MOST, figures_in
from reports.inference.figures.reading import Quantity, quantities

__all__ = ["MOST", "Quantity", "figures_in", "quantities"]
