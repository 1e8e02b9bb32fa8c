"""The client that tests of routes use, without the warning that it would rather have another httpx."""

import warnings
from collections.abc import Callable
from contextlib import AbstractContextManager

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from fastapi.testclient import TestClient

__all__ = ["CountSql", "TestClient"]

CountSql = Callable[[], AbstractContextManager[list[str]]]
"""Collects the statements that the application sends while the block runs."""
