from collections.abc import Iterator

import pytest

from tests.importers.site import Site, serving


@pytest.fixture
def site() -> Iterator[Site]:
    """A web site on this machine without any page."""
    with serving() as served:
        yield served
