"""A process that ends with the one that started it, however that went."""

from __future__ import annotations

import os
import signal
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
