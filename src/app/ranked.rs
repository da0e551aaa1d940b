//! A sorted set that knows how many of its members stand before one, and which stands at a rank.
//!
//! For lists that are drawn row by visible row while they change: neither a change nor a look grows noticeably with the
//! set. Members lie in runs of a few hundred; a rank is the sum of the runs before.

/// Members of a run: short enough to move by one, long enough that there are few runs.
const RUN: usize = 512;

/// A sorted set with ranks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranked<T> {
    /// None of them is empty; members grow from run to run.
    runs: Vec<Vec<T>>,
    len: usize,
}

impl<T: Ord> Ranked<T> {
    /// How many members there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Adds a member; whether it is new.
    pub fn insert(&mut self, member: T) -> bool {
        if self
            .runs
            .last()
            .and_then(|run| run.last())
            .is_none_or(|last| *last < member)
        {
            // What comes in order fills one run after the other.
            match self.runs.last_mut().filter(|last| last.len() < RUN) {
                Some(run) => run.push(member),
                None => {
                    // Where one run was filled the next will be, most likely.
                    let room = if self.runs.is_empty() { 1 } else { RUN };
                    let mut run = Vec::with_capacity(room);
                    run.push(member);
                    self.runs.push(run);
                }
            }
            self.len += 1;
            return true;
        }
        let at = self.run_of(&member);
        let at = at.min(self.runs.len() - 1);
        let run = &mut self.runs[at];
        let Err(place) = run.binary_search(&member) else {
            return false;
        };
        run.insert(place, member);
        if run.len() > RUN {
            let upper = run.split_off(RUN / 2);
            self.runs.insert(at + 1, upper);
        }
        self.len += 1;
        true
    }

    /// Takes a member out; whether it was there.
    pub fn remove(&mut self, member: &T) -> bool {
        let at = self.run_of(member);
        let Some(run) = self.runs.get_mut(at) else {
            return false;
        };
        let Ok(place) = run.binary_search(member) else {
            return false;
        };
        run.remove(place);
        if run.is_empty() {
            self.runs.remove(at);
        }
        self.len -= 1;
        true
    }

    /// How many members are smaller.
    pub fn rank(&self, member: &T) -> usize {
        let at = self.run_of(member);
        let before: usize = self.runs[..at].iter().map(Vec::len).sum();
        let run = self.runs.get(at);
        before + run.map_or(0, |run| run.partition_point(|other| other < member))
    }

    /// The member with so many before it.
    pub fn get(&self, rank: usize) -> Option<&T> {
        let mut left = rank;
        for run in &self.runs {
            match run.get(left) {
                Some(member) => return Some(member),
                None => left -= run.len(),
            }
        }
        None
    }

    /// The smallest member.
    pub fn first(&self) -> Option<&T> {
        self.runs.first()?.first()
    }

    /// The smallest member that is not smaller than this.
    pub fn at_or_after(&self, member: &T) -> Option<&T> {
        let run = self.runs.get(self.run_of(member))?;
        run.get(run.partition_point(|other| other < member))
    }

    /// Answers, for bounds that ascend, which is the smallest member that does not lie before the bound. Asked for many
    /// in a row, it goes on from where it was.
    pub fn ascending<'a>(&'a self) -> impl FnMut(&dyn Fn(&T) -> bool) -> Option<&'a T> {
        let (mut runs, mut from) = (self.runs.as_slice(), 0);
        move |is_before| {
            while runs
                .first()
                .and_then(|run| run.last())
                .is_some_and(is_before)
            {
                (runs, from) = (&runs[1..], 0);
            }
            let run = runs.first()?;
            from += run[from..].partition_point(is_before);
            run.get(from)
        }
    }

    /// The smallest member that is greater than this.
    pub fn after(&self, member: &T) -> Option<&T> {
        let at = self
            .runs
            .partition_point(|run| run.last().is_some_and(|last| last <= member));
        let run = self.runs.get(at)?;
        run.get(run.partition_point(|other| other <= member))
    }

    /// The greatest member that is smaller than this.
    pub fn before(&self, member: &T) -> Option<&T> {
        self.get(self.rank(member).checked_sub(1)?)
    }

    /// All members, the smallest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.runs.iter().flatten()
    }

    /// The members that are greater than this, the smallest first.
    pub fn all_after(&self, member: &T) -> impl Iterator<Item = &T> {
        let is_before = |other: &T| other <= member;
        let at = self
            .runs
            .partition_point(|run| run.last().is_some_and(is_before));
        let from = self
            .runs
            .get(at)
            .map_or(0, |run| run.partition_point(is_before));
        self.runs[at..].iter().flatten().skip(from)
    }

    /// The members that are smaller than this, the greatest first.
    pub fn all_before(&self, member: &T) -> impl Iterator<Item = &T> {
        let at = self.run_of(member);
        let here = self.runs.get(at).map_or(&[][..], |run| {
            &run[..run.partition_point(|other| other < member)]
        });
        let before = self.runs[..at].iter().rev();
        here.iter()
            .rev()
            .chain(before.flat_map(|run| run.iter().rev()))
    }

    /// The first run that ends at a member or behind it.
    fn run_of(&self, member: &T) -> usize {
        self.runs
            .partition_point(|run| run.last().is_some_and(|last| last < member))
    }
}

impl<T> Default for Ranked<T> {
    fn default() -> Self {
        Self {
            runs: Vec::new(),
            len: 0,
        }
    }
}

impl<T: Ord> Extend<T> for Ranked<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, members: I) {
        for member in members {
            self.insert(member);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn it_answers_as_a_plain_set_does_whatever_the_order_of_changes() {
        let (mut plain, mut set) = (BTreeSet::new(), Ranked::default());
        for step in 0..9000_usize {
            let member = step * 7919 % 3001;
            if step % 3 == 2 {
                assert_eq!(set.remove(&member), plain.remove(&member));
            } else {
                assert_eq!(set.insert(member), plain.insert(member));
            }
        }
        assert!(set.iter().eq(&plain));
        assert_eq!(set.len(), plain.len());
        for (rank, member) in plain.iter().enumerate() {
            assert_eq!((set.rank(member), set.get(rank)), (rank, Some(member)));
        }
        let mut next = set.ascending();
        for edge in (0..3010).step_by(13) {
            assert_eq!(next(&|member| *member < edge), plain.range(edge..).next());
            assert_eq!(set.at_or_after(&edge), plain.range(edge..).next());
            assert_eq!(set.after(&edge), plain.range(edge + 1..).next());
            assert_eq!(set.before(&edge), plain.range(..edge).next_back());
            assert_eq!(set.rank(&edge), plain.range(..edge).count());
            assert!(set.all_after(&edge).eq(plain.range(edge + 1..)));
            assert!(set.all_before(&edge).eq(plain.range(..edge).rev()));
        }
        assert_eq!(set.get(plain.len()), None);
    }
}
