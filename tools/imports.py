"""Hold the imports of the code against the contracts in `pyproject.toml`.

python -m tools.imports
"""

from __future__ import annotations

import argparse
import sys

from importlinter.cli import lint_imports

if __name__ == "__main__":
    argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0]).parse_args()
    sys.exit(lint_imports(no_logo=True, no_cache=True))
