import pytest

from reports.search.engines.opensearch.address import Address, address_of


def test_a_short_address_is_enough() -> None:
    assert address_of("opensearch://search.example/cqc") == Address("search.example", 9200, "cqc")


def test_everything_can_be_said() -> None:
    url = "opensearchs://ada:p%40ss@10.0.0.5:443/cqc-2?ca=/etc/own.pem&shards=3&replicas=1"
    assert address_of(url) == Address(
        "10.0.0.5",
        443,
        "cqc-2",
        tls=True,
        user="ada",
        password="p@ss",
        ca="/etc/own.pem",
        shards=3,
        replicas=1,
    )


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("opensearch:///cqc", "it names no host"),
        ("opensearch://host", "“” cannot begin the names of indexes"),
        ("opensearch://host/CQC", "“CQC” cannot begin the names of indexes"),
        ("opensearch://host/a/b", "“a/b” cannot begin"),
        ("opensearch://host/a?shard=3", "“shard” is not one of ca, replicas, shards"),
        ("opensearch://host/a?shards=0", "shards is “0”: write a whole number, 1 or more"),
        ("opensearch://host/a?replicas=x", "replicas is “x”: write a whole number, 0 or more"),
    ],
)
def test_what_is_wrong_is_named(url: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence.replace("?", r"\?")):
        address_of(url)
