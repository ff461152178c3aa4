"""Breaks a site in every way and shows what readers got: see `__main__.py`."""
