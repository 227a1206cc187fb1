//! Chance that can be repeated: a seed, and everything that follows from it.

/// Whether the long form of a test is asked for.
pub(crate) fn long() -> bool {
    std::env::var_os("TRUENORTH_LONG").is_some_and(|v| !v.is_empty() && v != "0")
}

/// A generator of numbers (splitmix64), the same for the same seed on every machine.
#[derive(Debug, Clone)]
pub(crate) struct Dice {
    state: u64,
}

impl Dice {
    /// From a seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// The seed to begin with: `TRUENORTH_SEED`; else 1 in the short form, so that it fails for everybody or for nobody, and
    /// another one each time in the long form.
    pub(crate) fn seed() -> u64 {
        let named = std::env::var("TRUENORTH_SEED").ok().and_then(|v| v.parse().ok());
        let fresh = || {
            use std::hash::{BuildHasher, RandomState};
            RandomState::new().hash_one(0) % 1_000_000_000
        };
        named.unwrap_or_else(|| if long() { fresh() } else { 1 })
    }

    /// The one round to play again, of the many that a seed begins: `TRUENORTH_ROUND`.
    pub(crate) fn round() -> Option<usize> {
        std::env::var("TRUENORTH_ROUND").ok().and_then(|v| v.parse().ok())
    }

    /// The next number.
    pub(crate) fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below this one.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % n as u64).unwrap()
    }

    /// One of these.
    pub(crate) fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    /// One of these, each as often as its weight says.
    pub(crate) fn weighted<'a, T>(&mut self, of: &'a [(usize, T)]) -> &'a T {
        let mut at = self.below(of.iter().map(|(weight, _)| weight).sum());
        for (weight, it) in of {
            if at < *weight {
                return it;
            }
            at -= weight;
        }
        unreachable!("the weights were summed wrongly")
    }
}
