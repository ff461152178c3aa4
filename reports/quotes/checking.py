"""Gives each quotation of a text a verdict, with the places where its words were found.

First it looks for findings that hold the words in a row, and compares letter by letter. If there
are none, it compares word by word with findings that share the rare words. A quotation that is not
found is called wrong only if the whole report that the text names is held.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.facts import gazetteer
from reports.quotes.extracting import Quotation, quotations
from reports.quotes.matching import Located, locate, parts_of
from reports.quotes.resembling import Splice, WordLikeness, is_near, most_alike, splice
from reports.quotes.sources import Sources, Version
from reports.quotes.verdicts import Judgement, QuotedPlace, Verdict
from reports.search.quoting import holding, ready_to_quote, resembling

MOST_QUOTATIONS = 200
MOST_HOLDING = 25
MOST_RESEMBLING = 20
FEWEST_WORDS = 3  # a shorter quotation may come from many places
SURELY_ALTERED = 0.8  # the share of words that must agree
PERHAPS_ALTERED = 0.6  # the share of words that is enough if the text names the authority

Match = tuple[Version, Located]


@dataclass(frozen=True, slots=True)
class Checked:
    """`left_out` is the number of quotations beyond `MOST_QUOTATIONS`."""

    judgements: tuple[Judgement, ...]
    left_out: int = 0


class NotReadyError(Exception):
    """There is no search index to look in."""


def check(text: str) -> Checked:
    """A verdict on each quotation of `text`, in the order of the text. Raises NotReadyError."""
    if not ready_to_quote():
        raise NotReadyError
    found = quotations(text)
    checked = found[:MOST_QUOTATIONS]
    sources = Sources()
    candidates = {
        quotation.text: holding(longest_part(quotation.text), MOST_HOLDING) for quotation in checked
    }
    sources.fetch(public_id for ids in candidates.values() for public_id in ids)
    judgements = [_judge(quotation, candidates[quotation.text], sources) for quotation in checked]
    return Checked(tuple(judgements), len(found) - len(checked))


def longest_part(quotation: str) -> str:
    """The longest part between marks of omission."""
    return max(parts_of(quotation), key=len, default=quotation)


def _judge(quotation: Quotation, candidates: Sequence[str], sources: Sources) -> Judgement:
    matches = _matches(quotation, sources.versions(candidates))
    if not matches:
        return (
            _judge_reports(quotation, sources)
            or _judge_alike(quotation, sources)
            or _judge_missing(quotation, sources)
        )
    if _authority_fits(quotation, matches[0][0].finding.authority):
        return _judge_matches(quotation, matches, sources)
    # If many findings hold the words, those of the authority named may not be candidates.
    own = _matches(quotation, sources.versions(_own_findings(quotation, sources)))
    if own:
        return _judge_matches(quotation, own, sources)
    return _judge_reports(quotation, sources) or _judge_matches(quotation, matches, sources)


def _matches(quotation: Quotation, versions: Sequence[Version]) -> list[Match]:
    """The places of the words: those that the text names first, then those of the authority, then
    the most exact."""
    found = [(version, locate(quotation.text, version.text)) for version in versions]
    matches = [(version, place) for version, place in found if place]
    return sorted(
        matches,
        key=lambda match: (
            not _fits(quotation, match),
            not _authority_fits(quotation, match[0].finding.authority),
            len(match[1].overlooked),
        ),
    )


def _own_findings(quotation: Quotation, sources: Sources) -> list[str]:
    """Findings of the authorities named that hold the words."""
    return [
        public_id
        for authority in quotation.authorities
        for public_id, text in sources.texts(authority)
        if locate(quotation.text, text)
    ]


def _fits(quotation: Quotation, match: Match) -> bool:
    """Whether the finding is of the authority and has the score that the text names. A value that
    is not known fits everything."""
    finding = match[0].finding
    scores = (quotation.score, finding.score, finding.read_score)
    score_fits = quotation.score is None or finding.score is None or quotation.score in scores[1:]
    return _authority_fits(quotation, finding.authority) and score_fits


def _authority_fits(quotation: Quotation, authority: str | None) -> bool:
    return not quotation.authorities or authority is None or authority in quotation.authorities


def _judge_matches(quotation: Quotation, matches: Sequence[Match], sources: Sources) -> Judgement:
    places = tuple(_place(version, found.spans) for version, found in matches[:5])
    version, found = matches[0]
    if not _fits(quotation, matches[0]):
        return _judge_elsewhere(quotation, version, places, sources)
    verdict = Verdict.SAME if found.overlooked else Verdict.EXACT
    said = [_where(version)]
    if found.overlooked:
        said.append(f"It differs only in {_listed(found.overlooked)}.")
    if found.cut:
        said.append("It shows where it leaves words out or puts them in.")
    if version.printed:
        said.append("These are CQC's printed words; an editor of this site has corrected them.")
    elif "text" in version.finding.corrected:
        said.append("These are the words as corrected by an editor, not as CQC printed them.")
    if len(matches) > 1:
        said.append(f"The same words are in {len(matches) - 1} more of the findings.")
    return Judgement(quotation, verdict, " ".join(said), places)


def _judge_elsewhere(
    quotation: Quotation, version: Version, places: tuple[QuotedPlace, ...], sources: Sources
) -> Judgement:
    finding = version.finding
    if not _authority_fits(quotation, finding.authority):
        named = _listed([_name(slug) for slug in quotation.authorities])
        unsure = [slug for slug in quotation.authorities if not sources.is_complete(slug)]
        if unsure:
            said = (
                f"The text names {named}, whose report is not held in full. The same words stand "
                f"in the report of {finding.authority_name}."
            )
            return Judgement(quotation, Verdict.CANNOT_CHECK, said, places)
        said = f"The text names {named}; the words are from the report of {finding.authority_name}."
        return Judgement(quotation, Verdict.ELSEWHERE, said, places)
    said = (
        f"The text says score {quotation.score}; {finding.authority_name} has score "
        f"{finding.score} for {finding.definition.name}."
    )
    return Judgement(quotation, Verdict.ELSEWHERE, said, places)


def _judge_reports(quotation: Quotation, sources: Sources) -> Judgement | None:
    """The judgement from the whole reports of the authorities named, because a quotation may come
    from outside the findings."""
    for authority in quotation.authorities:
        for report in sources.reports(authority):
            found = locate(quotation.text, report.text)
            if found:
                verdict = Verdict.SAME if found.overlooked else Verdict.EXACT
                said = f"In {report.name}, a report on {_name(authority)}, outside its findings."
                if found.overlooked:
                    said += f" It differs only in {_listed(found.overlooked)}."
                words = " … ".join(report.text[slice(*span)] for span in found.spans)
                place = QuotedPlace(words, found.spans, None, report.name, report.sha256)
                return Judgement(quotation, verdict, said, (place,))
    return None


def _judge_alike(quotation: Quotation, sources: Sources) -> Judgement | None:
    if len(quotation.text.split()) < FEWEST_WORDS:
        return None
    near = _alike(quotation.text)
    return _judge_near(quotation, near, sources) or _judge_near(
        quotation, [*near, *_alike_in_a_half(quotation.text)], sources
    )


def _judge_near(
    quotation: Quotation, public_ids: Sequence[str], sources: Sources
) -> Judgement | None:
    """The judgement from findings that resemble the quotation. Of those equally alike, the
    authority's own come first."""
    versions = sorted(
        sources.versions(public_ids),
        key=lambda version: not _authority_fits(quotation, version.finding.authority),
    )
    if matches := _matches(quotation, versions):  # words that an editor has corrected since
        return _judge_matches(quotation, matches, sources)
    likeness = most_alike(quotation.text, versions)
    joint = splice(quotation.text, versions)
    if likeness and _is_altered(quotation, likeness, joint):
        return _altered(quotation, likeness, sources)
    if joint:
        return _spliced(quotation, joint, sources)
    return None


