"""Made-up rows of detail schedules, seeded, and a statement whose subtotals are what they add to."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa

import jurat
from jurat.blanks import Role
from jurat.money import Kind
from jurat.publishing.details.spelling import dollars_of
from jurat.records.table import Column
from jurat.records.tables import BLANK
from jurat.schedules.crossed import crossed_out
from jurat.schedules.detail import Detail
from jurat.statement import Cell, CellState, Statement, fill
from jurat.words import Address

WORDS = (
    "US TREASURY NT",
    "FNMA POOL",
    "GENERAL ELEC CAP CORP",
    "CITY OF SPRINGFIELD MASS GO",
    "AT&T INC SR NT",
)


def made_detail(page: str, rows: int, seed: int = 1, sections: int = 5) -> Detail:
    """Rows of a page: every column by its kind, some cells blank, amounts less than nought among them."""
    blank = jurat.load_blank()
    form = blank.pages[page]
    chance, numbers = random.Random(f"{page} {seed}"), np.random.default_rng(seed)
    leaves = [
        line.id
        for line in form.lines
        if line.role is Role.LINE and not line.laws and len(line.id) == 7
    ]
    chosen = sorted(chance.sample(leaves, min(sections, len(leaves))), key=leaves.index)
    section = np.sort(numbers.integers(0, len(chosen), rows))
    columns = {c.number: _column(c.kind, c.name, rows, numbers) for c in form.declared.columns}
    for equation in blank.equations:  # a total change is what the columns beside it come to
        left, right = equation.left, [p for p, _ in equation.right]
        beside = all(isinstance(p, Address) and p.line == left.line for p in right)
        if left.page == page and left.line == chosen[0] and equation.fills and beside:
            columns[left.column] = sum(
                sign * np.where(columns[p.column] == BLANK, 0, columns[p.column])
                for p, sign in equation.right
                if isinstance(p, Address)
            )
    return Detail(page=page, sections=tuple(chosen), section=section, columns=columns,
                  lot=pa.array([f"L-{at}" for at in range(rows)]))  # fmt: skip


def _column(kind: Kind, name: str, rows: int, numbers: np.random.Generator) -> Column:
    if kind is Kind.TEXT:
        tails = numbers.integers(2000, 2040, rows)
        return pa.array([f"{WORDS[t % len(WORDS)]} {t / 8:.3f}% DUE {t}" for t in tails.tolist()])
    if kind is Kind.CODE:
        if name == "cusip":
            return pa.array([f"{n:08d}0" for n in numbers.integers(0, 10**8, rows).tolist()])
        return pa.array([("", "1FE", "JD", "F")[n] for n in numbers.integers(0, 4, rows).tolist()])
    top = {
        Kind.MONEY: 10**9,
        Kind.DATE: 20_000,
        Kind.RATE: 10**8,
        Kind.PRICE: 2 * 10**10,
        Kind.QUANTITY: 10**11,
    }[kind]
    low = -top // 50 if kind is Kind.MONEY else 0
    values = numbers.integers(low, top, rows)
    values[numbers.random(rows) < 0.1] = BLANK
    return values


def with_details(statement: Statement, details: Mapping[str, Detail]) -> Statement:
    """The statement with the pages of the rows: leaves are what rows add to, the rest their rules."""
    cells: dict[Address, Cell] = {}
    for page, detail in details.items():
        form = statement.blank.pages[page]
        for column in (c for c in form.declared.columns if c.kind is Kind.MONEY):
            for at, line in enumerate(detail.sections):
                slot = form.by_id[line].slot(column.number)
                if slot is None or slot.is_xxx:
                    continue
                values = detail.columns[column.number][detail.section == at]
                cents = np.array([int(values[values != BLANK].sum())])
                cells[slot.address] = Cell(
                    address=slot.address,
                    kind=Kind.MONEY,
                    state=CellState.VALUE,
                    value=int(dollars_of(cents)[0]),
                )
    pages = {*details}
    crossed = [cell for page in details for cell in crossed_out(statement.blank, page)]
    bare = replace(statement, cells={}, pages=statement.pages | pages)
    filled = fill(bare.replaced([*crossed, *cells.values()]))
    ours = {a: c for a, c in filled.cells.items() if a.page in pages}
    return replace(statement, cells={**statement.cells, **ours}, pages=statement.pages | pages)


def some(
    pages: Sequence[str] = ("schedule_d_part1", "schedule_d_part4"), rows: int = 300
) -> dict[str, Detail]:
    """Rows of some pages."""
    return {page: made_detail(page, rows, seed) for seed, page in enumerate(pages, 1)}
