"""Hold the imports of the code against the contracts in `pyproject.toml`.

python -m tools.imports
"""

from __future__ import annotations

import sys

from importlinter.cli import lint_imports

from tools.words import command

if __name__ == "__main__":
    command(__doc__).parse_args()
    sys.exit(lint_imports(no_logo=True, no_cache=True))
