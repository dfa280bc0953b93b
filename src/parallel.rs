//! Work on all cores, where there is enough of it.

use rayon::prelude::*;

/// Does work of which most is done in parallel on one of the threads for that. What another thread would hand over to them
/// again and again would take more memory.
pub(crate) fn within<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    rayon::scope(|_| work())
}

/// Maps items in their order, on more than one core where there are more than `at_once`. What one core does alone asks for
/// no other: the first to ask starts all threads, which takes longer than a small file.
pub(crate) fn map<T: Send, R: Send>(
    items: impl IntoIterator<Item = T>,
    at_once: usize,
    work: impl Fn(T) -> R + Sync + Send,
) -> Vec<R> {
    map_with(items, at_once, || (), |(), item| work(item))
}

/// The same, with what each core needs for its work.
pub(crate) fn map_with<T: Send, W, R: Send>(
    items: impl IntoIterator<Item = T>,
    at_once: usize,
    begin: impl Fn() -> W + Sync + Send,
    work: impl Fn(&mut W, T) -> R + Sync + Send,
) -> Vec<R> {
    let items: Vec<T> = items.into_iter().collect();
    if items.len() <= at_once {
        let mut worker = begin();
        return items
            .into_iter()
            .map(|item| work(&mut worker, item))
            .collect();
    }
    let items = items.into_par_iter().with_min_len(at_once);
    items.map_init(begin, work).collect()
}

/// Does the work on items in parallel, so many for each core at once, and gives what comes of it to `take` in the order of
/// the items. While one round of items is worked on, the one before is taken and the next one is read: no more than these
/// three are held. One item alone asks for no other core.
///
/// # Errors
/// What `take` returns: then nothing more is read.
pub(crate) fn in_rounds<T: Send, R: Send, E: Send>(
    each: usize,
    mut items: impl Iterator<Item = T> + Send,
    work: impl Fn(T) -> R + Sync,
    mut take: impl FnMut(R) -> Result<(), E> + Send,
) -> Result<(), E> {
    let mut next: Vec<T> = items.by_ref().take(2).collect();
    if next.len() < 2 {
        return next.into_iter().map(work).try_for_each(take);
    }
    let size = rayon::current_num_threads() * each;
    next.extend(items.by_ref().take(size.saturating_sub(next.len())));
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

    const EACH: usize = 8;

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
            EACH,
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
            EACH,
            items,
            |item| item,
            |item| if item == 5 { Err(item) } else { Ok(()) },
        );
        assert_eq!(done, Err(5));
        assert!(read.load(Ordering::SeqCst) <= 3 * EACH * rayon::current_num_threads());
    }
}
