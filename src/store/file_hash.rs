//! The hash by which a file is known again, taken when it is first asked for.
//!
//! Of a sidecar with tens of thousands of tags it takes longer than a frame, and nobody asks for it before the next save
//! or the next change from outside: whoever opens a file need not wait for it.
//!
//! *Limitations*: until it is taken, the bytes stay in memory; words that were read from them are parts of them anyhow.

use std::fmt;
use std::sync::{Arc, LazyLock};

use super::disk::hash;

/// The SHA-256 of a file's bytes; cheap to clone.
#[derive(Clone)]
pub struct FileHash(Arc<LazyLock<[u8; 32], Taken>>);

type Taken = Box<dyn FnOnce() -> [u8; 32] + Send>;

impl FileHash {
    /// The hash of some bytes, which is not taken yet.
    pub(super) fn of(bytes: Arc<String>) -> Self {
        let taken: Taken = Box::new(move || hash(bytes.as_bytes()));
        Self(Arc::new(LazyLock::new(taken)))
    }

    /// The hash, if it is taken; nobody waits.
    pub fn known(&self) -> Option<[u8; 32]> {
        LazyLock::get(&self.0).copied()
    }

    /// The hash. Whoever asks first, or while another thread is taking it, waits until it is taken.
    pub fn get(&self) -> [u8; 32] {
        **self.0
    }
}

impl From<[u8; 32]> for FileHash {
    fn from(hash: [u8; 32]) -> Self {
        let taken: Taken = Box::new(move || hash);
        let taken = LazyLock::new(taken);
        LazyLock::force(&taken);
        Self(Arc::new(taken))
    }
}

impl PartialEq for FileHash {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.get() == other.get()
    }
}

impl Eq for FileHash {}

impl fmt::Debug for FileHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Asks for nothing: what is shown for a person to read may not take a frame.
        f.write_str("FileHash")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_hash_of_the_bytes_taken_once_for_all_copies() {
        let bytes = Arc::new("{\"a\":1}".to_owned());
        let taken = FileHash::of(Arc::clone(&bytes));
        let copy = taken.clone();
        assert_eq!(Arc::strong_count(&bytes), 2);
        assert_eq!(copy.known(), None, "nobody asked for it yet");
        assert_eq!(copy.get(), hash(bytes.as_bytes()));
        // Nobody holds the bytes any more, so that nothing could be taken again.
        assert_eq!(Arc::strong_count(&bytes), 1);
        assert_eq!(taken.known(), Some(copy.get()));
        assert_eq!(FileHash::from([7; 32]).known(), Some([7; 32]));
        assert_eq!(taken, FileHash::from(hash(bytes.as_bytes())));
        assert_ne!(taken, FileHash::of(Arc::new("{\"a\":2}".to_owned())));
    }
}
