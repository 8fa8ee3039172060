"""How cells stand: what a rule gives, and whether that is what the statement holds."""

from collections import Counter
from dataclasses import replace

from jurat.statement import (
    Cell,
    CellState,
    Standing,
    Statement,
    fill,
    filling_rules,
    holds,
    standings,
    stated_figure,
)
from jurat.words import Address


def test_rules_give_what_filling_fills(example: Statement) -> None:
    filled = fill(example)
    rules = filling_rules(example)
    assert len(rules) > 1_000
    for address, rule in rules.items():
        given = rule.gives(lambda place: stated_figure(filled, place))
        if address.page not in filled.none_pages and given is not None:
            assert given == filled[address].value, address


def test_a_blank_of_blanks_is_a_blank_and_not_zero(example: Statement) -> None:
    rule = filling_rules(example)[Address.parse("assets:12:1")]
    assert rule.gives(lambda _: None) is None
    assert rule.gives(lambda _: 0) == 0


def test_a_product_and_a_share_round_halves_away_from_zero(example: Statement) -> None:
    rules = filling_rules(example)
    product = rules[Address.parse("avr_default:2:6")]
    assert (product.scale, product.factor) == (10_000, Address.parse("avr_default:2:5"))
    amount = product.terms[0][0]
    assert [product.gives({amount: held}.get) for held in (1_250, -1_250, 1_249)] == [1, -1, 0]
    share = next(rule for rule in rules.values() if rule.is_share)
    assert share.gives({share.terms[0][0]: 25, share.terms[1][0]: 2_000}.get) == 13
    assert share.gives({share.terms[0][0]: 25, share.terms[1][0]: 0}.get) == 0


def test_every_cell_stands_in_one_way(example: Statement) -> None:
    held = standings(example)
    told = Counter(held.values())
    assert len(held) == len(list(example.all_slots()))
    assert told[Standing.RULE] > 800
    assert held[Address.parse("assets:1:1")] is Standing.INPUT
    assert held[Address.parse("assets:12:1")] is Standing.RULE
    assert held[Address.parse("avr_default:2:5")] is Standing.FORM
    assert held[Address.parse("avr_default:1:6")] is Standing.UNPRINTED
    assert held[Address.parse("schedule_d:12:")] is Standing.STATED
    carried = standings(fill(replace(example, prior=example)))
    assert carried[Address.parse("assets:17:4")] is Standing.CARRIED


def test_a_filled_statement_states_nothing_against_a_rule(golden: Statement) -> None:
    assert Standing.STATED not in standings(fill(golden)).values()


def test_a_rule_that_reads_an_unread_cell_does_not_hold(example: Statement) -> None:
    address = Address.parse("assets:1:1")
    rule = filling_rules(example)[Address.parse("assets:1:3")]
    assert holds(example, rule)
    unread = Cell(address=address, kind=example[address].kind, state=CellState.UNREAD)
    assert not holds(example.replaced([unread]), rule)
