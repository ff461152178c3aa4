"""Gives each quotation of a text a verdict, with the places where its words were found.

First it looks for findings that hold the words in a row, and compares letter by letter. If there
are none, it compares word by word with findings that share the rare words. A quotation that is not
found is called wrong only if the whole report that the text names is held.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.facts import gazetteer
from reports.quotes.extracting import Quotation, quotations
from reports.quotes.held_texts import HeldTexts, Version
from reports.quotes.matching import Located, locate, parts_of
from reports.quotes.resembling import Splice, WordLikeness, is_near, most_alike, splice
from reports.quotes.verdicts import Difference, Judgement, QuotedPlace, Verdict
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
    held = HeldTexts()
    candidates = [holding(longest_part(quotation.text), MOST_HOLDING) for quotation in checked]
    held.fetch(public_id for ids in candidates for public_id in ids)
    judgements = (
        _Check(each, held).judge(ids) for each, ids in zip(checked, candidates, strict=True)
    )
    return Checked(tuple(judgements), len(found) - len(checked))


def longest_part(quotation: str) -> str:
    """The longest part between marks of omission."""
    return max(parts_of(quotation), key=len, default=quotation)


@dataclass(frozen=True, slots=True)
class _Check:
    """One quotation, and the texts that it is compared with."""

    quotation: Quotation
    held: HeldTexts

    def judge(self, candidates: Sequence[str]) -> Judgement:
        matches = self._matches(self.held.versions(candidates))
        if not matches:
            return self._in_reports() or self._alike() or self._missing()
        if self._fits_authority(matches[0][0]):
            return self._found(matches)
        # If many findings hold the words, those of the authority named may not be candidates.
        own = self._matches(self.held.versions(self._own_findings()))
        return self._found(own) if own else self._in_reports() or self._found(matches)

    def _matches(self, versions: Sequence[Version]) -> list[Match]:
        """The places of the words: those that the text names first, then those of the authority,
        then the most exact."""
        found = [(version, locate(self.quotation.text, version.text)) for version in versions]
        matches = [(version, place) for version, place in found if place]
        return sorted(
            matches,
            key=lambda match: (
                not self._fits(match[0]),
                not self._fits_authority(match[0]),
                len(match[1].overlooked),
            ),
        )

    def _own_findings(self) -> list[str]:
        """Findings of the authorities named that hold the words."""
        return [
            public_id
            for authority in self.quotation.authorities
            for public_id, text in self.held.texts(authority)
            if locate(self.quotation.text, text)
        ]

    def _fits(self, version: Version) -> bool:
        """Whether the finding is of the authority and has the score that the text names. A value
        that is not known fits everything."""
        finding, score = version.finding, self.quotation.score
        fits_score = None in (score, finding.score) or score in (finding.score, finding.read_score)
        return fits_score and self._fits_authority(version)

    def _fits_authority(self, version: Version) -> bool:
        named, authority = self.quotation.authorities, version.finding.authority
        return not named or authority is None or authority in named

    def _found(self, matches: Sequence[Match]) -> Judgement:
        places = tuple(_place(version, found.spans) for version, found in matches[:5])
        version, found = matches[0]
        if not self._fits(version):
            return self._elsewhere(version, places)
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
        return Judgement(self.quotation, _verdict(found), " ".join(said), places)

    def _elsewhere(self, version: Version, places: tuple[QuotedPlace, ...]) -> Judgement:
        verdict, finding = Verdict.ELSEWHERE, version.finding
        if self._fits_authority(version):
            said = (
                f"The text says score {self.quotation.score}; {finding.authority_name} has score "
                f"{finding.score} for {finding.definition.name}."
            )
        elif self._holds_all_named():
            said = (
                f"The text names {self._named()}; the words are from the report of "
                f"{finding.authority_name}."
            )
        else:
            verdict = Verdict.CANNOT_CHECK
            said = (
                f"The text names {self._named()}, whose report is not held in full. The same words "
                f"are in the report of {finding.authority_name}."
            )
        return Judgement(self.quotation, verdict, said, places)

    def _in_reports(self) -> Judgement | None:
        """The judgement from the whole reports of the authorities named, because a quotation may
        come from outside the findings."""
        for authority in self.quotation.authorities:
            for report in self.held.reports(authority):
                if found := locate(self.quotation.text, report.text):
                    said = (
                        f"In {report.name}, a report on {_name(authority)}, outside its findings."
                    )
                    if found.overlooked:
                        said += f" It differs only in {_listed(found.overlooked)}."
                    words = " … ".join(report.text[slice(*span)] for span in found.spans)
                    place = QuotedPlace(words, found.spans, None, report.name, report.sha256)
                    return Judgement(self.quotation, _verdict(found), said, (place,))
        return None

    def _alike(self) -> Judgement | None:
        text = self.quotation.text
        if _is_short(text):
            return None
        halves = _halves(text)
        near = [*resembling(text, MOST_RESEMBLING)]
        near += [each for half in halves for each in holding(half, MOST_RESEMBLING)]
        if judgement := self._near(near):
            return judgement
        # Of a quotation that is joined from parts of different lengths, one half is mostly from one
        # place; many findings may resemble the whole more.
        return self._near(
            [*near, *(each for half in halves for each in resembling(half, MOST_RESEMBLING))]
        )

    def _near(self, public_ids: Sequence[str]) -> Judgement | None:
        """The judgement from findings that resemble the quotation. Of those equally alike, the
        authority's own come first."""
        versions = sorted(
            self.held.versions(public_ids), key=lambda version: not self._fits_authority(version)
        )
        if matches := self._matches(versions):  # words that an editor has corrected since
            return self._found(matches)
        likeness = most_alike(self.quotation.text, versions)
        joint = splice(self.quotation.text, versions)
        if likeness and self._is_altered(likeness, joint):
            return self._altered(likeness)
        return self._spliced(joint) if joint else None

    def _is_altered(self, likeness: WordLikeness, joint: Splice | None) -> bool:
        if joint:
            return likeness.share >= SURELY_ALTERED or is_near(joint, self.quotation.text)
        is_named = likeness.version.finding.authority in self.quotation.authorities
        return likeness.share >= (PERHAPS_ALTERED if is_named else SURELY_ALTERED)

    def _altered(self, likeness: WordLikeness) -> Judgement:
        version = likeness.version
        said = f"The nearest words held are those of {version.finding.authority_name}; they differ."
        places = (_place(version, (likeness.span,)),)
        return self._unlike(Verdict.ALTERED, said, [version], places, likeness.differences)

    def _spliced(self, joint: Splice) -> Judgement:
        text, versions = self.quotation.text, (joint.first, joint.second)
        places = []
        for words, version in zip((text[: joint.at], text[joint.at :]), versions, strict=True):
            found = locate(words.strip(), version.text)
            places.append(_place(version, found.spans if found else ()))
        names = _listed([version.finding.authority_name for version in versions])
        said = f"Its words are in two separate places: {names}."
        return self._unlike(Verdict.SPLICED, said, versions, tuple(places))

    def _unlike(
        self,
        verdict: Verdict,
        said: str,
        versions: Sequence[Version],
        places: tuple[QuotedPlace, ...],
        differences: tuple[Difference, ...] = (),
    ) -> Judgement:
        """The judgement from other words: a report that is not held may have the exact ones."""
        if not (any(map(self._fits_authority, versions)) or self._holds_all_named()):
            verdict = Verdict.CANNOT_CHECK
            said += " The report that the text names is not held in full."
        return Judgement(self.quotation, verdict, said, places, differences)

    def _missing(self) -> Judgement:
        verdict = Verdict.CANNOT_CHECK
        if _is_short(self.quotation.text):
            said = "It is not in the findings held, and too short to say more."
        elif not self._holds_all_named():
            said = f"The report on {self._named()} is not held in full, so the words may be there."
        else:
            verdict = Verdict.NOT_HELD
            said = (
                "Nothing like it was found. It may come from a report or a page that is not held "
                "here."
            )
        return Judgement(self.quotation, verdict, said)

    def _holds_all_named(self) -> bool:
        """Whether the reports of all authorities that the text names are held in full."""
        return all(map(self.held.is_complete, self.quotation.authorities))

    def _named(self) -> str:
        return _listed([_name(slug) for slug in self.quotation.authorities])


def _verdict(found: Located) -> Verdict:
    return Verdict.SAME if found.overlooked else Verdict.EXACT


def _is_short(quotation: str) -> bool:
    return len(quotation.split()) < FEWEST_WORDS


def _halves(quotation: str) -> tuple[str, str]:
    words = quotation.split()
    half = len(words) // 2
    return " ".join(words[:half]), " ".join(words[half:])


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
