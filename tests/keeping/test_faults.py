"""Every wrong, missing, doubled or contradictory entry of a folder is told with its place and what to write."""

from pathlib import Path

import pytest

from jurat.close import close
from jurat.keeping import Faults
from jurat.keeping.tables import rows_of
from jurat.words import RecordError
from tests.folders import add, change, example_copy, faults_of, put, small_folder

FIGURES = "page,line,column,amount,row,was\n"

WRONG_AMOUNTS = (
    "1.234,56", "1e5", "NaN", "inf", "12%", "-(3)", "9" * 20, "9" * 5000, "2012-12-31", "1,23", "1 234",
    "$", "()", "1.234", "=1+1", "٣", "abc",
)  # fmt: skip


@pytest.mark.parametrize("amount", WRONG_AMOUNTS, ids=lambda amount: amount[:12])
def test_what_is_no_amount_is_refused_with_how_to_write_one(tmp_path: Path, amount: str) -> None:
    folder = small_folder(tmp_path)
    put(folder, "inputs/tb.csv", f'{FIGURES}assets,1,1,"{amount}",,\n')
    (fault,) = faults_of(folder)
    assert fault.startswith("inputs/tb.csv:2, column amount: ")
    assert fault.endswith("Write 1234.56, 1,234 or (1,234).")
    assert len(fault) < 200


@pytest.mark.parametrize(
    ("amount", "dollars"),
    [("1,234.50", 1235), ("(1,234.49)", -1234), ("-7", -7), ("$5", 5), ("0", 0)],
)
def test_amounts_are_read_as_accountants_write_them(
    tmp_path: Path, amount: str, dollars: int
) -> None:
    folder = small_folder(tmp_path)
    put(folder, "inputs/tb.csv", f'{FIGURES}assets,1,1,"{amount}",,\n')
    assert close(folder).statement["assets:1:1"].value == dollars


ROWS = {
    "asets,1,1,5,,": "inputs/tb.csv:2: the blank has no cell asets:1:1. Did you mean page assets?",
    "assets,2.3,1,5,,": "inputs/tb.csv:2: the blank has no cell assets:2.3:1. Did you mean line 2.2 or 2.1?",
    "assets,1,9,5,,": "inputs/tb.csv:2: the blank has no cell assets:1:9. Columns of the line: 1, 2, 3, 4.",
    "assets,6,$9,5,,": "inputs/tb.csv:2: the blank has no cell assets:6:$9.",
    "assets,6,$²,5,,": "inputs/tb.csv:2: '²' is no blank of a caption. Write columns as 1, 2 or $1",
    "general_interrogatories,1,2,5,x,": "inputs/tb.csv:2: 'x' is no row.",
    "assets,1,1,5,,7": "inputs/tb.csv:2: replaces 7 at assets:1:1, which nobody gave.",
    "overflow,1697,1,5,,": "inputs/tb.csv:2: the blank has no cell overflow:1697:1.",
    "liabilities,1601,1,5,,": "inputs/tb.csv:2: liabilities:1601:1 is written in without a name. "
    "Name it in write_ins.csv.",
    "exhibit3,0100002,3,5,,": "inputs/tb.csv:2: there is a row exhibit3:0100002, but no exhibit3:0100001 "
    "before it.",
    "cover,insulated,,Maybe,,": "inputs/tb.csv:2, column amount: 'Maybe' is no answer",
    "assets,1,1,5": "inputs/tb.csv:2: 4 fields where 6 belong.",
}


@pytest.mark.parametrize("row", ROWS)
def test_a_wrong_row_of_figures_is_told_with_what_was_likely_meant(
    tmp_path: Path, row: str
) -> None:
    folder = small_folder(tmp_path)
    put(folder, "inputs/tb.csv", f"{FIGURES}{row}\n")
    (fault,) = faults_of(folder)
    assert fault.startswith(ROWS[row])


