"""HTML built so that text is escaped unless it says it is markup."""

import json
from collections.abc import Iterable
from html import escape


class Html(str):
    """Markup that may stand as it is; every other string is text."""

    __slots__ = ()


def tag(name: str, *content: str, **attributes: str) -> Html:
    """An element; an attribute that is empty is left out, `class_` and `data_g` lose their dashes.

    >>> tag("b", "1 < 2", class_="sum")
    '<b class="sum">1 &lt; 2</b>'
    """
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value
    )
    return Html(f"<{name}{told}>{joined(content)}</{name}>")


def joined(content: Iterable[str]) -> Html:
    """Pieces one behind the other, texts escaped."""
    return Html("".join(p if isinstance(p, Html) else escape(p, quote=False) for p in content))


def fold(summary: str, *content: str, class_: str = "") -> Html:
    """What opens at a click on its summary."""
    return tag("details", tag("summary", summary), *content, class_=class_)


def as_data(data: object) -> Html:
    r"""Data as JSON that cannot end the script element it stands in.

    >>> as_data({"a": "</script>"})
    '{"a":"\\u003c/script\\u003e"}'
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Html(text)


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun.

    >>> counted(1, "break"), counted(1200, "break"), counted(0, "story", "stories")
    ('1 break', '1,200 breaks', '0 stories')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"