def _is_altered(quotation: Quotation, likeness: WordLikeness, joint: Splice | None) -> bool:
    if joint:
        return likeness.share >= SURELY_ALTERED or is_near(joint, quotation.text)
    is_named = likeness.version.finding.authority in quotation.authorities
    return likeness.share >= (PERHAPS_ALTERED if is_named else SURELY_ALTERED)


def _alike(quotation: str) -> list[str]:
    first, second = _halves(quotation)
    return [
        *resembling(quotation, MOST_RESEMBLING),
        *holding(first, MOST_RESEMBLING),
        *holding(second, MOST_RESEMBLING),
    ]


def _alike_in_a_half(quotation: str) -> list[str]:
    """Of a quotation that is joined from parts of different lengths, one half is mostly from one
    place; many findings may resemble the whole more."""
    return [found for half in _halves(quotation) for found in resembling(half, MOST_RESEMBLING)]


def _halves(quotation: str) -> tuple[str, str]:
    words = quotation.split()
    half = len(words) // 2
    return " ".join(words[:half]), " ".join(words[half:])


def _altered(quotation: Quotation, likeness: WordLikeness, sources: Sources) -> Judgement:
    place = _place(likeness.version, (likeness.span,))
    finding = likeness.version.finding
    said = f"The nearest words held are those of {finding.authority_name}; they differ."
    if not _authority_fits(quotation, finding.authority) and not _all_complete(quotation, sources):
        said += " The report that the text names is not held in full."
        verdict = Verdict.CANNOT_CHECK
    else:
        verdict = Verdict.ALTERED
    return Judgement(quotation, verdict, said, (place,), likeness.differences)