HEADERS = {
    "page,line,colum,amount": "there is no column 'colum'. Did you mean column?",
    "page;line;column;amount": "the columns are not parted by commas.",
    "page,line,amount": "the header lacks column.",
    "page,line,column,amount,page": "the header names page twice.",
}


@pytest.mark.parametrize("header", HEADERS)
def test_a_wrong_header_is_told(tmp_path: Path, header: str) -> None:
    folder = small_folder(tmp_path)
    put(folder, "inputs/tb.csv", header + "\nassets,1,1,5\n")
    assert any(HEADERS[header] in fault for fault in faults_of(folder))


def test_a_table_from_a_spreadsheet_is_read(tmp_path: Path) -> None:
    """Marked as UTF-8, rows ended as on Windows, with empty columns and rows behind it."""
    folder = small_folder(tmp_path)
    text = "\ufeffpage,line,column,amount,,\r\nassets,1,1,5,,\r\n,,,,,\r\n"
    put(folder, "inputs/tb.csv", text)
    assert close(folder).statement["assets:1:1"].value == 5


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1"])
def test_another_encoding_is_told(tmp_path: Path, encoding: str) -> None:
    folder = small_folder(tmp_path)
    put(folder, "inputs/tb.csv", f"{FIGURES}cover,state,,São,,\n".encode(encoding))
    (fault,) = faults_of(folder)
    assert "Save it as CSV UTF-8." in fault


STRANGERS = {
    "write-ins.csv": "write-ins.csv: no file of a folder has this name. Did you mean write_ins.csv?",
    "trial.csv": "trial.csv: no file of a folder has this name. Tables of figures go into inputs/.",
    "company.TOML": "company.TOML: no file of a folder has this name. Did you mean company.toml?",
    "inputs/tb.xlsx": "inputs/tb.xlsx: is not read. Save it as CSV UTF-8",
    "inputs/TB.CSV": "inputs/TB.CSV: is not read.",
}


@pytest.mark.parametrize("name", STRANGERS)
def test_a_file_that_nothing_reads_is_told(tmp_path: Path, name: str) -> None:
    folder = small_folder(tmp_path)
    put(folder, name, "page,line,column,amount\nassets,1,1,5\n")
    (fault,) = faults_of(folder)
    assert fault.startswith(STRANGERS[name])


def test_notes_of_one_s_own_may_lie_in_a_folder(tmp_path: Path) -> None:
    folder = small_folder(tmp_path)
    for name in ("README.md", "notes.txt", "inputs/README.md", ".gitignore"):
        put(folder, name, "mine")
    assert faults_of(folder) == []


# -- between files --------------------------------------------------------------------------------


def test_a_cell_given_twice_is_told_at_both_places(tmp_path: Path) -> None:
    folder = small_folder(tmp_path)
    put(folder, "inputs/a.csv", "page,line,column,amount\nassets,1,1,5\n")
    put(folder, "inputs/b.csv", "page,line,column,amount\nassets,1,1,5\n")
    (fault,) = faults_of(folder)
    assert fault.startswith(
        "inputs/b.csv:2: assets:1:1 is given a second time; first at inputs/a.csv:2."
    )


def test_a_figure_that_a_rule_gives_is_told(tmp_path: Path) -> None:
    folder = small_folder(tmp_path)
    put(folder, "inputs/tb.csv", "page,line,column,amount\nassets,1,1,5\nassets,1,3,5\n")
    assert faults_of(folder) == [
        "inputs/tb.csv:3: assets:1:3 is given, and a rule gives it: Cols. 1 + 2. "
        "Take it out; a figure against its rule belongs in overrides.csv."
    ]


def test_write_ins_beyond_what_the_overflow_page_numbers_are_told(tmp_path: Path) -> None:
    folder = small_folder(tmp_path)
    rows = [f"liabilities,16,Kind {number},1,{number}" for number in range(1, 99)]
    put(folder, "write_ins.csv", "\n".join(["page,line,name,column,amount", *rows]) + "\n")
    assert faults_of(folder) == [
        f"write_ins.csv:{row}, column name: liabilities, line 16, has room for 96 write-ins. Join some."
        for row in (98, 99)
    ]
    put(folder, "write_ins.csv", "\n".join(["page,line,name,column,amount", *rows[:96]]) + "\n")
    closed = close(folder).statement
    assert closed["liabilities:1698:1"].value == sum(range(4, 97))
    assert closed["liabilities:1699:1"].value == sum(range(1, 97))


