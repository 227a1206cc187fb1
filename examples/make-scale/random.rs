//! Chance that comes out the same on every machine (splitmix64).

/// A stream of numbers from a seed.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `n`.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    /// True in `percent` of a hundred cases.
    pub(crate) fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of these.
    pub(crate) fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    /// About normal, with a mean of 0 and a deviation of 1.
    pub(crate) fn noise(&mut self) -> f64 {
        (0..6).map(|_| self.below(2001) as f64 / 1000.0 - 1.0).sum::<f64>() / 1.414
    }

    /// A sentence of `words` words.
    pub(crate) fn sentence(&mut self, words: usize) -> String {
        const WORDS: [&str; 40] = [
            "order", "oven", "supplier", "queue", "morning", "delivery", "team", "price", "late", "flour", "customer",
            "shift", "tray", "website", "checkout", "training", "waste", "slot", "basket", "market", "invoice",
            "stock", "counter", "recipe", "weekend", "van", "photo", "review", "rota", "mixer", "email", "menu",
            "handover", "second", "early", "broken", "new", "slow", "better", "again",
        ];
        let mut text: Vec<&str> = (0..words).map(|_| *self.pick(&WORDS)).collect();
        let first = text[0][..1].to_uppercase() + &text[0][1..];
        text[0] = &first;
        text.join(" ")
    }
}
