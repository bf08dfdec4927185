"""Year on year: which findings are the same problem again, and what became of each.

Reads the contract's tables, learns once how common each word is in all of them, compares force by force, and writes one
file per force in `links` and `fates`. The cost of a force depends on its own findings, not on those of others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from functools import cached_property, reduce
from pathlib import Path
from typing import Any

from extractor.comparison.candidates import candidates
from extractor.comparison.closures import Closures
from extractor.comparison.compared import Compared
from extractor.comparison.elsewhere import Elsewhere
from extractor.comparison.fates import Fates
from extractor.comparison.force_history import History, Row, build_items, own_marks, sort_key
from extractor.comparison.kept_weights import kept_weights
from extractor.comparison.links import Link, Linker
from extractor.comparison.rules import load_compare_rules
from extractor.comparison.themes import themes_by_terms, themes_of
from extractor.comparison.told_rows import StoredRows, Told
from extractor.comparison.weights import Weights
from extractor.decisions.store import RELATIONS, VERDICTS, Verdict, add_verdicts
from extractor.errors import BadSetting, UnknownForce
from extractor.phrasing import then
from extractor.rulebook.load import load_rules
from extractor.rulebook.questions import Crosswalk
from extractor.tables.read import read_rows
from extractor.tables.write import write_rows

_READING = ("read", "text", "gradings", "findings", "checks")  # stages in which a finding may be lost


class Tables:
    """The contract's tables as comparing needs them, with the words of all findings weighed once.

    Args:
        outputs: folder of the tables.
        rules: folder of rules, by default those built in.
        verdicts: the file of decisions.
        rows: what is in the tables, where that is at hand.
        before: the tables as they were; what has not changed since is taken from there.

    Raises:
        RuleError: the rules cannot be used.
        ValueError: the file of verdicts cannot be read.
    """

    def __init__(
        self,
        outputs: Path | str,
        rules: Path | None = None,
        verdicts: Path = VERDICTS,
        rows: Told | None = None,
        before: Tables | None = None,
    ) -> None:
        self.outputs, self.rules, self._verdicts = outputs, load_compare_rules(rules), verdicts
        self._packs, self._stored = load_rules(rules), rows is None
        self._told = rows or StoredRows(outputs, verdicts)
        known = [row for row in self._told.reports if row["status"] != "failed"]
        self.reports = {row["report_id"]: row for row in known if row["cycle"] and _chained(row)}
        self._letters = [row for row in known if row["kind"] == "letter" and row["force_id"]]
        self._crosswalks: dict[tuple[str, str], Crosswalk] = {}
        self._histories: dict[str, History] = {}
        if before:
            self._take_over(before)

    @cached_property
    def forces(self) -> tuple[str, ...]:
        """Slugs of the forces that have a report in the tables, in order."""
        return tuple(sorted({row["force_id"] or "" for row in self.reports.values()}))

    @cached_property
    def weights(self) -> Weights:
        """What each word weighs, from all findings of all forces."""
        if not self._stored:
            return self._learn()
        return kept_weights(self.outputs, self._verdicts, self._packs.root, self.rules.lexicon, self._learn)

    def _learn(self) -> Weights:
        texts = ((force, item.text) for force in self.forces for item in self.history(force).items)
        return Weights.learn(self.rules.lexicon, texts)

    @cached_property
    def elsewhere(self) -> Elsewhere:
        """What all forces were told, by kind of problem."""
        return Elsewhere(self.history(force) for force in self.forces)

    def history(self, force: str) -> History:
        """Return the reports of one force in order, with their gradings and findings."""
        if force not in self._histories:
            own = (row for row in self.reports.values() if row["force_id"] == force)
            reports = sorted(own, key=lambda report: sort_key(report, self.rules.orders))
            place = {row["report_id"]: at for at, row in enumerate(reports)}
            findings = [row for report in reports for row in self._told.findings_of(report["report_id"])]
            family = {row["finding_id"]: self._family(row) for row in findings}
            gradings = tuple(
                tuple({**row, "question_id": self._family(row)} for row in self._told.gradings_of(report["report_id"]))
                for report in reports
            )
            items = build_items(findings, place, family, self.rules)
            self._histories[force] = History(
                force, tuple(reports), gradings, tuple(items), self.rules.families, self.rules.orders
            )
        return self._histories[force]

    def _take_over(self, before: Tables) -> None:
        """Take from the tables as they were what would be made in the same way."""
        self._histories = before._unchanged(self)
        if before.forces == self.forces and len(self._histories) == len(self.forces):
            vars(self).update({name: vars(before)[name] for name in ("weights", "elsewhere") if name in vars(before)})

    def _unchanged(self, later: Tables) -> dict[str, History]:
        """Return the histories that later tables would make in the same way."""
        same = self.rules is later.rules
        return {
            force: history
            for force, history in self._histories.items()
            if same and self._rows_of(force) == later._rows_of(force)
        }

    def _rows_of(self, force: str) -> list[Any]:
        own = [name for name, row in self.reports.items() if row["force_id"] == force]
        return [(self.reports[name], self._told.findings_of(name), self._told.gradings_of(name)) for name in own]

    def themes(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield (finding_id, ids of its themes) for every finding of every report, those about many forces too."""
        known = {item.id: themes_of(item, self.rules) for each in self._histories.values() for item in each.items}
        yield from known.items()
        for report in self._told.reports:
            findings = self._told.findings_of(report["report_id"])
            texts = {row["finding_id"]: row["text"] for row in findings}
            for row in (row for row in findings if row["finding_id"] not in known):
                marks = own_marks(row, texts.get(row["parent_id"]), self.rules)
                yield row["finding_id"], themes_by_terms(marks, self._family(row), self.rules)

    @cached_property
    def words(self) -> dict[tuple[str, str], str]:
        """Analysts' verdicts on links: (earlier_id, later_id) → word."""
        return {
            (verdict.id, verdict.later_id): verdict.verdict
            for verdict in self._told.verdicts
            if verdict.subject == "link"
        }

    def compare(self, force: str, *, unaided: bool = False) -> Compared:
        """Return one force, compared; `unaided` leaves analysts' verdicts on links out.

        Raises:
            UnknownForce: it has no report in the tables.
        """
        if force not in self.forces:
            raise UnknownForce(
                f"no report of {force!r} in {self.outputs}; there are: {', '.join(self.forces) or 'none'}"
            )
        history = self.history(force)
        linker = Linker(history, self.weights, self.rules)
        words = {} if unaided else self.words
        links = _decided(linker, history, words)
        refused = [(link.earlier, link.later) for link in links if _verdict(history, link, words) == "rejected"]
        kept = [link for link in links if (link.earlier, link.later) not in refused]
        near = candidates(linker, kept, refused)
        closures = Closures(history, self.weights, self.rules, self._sections, self._letters_to(force))
        named: dict[int, list[str]] = {}
        for each in near:
            named.setdefault(each.link.earlier, []).append(history.items[each.link.later].id)
        fates = Fates(history, self.rules, kept, closures, named, self._doubts(history)).all()
        return Compared(history, self.rules, tuple(links), tuple(near), words, tuple(fates), self._sections)

    def _letters_to(self, force: str) -> list[tuple[Row, Sequence[Row]]]:
        """Return the letters to a force with their findings, the oldest first."""
        own = [row for row in self._letters if row["force_id"] == force]
        own.sort(key=lambda row: (str(row["sent"] or row["published"] or ""), row["report_id"]))
        return [(row, self._told.findings_of(row["report_id"])) for row in own]

    def _doubts(self, history: History) -> Mapping[str, Sequence[Row]]:
        """Return what the extraction of each report of a force could not settle."""
        return {
            report["report_id"]: [row for row in self._told.problems_of(report["report_id"]) if _is_doubt(row)]
            for report in history.reports
        }

    def _sections(self, report_id: str) -> Sequence[Row]:
        return read_rows(
            "sections", self.outputs, report_id, columns=("kind", "title", "page_first", "page_last", "text")
        )

    def _family(self, row: Row) -> str | None:
        """Return a row's question family; from the crosswalk where the table has none."""
        report = self.reports.get(row["report_id"])
        if row["question_id"] or not row["question"] or not report:
            return row["question_id"] and str(row["question_id"])
        key = (report["cycle"] or "", report["pillar"] or "")
        if key not in self._crosswalks:
            self._crosswalks[key] = Crosswalk(self._packs.questions, *key, self._packs.settings.questions.likeness)
        known = self._crosswalks[key].find(row["question"])
        return known.id if known else None


