"""Feeds, e-mails and webhooks: new findings of a search, an authority or a statement."""
