"""Kernels that are spoken to through files, of which no two can choose the same.

A kernel on TCP is given ports that were free a moment ago; of two that start at once, both may be
given the same, and the second dies. Through sockets in a folder of its own none meets another. As a
plugin of pytest (`-p tools.kernels`) this holds for the kernels that nbval starts.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from jupyter_client.connect import ConnectionFileMixin
from jupyter_client.manager import AsyncKernelManager, KernelManager
from traitlets import default

# ZeroMQ has no such sockets on Windows.
TRANSPORT = "tcp" if os.name == "nt" else "ipc"


class _OnFiles(ConnectionFileMixin):
    """Keeps a kernel's sockets in a folder that is made for them, is private, and goes with it."""

    _folder: Path | None = None

    @default("transport")
    def _transport_default(self) -> str:
        return TRANSPORT

    @default("ip")
    def _ip_default(self) -> str:
        if self.transport == "tcp":
            return super()._ip_default()
        # In the system's own place for such: the path of a socket has a hundred letters at most.
        self._folder = Path(tempfile.mkdtemp(prefix="kernel-"))
        return str(self._folder / "socket")

    def cleanup_connection_file(self) -> None:
        """Remove what a kernel was reached by, which is asked for when it is gone for good."""
        super().cleanup_connection_file()
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)


class Manager(_OnFiles, KernelManager):
    """A kernel as nbval starts it."""


class AsyncManager(_OnFiles, AsyncKernelManager):
    """A kernel as nbclient starts it."""


def pytest_configure() -> None:
    """Have nbval start its kernels like this, for which it has no setting."""
    import nbval.kernel  # here, because those who rerun notebooks need none of it

    nbval.kernel.KernelManager = Manager
