"""`make labels`: precision, recall and F1 of each label on both halves of the labelled set."""

from tests.labels.report import report

print(report())
