"""The cover, in the words and order a filing prints it."""

import re

from jurat.blanks import Form
from jurat.money import Kind
from jurat.publishing.blocks import Block, Boxes, Gap, Paragraph, Word, one_line
from jurat.statement import Statement

COVER = "cover"

_LINES = """
ANNUAL STATEMENT

FOR THE YEAR ENDED DECEMBER 31, {year_ended}

OF THE CONDITION AND AFFAIRS OF THE SEPARATE ACCOUNTS OF THE

{company_name}

NAIC Group Code {naic_group_code_current} {naic_group_code_prior} \
NAIC Company Code {naic_company_code} Employer's ID Number {employer_id}
(Current) (Prior)

Organized under the Laws of {organized_under}, State of Domicile or Port of Entry {domicile}

Country of Domicile {country}

Type of Separate Accounts Insulated {insulated} Non-Insulated {non_insulated}

Incorporated/Organized {incorporated} Commenced Business {commenced}

Statutory Home Office {home_office}
(Street and Number) (City or Town, State, Country and Zip Code)

Main Administrative Office {main_office}
(Street and Number) (City or Town, State, Country and Zip Code) {main_office_telephone}
(Area Code) (Telephone Number)

Mail Address {mail_address}
(Street and Number or P.O. Box) (City or Town, State, Country and Zip Code)

Primary Location of Books and Records {records}
(Street and Number) (City or Town, State, Country and Zip Code) {records_telephone}
(Area Code) (Telephone Number)

Internet Website Address {website}

Statutory Statement Contact {contact}, {contact_telephone}
(Name) (Area Code) (Telephone Number)
{contact_email}, {contact_fax}
(E-mail Address) (FAX Number)

OFFICERS

President and Chief Executive Officer {president} Treasurer {treasurer}
Secretary {secretary} Actuary {actuary}

OTHER

{other_officers}

DIRECTORS OR TRUSTEES

{directors}

State of {state} SS:
County of {county}

The officers of this reporting entity being duly sworn {oath}

Subscribed and sworn to before me this {sworn_on}

- a. Is this an original filing? {a}
b. If no,
1. State the amendment number {b1}
2. Date filed {b2}
3. Number of pages attached {b3}
"""


def cover_blocks(statement: Statement, form: Form) -> list[Block]:
    """The cover's lines; what the form asks beyond the lines we know stands below them."""
    blocks: list[Block] = []
    known = set(re.findall(r"\{(\w+)\}", _LINES))
    for line in _LINES.strip().splitlines():
        words = _words(statement, form, line)
        if not line or not any(word.text.strip() for word in words):
            blocks.append(Gap())
        else:
            blocks.append(Paragraph(words=words))
    for slot in form.slots:
        if slot.address.line not in known:
            printed = _word(statement, form, slot.address.line)
            blocks.append(Paragraph(words=(Word(text=f"{slot.caption} "), printed)))
    return blocks


def _words(statement: Statement, form: Form, line: str) -> tuple[Word, ...]:
    """A line with the cells in it; a comma before a blank cell is not printed."""
    words: list[Word] = []
    for piece in re.split(r"(\{\w+\})", line):
        if not piece.startswith("{"):
            words += [Word(text=piece)] if piece else []
            continue
        cell = _word(statement, form, piece[1:-1])
        if not cell.text and words and words[-1].text.endswith(", "):
            words[-1] = Word(text=words[-1].text[:-2])
        words.append(cell)
    return tuple(words)


def _word(statement: Statement, form: Form, name: str) -> Word:
    line = form.by_id.get(name)
    if line is None or not line.slots:
        return Word(text="", is_open=True)
    slot = line.slots[-1]
    cell = statement.cells.get(slot.address)
    shown = one_line(cell.shown) if cell else ""
    boxes = Boxes.of(slot.kind)
    if slot.kind is Kind.YES_NO and not line.number:
        boxes = Boxes.ONE
    is_open = not shown and boxes is Boxes.NONE
    return Word(text=shown, address=slot.address, boxes=boxes, is_open=is_open)
