//! Work on all cores, where there is enough of it.

use rayon::prelude::*;

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
