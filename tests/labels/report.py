"""The figures of `make labels`, as text."""

from collections.abc import Iterator

from tests.labels.scoring import HALVES, Score, labelled, measure, total


def report() -> str:
    return "\n".join(line for half in HALVES for line in _half(half))


def _half(half: str) -> Iterator[str]:
    measured = measure(half)
    yield f"# {half}: {len(labelled(half))} findings"
    for name, scores in measured.scores.items():
        yield f"\n{name:52} precision  recall      F1   of"
        for slug, score in sorted(scores.items()):
            yield _line(slug or "(none)", score)
        yield _line("all", total(scores))
    yield f"\nwithout a topic: {measured.without_topic:.0%}"
    for name, share in measured.shares.items():
        yield f"{name}: {share:.3f}"
    yield ""


def _line(name: str, score: Score) -> str:
    return (
        f"  {name:50} {score.precision:9.2f} {score.recall:7.2f} {score.f1:7.2f} "
        f"{score.right + score.missed:4}"
    )
