"""The visible print of a PDF: every word with its place. Run alone, in a process with bounds.

A PDF may hold anything, so it is opened here and nowhere else: this file is a program of its own,
started by `paged` with a limit on memory and time, and prints what it saw as JSON. It imports
nothing of Jurat.

A word counts only where ink stands: it is looked for in the drawn page. White or hidden text, text
under a picture, and text that stands askew (a watermark) are no print; attachments and metadata are
never opened.
"""

import ctypes
import json
import math
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

MOST_PAGES = 3_000
MOST_CHARACTERS = 200_000
LARGEST_SIDE = 5_000.0
"""Points; a page beyond it is no paper, and drawing it would take the machine's memory."""
INK = 40
"""Shades between ground and ink from which print is visible."""
NO_GAP = 0.14
"""Ems between two letters from which they are two words."""
ASKEW = 0.02
"""Quarter turns from which print does not stand upright on any side of the paper."""
SCALE = 1.5
"""Dots a point at which a page is drawn to be looked at."""
UNDRAWN = (3, 7)
"""Modes of print without ink: invisible, and for clipping only."""
ENCRYPTED, BROKEN, EMPTY, TOO_MANY, TOO_LARGE = "encrypted", "broken", "empty", "pages", "side"
MEMORY = 400 * 2**20
SECONDS = 600
WRONG_PASSWORD = 4


@dataclass(slots=True)
class Letter:
    """A character on an upright page: left, right, baseline from the top, height of its type."""

    sign: str
    place: int
    left: float
    right: float
    y: float
    size: float


@dataclass(slots=True)
class Word:
    """Letters that stand together; `place` is that of the first in the file."""

    text: str
    place: int
    left: float
    right: float
    y: float
    size: float


def main(path: str) -> int:
    """Print the words of a PDF, a page a line, as JSON; or what is wrong with it."""
    _bound()
    for answer in _seen(path):
        sys.stdout.write(json.dumps(answer) + "\n")
        if "fault" in answer:
            return 1
    sys.stdout.write(json.dumps({"end": True}) + "\n")
    return 0


def _seen(path: str) -> Iterator[dict[str, Any]]:
    import pypdfium2 as pdfium  # noqa: PLC0415 (after the bounds are set)

    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as fault:
        is_locked = getattr(fault, "err_code", None) == WRONG_PASSWORD
        yield {"fault": ENCRYPTED if is_locked else BROKEN, "said": str(fault)}
        return
    if not len(document) or len(document) > MOST_PAGES:
        yield {"fault": TOO_MANY if len(document) else EMPTY, "said": f"{len(document):,}"}
        return
    for number in range(1, len(document) + 1):
        page = _unturned(document, number - 1)
        if max(page.get_size()) > LARGEST_SIDE:
            yield {"fault": TOO_LARGE, "said": str(number)}
            return
        words, pictures = _words_of(page)
        yield {"words": words, "pictures": pictures}
        page.close()


def _bound() -> None:
    """Limits on memory and time, where the system has them."""
    try:
        import resource  # noqa: PLC0415 (not on every system)
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def _unturned(document: Any, index: int) -> Any:  # noqa: ANN401 (pdfium has no types)
    """A page as it lies in the file; its letters say which way is up."""
    page = document[index]
    if page.get_rotation():
        page.set_rotation(0)
        page.close()
        page = document[index]
    return page


def _words_of(page: Any) -> tuple[list[list[Any]], int]:  # noqa: ANN401 (pdfium has no types)
    """The visible words of a page, and how many pictures stand on it."""
    from pypdfium2 import raw  # noqa: PLC0415

    text = page.get_textpage()
    letters, turn = _letters(text, raw)
    words = list(_joined(letters))
    ink = _Ink(page)
    seen = [word for word in words if _is_drawn(text, word, raw) and ink.shows(word, turn)]
    upright = [
        [
            word.text,
            round(word.left, 2),
            round(word.right, 2),
            round(word.y, 2),
            round(word.size, 2),
        ]
        for word in seen
    ]
    pictures = 0
    if not upright:
        pictures = sum(1 for one in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,)))
    text.close()
    return upright, pictures


