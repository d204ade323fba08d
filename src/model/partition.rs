//! A partition of things that are numbered from 0: which of them are one.

/// Parts, each named by its least member; at first every thing is one by itself.
#[derive(Clone, Debug)]
pub struct Partition(Vec<usize>);

impl Partition {
    /// Returns `count` parts of one thing each.
    pub fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    /// Returns the least member of the part of `idx`.
    ///
    /// ```
    /// use backstory::model::Partition;
    /// let mut parts = Partition::new(4);
    /// parts.join(3, 1);
    /// assert_eq!([0, 1, 2, 3].map(|it| parts.root(it)), [0, 1, 2, 1]);
    /// ```
    pub fn root(&self, mut idx: usize) -> usize {
        while self.0[idx] != idx {
            idx = self.0[idx];
        }
        idx
    }

    /// Makes one part of those of `a` and `b`.
    pub fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.shortened(a), self.shortened(b));
        self.0[a.max(b)] = a.min(b);
    }

    /// Returns the same as [`Self::root`], and shortens the way there for the next time.
    fn shortened(&mut self, mut idx: usize) -> usize {
        while self.0[idx] != idx {
            self.0[idx] = self.0[self.0[idx]];
            idx = self.0[idx];
        }
        idx
    }
}