def _spliced(quotation: Quotation, joint: Splice, sources: Sources) -> Judgement:
    halves = ((quotation.text[: joint.at], joint.first), (quotation.text[joint.at :], joint.second))
    places = []
    for words, version in halves:
        found = locate(words.strip(), version.text)
        places.append(_place(version, found.spans if found else ()))
    names = [version.finding.authority_name for _, version in halves]
    said = f"Its words are in two separate places: {_listed(names)}."
    fits = any(_authority_fits(quotation, version.finding.authority) for _, version in halves)
    if not fits and not _all_complete(quotation, sources):
        said += " The report that the text names is not held in full."
        return Judgement(quotation, Verdict.CANNOT_CHECK, said, tuple(places))
    return Judgement(quotation, Verdict.SPLICED, said, tuple(places))


def _judge_missing(quotation: Quotation, sources: Sources) -> Judgement:
    if len(quotation.text.split()) < FEWEST_WORDS:
        said = "It is not in the findings held, and too short to say more."
        return Judgement(quotation, Verdict.CANNOT_CHECK, said)
    if quotation.authorities and not _all_complete(quotation, sources):
        names = _listed([_name(slug) for slug in quotation.authorities])
        said = f"The report on {names} is not held in full, so the words may be there."
        return Judgement(quotation, Verdict.CANNOT_CHECK, said)
    said = "Nothing like it was found. It may come from a report or a page that is not held here."
    return Judgement(quotation, Verdict.NOT_HELD, said)


def _all_complete(quotation: Quotation, sources: Sources) -> bool:
    return all(sources.is_complete(slug) for slug in quotation.authorities)


def _place(version: Version, spans: tuple[tuple[int, int], ...]) -> QuotedPlace:
    words = " … ".join(version.text[start:end] for start, end in spans)
    return QuotedPlace(words, spans, version.finding, "", version.finding.document or "")


def _where(version: Version) -> str:
    finding = version.finding
    return f"{finding.authority_name}, {finding.definition.name}, finding {finding.number}."


def _name(slug: str) -> str:
    return gazetteer.by_slug()[slug].name


def _listed(names: Sequence[str]) -> str:
    *others, last = dict.fromkeys(names)
    return f"{', '.join(others)} and {last}" if others else last
