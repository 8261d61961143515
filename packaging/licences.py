"""Write docs/licences.md: what is shipped, in which version, under which licence.

Shipped is what the run section of requirements.in names and what that brings along, as installed here.
"""

import re
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs" / "licences.md"

# What may be shipped with a program under Apache-2.0. Qt is LGPL: kept as separate libraries a user can replace.
ALLOWED = {
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "LGPL-3.0-only",
    "MIT",
    "MIT-0",
    "MIT-CMU",
    "PSF-2.0",
    "Zlib",
}

# Read in the package's own LICENSE or sources, because its metadata has no SPDX name.
READ = {"pypdfium2": "Apache-2.0 OR BSD-3-Clause", "pyrage": "MIT", "reportlab": "BSD-3-Clause", "sqlcipher3": "Zlib"}

# What compiled packages carry inside, beyond their own licence.
INSIDE = {
    "cryptography": "OpenSSL (Apache-2.0); Rust crates (Apache-2.0, MIT, BSD-3-Clause)",
    "pillow": "FreeType (FTL), libjpeg-turbo (IJG, BSD-3-Clause), libtiff, libpng, libwebp, … (its LICENSE lists them)",
    "pydantic-core": "Rust crates (MIT, Apache-2.0)",
    "pypdfium2": "PDFium (BSD-3-Clause, Apache-2.0), FreeType (FTL), libjpeg-turbo, OpenJPEG, libpng, … (its BUILD_LICENSES list them)",
    "pyrage": "age in Rust and crates (MIT, Apache-2.0, BSD-3-Clause)",
    "pyside6-essentials": "Qt 6 (LGPL-3.0-only)",
    "sqlcipher3": "SQLCipher (BSD-3-Clause), SQLite (public domain), OpenSSL (Apache-2.0)",
    "zstandard": "Zstandard (BSD-3-Clause)",
}

HEAD = """\
# 随软件分发的内容及其许可 / What is shipped, and its licences

村务台 villagedesk 本身：Apache-2.0（见 LICENSE）。本表由 `packaging/licences.py` 生成，请勿手改。
villagedesk itself: Apache-2.0 (see LICENSE). This table is made by `packaging/licences.py`; do not edit it.

| 软件包 Package | 版本 Version | 许可 Licence | 内含 Inside |
|---|---|---|---|
"""

TAIL = """\
| 字体 Fonts | | 见 see [SOURCES.md](../resources/fonts/SOURCES.md) | |
| 图标 Icons (lucide-static) | 1.62.0 | ISC AND MIT，见 see [SOURCES.md](../resources/icons/SOURCES.md) | |
| 区划名录 Divisions | 2023-06-30 | WTFPL，见 see [SOURCES.md](../resources/divisions/SOURCES.md) | |
| 汉字读音 Readings | pypinyin 0.55.0 | MIT，见 see [SOURCES.md](../resources/pinyin/SOURCES.md) | |

Qt（PySide6-Essentials、shiboken6）按 LGPL-3.0 使用：以独立动态库分发，用户可以自行替换。
Qt is used under LGPL-3.0: it is shipped as separate shared libraries, which a user may replace.
"""


def asked() -> list[str]:
    """Names in the run section of requirements.in."""
    text = (ROOT / "packaging" / "requirements.in").read_text(encoding="utf-8")
    run = text.split("# --- run", 1)[1].split("# --- test", 1)[0]
    return re.findall(r"^[A-Za-z][\w.-]*", run, re.MULTILINE)


def shipped() -> list[Distribution]:
    """What is asked for and what it requires on this system, by name."""
    found: dict[str, Distribution] = {}
    waiting = asked()
    while waiting:
        package = distribution(waiting.pop())
        if name(package) in found:
            continue
        found[name(package)] = package
        needs = (Requirement(line) for line in package.requires or ())
        waiting += [need.name for need in needs if need.marker is None or need.marker.evaluate({"extra": ""})]
    return [found[key] for key in sorted(found)]


def name(package: Distribution) -> str:
    """The name in its normal form."""
    return re.sub(r"[-_.]+", "-", package.metadata["Name"]).lower()


def licence(package: Distribution) -> str:
    """The licence in SPDX words: as the metadata says it, or as read by us."""
    said = package.metadata.get_all("License-Expression") or package.metadata.get_all("License") or ["?"]
    return READ.get(name(package)) or said[0]


def is_allowed(expression: str) -> bool:
    """Whether one alternative has only licences of the list. What it cannot read it refuses."""
    return any(all(part in ALLOWED for part in choice.split(" AND ")) for choice in expression.split(" OR "))


def row(package: Distribution) -> str:
    """One line of the table."""
    return f"| {name(package)} | {package.version} | {licence(package)} | {INSIDE.get(name(package), '')} |\n"


def document() -> str:
    """The whole text of docs/licences.md."""
    return HEAD + "".join(row(package) for package in shipped()) + TAIL


if __name__ == "__main__":
    DOCUMENT.write_text(document(), encoding="utf-8")
