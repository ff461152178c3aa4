"""Whose page an address is, judged by its host, so that readers can weigh a source."""

from urllib.parse import urlsplit

CQC = "CQC"
AUTHORITY = "the authority itself"
THIRD_PARTY = "a third party’s list, unconfirmed"
NEWS = "news or another site"
UNKNOWN = "no address"

# CQC's site, its press office, and the host that serves copies of its pages.
_CQC_HOSTS = ("cqc.org.uk", "cqc-newsroom.prgloo.com", "gl-cqc.axis12.com")
# Tables compiled by third parties: see data/README.md.
_LIST_HOSTS = ("github.com",)


def whose(address: str) -> str:
    host = (urlsplit(address).hostname or "").lower()
    if not host:
        return UNKNOWN
    if _within(host, _CQC_HOSTS):
        return CQC
    if _within(host, ("gov.uk",)):
        return AUTHORITY
    return THIRD_PARTY if _within(host, _LIST_HOSTS) else NEWS


def _within(host: str, domains: tuple[str, ...]) -> bool:
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)
