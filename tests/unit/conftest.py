"""How patient Hypothesis is: this machine may be busy, and the default run is to be short."""

import pytest
from hypothesis import HealthCheck, settings

PATIENT = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("default run", max_examples=50, **PATIENT)
settings.register_profile("full size", max_examples=500, **PATIENT)


def pytest_configure(config: pytest.Config) -> None:
	settings.load_profile("full size" if config.getoption("--full-size") else "default run")
