"""Runs each piece of Python in docs/coming-from-bytewax.md by itself, on Bytewax."""

import re
import subprocess
import sys
from pathlib import Path

guide = Path(__file__).parents[2] / "docs" / "coming-from-bytewax.md"
pieces = re.findall(r"```python\n(.*?)```", guide.read_text(encoding="utf-8"), re.DOTALL)
assert pieces, "the guide has no Python"

for number, piece in enumerate(pieces, start=1):
    subprocess.run([sys.executable, "-c", piece], check=True, stdout=subprocess.DEVNULL)
    print(f"piece {number} of {len(pieces)} comes to what it says")
