"""The page on how numbers are computed: its examples run, and name every role and rule."""

import doctest
import re

from graphs.brokerage import ROLES
from graphs.countries_of import GROUP_RULES
from graphs.stability import PLAN
from tests.needs import ROOT

PAGE = (ROOT / "docs" / "how-numbers.md").read_text("utf-8")


def test_the_examples_give_what_the_page_says() -> None:
    code = "\n".join(re.findall(r"^```python\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE))
    example = doctest.DocTestParser().get_doctest(code, {}, "how-numbers", "how-numbers.md", 0)
    result = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(example)
    assert result.attempted > 30
    assert result.failed == 0


def test_the_page_names_what_the_code_knows() -> None:
    for word in [*ROLES, *GROUP_RULES, f"{PLAN.limit:,}", f"{PLAN.draws} draws"]:
        assert word in PAGE, word
