"""Settings that all tests share."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "repeatable", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)
settings.load_profile("repeatable")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Keep the tests of a file in one process, which then reads for all of them what they share only once.

    The slow ones share nothing and are spread one by one.
    """
    from xdist.scheduler import LoadFileScheduling

    return None if config.getoption("markexpr") == "slow" else LoadFileScheduling(config, log)
