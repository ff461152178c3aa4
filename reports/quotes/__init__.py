"""Quotations in a text, compared with what CQC published."""

from reports.quotes.checking import Checked, NotReadyError, check
from reports.quotes.extracting import Quotation, quotations
from reports.quotes.fingerprint import CorpusState, corpus_state
from reports.quotes.verdicts import Difference, Judgement, QuotedPlace, Verdict
