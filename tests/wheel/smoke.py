"""The installed wheel alone does the whole job: run by `make wheel` in a folder of its own, with no source in reach.

python -I smoke.py SOURCE
"""

import json
import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path

import tocsin

TOCSIN = str(Path(sys.executable).with_name("tocsin"))


def run(*words: str, given: str = "") -> str:
    """Return what `tocsin` prints; stop where it fails."""
    done = subprocess.run([TOCSIN, *words], input=given, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"tocsin {' '.join(words)}: exit code {done.returncode}\n{done.stderr}")
    return done.stdout


def main(source: Path) -> None:
    """Check what is installed, then run every command of the first screen."""
    home = Path(tocsin.__file__).resolve().parent
    assert not home.is_relative_to(source.resolve()), f"tocsin comes from {home}, not from the wheel"
    files = {str(file) for file in distribution("tocsin").files or ()}
    for name in ("tocsin/py.typed", "tocsin/gazetteer/places.bin", "tocsin/codebook/data/types.toml"):
        assert name in files, f"{name} is not in the wheel"
    assert any(name.endswith("licenses/LICENSE") for name in files), "the licence is not in the wheel"
    assert not any(name.startswith(("tests/", "bench/", "training/")) for name in files), "the wheel holds too much"

    assert "mentions" in run("demo", "--folder", "out")
    assert Path("out/demo.html").stat().st_size > 10_000
    assert "policy: median of voices" in run("figures", "--record", "out/demo.tocsin")
    run("export", "--as", "csv", "--record", "out/demo.tocsin", "-o", "demo.csv")
    assert Path("demo.csv").read_text(encoding="utf-8").count("\n") > 10
    line = json.dumps({"id": "a", "text": "Police detained 30 marchers in Minsk on Sunday.", "published": "2020-09-15"})
    assert json.loads(run("code", "-", given=line))["document"]["id"] == "a"
    assert json.loads(run("resolve", "numbers", given=line))["low"] == 30
    assert tocsin.__version__ == distribution("tocsin").version
    print(f"tocsin {tocsin.__version__} works from its wheel ({len(files)} files)")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