WRITE_INS = {
    "liabilities,16,,1,5": "column name: a write-in needs a name.",
    "liabilites,16,Fund,1,5": "column page: there is no page 'liabilites'. Did you mean liabilities?",
    "liabilities,17,Fund,1,5": "column line: nothing is written in for line '17'. Lines: 16, 19.",
    "liabilities,16,Fund,8,5": "column column: the blank has no cell liabilities:1601:8.",
    "liabilities,16,Fund,1,5\nliabilities,16,Fund,1,6": "liabilities:1601:1 is given a second time",
}


@pytest.mark.parametrize("row", WRITE_INS)
def test_a_wrong_write_in_is_told(tmp_path: Path, row: str) -> None:
    folder = small_folder(tmp_path)
    put(folder, "write_ins.csv", f"page,line,name,column,amount\n{row}\n")
    (fault,) = faults_of(folder)
    assert WRITE_INS[row] in fault


def test_a_wrong_reserve_is_told(tmp_path: Path) -> None:
    folder = small_folder(tmp_path)
    rows = ["09,Table,5,", "01,,5,", "01,Table,5.5.5,", "02,Basis,7,", "02,Basis,7,"]
    put(folder, "reserves.csv", "\n".join(["section,basis,ordinary,group", *rows]) + "\n")
    told = faults_of(folder)
    assert [fault.partition(":")[2].partition(":")[0] for fault in told] == [
        "2, column section", "3, column basis", "4, column ordinary", "6",
    ]  # fmt: skip
    assert "Sections: 01" in told[0]
    assert told[3] == "reserves.csv:6: says the same as reserves.csv:5. Take one out."


OVERRIDES = {
    "assets:1:9,5,r,w,2013-12-31": "column cell: the blank has no cell assets:1:9.",
    "assets,5,r,w,2013-12-31": "column cell: 'assets' is not an address.",
    "assets:17:3,5,,w,2013-12-31": "column reason: an override needs it.",
    "assets:17:3,5,r,,2013-12-31": "column who: an override needs it.",
    "assets:17:3,,r,w,2013-12-31": "column amount: an override needs it.",
    "assets:17:3,5,r,w,31/12/2013": "column expires: '31/12/2013' is no date. Write 2013-12-31.",
    "exhibit3:0100001:3,5,r,w,2013-12-31": "there is no row at exhibit3:0100001:3 to override.",
    "overflow:liabilities.1604:1,5,r,w,2013-12-31": "there is no row at overflow:liabilities.1604:1",
    "assets:17:3,5,r,w,2013-12-31\nassets:17:3,6,r,w,2013-12-31": "is overridden a second time.",
}


@pytest.mark.parametrize("row", OVERRIDES)
def test_a_wrong_override_is_told(tmp_path: Path, row: str) -> None:
    folder = small_folder(tmp_path)
    put(folder, "overrides.csv", f"cell,amount,reason,who,expires\n{row}\n")
    told = faults_of(folder)
    assert any(OVERRIDES[row] in fault for fault in told), told


def test_an_override_whose_day_has_passed_is_kept_and_told(tmp_path: Path) -> None:
    folder = small_folder(tmp_path)
    put(
        folder,
        "overrides.csv",
        "cell,amount,reason,who,expires\nassets:17:3,5,r,w,2013-12-31\n",
    )
    closing = close(folder)
    assert closing.statement["assets:17:3"].value == 5
    assert [str(cell.address) for cell in closing.expired] == ["assets:17:3"]


# -- company.toml ---------------------------------------------------------------------------------

