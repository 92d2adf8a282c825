"""The inquiry of 2003 about a conference: the Member States asked, and how each was heard.

A/58/98, para. 42, lists who replied. One letter, from Greece, spoke for all members of the European
Union: here, the *bloc*. The report names no other member of the Union; the record does.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.tables import load

YEAR = 2003
OWN, PROXY, SILENT = "own", "proxy", "silent"


def members() -> pd.DataFrame:
    """The Member States of 2003, one a row, and how each was heard.

    Returns:
        The columns of `un_members`, and `letter` (`OWN`, through Greece as `PROXY`, `SILENT`),
        `replied`, `bloc`.
    """
    states = load("un_members").query("un_member_since <= @YEAR")
    own = states["iso3"].isin(load("conference_survey_replies")["iso3"].dropna())
    bloc = states["iso3"].isin(load("eu_members_2003")["iso3"])
    letter = np.select([own, bloc], [OWN, PROXY], SILENT)
    return states.assign(letter=letter, replied=own | bloc, bloc=bloc)
