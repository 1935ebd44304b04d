"""The app, running, for the tests of its API: one for most tests, others where settings differ."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from gradio_client import Client

from tests.cloud import Cloud
from tests.integration.waiting import quick
from tests.running import App, leave


@pytest.fixture(scope="session")
def shared_app(shared_cloud: Cloud, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The app with a key for every service of the cloud."""
    with App(tmp_path_factory.mktemp("app"), shared_cloud.environment()) as found:
        yield found


@pytest.fixture
def cloud(shared_cloud: Cloud) -> Iterator[Cloud]:
    """The cloud with nothing remembered and quick jobs; fails on a leaked key."""
    shared_cloud.reset()
    quick(shared_cloud)
    yield shared_cloud
    assert shared_cloud.bugs == []
    assert shared_cloud.leaks() == []


@pytest.fixture
def app(shared_app: App, cloud: Cloud) -> App:
    """The app with every key, over a fresh cloud."""
    return shared_app


@pytest.fixture
def make_app(tmp_path: Path) -> Iterator[Callable[..., App]]:
    """Starts an app of the test's own: settings by name, `prelude` as `App` has it."""
    with ExitStack() as stack:
        number = iter(range(9))

        def make(prelude: str = "", **settings: str) -> App:
            return stack.enter_context(App(tmp_path / f"app{next(number)}", settings, prelude))

        yield make


@pytest.fixture
def client(app: App) -> Iterator[Client]:
    """A client of its own session."""
    found = app.client()
    yield found
    leave(found)
