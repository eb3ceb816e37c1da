"""The wheel, as somebody gets it who has nothing else."""

import subprocess
import venv
from importlib import metadata
from pathlib import Path

import pytest

DIST = Path(__file__).parent.parent.parent / "target" / "dist"
TRY = """
import sys, hookseal
webhook = hookseal.Webhook("loop", "It's a Secret to Everybody")
print(webhook.sign("Hello, World!"))
loaded = {name.split(".")[0] for name in sys.modules if not name.startswith("_")}
print(sorted(loaded - set(sys.stdlib_module_names)))
"""


@pytest.fixture
def python(tmp_path: Path) -> Path:
    """Make a virtual environment of its own for each test."""
    venv.create(tmp_path, with_pip=True)
    return tmp_path / "bin" / "python"


def test_a_fresh_environment_needs_nothing_else(python: Path) -> None:
    """No index, no dependency, nothing imported but the standard library."""
    [wheel] = DIST.glob("hookseal-*.whl")
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--no-index", str(wheel)], check=True)
    printed = subprocess.run([python, "-I", "-c", TRY], check=True, capture_output=True, text=True).stdout
    signature, modules = printed.splitlines()
    assert signature == "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
    assert modules == "['hookseal']"


def test_the_wheel_is_what_it_says() -> None:
    """One for every Python from 3.11 on, typed, with both licences, and no dependency but by an extra."""
    [wheel] = DIST.glob("hookseal-*.whl")
    assert "-cp311-abi3-" in wheel.name
    found = metadata.distribution("hookseal")
    files = {str(path) for path in found.files or []}
    assert {"hookseal/py.typed", "hookseal/_hookseal.pyi"} <= files
    assert {Path(name).name for name in files} >= {"LICENSE-MIT", "LICENSE-APACHE"}
    assert found.metadata["Requires-Python"] == ">=3.11"
    assert [needed for needed in found.requires or [] if "extra ==" not in needed] == []
