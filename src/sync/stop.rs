//! A way to say stop to work that waits for others.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

/// How often whoever waits looks up.
pub(super) const LOOK: Duration = Duration::from_millis(20);

/// A switch that is shared with whoever may stop the work. Once stopped it stays so.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// The flag itself, for a signal's handler.
    #[must_use]
    pub fn flag(&self) -> Arc<AtomicBool> {
        self.0.clone()
    }

    /// Stops the work: what waits for a network is ended, what writes comes to its end first.
    pub fn stop(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it was stopped.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Waits for a while, and not any longer once it is stopped.
    pub(super) fn wait(&self, mut time: Duration) {
        while !time.is_zero() && !self.is_stopped() {
            let step = time.min(LOOK);
            thread::sleep(step);
            time = time.saturating_sub(step);
        }
    }
}
