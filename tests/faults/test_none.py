"""Qt calls that return None must not cost a reference to it: PySide6 6.12.0 under Python 3.11 lost one a call and then died."""

import subprocess
import sys

_LOOP = """
import sys
from PySide6.QtCore import QObject
one = QObject()
before = sys.getrefcount(None)
for _ in range(100_000):
    one.setObjectName("x")
    one.parent()
print(before - sys.getrefcount(None))
"""


def test_qt_calls_that_return_none_cost_no_reference_to_none() -> None:
    done = subprocess.run([sys.executable, "-P", "-c", _LOOP], capture_output=True, text=True, check=True)

    assert abs(int(done.stdout)) < 100
