//! Work on all cores, of which only so much is held.

use rayon::prelude::*;

/// How much each core is given at once.
const EACH: usize = 8;

/// Does the work on each item in parallel, and gives what comes of it to `take` in the order of the items. While one round
/// of items is worked on, the one before is taken and the next one is read: no more than these three are held.
///
/// # Errors
/// What `take` returns: then nothing more is read.
pub(super) fn in_rounds<T: Send, R: Send, E: Send>(
    mut items: impl Iterator<Item = T> + Send,
    work: impl Fn(T) -> R + Sync,
    mut take: impl FnMut(R) -> Result<(), E> + Send,
) -> Result<(), E> {
    let size = rayon::current_num_threads() * EACH;
    let mut next: Vec<T> = items.by_ref().take(size).collect();
    let mut done: Vec<R> = Vec::new();
    while !next.is_empty() || !done.is_empty() {
        let now = std::mem::take(&mut next);
        let before = std::mem::take(&mut done);
        let (worked, taken) = rayon::join(
            || now.into_par_iter().map(&work).collect(),
            || {
                before.into_iter().try_for_each(&mut take)?;
                next.extend(items.by_ref().take(size));
                Ok(())
            },
        );
        done = worked;
        taken?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn order_is_kept_and_little_is_held() {
        let held = AtomicUsize::new(0);
        let most = AtomicUsize::new(0);
        let items = (0..1000).inspect(|_| {
            let now = held.fetch_add(1, Ordering::SeqCst) + 1;
            most.fetch_max(now, Ordering::SeqCst);
        });
        let mut taken = Vec::new();
        let done: Result<(), ()> = in_rounds(
            items,
            |item| item * 2,
            |item| {
                held.fetch_sub(1, Ordering::SeqCst);
                taken.push(item);
                Ok(())
            },
        );
        assert_eq!(done, Ok(()));
        assert_eq!(taken, (0..1000).map(|item| item * 2).collect::<Vec<_>>());
        let bound = 3 * EACH * rayon::current_num_threads();
        assert!(most.load(Ordering::SeqCst) <= bound);
    }

    #[test]
    fn nothing_is_read_after_an_error() {
        let read = AtomicUsize::new(0);
        let items = (0..100_000).inspect(|_| {
            read.fetch_add(1, Ordering::SeqCst);
        });
        let done = in_rounds(
            items,
            |item| item,
            |item| if item == 5 { Err(item) } else { Ok(()) },
        );
        assert_eq!(done, Err(5));
        assert!(read.load(Ordering::SeqCst) <= 3 * EACH * rayon::current_num_threads());
    }
}
