//! A sink that writes lines into a file.

use std::fmt::{self, Display};
use std::fs::File;
use std::io::{self, ErrorKind, Write};
use std::path::PathBuf;

use super::Sink;
use crate::error::BoxError;

/// How much is gathered before it is written.
const BUFFER: usize = 1 << 16;

/// Writes each item in its `Display` form on a line of a text file, which is made, or emptied, when the
/// flow starts.
///
/// Only whole lines are written: where the disk is full in the middle of one, its beginning is taken
/// back.
///
/// Bytewax: `FileSink`, which takes the value of each pair.
pub struct FileSink {
    path: PathBuf,
    lines: Option<Lines<File>>,
}

impl FileSink {
    /// A sink that writes the file at `path`.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), lines: None }
    }

    fn named(&self, error: &io::Error) -> BoxError {
        format!("{}: {error}", self.path.display()).into()
    }
}

impl<T: Display> Sink<T> for FileSink {
    fn open(&mut self) -> Result<(), BoxError> {
        self.lines = Some(Lines::new(File::create(&self.path).map_err(|error| self.named(&error))?));
        Ok(())
    }

    fn write(&mut self, item: T) -> Result<(), BoxError> {
        let Some(lines) = &mut self.lines else { return Err("the sink is not open".into()) };
        lines.push(&item).map_err(|error| self.named(&error))
    }

    fn flush(&mut self) -> Result<(), BoxError> {
        let Some(lines) = &mut self.lines else { return Ok(()) };
        lines.flush().map_err(|error| self.named(&error))
    }
}

impl Drop for FileSink {
    /// What an aborted run had written is still complete. There is nobody left to tell of an error.
    fn drop(&mut self) {
        if let Some(lines) = &mut self.lines {
            let _ = lines.flush();
        }
    }
}

impl fmt::Debug for FileSink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileSink").field("path", &self.path).finish_non_exhaustive()
    }
}

/// A file that can be cut.
trait Cut: Write {
    /// Makes it `length` bytes long and goes to its end.
    fn cut(&mut self, length: u64) -> io::Result<()>;
}

impl Cut for File {
    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.set_len(length)?;
        io::Seek::seek(self, io::SeekFrom::Start(length)).map(drop)
    }
}

/// Whole lines on their way into a file.
struct Lines<W> {
    file: W,
    buffer: Vec<u8>,
    /// Bytes of whole lines in the file.
    written: u64,
}

impl<W: Cut> Lines<W> {
    fn new(file: W) -> Self {
        Self { file, buffer: Vec::with_capacity(BUFFER), written: 0 }
    }

    fn push(&mut self, item: &impl Display) -> io::Result<()> {
        writeln!(self.buffer, "{item}")?;
        if self.buffer.len() >= BUFFER { self.flush() } else { Ok(()) }
    }

    /// Writes what is gathered. After an error the file ends with the last line that fitted whole, and
    /// nothing is left to be written again.
    fn flush(&mut self) -> io::Result<()> {
        let mut done = 0;
        let outcome = loop {
            if done == self.buffer.len() {
                break Ok(());
            }
            match self.file.write(&self.buffer[done..]) {
                Ok(0) => break Err(ErrorKind::WriteZero.into()),
                Ok(bytes) => done += bytes,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => break Err(error),
            }
        };
        let whole = self.buffer[..done].iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        self.written += whole as u64;
        self.buffer.clear();
        if whole < done {
            // A pipe or a device cannot be cut; the error that led here is the one to tell.
            let _ = self.file.cut(self.written);
        }
        outcome
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A disk with room for so many bytes.
    struct Disk {
        content: Vec<u8>,
        room: usize,
    }

    impl Write for Disk {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let fits = bytes.len().min(self.room - self.content.len()).min(5);
            if fits == 0 {
                return Err(ErrorKind::StorageFull.into());
            }
            self.content.extend(&bytes[..fits]);
            Ok(fits)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl Cut for Disk {
        fn cut(&mut self, length: u64) -> io::Result<()> {
            self.content.truncate(usize::try_from(length).unwrap());
            Ok(())
        }
    }

    #[test]
    fn a_full_disk_leaves_no_half_line() {
        for room in 0..30 {
            let mut lines = Lines::new(Disk { content: Vec::new(), room });
            lines.push(&"seven 7").unwrap();
            lines.push(&"eight 88").unwrap();
            let first = lines.flush().is_ok();
            lines.push(&"next").unwrap();
            let second = lines.flush().is_ok();
            let content = String::from_utf8(lines.file.content).unwrap();
            let expected = match room {
                0..8 if !second => "",
                0..8 => "next\n",
                8..13 => "seven 7\n",
                13..17 => "seven 7\nnext\n",
                17..22 => "seven 7\neight 88\n",
                _ => "seven 7\neight 88\nnext\n",
            };
            assert_eq!(content, expected, "with room for {room} bytes");
            assert_eq!(
                (first, second),
                (room >= 17, room >= 22 || (5..8).contains(&room) || (13..17).contains(&room))
            );
        }
    }
}
