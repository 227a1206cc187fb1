//! What `cargo fuzz` reads with an engine is read here without one, as far as it begins with good files: so it stays in order.

// Public for the programs in `fuzz/`, which this crate does not see.
#[allow(unreachable_pub)]
#[path = "../fuzz/src/lib.rs"]
mod targets;

use self::targets::TARGETS;
use crate::harness::{Dice, in_parallel};

#[test]
fn what_fuzzing_begins_with_is_read_and_so_is_every_beginning_of_it() {
    for (name, read, seeds) in TARGETS {
        let seeds = seeds();
        assert!(seeds.len() >= 5, "{name} begins with {} files only", seeds.len());
        in_parallel(seeds.len(), |nth| {
            let (_, seed) = &seeds[nth];
            read(seed);
            let mut dice = Dice::new(nth as u64);
            for _ in 0..20 {
                read(&seed[..1 + dice.below(seed.len() - 1)]);
            }
        });
    }
}