COMPANY = {
    "yaer = 2012": "company.toml:1: there is no setting yaer. Did you mean year?",
    "year = '2012'": "company.toml:1: year is of the wrong kind. It is a whole number.",
    "year = true": "company.toml:1: year is of the wrong kind.",
    "year = 12": "company.toml:1: year = 12 is no year of a statement.",
    "year = [2012]": "company.toml:1: year is of the wrong kind.",
    'year = 2012\nkind = "helth"': "company.toml:2: there is no blank of the kind 'helth'.",
    "year = 2012\ncover = 5": "company.toml:2: cover is of the wrong kind. It is a table.",
    "year = 2012\n[cover]\nsate = 'Ohio'": "company.toml:3: [cover] sate: the blank has no cell cover:sate:. "
    "Did you mean line state",
    "year = 2012\n[cover]\nstate = ['Ohio']": "company.toml:3: state: ['Ohio'] is no text",
    "year = 2012\n[cover]\nnaic_company_code = 70416": "company.toml:3: naic_company_code: 70416 is no text; "
    "put what is meant in double quotes.",
    "year = 2012\n[cover]\nyear_ended = '2011'": "company.toml:3: the year stands above",
    "year = 2012\n[policies]\nrounding = 'up'": "company.toml:3: policies.rounding = 'up' is no choice. "
    "One of: each, foot.",
    "year = 2012\n[policies]\nrounding = ['each']": "company.toml:3: policies.rounding is of the wrong kind.",
    "year = 2012\n[policies]\nfills = 3": "company.toml:3: policies.fills is of the wrong kind.",
    "year = 2012\n[policies]\nfills = [3]": "company.toml:3: 3 is no law.",
    "year = 2012\n[policies]\nfills = ['X15.1', 'X15.1']": "company.toml:3: policies.fills names X15.1 twice.",
    "year = 2012\n[policies]\nfills = ['Q1']": "company.toml:3: No law that could fill a cell: Q1.",
    "year = 2012\n[policies]\nfills = ['X15.1']\nnot_held = {'X15.1' = 'no'}": "company.toml:3: X15.1 is "
    "elected, and stands in policies.not_held too.",
    "year = 2012\n[policies]\nnot_held = {'X1' = ''}": "company.toml:3: policies.not_held.X1 needs a reason.",
    "year = 2012\n[policies]\ntax_rate = 35": "company.toml:3: policies.tax_rate is of the wrong kind. "
    'It is a rate: 0.35 or "35 %".',
    "year = 2012\n[policies]\ntax_rate = 0.21555": "company.toml:3: policies.tax_rate = 0.21555 is finer than",
    "year = 2012\n[policies]\nimr_rate = nan": "company.toml:3: policies.imr_rate = 'nan' is no rate.",
    "year = 2012\n[policies]\nimr_rate = '0 %'": "company.toml:3: policies.imr_rate is zero.",
    "year = 2012\n[policies]\nimr_method = 'grouped'": "imr_gains.csv: is not there, and the grouped method",
    "year = ": "company.toml: is not TOML in UTF-8:",
    "": "company.toml: lacks the year of the statement. Write: year = 2012",
}


@pytest.mark.parametrize("text", COMPANY)
def test_a_wrong_company_file_is_told(tmp_path: Path, text: str) -> None:
    put(tmp_path, "company.toml", text)
    told = faults_of(tmp_path)
    assert any(fault.startswith(COMPANY[text]) for fault in told), told


def test_a_folder_without_a_company_is_told(tmp_path: Path) -> None:
    assert faults_of(tmp_path) == [f"company.toml: is not there. Begin with: jurat init {tmp_path}"]


# -- answers --------------------------------------------------------------------------------------

