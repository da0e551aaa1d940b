//! An ordered map by id whose copies share what they have in common.
//!
//! A copy costs nothing, so that the saver, a job or a merge can hold the state of a moment while the original goes on
//! changing; a change copies one leaf and the list of leaves, not fifty thousand annotations.

use std::fmt;
use std::ops::Index;
use std::sync::Arc;

use super::Id;

/// Entries of a leaf: small enough that copying one is nothing, large enough that their list stays short.
const LEAF: usize = 64;

/// A leaf with its last id, by which it is found without looking into it.
type Leaf<V, K> = (K, Arc<Vec<(K, V)>>);

/// Values by id, in the order of the ids.
#[derive(Clone)]
pub struct ById<V, K = Id> {
    /// None of them is empty; ids grow from leaf to leaf.
    leaves: Arc<Vec<Leaf<V, K>>>,
    len: usize,
}

impl<V, K: Ord> ById<V, K> {
    /// A map without entries.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The value of an id.
    pub fn get(&self, id: &K) -> Option<&V> {
        let (_, leaf) = self.leaves.get(self.leaf_of(id))?;
        let at = leaf.binary_search_by(|(key, _)| key.cmp(id)).ok()?;
        Some(&leaf[at].1)
    }

    /// Whether an id has a value.
    pub fn contains_key(&self, id: &K) -> bool {
        self.get(id).is_some()
    }

    /// All entries, in the order of their ids.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&K, &V)> {
        let leaves = self.leaves.iter();
        leaves.flat_map(|(_, leaf)| leaf.iter().map(|(id, value)| (id, value)))
    }

    /// All ids, in their order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &K> {
        self.iter().map(|(id, _)| id)
    }

    /// All values, in the order of their ids.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> {
        self.iter().map(|(_, value)| value)
    }

    /// Removes everything.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// The leaf that has an id, or would have it; behind the last id, one behind the last leaf.
    fn leaf_of(&self, id: &K) -> usize {
        if self.leaves.last().is_none_or(|(last, _)| last < id) {
            return self.leaves.len();
        }
        self.leaves.partition_point(|(last, _)| last < id)
    }
}

impl<V: Clone, K: Ord + Clone> ById<V, K> {
    /// The value of an id, to be changed.
    pub fn get_mut(&mut self, id: &K) -> Option<&mut V> {
        let leaf = self.leaf_of(id);
        let (_, at) = self.leaves.get(leaf)?;
        let at = at.binary_search_by(|(key, _)| key.cmp(id)).ok()?;
        let (_, leaf) = Arc::make_mut(&mut self.leaves).get_mut(leaf)?;
        Some(&mut Arc::make_mut(leaf)[at].1)
    }

    /// All values, to be changed.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        let leaves = Arc::make_mut(&mut self.leaves).iter_mut();
        leaves.flat_map(|(_, leaf)| Arc::make_mut(leaf).iter_mut().map(|(_, value)| value))
    }

    /// Sets a value and returns the one before.
    pub fn insert(&mut self, id: K, value: V) -> Option<V> {
        let at = self.leaf_of(&id);
        let leaves = Arc::make_mut(&mut self.leaves);
        if at == leaves.len() && leaves.last().is_none_or(|(_, last)| last.len() >= LEAF) {
            // What comes in order, as from a file, fills one leaf after the other.
            let mut leaf = Vec::with_capacity(LEAF);
            leaf.push((id.clone(), value));
            leaves.push((id, Arc::new(leaf)));
            self.len += 1;
            return None;
        }
        let at = at.min(leaves.len() - 1);
        let (last, leaf) = &mut leaves[at];
        let leaf = Arc::make_mut(leaf);
        if *last < id {
            last.clone_from(&id);
            leaf.push((id, value));
        } else {
            match leaf.binary_search_by(|(key, _)| key.cmp(&id)) {
                Ok(found) => return Some(std::mem::replace(&mut leaf[found].1, value)),
                Err(place) => leaf.insert(place, (id, value)),
            }
        }
        self.len += 1;
        if leaf.len() > LEAF {
            let upper = leaf.split_off(LEAF / 2);
            let middle = leaf[LEAF / 2 - 1].0.clone();
            let end = std::mem::replace(last, middle);
            leaves.insert(at + 1, (end, Arc::new(upper)));
        }
        None
    }

    /// Keeps the entries of which this is true.
    pub fn retain(&mut self, mut is_kept: impl FnMut(&K, &V) -> bool) {
        let kept = self.iter().filter(|(id, value)| is_kept(id, value));
        *self = kept
            .map(|(id, value)| (id.clone(), value.clone()))
            .collect();
    }

    /// Takes a value out.
    pub fn remove(&mut self, id: &K) -> Option<V> {
        let at = self.leaf_of(id);
        let (_, leaf) = self.leaves.get(at)?;
        let found = leaf.binary_search_by(|(key, _)| key.cmp(id)).ok()?;
        let leaves = Arc::make_mut(&mut self.leaves);
        let (last, leaf) = &mut leaves[at];
        let leaf = Arc::make_mut(leaf);
        let (_, value) = leaf.remove(found);
        match leaf.last() {
            Some((id, _)) => last.clone_from(id),
            None => drop(leaves.remove(at)),
        }
        self.len -= 1;
        Some(value)
    }
}

impl<V, K> Default for ById<V, K> {
    fn default() -> Self {
        Self {
            leaves: Arc::default(),
            len: 0,
        }
    }
}

impl<V: fmt::Debug, K: fmt::Debug + Ord> fmt::Debug for ById<V, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl<V: PartialEq, K: Ord> PartialEq for ById<V, K> {
    fn eq(&self, other: &Self) -> bool {
        let is_same = Arc::ptr_eq(&self.leaves, &other.leaves);
        is_same || self.len == other.len && self.iter().eq(other.iter())
    }
}

impl<V, K: Ord> Index<&K> for ById<V, K> {
    type Output = V;

    /// The value of an id that is there.
    fn index(&self, id: &K) -> &V {
        self.get(id).expect("an id that is there")
    }
}

impl<V: Eq, K: Ord> Eq for ById<V, K> {}

impl<V: Clone, K: Ord + Clone> FromIterator<(K, V)> for ById<V, K> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut map = Self::default();
        for (id, value) in entries {
            map.insert(id, value);
        }
        map
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn id(number: usize) -> Id {
        Id::new(format!("{number:05}"))
    }

    #[test]
    fn it_answers_as_a_plain_map_does_whatever_the_order_of_changes() {
        let mut plain = BTreeMap::new();
        let mut map = ById::new();
        for step in 0..4000_usize {
            let key = id(step * 7919 % 1009);
            if step % 3 == 2 {
                assert_eq!(map.remove(&key), plain.remove(&key));
            } else {
                assert_eq!(map.insert(key.clone(), step), plain.insert(key, step));
            }
            assert_eq!(map.len(), plain.len());
        }
        assert!(map.iter().eq(plain.iter()));
        for key in (0..1009).map(id) {
            assert_eq!(map.get(&key), plain.get(&key));
        }
    }

    #[test]
    fn a_copy_stays_as_it_was() {
        let mut map: ById<usize> = (0..300).map(|n| (id(n), n)).collect();
        let copy = map.clone();
        map.insert(id(7), 0);
        map.remove(&id(8));
        if let Some(value) = map.get_mut(&id(9)) {
            *value = 0;
        }
        assert!(copy.values().copied().eq(0..300));
        assert_ne!(map, copy);
        assert_eq!((map.get(&id(7)), map.len()), (Some(&0), 299));
    }
}
