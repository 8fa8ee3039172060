"""Flux: the amounts that moved by enough, matched over years, prior year columns left out."""

from jurat.comparing import flux
from jurat.money import Kind
from jurat.statement import Cell, CellState, Statement, fill
from jurat.words import Address


def later(statement: Statement, figures: dict[str, int]) -> Statement:
    return fill(statement.with_figures({Address.parse(a): v for a, v in figures.items()}))


def test_an_amount_that_was_zero_counts_by_its_dollars(example: Statement) -> None:
    was = fill(example)
    now = later(was, {"liabilities:7:1": 260_000})
    lines = {line.address: line for line in flux(was, now, over=260_000, percent=999)}
    moved = lines["liabilities:7:1"]
    assert (moved.before, moved.after, moved.percent) == (0, 260_000, None)
    assert flux(was, now, over=260_001) == ()
    total = next(x for x in flux(was, now) if x.address == "liabilities:17:1")
    assert [(d.place, d.effect) for d in total.drivers] == [("liabilities:7:1", 260_000)]


def test_the_percentage_is_of_the_earlier_amount(example: Statement) -> None:
    figure = example["exhibit1:17:1"].figure
    now = example.with_figures({Address.parse("exhibit1:17:1"): figure + figure // 4})
    [line] = flux(example, now, over=1, percent=250)
    assert (line.before, line.after, line.percent) == (16_100, 20_125, 250)
    assert flux(example, now, over=1, percent=251) == ()


def test_prior_year_columns_are_left_out(example: Statement) -> None:
    now = example.with_figures({Address.parse("liabilities:1:4"): 5})
    assert flux(example, now) == ()


def test_a_write_in_is_itself_wherever_it_stands(example: Statement) -> None:
    def with_fees(line: str) -> Statement:
        name = Address("liabilities", line)
        cell = Cell(address=name, kind=Kind.TEXT, state=CellState.VALUE, value="Fees")
        blank = {Address("liabilities", f"160{n}", c): None for n in (1, 2, 3) for c in "123"}
        return example.with_figures({**blank, Address("liabilities", line, "3"): 9}).replaced(
            [cell]
        )

    lines = flux(with_fees("1602"), with_fees("1603"))
    assert [line.address for line in lines] == []
