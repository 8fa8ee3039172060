"""`policies.relief`: the election reaches the closing, what-if and the life of a lot."""

import shutil
from pathlib import Path

from click.testing import CliRunner

from jurat.cli.main import main
from jurat.close import close
from jurat.close.whatif import what_if
from jurat.records import accept_table
from tests.folders import faults_of, small_folder
from tests.records.small import Tables, small, write

SALE = {
    "trade": "T2",
    "kind": "sale",
    "lot": "",
    "account": "SA2",
    "security": "STOCK-1",
    "traded": "2012-06-01",
    "quantity": "300",
    "amount": "7500",
}


def books(home: Path, policy: str, *, booked: bool = True) -> Path:
    """400 shares at 24 and 200 at 30, and 300 sold for 25 that name no lot."""
    tables: Tables = small()
    tables["lots"].append(
        {
            **tables["lots"][1],
            "lot": "L3",
            "traded": "2012-03-01",
            "quantity": "200",
            "cost": "6000",
        }
    )
    if booked:
        tables["trades"].append(SALE)
    folder = small_folder(home, policy)
    shutil.rmtree(folder / "records", ignore_errors=True)
    write(folder / "records", tables)
    return folder


def gain_on_stock(folder: Path) -> int:
    return close(folder).statement["capital_gains:2.2:1"].figure


def test_the_gain_is_on_the_first_lot_or_on_every_lot(tmp_path: Path) -> None:
    # 7,500 less 300 at 24; 7,500 less 200 at 24 and 100 at 30
    assert gain_on_stock(books(tmp_path, "")) == 300
    assert gain_on_stock(books(tmp_path, 'relief = "fifo"')) == 300
    assert gain_on_stock(books(tmp_path, 'relief = "average"')) == -300


def test_what_if_on_average_equals_booking(tmp_path: Path) -> None:
    policy = 'relief = "average"'
    file = write(tmp_path / "tried", {"trades": [SALE]}) / "trades.csv"
    tried = what_if(close(books(tmp_path, policy, booked=False)), accept_table(file, "trades"))
    assert sorted((one.lot, one.gain) for one in tried.sales) == [("L2", 20_000), ("L3", -50_000)]
    done = close(books(tmp_path, policy)).statement
    figures = {at: cell.figure for at, cell in tried.statement.cells.items() if cell.figure}
    assert figures == {at: cell.figure for at, cell in done.cells.items() if cell.figure}


def test_the_life_of_a_lot_follows_the_election(tmp_path: Path) -> None:
    for policy, gain in (("", "-"), ('relief = "average"', "(500.00)")):
        told = CliRunner().invoke(main, ["lot", str(books(tmp_path, policy)), "L3"])
        assert told.exit_code == 0, told.output
        last = next(line for line in told.output.splitlines() if line.startswith("  2012 "))
        assert last.split()[7] == gain


def test_another_relief_is_told(tmp_path: Path) -> None:
    (fault,) = faults_of(small_folder(tmp_path, 'relief = "lifo"'))
    assert "policies.relief = 'lifo' is no choice. One of: fifo, average." in fault
