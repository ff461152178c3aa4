"""Quotations in a text, compared with what CQC published."""

from reports.quotes.checking import NotReadyError, check
from reports.quotes.extracting import quotations
from reports.quotes.fingerprint import corpus_state
from reports.quotes.verdicts import Judgement, QuotedPlace, Verdict
