"""Where authorities are: `data/places.csv`, their main offices to 0.01 degree."""

from dataclasses import dataclass
from functools import cache
from math import asin, cos, radians, sin, sqrt

from reports.facts.gazetteer import rows_of

EARTH_RADIUS_KM = 6371.0


@dataclass(frozen=True, slots=True)
class Place:
    """Degrees north and east."""

    latitude: float
    longitude: float


@cache
def by_gss_code() -> dict[str, Place]:
    return {
        row["gss_code"]: Place(float(row["latitude"]), float(row["longitude"]))
        for row in rows_of("places.csv")
    }


def distance_km(one: Place, other: Place) -> float:
    """The distance along the great circle between them (the haversine formula)."""
    north = radians(other.latitude - one.latitude)
    east = radians(other.longitude - one.longitude)
    across = cos(radians(one.latitude)) * cos(radians(other.latitude)) * sin(east / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(sin(north / 2) ** 2 + across))
