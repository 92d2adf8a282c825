"""The command line of `tools.wellformed`."""

from __future__ import annotations

import sys

from tools import wellformed
from tools.words import command

if __name__ == "__main__":
    command(__doc__).parse_args()
    amiss = wellformed.refused()
    print("something cannot be read" if amiss else "every file can be read as what it is")
    sys.exit(int(amiss))
