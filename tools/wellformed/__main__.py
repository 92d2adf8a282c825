"""The command line of `tools.wellformed`."""

from __future__ import annotations

import argparse
import sys

from tools import wellformed

if __name__ == "__main__":
    argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0]).parse_args()
    amiss = wellformed.refused()
    print("something cannot be read" if amiss else "every file can be read as what it is")
    sys.exit(int(amiss))
