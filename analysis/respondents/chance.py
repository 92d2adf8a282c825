"""Whether a rule by which replies fall at random on the correspondents describes the pattern.

All States were asked, so no sampling error is tested. A p-value says how often replies would fall
as unevenly as they did if every correspondent had been as likely to write as any other; a small
one discards that rule and says nothing of its cause. By States, the members of the European Union
count as if each had decided to write, which makes p-values too small: those by letters are the
test. The odds ratios of the model describe, too.

The libraries of statistics take longer to come than all else that a chapter imports, and most who
import this module read findings of others: each function brings its own.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd

from analysis.respondents import stakes

LEVEL = 0.05  # below it, adjusted, a test discards the rule


def superiority(values: pd.Series, replied: pd.Series) -> tuple[float, float]:
    """How likely one that replied has more than one that did not, and its p-value, exact.

    The probability of superiority (Vargha and Delaney, "A Critique and Improvement of the CL
    Common Language Effect Size Statistics of McGraw and Wong", *Journal of Educational and
    Behavioral Statistics* 25, 2000), one half if neither has; the Mann-Whitney test, two-sided.
    Missing values are left out.

    Raises:
        ValueError: two values are equal, for which the exact distribution does not hold.
    """
    from scipy.stats import mannwhitneyu

    known, heard = values.dropna(), replied[values.notna()]
    if known.duplicated().any():
        raise ValueError(f"{values.name}: equal values have no exact distribution of ranks")
    test = mannwhitneyu(known[heard], known[~heard], method="exact")
    return float(test.statistic / (heard.sum() * (~heard).sum())), float(test.pvalue)


def contrast(replied: pd.Series, inside: pd.Series) -> dict[str, float]:
    """Replies of a group against those of all others, with Fisher's exact test, two-sided.

    Returns:
        `replied` and `asked` of the group, `replied_others`, `asked_others`, `difference` of the
        shares (of 1), `odds_ratio` (of the counts), `p_value`.
    """
    from scipy.stats import fisher_exact
    from scipy.stats.contingency import odds_ratio

    ours, theirs = int((inside & replied).sum()), int((~inside & replied).sum())
    mute, others = int(inside.sum()) - ours, int((~inside).sum()) - theirs
    table = [[ours, mute], [theirs, others]]
    return {
        "replied": ours, "asked": ours + mute,
        "replied_others": theirs, "asked_others": theirs + others,
        "difference": ours / (ours + mute) - theirs / (theirs + others),
        "odds_ratio": float(odds_ratio(table, kind="sample").statistic),
        "p_value": float(fisher_exact(table).pvalue),
    }  # fmt: skip


def family(edition: int) -> pd.DataFrame:
    """Every test of this chapter for one edition, and its p-value adjusted by all the others.

    Two measures, the development group and each region, by States and by letters; the adjustment
    is Holm's ("A Simple Sequentially Rejective Multiple Test Procedure", *Scandinavian Journal of
    Statistics* 6, 1979), valid however the tests depend on one another.

    Returns:
        One row per test: `contrast`, `unit`, the columns of `contrast` (those of a measure are
        missing but for `superiority`, which it alone has, and `p_value`), `adjusted`.
    """
    return _family(edition).copy(deep=False)


@cache
def _family(edition: int) -> pd.DataFrame:
    from statsmodels.stats.multitest import multipletests

    rows = []
    for unit in stakes.UNITS:
        frame = stakes.units(unit, edition)
        replied = frame["replied"].astype(bool)
        for measure in stakes.MEASURES:
            likely, p_value = superiority(frame[measure], replied)
            row = {"contrast": measure, "superiority": likely, "p_value": p_value}
            rows.append({"unit": unit, **row})
        groups = {stakes.DEVELOPED: frame["development"] == stakes.DEVELOPED}
        groups |= {name: frame["continent"] == name for name in sorted(set(frame["continent"]))}
        rows += [
            {"unit": unit, "contrast": name, **contrast(replied, inside)}
            for name, inside in groups.items()
        ]
    table = pd.DataFrame(rows)
    return table.assign(adjusted=multipletests(table["p_value"], method="holm")[1])


def told_apart(tests: pd.DataFrame, unit: str) -> list[str]:
    """The contrasts on which the tests of a family by one unit discard the rule at `LEVEL`."""
    own = tests[tests["unit"] == unit]
    return own.loc[own["adjusted"] < LEVEL, "contrast"].tolist()


def ridge(replied: np.ndarray, covariates: np.ndarray, spread: float = 1.0) -> np.ndarray:
    """Log odds ratios of a logistic model whose size is penalised, a column of covariates each.

    Ridge regression (le Cessie and van Houwelingen, "Ridge Estimators in Logistic Regression",
    *Applied Statistics* 41, 1992): each log odds ratio per standard deviation is drawn to nought as
    by a normal prior of standard deviation `spread`; the intercept is not.

    Returns:
        The intercept of the standardised covariates and the log odds ratios per unit of each.
    """
    from statsmodels.genmod import families
    from statsmodels.genmod.generalized_linear_model import GLM
    from statsmodels.tools.tools import add_constant

    scale = covariates.std(axis=0)
    model = GLM(replied, add_constant((covariates - covariates.mean(axis=0)) / scale),
                family=families.Binomial())  # fmt: skip
    penalty = np.full(covariates.shape[1] + 1, 1 / (len(replied) * spread**2))
    penalty[0] = 0.0
    fitted = model.fit_regularized(alpha=penalty, L1_wt=0.0).params
    return np.concatenate([fitted[:1], fitted[1:] / scale])


def odds_if_developed(unit: str, edition: int) -> float:
    """By the model, odds of a reply of more developed States over those of others.

    At equal population and share of migrants in it, both as logarithms.
    """
    frame = stakes.units(unit, edition).dropna(subset=[stakes.SHARE])
    logs = np.log(frame[["population", stakes.SHARE]].astype(float)).to_numpy()
    developed = (frame["development"] == stakes.DEVELOPED).to_numpy(dtype=float)
    fitted = ridge(frame["replied"].to_numpy(dtype=float), np.column_stack([logs, developed]))
    return float(np.exp(fitted[-1]))
