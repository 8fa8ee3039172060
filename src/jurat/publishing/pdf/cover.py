"""The jurat page: centred titles, facts on ruled lines, the oath, and lines to sign on."""

from jurat.publishing.blocks import Boxes, Gap, Paragraph, Sheet, Title, Word, spelled
from jurat.publishing.layout import Strip
from jurat.publishing.pdf.faces import width_of
from jurat.publishing.pdf.flow import LEADING, Flow
from jurat.publishing.pdf.paper import SIDE
from jurat.publishing.pdf.setting import EMPTY, TICKED, set_in
from jurat.statement import Statement
from jurat.words import Address

SIZE, SMALL = 8.0, 5.5
FIRST_LINES = 4
"""So many lines at the head of the page stand in its middle, in bold."""
SIGNERS = (
    ("president", "President and Chief Executive Officer"),
    ("secretary", "Secretary"),
    ("treasurer", "Treasurer"),
)


class CoverPrinter:
    """Prints the cover on one leaf."""

    def __init__(self, flow: Flow, statement: Statement) -> None:
        """Print for a statement: the lines to sign on bear its officers' names."""
        self.flow, self.sheaf, self.statement = flow, flow.sheaf, statement
        self.count = 0
        self.middles: list[float] = []
        """Of what the company says on the line last printed."""
        self.said = 0.0
        """Where the last of it ends."""

    def print(self, sheet: Sheet) -> None:
        """Every line of the sheet, one below the other."""
        for block in sheet.blocks:
            match block:
                case Title():
                    self.flow.title(block)
                case Gap():
                    self.flow.y += SIZE * 0.6
                case Paragraph():
                    self._line(block.words)
                case _:
                    raise AssertionError(block)

    def _line(self, words: tuple[Word, ...]) -> None:
        text = "".join(word.text for word in words).strip()
        self.count += 1
        if self.count <= FIRST_LINES:
            self._centred(words)
        elif text.isupper() and not any(word.address for word in words):
            self.flow.y += 12 * LEADING
            self._put_centre(Strip(text), 9, bold=True)
        elif text.startswith("("):
            self._small_print(words, text)
        elif self._is_oath(words):
            self._oath(words)
        elif text.startswith("Subscribed and sworn"):
            self._signatures()
            self._facts(words)
        else:
            self._facts(words)

    def _need(self, height: float) -> None:
        """Take another leaf where a height is not left."""
        if self.flow.room < height:
            self.flow.next_leaf()

    # -- lines of facts -----------------------------------------------------------------

    def _centred(self, words: tuple[Word, ...]) -> None:
        """A line of the page's head, in its middle."""
        is_name = len([word for word in words if word.text]) == 1 and bool(words[-1].address)
        self._put_centre(_strip(words), 12 if self.count == 1 or is_name else 10, bold=True)

    def _put_centre(self, strip: Strip, size: float, *, bold: bool = False) -> None:
        inner = self.flow.stock.inner
        for line in set_in(strip, inner, size, bold=bold):
            self.flow.y += size * LEADING
            x = SIDE + (inner - width_of(line.text, size, bold=bold)) / 2
            self.sheaf.strip(x, self.flow.y, line, size, bold=bold)

    def _facts(self, words: tuple[Word, ...]) -> None:
        """Labels, each with what the company says, on lines ruled across the paper."""
        parts = _parts(words)
        inner = self.flow.stock.inner
        taken = sum(_natural(part) for part in parts)
        is_alone = len(parts) == 1
        if any("; " in part.text for part in parts) or (is_alone and taken > inner):
            self._list(parts)
            return
        self._need(3 * SIZE)
        self.flow.y += SIZE * 1.6
        self.middles = []
        y, x = self.flow.y, SIDE
        answers = [part for part in parts if _is_ruled(part)]
        size = SIZE if taken <= inner else max(4.0, SIZE * inner / taken)
        spare = max(0.0, inner - taken) / len(answers) if answers else 0.0
        for part in parts:
            x = self._part(part, x, y, size, spare)

    def _part(self, part: Word, x: float, y: float, size: float, spare: float) -> float:
        if part.text == ", ":
            self.sheaf.text(self.said, y, ",", size)
            return x
        if not _is_ruled(part):
            gap = 0.0 if not part.text.strip(" ,") else 0.3 * size
            return self.sheaf.strip(x, y, _strip((part,)), size) + gap
        end = x + _natural(part) * size / SIZE + spare
        if part.address is not None:
            self.said = self.sheaf.cell(x + 2, y, part.text, size, part.address)
        self.sheaf.rule(x, y + 2, end - 3, y + 2, 0.4)
        self.middles.append((x + end - 3) / 2)
        return end

    def _list(self, parts: list[Word]) -> None:
        """Names, one below the other; what goes on over a line is set in."""
        for part in parts:
            for count, name in enumerate(part.text.split("; ")):
                strip = Strip().add(name, None if count else part.address)
                for number, line in enumerate(set_in(strip, self.flow.stock.inner - 30, SIZE)):
                    self._need(2 * SIZE)
                    self.flow.y += SIZE * LEADING
                    self.sheaf.strip(SIDE + (30 if number else 0), self.flow.y, line, SIZE)

    def _small_print(self, words: tuple[Word, ...], text: str) -> None:
        """What belongs on the line above, in small letters; a figure among them at the right."""
        self.flow.y += SMALL * 1.3 + 2
        y, inner = self.flow.y, self.flow.stock.inner
        labels = [f"({part}".strip() for part in text.split("(") if part.strip()]
        cells = [word for word in words if word.address or word.is_open]
        right = SIDE + inner * 0.75
        if cells:
            labels = [label.rpartition(")")[0] + ")" for label in labels]
            self.sheaf.rule(right, y + 3, SIDE + inner, y + 3, 0.4)
        for word in cells:
            if word.address:
                self.sheaf.cell(right + 2, y + 1, word.text, SIZE, word.address)
        if len(labels) <= len(self.middles) and not cells:
            for label, middle in zip(labels, self.middles, strict=False):
                self.sheaf.centred(middle, y, label, SMALL)
            return
        left, end = (
            (right, SIDE + inner) if labels[0] == "(Area Code)" else (SIDE + inner / 4, right)
        )
        step = (end - left) / len(labels)
        for number, label in enumerate(labels):
            self.sheaf.text(left + number * step, y, label, SMALL)

    # -- the oath -----------------------------------------------------------------------

    def _is_oath(self, words: tuple[Word, ...]) -> bool:
        return any(word.address == Address("cover", "oath") for word in words)

    def _oath(self, words: tuple[Word, ...]) -> None:
        self.flow.y += SIZE
        for line in set_in(_strip(words), self.flow.stock.inner, SIZE - 1.2):
            self._need(2 * SIZE)
            self.flow.y += (SIZE - 1.2) * 1.2
            self.sheaf.strip(SIDE, self.flow.y, line, SIZE - 1.2)
        self.flow.y += SIZE

    def _signatures(self) -> None:
        """Three lines to sign on, each over its officer's name and office."""
        self._need(14 * SIZE)
        self.flow.y += 5 * SIZE
        wide = self.flow.stock.inner / len(SIGNERS)
        for number, (name, office) in enumerate(SIGNERS):
            left = SIDE + number * wide
            cell = self.statement.cells.get(Address("cover", name))
            y = self.flow.y
            self.sheaf.rule(left + 10, y, left + wide - 10, y, 0.5)
            shown = cell.shown if cell else ""
            for words, below in ((shown, 1.2), (office, 2.3)):
                size = min(SIZE, SIZE * (wide - 12) / max(1.0, width_of(words, SIZE)))
                self.sheaf.centred(left + wide / 2, y + below * SIZE, words, size)
        self.flow.y += 4 * SIZE


def _strip(words: tuple[Word, ...]) -> Strip:
    strip = Strip()
    for word in words:
        strip.add(spelled(word.text, word.boxes, TICKED, EMPTY), word.address)
    return strip


def _parts(words: tuple[Word, ...]) -> list[Word]:
    """The line's labels and cells; a label does not begin with the comma of the text."""
    parts = []
    for word in words:
        if word.address or word.is_open or word.boxes is not Boxes.NONE:
            parts.append(word)
        elif text := word.text.strip():
            is_comma = text == ","
            parts.append(
                Word(text=", " if is_comma else text.removeprefix(", ").removeprefix("- "))
            )
    return parts


def _is_ruled(part: Word) -> bool:
    return part.boxes is Boxes.NONE and (part.address is not None or part.is_open)


def _natural(part: Word) -> float:
    shown = spelled(part.text, part.boxes, TICKED, EMPTY)
    least = 4 * SIZE if _is_ruled(part) else 0.0
    return max(width_of(shown, SIZE), least) + 0.3 * SIZE + (4 if _is_ruled(part) else 0)