ANSWERS = {
    "[general_interogatories]": ":1: there is no page [general_interogatories]. "
    "Did you mean [general_interrogatories]?",
    "general_interrogatories = 1": ":1: general_interrogatories is no table.",
    '[general_interrogatories]\n"4.1" = "Perhaps"': ':2: [general_interrogatories] "4.1": '
    "'Perhaps' is no answer",
    '[general_interrogatories]\n"4.9" = "Yes"': ':2: [general_interrogatories] "4.9": the blank has no cell',
    '[general_interrogatories]\n4.1 = "Yes"': ':2: [general_interrogatories] "4": there is no line \'4\'. '
    'A number with a point stands in quotes: "4.1"',
    '[general_interrogatories]\n"4.1" = 1.5': ':2: [general_interrogatories] "4.1": 1.5 is no text',
    '[general_interrogatories]\n"4.1" = ["Yes"]': ':2: [general_interrogatories] "4.1": is no table of the page.',
    '[general_interrogatories]\n"1" = [1]': ':2: [general_interrogatories] "1" 1: is no row with columns.',
    '[[general_interrogatories."1"]]\nprodct = "VUL"': ':2: [general_interrogatories] "1" 1 prodct: '
    "there is no column 'prodct'. Try product.",
    '[[general_interrogatories."1"]]\nassets = "5"\n[[general_interrogatories."1"]]\n'
    '[[general_interrogatories."1"]]\nassets = "7"': ':5: [general_interrogatories] "1" 3 assets: '
    "there is a row",
}  # fmt: skip


@pytest.mark.parametrize("text", ANSWERS)
def test_a_wrong_answer_is_told_with_its_line(tmp_path: Path, text: str) -> None:
    folder = small_folder(tmp_path)
    put(folder, "interrogatories.toml", text)
    told = faults_of(folder)
    assert any(fault.startswith(f"interrogatories.toml{ANSWERS[text]}") for fault in told), told


# -- laws, last year, accepted breaks -------------------------------------------------------------

LAWS = {
    "B1 warning": "laws.checks:1: 'B1 warning' is not an id, a severity and a law.",
    "B1      error  Assets, Line 99, Col. 1 = Assets, Line 1, Col. 1\n        Why.": "laws.checks:1: ",
    "X15.1   error  Assets, Line 1, Col. 1 = Assets, Line 2.1, Col. 1\n        Why.": "laws.checks:1: "
    "the id X15.1 is taken.",
    "B1      error  Assets, Line 1, Col. 1 = Assets, Line 2.1, Col. 1    fills\n        Why.\n\n"
    "B2      error  Assets, Line 2.1, Col. 1 = Assets, Line 1, Col. 1    fills\n        Why.": "laws.checks",
    "\udcff": "laws.checks: cannot be read as UTF-8 text",
}


@pytest.mark.parametrize("text", LAWS)
def test_a_law_that_cannot_stand_is_told(tmp_path: Path, text: str) -> None:
    folder = small_folder(tmp_path)
    put(folder, "laws.checks", text.encode(errors="surrogateescape"))
    told = faults_of(folder)
    assert any(fault.startswith(LAWS[text]) for fault in told), told


def test_electing_laws_that_would_fill_in_a_circle_is_told(tmp_path: Path) -> None:
    folder = small_folder(tmp_path, 'fills = ["B1", "B2"]')
    law = "{}      error  Assets, Line {}, Col. 1 = Assets, Line {}, Col. 1\n        Why.\n\n"
    put(folder, "laws.checks", law.format("B1", "1", "2.1") + law.format("B2", "2.1", "1"))
    (fault,) = faults_of(folder)
    assert fault.startswith("company.toml:5: ")
    assert "circle" in fault


def test_an_opening_that_cannot_be_read_or_is_of_another_year_is_told(tmp_path: Path) -> None:
    folder = example_copy(tmp_path)
    change(folder, "opening/facts_2011.csv", "code,2011", "code,2010")
    put(folder, "opening/letter.txt", "Dear reader")
    put(folder, "opening/broken.csv", "page,line\n")
    told = faults_of(folder)
    assert [fault.partition(":")[0] for fault in told] == [
        "opening/broken.csv", "opening/facts_2011.csv", "opening/letter.txt",
    ]  # fmt: skip
    assert "is of 2010; the statement of 2011 belongs there." in told[1]