def _chained(report: Row) -> bool:
    """Whether a report is one of the cycle's own: other papers on a force judge it by other questions."""
    return bool(report["force_id"]) and report["kind"] in (None, "force")


def _is_doubt(problem: Row) -> bool:
    return problem["severity"] in ("error", "doubt") and problem["stage"] in _READING


def _verdict(history: History, link: Link, words: Mapping[tuple[str, str], str]) -> str | None:
    return words.get((history.items[link.earlier].id, history.items[link.later].id))


def _decided(linker: Linker, history: History, words: Mapping[tuple[str, str], str]) -> list[Link]:
    """Return the links with what analysts decided: their relations, and links that only they have seen."""
    place = {item.id: number for number, item in enumerate(history.items)}
    wanted = {(place[old], place[new]): word for (old, new), word in words.items() if old in place and new in place}
    dropped = frozenset(pair for pair, word in wanted.items() if word == "rejected")
    added = [pair for pair, word in wanted.items() if word != "rejected"]
    links = linker.links(dropped, added)
    return [
        replace(link, relation=wanted[pair])
        if (word := wanted.get(pair := (link.earlier, link.later))) in RELATIONS and word
        else link
        for link in links
    ]


def decide(tables: Tables, earlier_id: str, later_id: str, word: str, path: Path, by: str = "") -> str:
    """Record an analyst's word on a link (confirmed, rejected or a relation) and return its force.

    Raises:
        UnknownForce: the two findings are not in the tables, or not of one force and two cycles.
        ValueError: the word is none of those.
    """
    if word not in (*RELATIONS, "confirmed", "rejected"):
        raise BadSetting(f"{word!r} is no verdict; use confirmed, rejected, or a relation: {', '.join(RELATIONS)}")
    for force in _likeliest_first(tables, earlier_id):
        history = tables.history(force)
        places = {item.id: item.at for item in history.items}
        if earlier_id in places and later_id in places:
            if history.cycle(places[earlier_id]) >= history.cycle(places[later_id]):
                raise UnknownForce(f"{later_id} is not from a later cycle than {earlier_id}")
            today = date.today().isoformat()
            add_verdicts([Verdict("link", earlier_id, later_id, word, by=by, on=today)], path)
            return force
    raise UnknownForce(reduce(then, _unknown_ids(tables, earlier_id, later_id)))


