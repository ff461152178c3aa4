"""Operating a site: backup and restore, and a check of everything that can go wrong."""
