"""Random requests and random documents: see `__main__.py`."""
