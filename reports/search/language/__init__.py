"""The language of a query: what can be asked, in a URL and in words, and what it means.

Users of the package start at `query.SearchQuery` and `understanding.understand`.
"""
