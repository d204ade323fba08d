//! The one error of the library: files, stores, queries and rule files can fail; text cannot.

use std::{
    fmt,
    io::{self, ErrorKind},
    path::Path,
};

/// The result of anything that can fail.
pub type Result<T> = std::result::Result<T, Error>;

/// Says what failed, where, and what to do next.
///
/// Messages are lower case, name the thing and the place, and have no full stop.
#[derive(Debug)]
pub struct Error {
    kind: Kind,
    message: String,
    hint: Option<String>,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Nothing found: exit code 1.
    NotFound,
    /// Wrong usage, query syntax: exit code 2.
    Usage,
    /// An input that cannot be read: exit code 3.
    Input,
    /// Store or file system: exit code 4.
    Store,
}

impl Error {
    /// Returns an error that says nothing was found.
    pub fn not_found(message: impl Into<String>) -> Self {
        Self::of(Kind::NotFound, message)
    }

    /// Returns an error that says the request itself is wrong.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::of(Kind::Usage, message)
    }

    /// Returns an error that says one input cannot be read.
    pub fn input(message: impl Into<String>) -> Self {
        Self::of(Kind::Input, message)
    }

    /// Returns an error that says a store or file failed.
    pub fn store(message: impl Into<String>) -> Self {
        Self::of(Kind::Store, message)
    }

    /// Returns the error of reading or writing `path`.
    pub fn io(path: &Path, error: io::Error) -> Self {
        let hint = match error.kind() {
            ErrorKind::PermissionDenied => Some("see who owns it and who may use it: ls -ld"),
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
                Some("make room and run it again; what was finished is kept")
            }
            ErrorKind::ReadOnlyFilesystem => Some("name a folder that can be written to"),
            ErrorKind::NotFound => Some("see whether the name is right"),
            _ => None,
        };
        let failed = Self::of(Kind::Store, format!("{}: {error}", path.display()));
        Self {
            hint: hint.map(str::to_owned),
            ..failed.because(error)
        }
    }

    fn of(kind: Kind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            hint: None,
            source: None,
        }
    }

    /// Returns the error with the next step a person can take.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Returns the error with its cause.
    #[must_use]
    pub fn because(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// Returns the next step, if there is one.
    pub fn next_step(&self) -> Option<&str> {
        self.hint.as_deref()
    }

    /// Tells whether nothing was found.
    pub fn is_not_found(&self) -> bool {
        self.kind == Kind::NotFound
    }

    /// Tells whether one input could not be read.
    pub fn is_input(&self) -> bool {
        self.kind == Kind::Input
    }

    /// Returns the exit code: 1 nothing found, 2 usage, 3 an input failed, 4 store or file.
    pub fn exit_code(&self) -> u8 {
        match self.kind {
            Kind::NotFound => 1,
            Kind::Usage => 2,
            Kind::Input => 3,
            Kind::Store => 4,
        }
    }

    /// Returns the word for JSON: `no_match`, `usage`, `input`, `store`.
    pub fn code(&self) -> &'static str {
        match self.kind {
            Kind::NotFound => "no_match",
            Kind::Usage => "usage",
            Kind::Input => "input",
            Kind::Store => "store",
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source
            .as_deref()
            .map(|it| it as &(dyn std::error::Error + 'static))
    }
}
