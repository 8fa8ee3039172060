"""Every example in a docstring runs and says what it shows."""

import doctest
import importlib
import pkgutil
from types import ModuleType

import pytest

import jurat

NAMES = [jurat.__name__, *(m.name for m in pkgutil.walk_packages(jurat.__path__, "jurat."))]
FLAGS = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS


def module(name: str) -> ModuleType:
    """A module of ours; `__main__` is left out, because it would run the command line."""
    return importlib.import_module(name)


@pytest.mark.parametrize("name", [name for name in NAMES if not name.endswith("__main__")])
def test_the_examples_of_a_module_run(name: str) -> None:
    outcome = doctest.testmod(module(name), optionflags=FLAGS)
    assert outcome.failed == 0, f"{name}: see the output above"


def test_there_are_examples() -> None:
    finder = doctest.DocTestFinder(exclude_empty=True)
    modules = [module(name) for name in NAMES if not name.endswith("__main__")]
    examples = sum(bool(test.examples) for one in modules for test in finder.find(one))
    assert examples >= 25