def _likeliest_first(tables: Tables, finding_id: str) -> list[str]:
    """Return the forces, the one first whose report a finding's id names: to read all takes long."""
    report = tables.reports.get(finding_id.rsplit("/", 2)[0])
    return sorted(tables.forces, key=lambda force: report is None or force != report["force_id"])


def _unknown_ids(tables: Tables, *ids: str) -> Iterator[str]:
    """Say which of the ids no finding has, and which are perhaps meant."""
    known = [item.id for force in tables.forces for item in tables.history(force).items]
    unknown = [each for each in ids if each not in known]
    for each in unknown:
        near = get_close_matches(each, known, n=2, cutoff=0.6)
        yield f"no finding is called {each}" + (f"; did you mean {' or '.join(near)}?" if near else "")
    if not unknown:
        yield f"{' and '.join(ids)} are not of one force"
    yield "`peel show REPORT` lists a report's findings with their ids"


def write(compared: Compared, outputs: Path | str) -> None:
    """Write one force's links, candidates and fates, replacing that force's files and no others."""
    write_rows("links", compared.link_rows(), outputs, compared.history.force_id)
    write_rows("candidates", compared.candidate_rows(), outputs, compared.history.force_id)
    write_rows("fates", compared.fate_rows(), outputs, compared.history.force_id)


def compare(
    outputs: Path | str, forces: Sequence[str] | None = None, rules: Path | None = None, verdicts: Path = VERDICTS
) -> list[Compared]:
    """Compare forces (all of them by default), write their links and fates, and return what was found.

    Raises:
        UnknownForce: a force has no report in the tables.
        RuleError: the rules cannot be used.
        ValueError: the file of verdicts cannot be read.
        OSError: the tables cannot be read or written.
    """
    tables = Tables(outputs, rules, verdicts)
    found = []
    for force in forces or tables.forces:
        found.append(tables.compare(force))
        write(found[-1], outputs)
    return found


def verdict_misses(outputs: Path | str, rules: Path | None = None, verdicts: Path = VERDICTS) -> list[str]:
    """Return a line for each verdict on a link that the program, left alone, would not come to.

    Raises:
        ValueError: the file of verdicts cannot be read.
    """
    tables = Tables(outputs, rules, verdicts)
    if not tables.words:
        return []
    own = {
        (row["earlier_id"], row["later_id"]): row["relation"]
        for force in tables.forces
        for row in tables.compare(force, unaided=True).link_rows()
    }
    misses = []
    for pair, word in tables.words.items():
        found = own.get(pair)
        if word == "rejected":
            right = found is None
        else:
            right = found is not None and word in ("confirmed", found)
        if not right:
            misses.append(f"{pair[0]} → {pair[1]}: the analyst says {word}, the program {found or 'no link'}")
    return misses
