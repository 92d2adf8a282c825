"""A process that ends with the one that started it, however that went.

python -m tools.leaving MODULE [ITS WORDS]    # runs a module as `python -m` does, in such a one
"""

from __future__ import annotations

import os
import runpy
import signal
import sys
import threading
import time


def leave_with(parent: int) -> None:
    """End this process at once when its parent is gone, or when both are stopped.

    It says nothing; what it was making is left half made.

    Args:
        parent: the number of the process that started this one.
    """

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    signal.signal(signal.SIGINT, lambda *_: os._exit(1))
    threading.Thread(target=watch, daemon=True).start()


if __name__ == "__main__":
    leave_with(os.getppid())
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
