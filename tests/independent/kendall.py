#!/usr/bin/env python3
"""Writes kendall.csv: random rankings with Kendall's W, mean rank correlation and the exact chance of that agreement.

Another way than the program's, with nothing but the standard library and whole fractions: W from Friedman's statistic
over the sum of squared ranks, the correlation from W, the chance from the whole distribution of rank sums, member by
member. Run it in this folder to write the file anew; the test that reads the file needs no Python.

    python3 kendall.py > kendall.csv
"""

import random
from collections import Counter
from fractions import Fraction
from itertools import permutations


def mid_ranks(scores):
    order = sorted(scores)
    return [Fraction(2 * order.index(s) + order.count(s) + 1, 2) for s in scores]


def friedman_w(ranks):
    """W = F / (m(n-1)), with F = (n-1) Σ(R - m(n+1)/2)² / (Σr² - mn(n+1)²/4)."""
    m, n = len(ranks), len(ranks[0])
    sums = [sum(row[i] for row in ranks) for i in range(n)]
    between = sum((r - Fraction(m * (n + 1), 2)) ** 2 for r in sums)
    within = sum(x * x for row in ranks for x in row) - Fraction(m * n * (n + 1) ** 2, 4)
    return None if within == 0 else between / (m * within)


def exact_chance(ranks):
    """The share of all ways to reorder the rows that spread the rank sums at least as far."""
    n = len(ranks[0])
    centre = lambda sums: tuple(sorted(sums))
    spread = lambda sums: sum((s - sum(sums) / n) ** 2 for s in sums)
    reached = spread([sum(row[i] for row in ranks) for i in range(n)])
    # Which item is which does not matter to the spread, so sums are kept in order: far fewer of them.
    ways = Counter({centre(ranks[0]): 1})
    for row in ranks[1:]:
        after = Counter()
        orders = Counter(permutations(row))
        for sums, count in ways.items():
            for order, times in orders.items():
                after[centre(a + b for a, b in zip(sums, order))] += count * times
        ways = after
    total = sum(ways.values())
    return Fraction(sum(count for sums, count in ways.items() if spread(sums) >= reached), total)


def vectors():
    rng = random.Random(20261119)
    for members, items in [(2, 2), (2, 4), (2, 6), (3, 3), (3, 4), (4, 3), (5, 3), (6, 3), (5, 4), (7, 4), (4, 5)]:
        for turn in range(7):
            rows = []
            for _ in range(members):
                # Every other vector leaning towards one order, and every third with ties.
                noise = 1.2 if turn % 2 else 9.0
                scores = [i + rng.uniform(-noise, noise) for i in range(items)]
                rows.append(mid_ranks([round(s / 2) for s in scores] if turn % 3 == 2 else scores))
            yield rows


def main():
    print("# ranks by member, Kendall's W, mean rank correlation, exact chance: written by kendall.py")
    for ranks in vectors():
        w, m = friedman_w(ranks), len(ranks)
        told = ["", "", ""]
        if w is not None:
            told = [repr(float(w)), repr(float((m * w - 1) / (m - 1))), repr(float(exact_chance(ranks)))]
        rows = "|".join(" ".join(str(float(x)) for x in row) for row in ranks)
        print(",".join([rows, *told]))


if __name__ == "__main__":
    main()
