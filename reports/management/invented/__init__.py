"""Invented reports: texts written for this project in the format of CQC's reports, with known
effects, so that tests can compare what Compare and Learn find with what was put in."""
