"""Controls: what others say of the same holdings, to be held against ours."""

from jurat.records.fields import ACCOUNT, DATE, SECURITY, Kind, TableKind, field_of, id_of

CONTROLS: tuple[TableKind, ...] = (
    TableKind(
        name="custodian",
        means="what the custodian holds for an account",
        key=("account", "security", "date"),
        is_control=True,
        fields=(
            ACCOUNT,
            SECURITY,
            DATE,
            field_of("quantity", Kind.QUANTITY, "par or shares", needed=True),
        ),
    ),
    TableKind(
        name="bank",
        means="what a bank says it holds",
        key=("account", "depository", "date"),
        is_control=True,
        fields=(
            ACCOUNT,
            id_of("depository", "the bank"),
            DATE,
            field_of("balance", Kind.MONEY, "its balance", needed=True),
        ),
    ),
    TableKind(
        name="funds",
        means="the total fair value of an account's securities, by its administrator",
        key=("account", "date"),
        is_control=True,
        fields=(ACCOUNT, DATE, field_of("fair_value", Kind.MONEY, "in dollars", needed=True)),
    ),
)
