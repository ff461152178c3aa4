"""The data for programs: version 1 of the API, read-only."""

from reports.api.v1 import api
