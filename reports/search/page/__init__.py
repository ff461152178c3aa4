"""The page made of an answer."""