def _letters(text: Any, raw: Any) -> tuple[list[Letter | None], int]:  # noqa: ANN401
    """Letters in the order of the file, turned upright; None parts words. Also the quarter turns."""
    count = min(raw.FPDFText_CountChars(text), MOST_CHARACTERS)
    x, y = ctypes.c_double(), ctypes.c_double()
    box = raw.FS_RECTF()
    found: list[tuple[str, int, int, tuple[float, ...]] | None] = []
    turns: Counter[int] = Counter()
    at, angle, quarter = (0.0, 0.0), 0.0, 0
    for index in range(count):
        code = raw.FPDFText_GetUnicode(text, index)
        sign = chr(code) if 31 < code < 0x110000 else " "
        if sign.isspace():
            found.append(None)
            continue
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        if not found or found[-1] is None or (x.value != at[0] and y.value != at[1]):
            angle = raw.FPDFText_GetCharAngle(text, index) / (math.pi / 2)
            quarter = round(angle)
        at = (x.value, y.value)
        if abs(angle - quarter) > ASKEW:
            continue
        raw.FPDFText_GetLooseCharBox(text, index, box)
        turns[quarter % 4] += 1
        place = (x.value, y.value, box.left, box.bottom, box.right, box.top)
        found.append((sign, index, quarter % 4, place))
    turn = turns.most_common(1)[0][0] if turns else 0
    return [
        _upright(one[0], one[1], turn, one[3]) if one is not None else None
        for one in found
        if one is None or one[2] == turn
    ], turn


def _upright(sign: str, index: int, turn: int, place: tuple[float, ...]) -> Letter:
    """A letter as it stands when its page is turned so that print runs from left to right."""
    x, y, left, bottom, right, top = place
    if turn == 0:
        return Letter(sign, index, left, right, -y, top - bottom)
    if turn == 2:
        return Letter(sign, index, -right, -left, y, top - bottom)
    if turn == 1:
        return Letter(sign, index, -top, -bottom, -x, right - left)
    return Letter(sign, index, bottom, top, x, right - left)


def _joined(letters: list[Letter | None]) -> Iterator[Word]:
    """Letters that follow each other without a gap, on one baseline and in one size, as words."""
    word: Word | None = None
    for letter in letters:
        if word is not None and (letter is None or not _follows(word, letter)):
            yield word
            word = None
        if letter is None:
            continue
        if word is None:
            word = Word(letter.sign, letter.place, letter.left, letter.right, letter.y, letter.size)
        else:
            word.text += letter.sign
            word.right = letter.right
    if word is not None:
        yield word


def _follows(word: Word, letter: Letter) -> bool:
    size = word.size
    return (
        abs(letter.y - word.y) < 0.1 * size
        and abs(letter.size - size) < 0.2 * size
        and -0.3 * size < letter.left - word.right < NO_GAP * size
    )


class _Ink:
    """A drawn page, to see whether print is there."""

    def __init__(self, page: Any) -> None:  # noqa: ANN401
        self.left, _, self.right, self.top = page.get_bbox()
        bitmap = page.render(scale=SCALE, grayscale=True)
        self.pixels = bytes(bitmap.buffer)
        self.stride, self.width, self.height = bitmap.stride, bitmap.width, bitmap.height
        bitmap.close()

    def shows(self, word: Word, turn: int) -> bool:
        """Whether shades differ where the body of a word's letters stands."""
        left, low, right, high = _on_page(word, turn)
        first, last = int((left - self.left) * SCALE), int((right - self.left) * SCALE) + 1
        top, bottom = int((self.top - high) * SCALE), int((self.top - low) * SCALE) + 1
        first, last = max(first, 0), min(last, self.width)
        darkest, lightest = 255, 0
        for row in range(max(top, 0), min(bottom, self.height)):
            line = self.pixels[row * self.stride + first : row * self.stride + last]
            if line:
                darkest, lightest = min(darkest, *line, 255), max(lightest, *line, 0)
        return lightest - darkest >= INK


def _on_page(word: Word, turn: int) -> tuple[float, float, float, float]:
    """The box of a word's body as the page has it: left, bottom, right, top."""
    body = 0.5 * word.size
    if turn == 0:
        return word.left, -word.y, word.right, -word.y + body
    if turn == 2:
        return -word.right, word.y - body, -word.left, word.y
    if turn == 1:
        return -word.y, -word.right, -word.y + body, -word.left
    return word.y - body, word.left, word.y, word.right


def _is_drawn(text: Any, word: Word, raw: Any) -> bool:  # noqa: ANN401
    """Whether a word is drawn at all: print may be set in a mode that leaves no ink."""
    one = raw.FPDFText_GetTextObject(text, word.place)
    return not one or raw.FPDFTextObj_GetTextRenderMode(one) not in UNDRAWN


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
