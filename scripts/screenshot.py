#!/usr/bin/env python3
"""Draw what ztvet prints on a terminal as an SVG image.

    scripts/screenshot.py check examples/manifests > docs/images/check.svg

Runs `cargo run --release -- ARGUMENTS --color always` in the repository and draws the command and its standard output.
"""

import html
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
FONT = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace"
FONT_SIZE, CHARACTER, LINE, MARGIN = 13, 8.1, 18, 16
BACKGROUND, FOREGROUND = "#0d1117", "#d6dbe1"
# SGR parameters that set the colour of the text.
COLORS = {
    "31": "#ff7b72", "32": "#7ee787", "33": "#e3b341", "34": "#79c0ff", "35": "#d2a8ff", "36": "#56d4dd",
    "91": "#ff7b72", "92": "#7ee787", "93": "#e3b341", "94": "#79c0ff", "95": "#ff9bf5", "96": "#56d4dd",
}  # fmt: skip
SEQUENCE = re.compile(r"\x1b\[([0-9;]*)m")


def main() -> None:
    arguments = sys.argv[1:]
    if not arguments:
        sys.exit(__doc__)
    command = ["cargo", "run", "--release", "--quiet", "--", *arguments, "--color", "always"]
    # Findings make the exit code 1, which is no failure here.
    output = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False).stdout
    print(draw([f"$ ztvet {' '.join(arguments)}", *output.splitlines()]))


def draw(lines: list[str]) -> str:
    longest = max(len(SEQUENCE.sub("", line)) for line in lines)
    width = round(longest * CHARACTER) + 2 * MARGIN
    height = len(lines) * LINE + 2 * MARGIN
    rows = [
        f'<text x="{MARGIN}" y="{MARGIN + index * LINE + FONT_SIZE}" xml:space="preserve">{row(line)}</text>'
        for index, line in enumerate(lines)
    ]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
            f' font-family="{FONT}" font-size="{FONT_SIZE}" fill="{FOREGROUND}">',
            f'<rect width="{width}" height="{height}" rx="8" fill="{BACKGROUND}"/>',
            *rows,
            "</svg>",
        ]
    )


def row(line: str) -> str:
    """The styled parts of one line. No style of ztvet's reaches over a line's end."""
    style: dict[str, str] = {}
    spans = []
    for index, part in enumerate(SEQUENCE.split(line)):
        if index % 2:
            for parameter in part.split(";"):
                style = restyled(style, parameter)
        elif part:
            attributes = "".join(f' {name}="{value}"' for name, value in style.items())
            text = html.escape(part, quote=False)
            spans.append(f"<tspan{attributes}>{text}</tspan>" if attributes else text)
    return "".join(spans)


def restyled(style: dict[str, str], parameter: str) -> dict[str, str]:
    if parameter in ("", "0"):
        return {}
    if parameter == "1":
        return style | {"font-weight": "bold"}
    if parameter == "2":
        return style | {"opacity": "0.6"}
    if parameter in COLORS:
        return style | {"fill": COLORS[parameter]}
    sys.exit(f"no style is known for the escape sequence {parameter}")


if __name__ == "__main__":
    main()
