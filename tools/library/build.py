"""What a wheel has that the checkout keeps elsewhere: the data, inside the package `analysis`.

Setuptools runs this by itself, so it imports nothing of the project. An editable installation needs
no copy: `analysis.tables` finds the data beside the package.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from setuptools.command.build_py import build_py

DATA = Path("data")  # builds run in the folder of the project


class Library(build_py):
    """Builds the package with the data in its folder `data`."""

    def run(self) -> None:
        super().run()
        if not self.editable_mode:
            shutil.copytree(DATA, Path(self.build_lib, "analysis", DATA), dirs_exist_ok=True)

    def get_outputs(self, include_bytecode: bool = True) -> list[str]:
        carried = [Path(self.build_lib, "analysis", path) for path in DATA.rglob("*.*")]
        return [*super().get_outputs(include_bytecode), *map(str, carried)]
