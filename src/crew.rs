//! Work that can be done side by side, said without threads: a room hands its tasks to a crew, and
//! the pipeline, which has the threads, gives it one that does them at the same time.

/// Something to do.
pub type Task<'t> = Box<dyn FnOnce() + Send + 't>;

/// Does tasks, in any order or at the same time.
pub trait Crew: Sync {
    /// Does all of the tasks before it returns.
    fn work(&self, tasks: Vec<Task<'_>>);
}

/// One pair of hands: a task after the other.
#[derive(Debug, Clone, Copy)]
pub struct Alone;

impl Crew for Alone {
    fn work(&self, tasks: Vec<Task<'_>>) {
        for task in tasks {
            task();
        }
    }
}

/// Returns what tasks give, in their order, whoever does them when.
pub fn side_by_side<T: Send>(
    crew: &dyn Crew,
    tasks: impl IntoIterator<Item = impl FnOnce() -> T + Send>,
) -> Vec<T> {
    let mut given: Vec<(_, Option<T>)> = tasks.into_iter().map(|task| (Some(task), None)).collect();
    let work = given.iter_mut().map(|(task, place)| -> Task<'_> {
        Box::new(move || *place = task.take().map(|task| task()))
    });
    crew.work(work.collect());
    given.into_iter().filter_map(|(_, given)| given).collect()
}

/// Returns what two tasks of different kinds give, whoever does them when.
pub fn both<A: Send, B: Send>(
    crew: &dyn Crew,
    one: impl FnOnce() -> A + Send,
    other: impl FnOnce() -> B + Send,
) -> (A, B) {
    let (mut first, mut second) = (None, None);
    crew.work(vec![Box::new(|| first = Some(one())), Box::new(|| second = Some(other()))]);
    first.zip(second).expect("a crew does all of its tasks")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Does the last task first.
    struct Backwards;

    impl Crew for Backwards {
        fn work(&self, tasks: Vec<Task<'_>>) {
            for task in tasks.into_iter().rev() {
                task();
            }
        }
    }

    #[test]
    fn what_is_given_stands_in_the_order_of_the_tasks() {
        for crew in [&Alone as &dyn Crew, &Backwards] {
            assert_eq!(
                side_by_side(crew, (0..5).map(|number| move || number * 2)),
                [0, 2, 4, 6, 8]
            );
        }
    }
}