def test_every_wrong_row_of_last_year_s_facts_is_told_by_itself(tmp_path: Path) -> None:
    folder = example_copy(tmp_path)
    change(folder, "opening/facts_2011.csv", "2550131303", "x")
    change(folder, "opening/facts_2011.csv", "753659045", "y")
    assert faults_of(folder) == [
        f"opening/facts_2011.csv:{row}: not a figure: {text!r}"
        for row, text in ((4, "x"), (5, "y"))
    ]


def test_an_opening_beyond_what_sums_can_hold_is_told(tmp_path: Path) -> None:
    folder = example_copy(tmp_path)
    change(folder, "opening/facts_2011.csv", "2550131303", "9" * 17)
    (fault,) = faults_of(folder)
    assert fault.startswith("opening/facts_2011.csv: assets:1:3 holds 99,999,")


@pytest.mark.parametrize(
    "text", ["accepted = 5", "[[accepted]]\nid = 1", "[accepted]", "accepted = [1]", "=", "\udcff"]
)
def test_a_wrong_file_of_accepted_breaks_is_told(tmp_path: Path, text: str) -> None:
    folder = small_folder(tmp_path)
    put(folder, "accepted.toml", text.encode(errors="surrogateescape"))
    (fault,) = faults_of(folder)
    assert fault.startswith("accepted.toml: ")


def test_an_accepted_break_until_a_moment_is_no_date(tmp_path: Path) -> None:
    folder = small_folder(tmp_path)
    put(
        folder,
        "accepted.toml",
        '[[accepted]]\nid = "X1"\ncell = "c"\ndifference = true\nwhy = "w"\nowner = "o"\n'
        "expires = 2013-01-01T00:00:00Z\n",
    )
    (fault,) = faults_of(folder)
    assert "table 1 lacks or mistypes difference, expires" in fault


# -- all at once ----------------------------------------------------------------------------------


def test_the_faults_of_all_files_are_told_together(tmp_path: Path) -> None:
    folder = example_copy(tmp_path)
    change(folder, "company.toml", 'rounding = "each"', 'rounding = "ech"')
    change(folder, "inputs/figures.csv", "906970121", "906.970.121")
    add(folder, "reserves.csv", "77,Table,5,,,")
    add(folder, "write_ins.csv", "liabilities,16,,1,5,,")
    add(folder, "overrides.csv", "assets:1:9,5,r,w,2013-12-31")
    change(folder, "interrogatories.toml", '"1.1" = "No"', '"1.1" = "Nein"')
    told = faults_of(folder)
    assert [fault.partition(":")[0] for fault in told] == [
        "company.toml", "write_ins.csv", "reserves.csv", "interrogatories.toml", "inputs/figures.csv",
        "overrides.csv",
    ]  # fmt: skip


def test_the_message_says_why_and_what_next(tmp_path: Path) -> None:
    folder = small_folder(tmp_path)
    put(folder, "inputs/tb.csv", f"{FIGURES}asets,1,1,5,,\n")
    with pytest.raises(RecordError) as caught:
        close(folder)
    assert str(caught.value).splitlines() == [
        "1 fault in the folder:",
        "inputs/tb.csv:2: the blank has no cell asets:1:1. Did you mean page assets?",
        "  Why it matters: A figure that is misplaced or counted twice would be sworn to.",
        "  Next: Mend them and close again; nothing was written.",
    ]


def test_an_amount_with_a_comma_and_no_quotes_is_never_cut(tmp_path: Path) -> None:
    """1,234 without quotes makes seven fields of six: it is told, though the last of them is empty."""
    path = tmp_path / "figures.csv"
    path.write_text("page,line,column,amount,source,note\nassets,14,1,1,234,,\n", encoding="utf-8")
    faults = Faults()
    columns = ("page", "line", "column", "amount", "source", "note")
    assert list(rows_of(path, path.name, columns, (), faults)) == []
    assert faults.told == [
        "figures.csv:2: 7 fields where 6 belong. Put a field with a comma in double quotes."
    ]
