//! Jobs side by side: as many threads as there are processors.

use std::sync::atomic::{AtomicUsize, Ordering};

/// Does jobs on as many threads as there are processors; each is numbered from 0. A job that panics fails the test.
pub(crate) fn in_parallel(jobs: usize, job: impl Fn(usize) + Sync) {
    let next = AtomicUsize::new(0);
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let nth = next.fetch_add(1, Ordering::Relaxed);
                    if nth >= jobs {
                        return;
                    }
                    job(nth);
                }
            });
        }
    });
}
