"""Note in a kernel what its notebook asks for.

`tools.notebooks` sends this text to the kernel before the first cell; it is not imported there, so
it uses the standard library alone and is no input itself.
"""

from __future__ import annotations

import json
import sys

SOUGHT: set[str] = set()


class Listener:
    """Stands before the finders of Python and finds nothing, but hears what they are asked."""

    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> None:
        """Keep the name of a module that is looked for."""
        SOUGHT.add(name)


def report() -> str:
    """What was asked for until now, as JSON.

    `modules` maps each imported module to its file, if it has one; `vain` lists the modules that
    were looked for and not imported; `tables` is what `analysis.tables` noted.
    """
    modules = {name: getattr(module, "__file__", None) for name, module in sys.modules.items()}
    tables = getattr(sys.modules.get("analysis.tables"), "ASKED", {})
    return json.dumps(
        {
            "modules": modules,
            "vain": sorted(SOUGHT - modules.keys()),
            "tables": {kind: sorted(asked) for kind, asked in tables.items()},
        }
    )


sys.meta_path.insert(0, Listener)
