"""Reads networks in settings."""

from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network, ip_network

Network = IPv4Network | IPv6Network

# TRUST_PROXY=1 means these: this machine, and networks that nobody outside can send from.
PRIVATE = (
    "127.0.0.0/8",
    "::1/128",
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "fc00::/7",
)


def networks(names: Sequence[str]) -> tuple[Network, ...]:
    """Raises ValueError for a text that is neither an address nor a network."""
    return tuple(ip_network(name) for name in names)
