"""What a year's folder declares: all of it, or the changes to the year before."""

import re
from dataclasses import dataclass
from pathlib import Path

from jurat.blanks.declared import prove_numbers, prove_page
from jurat.blanks.follow import Following
from jurat.blanks.overlay import page_of_the_year
from jurat.words import (
    BlankError,
    CrossCheck,
    Page,
    is_overlay,
    read_check_overlay,
    read_checks,
    read_overlay,
    read_page,
)

CONTENTS = "contents"
_CHANGE = re.compile(r"drop (?P<gone>\w+)|add (?P<new>\w+) (?P<side>after|before) (?P<at>\w+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """The pages and laws of one year, spelled out."""

    pages: tuple[Page, ...]
    checks: tuple[CrossCheck, ...]


def declared_in(folder: Path, *, told: str = "") -> Declared:
    """The pages and laws of a year's folder; where it is `like` another year, that year's with its changes.

    `told` names the folder wherever a place is told, where there are several.

    Raises  BlankError naming file and line of what cannot stand: a change of a line that is not
            there, a caption or rule that points at a line that was dropped or renumbered, a file
            that belongs to no page.
    """
    lines = (folder / CONTENTS).read_text(encoding="utf-8").splitlines()
    first, *rest = [text.strip() for text in lines if text.strip() and text[0] != "#"] or [""]
    if like := re.fullmatch(r"like (\d{4})", first):
        return _Year(folder, int(like[1]), rest).declared()
    names = [*first.split(), *" ".join(rest).split()]
    pages = tuple(read_page(folder / f"{name}.page", folder=told) for name in names)
    for page in pages:
        prove_page(page)
    files = sorted(folder.glob("*.checks"))
    checks = [check for path in files for check in read_checks(path, folder=told)]
    return Declared(pages=pages, checks=tuple(checks))


class _Year:
    """A folder of changes to the year before."""

    def __init__(self, folder: Path, before: int, changes: list[str]) -> None:
        self.folder, self.before, self.changes = folder, before, changes
        self.year = int(folder.name) if folder.name.isdigit() else 0
        if self.year <= before:
            raise BlankError(
                f"The folder {folder.name} cannot be like {before}.",
                where=f"{folder.name}/{CONTENTS}:1",
                next="Name the folder by its year, and an earlier year behind `like`.",
            )
        self.older = declared_in(folder.parent / str(before), told=str(before))

    def declared(self) -> Declared:
        pages = self._pages()
        for page in pages:
            prove_numbers(page)
        kept, new = self._checks()
        following = Following(
            older=self.older.pages, newer=pages, before=self.before, year=self.year
        )
        followed, laws = following.followed(kept)
        for page in followed:
            prove_page(page)
        return Declared(pages=tuple(followed), checks=(*laws, *new))

    # -- pages ----------------------------------------------------------------------------

    def _pages(self) -> list[Page]:
        older = {page.name: page for page in self.older.pages}
        names = self._contents(list(older))
        strangers = {path.stem for path in self.folder.glob("*.page")} - {*names}
        if strangers:
            name = min(strangers)
            raise BlankError(
                f"{name}.page belongs to no page of {self.year}.",
                where=f"{self.year}/{name}.page:1",
                next=f"Write in {self.year}/{CONTENTS}: add {name} after {names[-1]}",
            )
        return [self._page(name, older.get(name)) for name in names]

    def _contents(self, names: list[str]) -> list[str]:
        for number, text in enumerate(self.changes, 2):
            change = _CHANGE.fullmatch(text)
            known = change and (change["gone"] or change["at"])
            if change is None or known not in names:
                raise BlankError(
                    f"{text!r} is no change of the contents of {self.before}.",
                    where=f"{self.year}/{CONTENTS}:{number}",
                    next="Write: drop PAGE, or: add PAGE after PAGE.",
                )
            if change["gone"]:
                names.remove(change["gone"])
            else:
                names.insert(names.index(known) + (change["side"] == "after"), change["new"])
        return names

    def _page(self, name: str, older: Page | None) -> Page:
        path = self.folder / f"{name}.page"
        if not path.exists():
            if older is None:
                raise BlankError(
                    f"There is no {path.name}.",
                    where=f"{self.year}/{CONTENTS}:1",
                    next="A page that is added is written out in full.",
                )
            return older
        if not is_overlay(path):
            return read_page(path, folder=str(self.year))
        if older is None:
            raise BlankError(
                f"{self.before} has no page {name}.", where=f"{self.year}/{path.name}:1"
            )
        overlay = read_overlay(path, older)
        if overlay.year != self.before:
            raise BlankError(
                f"The page is like {overlay.year}, its folder like {self.before}.",
                where=f"{self.year}/{path.name}:1",
            )
        return page_of_the_year(older, overlay)

    # -- laws -----------------------------------------------------------------------------

    def _checks(self) -> tuple[list[CrossCheck], list[CrossCheck]]:
        """The laws of the year before that still stand, and those of this year."""
        gone: set[str] = set()
        new: list[CrossCheck] = []
        known = {check.id for check in self.older.checks}
        for path in sorted(self.folder.glob("*.checks")):
            overlay = read_check_overlay(path)
            for law, where in overlay.drops:
                if law not in known:
                    raise BlankError(f"{self.before} has no law {law}.", where=where)
                gone.add(law)
            new += overlay.checks
        gone |= {check.id for check in new}
        kept = [check for check in self.older.checks if check.id not in gone]
        return kept, new
