"""Every rule finds the break planted for it, at its row and with its dollars; sound records have none."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from jurat.records import BLANK, Records, read_records
from jurat.records.checks import RULES, examine_records
from jurat.records.checks_income import coupon_on_or_before
from jurat.records.ledger import Ledger, told
from jurat.records.problems import Problem
from jurat.records.table import Column
from tests.records.small import Row, Tables, small, write

YEAR = 2012


def examined(folder: Path, tables: Tables) -> list[Problem]:
    intake = read_records(write(folder, tables))
    assert intake.faults == ()
    return examine_records(intake.records, YEAR)


def with_loan(tables: Tables, *payments: Row, maturity: str = "2020-01-01") -> None:
    tables["mortgages"] = [
        {"loan": "M1", "account": "SA1", "property": "farm", "funded": "2010-01-01", "rate": "6",
         "maturity": maturity, "principal": "1000", "cost": "1000"}
    ]  # fmt: skip
    tables["loan_payments"] = [
        {"payment": f"P{number}", "loan": "M1", "date": "2011-01-01", "kind": "principal"} | payment
        for number, payment in enumerate(payments)
    ]


def with_controls(tables: Tables) -> None:
    """Outsiders who say the same as the records."""
    day = "2012-12-31"
    tables["custodian"] = [
        {"account": "SA1", "security": "00206R102", "date": day, "quantity": "800000"},
        {"account": "SA2", "security": "STOCK-1", "date": day, "quantity": "400"},
    ]
    tables["cash"] = [
        {
            "account": "SA1",
            "depository": "Bank A",
            "date": day,
            "balance": "-12.50",
            "kind": "overdraft",
        }
    ]
    tables["bank"] = [{"account": "SA1", "depository": "Bank A", "date": day, "balance": "-12.50"}]
    tables["funds"] = [
        {"account": "SA1", "date": day, "fair_value": "808000"},
        {"account": "SA2", "date": day, "fair_value": "10000"},
    ]


def foreign(tables: Tables, *rates: str) -> None:
    tables["securities"][1]["currency"] = "EUR"
    tables["exchange_rates"] = [{"currency": "EUR", "date": date, "rate": "1.3"} for date in rates]


def bought_again(tables: Tables, designation: str) -> None:
    """The bond is sold 10,000 below its cost of 198,000, and bought again 20 days later."""
    tables["trades"][0]["amount"] = "188000"
    tables["designations"][0]["designation"] = designation
    tables["prices"].append({"security": "00206R102", "date": "2012-03-21", "price": "94"})
    tables["lots"].append(
        tables["lots"][0]
        | {"lot": "L3", "traded": "2012-03-21", "quantity": "100000", "cost": "94000"}
    )


def set_in(table: str, row: int, **change: str) -> Callable[[Tables], None]:
    def spoil(tables: Tables) -> None:
        tables[table][row] |= change

    return spoil


def drop(table: str, *rows: int) -> Callable[[Tables], None]:
    def spoil(tables: Tables) -> None:
        for row in sorted(rows, reverse=True):
            del tables[table][row]

    return spoil


def add(table: str, **row: str) -> Callable[[Tables], None]:
    def spoil(tables: Tables) -> None:
        tables.setdefault(table, []).append(row)

    return spoil


def control(table: str, row: int, **change: str) -> Callable[[Tables], None]:
    def spoil(tables: Tables) -> None:
        with_controls(tables)
        tables[table][row] |= change

    return spoil


BREAKS: list[tuple[str, Callable[[Tables], None], str, str]] = [
    # rule, what is spoilt, where it is told, dollars and cents
    ("price.missing", drop("prices", 1), "securities.csv:3", "9600.00"),
    ("price.stale", set_in("prices", 0, date="2012-11-30"), "securities.csv:2", "792000.00"),
    ("price.jump", add("prices", security="STOCK-1", date="2012-12-30", price="2.5"), "prices.csv:3", "9000.00"),
    ("price.jump", add("prices", security="STOCK-1", date="2012-12-30", price="2500"), "prices.csv:3", "990000.00"),
    ("designation.missing", set_in("designations", 0, date="2013-01-01"), "securities.csv:2", "792000.00"),
    ("designation.conflict", lambda t: [  # type: ignore[list-item]
        add("designations", security="00206R102", date=date, designation=to)(t)
        for date, to in (("2012-12-01", "1"), ("2012-12-20", "4"))
    ], "securities.csv:2", "792000.00"),
    ("designation.conflict", add("collateral", account="SA1", security="00206R102", date="2012-12-31",
     designation="2FE", fair_value="7", book_value="8"), "collateral.csv:2", "8.00"),
    ("income.aged", drop("income", 3, 4), "securities.csv:2", "20000.00"),
    ("income.missing", drop("income", 3), "securities.csv:2", "20000.00"),
    ("income.aged", add("income", receipt="D1", kind="dividend", account="SA2", security="STOCK-1",
     declared="2012-09-01", amount="44"), "income.csv:7", "44.00"),
    ("lot.quantity", set_in("lots", 1, quantity="-400"), "lots.csv:3", "9600.00"),
    ("lot.quantity", set_in("lots", 1, quantity="0"), "lots.csv:3", "9600.00"),
    ("lot.cost", set_in("lots", 1, cost="-9600"), "lots.csv:3", "9600.00"),
    ("lot.cost", add("prices", security="00206R102", date="2010-07-02", price="9.9"), "lots.csv:2", "891000.00"),
    ("trade.quantity", set_in("trades", 0, quantity=""), "trades.csv:2", "201000.00"),
    ("trade.oversold", set_in("trades", 0, quantity="1250000"), "trades.csv:2", "247500.00"),
    ("trade.oversold", set_in("trades", 0, quantity="1250000", lot=""), "trades.csv:2", "40200.00"),
    ("trade.amount", add("prices", security="00206R102", date="2012-03-02", price="9.9"), "trades.csv:2", "181200.00"),
    ("trade.par", set_in("trades", 0, kind="paydown"), "trades.csv:2", "1000.00"),
    ("trade.transfer", set_in("trades", 0, kind="transfer"), "trades.csv:2", "201000.00"),
    ("trade.write_down", set_in("trades", 0, kind="write_down", quantity="", amount="990000.01"), "lots.csv:2", "0.01"),
    ("trade.early", set_in("trades", 0, traded="2010-06-30"), "trades.csv:2", "201000.00"),
    ("trade.other", set_in("trades", 0, account="SA2"), "trades.csv:2", "201000.00"),
    ("lot.matured", set_in("securities", 0, maturity="2012-12-31"), "lots.csv:2", "792000.00"),
    ("lot.late", set_in("securities", 0, maturity="2010-06-30"), "lots.csv:2", "990000.00"),
    ("sale.wash", lambda t: bought_again(t, "3"), "trades.csv:2", "10000.00"),
    ("security.coupon", set_in("securities", 0, coupon=""), "securities.csv:2", "792000.00"),
    ("security.maturity", set_in("securities", 0, maturity=""), "securities.csv:2", "792000.00"),
    ("security.calls", set_in("securities", 0, description="AT&T 5 % callable"), "securities.csv:2", "792000.00"),
    ("security.calls", set_in("trades", 0, kind="call"), "securities.csv:2", "792000.00"),
    ("currency.rate", foreign, "securities.csv:3", "9600.00"),
    ("currency.rate", lambda t: foreign(t, "2011-01-01", "2012-11-30"), "securities.csv:3", "9600.00"),
    ("currency.rate", lambda t: foreign(t, "2012-12-31"), "securities.csv:3", "9600.00"),
    ("loan.overpaid", lambda t: with_loan(t, {"amount": "900"}, {"amount": "150"}), "loan_payments.csv:3", "50.00"),
    ("loan.early", lambda t: with_loan(t, {"amount": "9", "date": "2009-12-31"}), "loan_payments.csv:2", "9.00"),
    ("loan.matured", lambda t: with_loan(t, {"amount": "900"}, maturity="2012-06-01"), "mortgages.csv:2", "100.00"),
    ("account.imr", set_in("accounts", 0, imr="no"), "accounts.csv:2", "792000.00"),
    ("control.custodian", control("custodian", 0, quantity="800100"), "custodian.csv:2", "101.00"),
    ("control.custodian", control("custodian", 0, security="STOCK-1"), "custodian.csv:2", "20000000.00"),
    ("control.bank", control("bank", 0, balance="12.50"), "bank.csv:2", "25.00"),
    ("control.bank", control("bank", 0, depository="Bank B", balance="0"), "cash.csv:2", "12.50"),
    ("control.funds", control("funds", 0, fair_value="808000.02"), "funds.csv:2", "0.02"),
]  # fmt: skip


def test_sound_records_have_no_problem(tmp_path: Path) -> None:
    tables = small()
    with_controls(tables)
    with_loan(tables, {"amount": "900"})
    foreign(tables)
    tables["securities"][1]["currency"] = "USD"
    assert examined(tmp_path, tables) == []


@pytest.mark.parametrize(("rule", "spoil", "where", "dollars"), BREAKS)
def test_a_planted_break_is_found(
    tmp_path: Path, rule: str, spoil: Callable[[Tables], None], where: str, dollars: str
) -> None:
    tables = small()
    spoil(tables)
    found = [
        (problem.where, f"{problem.cents // 100}.{problem.cents % 100:02}")
        for problem in examined(tmp_path, tables)
        if problem.rule == rule
    ]
    assert (where, dollars) in found


def test_every_rule_has_a_planted_break() -> None:
    assert {rule for rule, *_ in BREAKS} | {"account.basis"} == set(RULES)


# -- records that intake would not let through --------------------------------------------------


def spoilt(folder: Path, table: str, column: str, to: Column) -> list[Problem]:
    records = read_records(write(folder, small())).records
    tables = dict(records.tables)
    columns = dict(tables[table].columns) | {column: to}
    tables[table] = replace(tables[table], columns=columns)
    return examine_records(Records(tables=tables), YEAR)


def test_an_account_without_a_basis_is_told(tmp_path: Path) -> None:
    (problem,) = spoilt(tmp_path, "accounts", "basis", np.array([0, BLANK]))
    assert (problem.rule, problem.where, problem.cents) == (
        "account.basis",
        "accounts.csv:3",
        9_600_00,
    )


def test_a_lot_without_a_security_is_told_once_for_all_its_lots(tmp_path: Path) -> None:
    found = spoilt(tmp_path, "lots", "security", pa.array(["GONE", "GONE"]))
    (problem,) = (problem for problem in found if problem.rule == "lots.security")
    assert problem.cents == (990_000 + 9_600) * 100
    assert problem.what == "2 rows of lots name GONE, which is not among securities."
    assert problem.where == "lots.csv:2"


# -- what is no break ---------------------------------------------------------------------------


def rules(folder: Path, tables: Tables) -> list[str]:
    return [problem.rule for problem in examined(folder, tables)]


def test_a_wash_of_naic_2_is_none(tmp_path: Path) -> None:
    tables = small()
    bought_again(tables, "2")
    assert rules(tmp_path, tables) == []


def test_the_custodian_is_asked_for_what_only_the_records_hold(tmp_path: Path) -> None:
    tables = small()
    with_controls(tables)
    tables["custodian"][0]["security"], tables["custodian"][0]["quantity"] = "STOCK-1", "0"
    (problem,) = examined(tmp_path, tables)
    assert (problem.rule, problem.where, problem.cents) == (
        "control.custodian", "lots.csv:2", 808_000_00,
    )  # fmt: skip


def test_trades_without_a_lot_take_the_first_bought_first(tmp_path: Path) -> None:
    tables = small()
    tables["lots"].append(
        tables["lots"][1] | {"lot": "L3", "traded": "2010-01-01", "quantity": "100"}
    )
    tables["trades"] = [
        tables["trades"][0]
        | {"account": "SA2", "security": "STOCK-1", "lot": "", "quantity": "150", "amount": "1"}
    ]
    ledger = Ledger(read_records(write(tmp_path, tables)).records, YEAR)
    assert (ledger.closing_held // 10**6).tolist() == [1_000_000, 350, 0]


def test_problems_are_ranked_by_dollars(tmp_path: Path) -> None:
    tables = small()
    tables["prices"], tables["designations"] = [], []
    found = examined(tmp_path, tables)
    assert [problem.cents for problem in found] == [792_000_00, 792_000_00, 9_600_00]
    assert [str(problem.severity) for problem in found] == ["error", "warning", "error"]


@pytest.mark.parametrize(
    ("terms", "day", "coupon"),
    [
        (("2020-06-30", "2", "no"), "2012-12-31", "2012-12-30"),
        (("2020-06-30", "2", "yes"), "2012-12-31", "2012-12-31"),
        (("2020-08-31", "2", "no"), "2012-03-01", "2012-02-29"),
        (("2020-05-15", "4", "no"), "2012-02-14", "2011-11-15"),
        (("2020-05-15", "1", "no"), "2012-05-15", "2012-05-15"),
        (("2012-11-15", "12", "no"), "2012-12-31", "2012-11-15"),
    ],
)
def test_coupon_dates_are_counted_back_from_maturity(
    tmp_path: Path, terms: tuple[str, str, str], day: str, coupon: str
) -> None:
    tables = small()
    names = ("maturity", "frequency", "month_end")
    tables["securities"][0] |= dict(zip(names, terms, strict=True))
    ledger = Ledger(read_records(write(tmp_path, tables)).records, YEAR)
    asked = int(np.datetime64(day).astype(np.int64))
    assert told(coupon_on_or_before(ledger, np.array([0]), asked)[0]) == coupon
