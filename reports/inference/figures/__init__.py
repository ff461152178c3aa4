"""Figures: the numbers that a finding quotes, and what each of them says."""

from reports.inference.figures.detecting import MOST, figures_in
from reports.inference.figures.meaning import Quantity, quantities
