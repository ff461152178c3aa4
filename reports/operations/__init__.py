"""What keeps a site running: backup and restore, and a look at everything that can go wrong."""
