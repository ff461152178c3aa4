"""What operators need: backups, restores, and a check of everything that a site depends on."""
