#!/bin/sh
# Run once, when PostgreSQL's container makes its database: lets the service `replica` follow it.
set -eu
echo "host replication all all scram-sha-256" >>"$PGDATA/pg_hba.conf"
