"""Invented reports: texts of our own in the format that the parser reads, with known effects in
them, so that what the reading pages find can be held against what was put there."""
