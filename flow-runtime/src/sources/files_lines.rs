//! A source over the lines of several files.

use std::ffi::OsStr;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use super::{Bytes, FileLines, ParseLine, PartitionedSource, Text};
use crate::error::BoxError;

/// Gives the lines of several text files, each as a `String`, or as what a function makes of it. Each file is
/// a partition, with a position in bytes, as those of [`FileLines`].
///
/// The lines of different files come in turns, of 256 lines each unless a [`Partitioned`](super::Partitioned)
/// says otherwise: `Partitioned::new(files).turns_of(usize::MAX)` reads one file behind the other.
///
/// ```
/// use flow_runtime::sources::FilesLines;
///
/// let logs = FilesLines::in_directory("/var/log/shop").ending_with(".log");
/// let both = FilesLines::new(["yesterday.log", "today.log"]).parse(|line| line.len());
/// # let _ = (logs, both);
/// ```
///
/// Bytewax: `DirSource`, where a directory has a pattern.
#[derive(Clone)]
pub struct FilesLines<P = Text<fn(&str) -> String>> {
    files: Files,
    parser: P,
}

#[derive(Clone, Debug)]
enum Files {
    /// Each is called by its path.
    Listed(Vec<PathBuf>),
    /// Each is called by its name, so that a directory may move.
    Directory { directory: PathBuf, ending: String },
}

impl FilesLines {
    /// The lines of these files, which take turns in this order. A file is missing, or there twice: both are
    /// refused when the flow starts.
    pub fn new<F: Into<PathBuf>>(paths: impl IntoIterator<Item = F>) -> Self {
        Self::of(Files::Listed(paths.into_iter().map(Into::into).collect()))
    }

    /// The lines of all files in a directory, as they are there when the flow starts, in the order of their
    /// names. Directories in it are left out. A directory that is missing is refused when the flow starts.
    pub fn in_directory(directory: impl Into<PathBuf>) -> Self {
        Self::of(Files::Directory { directory: directory.into(), ending: String::new() })
    }

    fn of(files: Files) -> Self {
        Self { files, parser: Text(str::to_owned) }
    }

    /// Gives what `parse` makes of each line, which then is never a `String` of its own.
    pub fn parse<T, F: FnMut(&str) -> T + Clone>(self, parse: F) -> FilesLines<Text<F>> {
        FilesLines { files: self.files, parser: Text(parse) }
    }

    /// Gives what `parse` makes of the bytes of each line: for files whose lines may not be UTF-8.
    pub fn parse_bytes<T, F: FnMut(&[u8]) -> T + Clone>(self, parse: F) -> FilesLines<Bytes<F>> {
        FilesLines { files: self.files, parser: Bytes(parse) }
    }
}

impl<P> FilesLines<P> {
    /// Takes only files of the directory whose names end with `ending`. Files that were named one by one are
    /// all taken.
    #[must_use]
    pub fn ending_with(mut self, ending: impl Into<String>) -> Self {
        if let Files::Directory { ending: old, .. } = &mut self.files {
            *old = ending.into();
        }
        self
    }
}

impl<P: ParseLine + Clone> PartitionedSource for FilesLines<P> {
    type Part = FileLines<P>;

    fn list_parts(&mut self) -> Result<Vec<String>, BoxError> {
        match &self.files {
            Files::Listed(paths) => paths.iter().map(|path| name(path.as_os_str())).collect(),
            Files::Directory { directory, ending } => files_in(directory, ending),
        }
    }

    fn build_part(&mut self, name: &str, position: Option<u64>) -> Result<FileLines<P>, BoxError> {
        let path = match &self.files {
            Files::Listed(_) => PathBuf::from(name),
            Files::Directory { directory, .. } => directory.join(name),
        };
        let lines = FileLines::new(path).parsed_by(self.parser.clone());
        Ok(lines.from_position(position.unwrap_or(0)))
    }
}

/// The names of the files in a directory that have this ending, in order.
fn files_in(directory: &Path, ending: &str) -> Result<Vec<String>, BoxError> {
    let at = |error: std::io::Error| format!("{}: {error}", directory.display());
    let mut names = Vec::new();
    for entry in fs::read_dir(directory).map_err(at)? {
        let entry = entry.map_err(at)?;
        let is_file = fs::metadata(entry.path()).map_err(at)?.is_file();
        if is_file && entry.file_name().as_encoded_bytes().ends_with(ending.as_bytes()) {
            names.push(name(&entry.file_name())?);
        }
    }
    names.sort_unstable();
    Ok(names)
}

/// A file's name as that of a partition.
fn name(name: &OsStr) -> Result<String, BoxError> {
    let text = name.to_str().map(str::to_owned);
    text.ok_or_else(|| {
        format!("{}: the name is not UTF-8, as a partition's has to be", name.display()).into()
    })
}

impl<P> fmt::Debug for FilesLines<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FilesLines").field("files", &self.files).finish_non_exhaustive()
    }
}
