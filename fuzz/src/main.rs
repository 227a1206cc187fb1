//! Without an engine: `cargo run --release` reads every seed and a great many small changes of it; `cargo run -- seeds` writes
//! the seeds to `corpus/`, a folder for each target.

use truenorth_fuzz::TARGETS;

/// How many changes of each seed are read.
const CHANGES: u64 = 20_000;

fn main() -> std::io::Result<()> {
    let only_seeds = std::env::args().any(|a| a == "seeds");
    let mut count = 0;
    for (target, read, seeds) in TARGETS {
        let folder = format!("corpus/{target}");
        for (name, seed) in seeds() {
            if only_seeds {
                std::fs::create_dir_all(&folder)?;
                std::fs::write(format!("{folder}/{name}"), seed)?;
                continue;
            }
            read(&seed);
            for nth in 0..CHANGES {
                read(&changed(&seed, nth));
                count += 1;
            }
            println!("{target}, {name}: {CHANGES} changes");
        }
    }
    if !only_seeds {
        println!("{count} texts were read");
    }
    Ok(())
}

/// A seed with a few bytes put in, taken out, doubled or swapped; the same for the same number.
fn changed(seed: &[u8], nth: u64) -> Vec<u8> {
    let mut state = nth.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut roll = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as usize % below.max(1)
    };
    let mut bytes = seed.to_vec();
    for _ in 0..1 + roll(3) {
        let at = 1 + roll(bytes.len() - 1);
        match roll(6) {
            0 => drop(bytes.remove(at)),
            1 => bytes.insert(at, b"()[]\",:.-0e1n\\ \n/*#'\xc3"[roll(21)]),
            2 => bytes.truncate(at + 1),
            3 => {
                let end = (at + 1 + roll(60)).min(bytes.len());
                let part = bytes[at..end].to_vec();
                let to = 1 + roll(bytes.len() - 1);
                bytes.splice(to..to, part);
            }
            4 => {
                let end = (at + 1 + roll(30)).min(bytes.len());
                drop(bytes.drain(at..end));
                if bytes.len() < 2 {
                    return seed.to_vec();
                }
            }
            _ => bytes[at] = bytes[at].wrapping_add(1 + u8::try_from(roll(255)).unwrap_or(0)),
        }
        if bytes.len() < 3 {
            return seed.to_vec();
        }
    }
    bytes
}
