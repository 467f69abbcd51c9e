//! Reads whole lines, a block at a time.

use std::borrow::Borrow;
use std::io::{self, ErrorKind, Read};
use std::mem;
use std::str::{self, Utf8Error};

/// How much is read at once, in bytes.
pub(super) const BLOCK: usize = 1 << 16;

/// What a line is: text, or bytes.
pub trait Line: ToOwned<Owned: Default> {
    /// A block of lines as bytes.
    fn bytes_of(block: Self::Owned) -> Vec<u8>;

    /// Bytes as a block of lines.
    ///
    /// # Errors
    /// Where they are no text: gives them back, and where the first is that is not.
    fn block_of(bytes: Vec<u8>) -> Result<Self::Owned, (Vec<u8>, usize)>;

    /// All of its bytes.
    fn bytes(&self) -> &[u8];

    /// The line that stands there, without the rest of its end.
    fn line(&self, from: usize, to: usize) -> &Self;
}

impl Line for [u8] {
    fn bytes_of(block: Vec<u8>) -> Vec<u8> {
        block
    }

    fn block_of(bytes: Vec<u8>) -> Result<Vec<u8>, (Vec<u8>, usize)> {
        Ok(bytes)
    }

    #[inline(always)]
    fn bytes(&self) -> &[u8] {
        self
    }

    #[inline(always)]
    fn line(&self, from: usize, to: usize) -> &[u8] {
        let line = &self[from..to];
        line.strip_suffix(b"\r").unwrap_or(line)
    }
}

impl Line for str {
    fn bytes_of(block: String) -> Vec<u8> {
        block.into_bytes()
    }

    fn block_of(bytes: Vec<u8>) -> Result<String, (Vec<u8>, usize)> {
        String::from_utf8(bytes).map_err(|error| {
            let valid = error.utf8_error().valid_up_to();
            (error.into_bytes(), valid)
        })
    }

    #[inline(always)]
    fn bytes(&self) -> &[u8] {
        self.as_bytes()
    }

    #[inline(always)]
    fn line(&self, from: usize, to: usize) -> &str {
        let line = &self[from..to];
        line.strip_suffix('\r').unwrap_or(line)
    }
}

/// The lines of an input, which are read in blocks of whole lines and checked a block at a time. What has been read
/// of a line that goes on behind its block is the beginning of the next one. A block grows until it holds a whole
/// line, however long that is.
pub(super) struct Lines<R, L: Line + ?Sized> {
    input: R,
    /// How much is read at once, in bytes.
    length: usize,
    /// Lines, each with its end. The last of the input has been given one where it had none.
    block: L::Owned,
    /// Where in the block the next line begins.
    next: usize,
    /// The line behind the block, where it is no text: how long it is with its end, and what is wrong.
    refused: Option<(usize, Utf8Error)>,
    /// What has been read behind all that: the beginning of a line, or more where a line was no text.
    rest: Vec<u8>,
    /// How many bytes have been read, and how many of them taken.
    read: u64,
    taken: u64,
}

impl<R: Read, L: Line + ?Sized> Lines<R, L> {
    pub(super) fn new(input: R, length: usize) -> Self {
        let (block, rest) = (L::Owned::default(), Vec::new());
        Self { input, length, block, next: 0, refused: None, rest, read: 0, taken: 0 }
    }

    /// How many bytes the lines that have been taken have, with their ends.
    pub(super) fn position(&self) -> u64 {
        // An end that was given to the last line has not been read.
        self.taken.min(self.read)
    }

    /// Hands each of the next lines of the block to `each`, without its end, at most so many. Says how many that
    /// were.
    ///
    /// # Errors
    /// What `each` says.
    #[inline(always)]
    pub(super) fn each<E>(
        &mut self,
        most: usize,
        mut each: impl FnMut(&L) -> Result<(), E>,
    ) -> Result<usize, E> {
        let block: &L = self.block.borrow();
        let (bytes, begin) = (block.bytes(), self.next);
        let (mut given, mut next) = (0, begin);
        for end in memchr::memchr_iter(b'\n', &bytes[begin..]) {
            if given == most {
                break;
            }
            let (from, end) = (next, begin + end);
            (given, next) = (given + 1, end + 1);
            each(block.line(from, end))?;
        }
        self.taken += (next - begin) as u64;
        self.next = next;
        Ok(given)
    }

    /// Takes the line that is next, if it is no text, and says what is wrong with it.
    pub(super) fn refused(&mut self) -> Option<Utf8Error> {
        let (length, error) = self.refused.take()?;
        self.taken += length as u64;
        Some(error)
    }

    /// Makes the next block once all lines of the last one are taken. False at the end of the input.
    ///
    /// # Errors
    /// What the input says. What has been read until then is not lost.
    pub(super) fn read_on(&mut self) -> io::Result<bool> {
        let mut bytes = L::bytes_of(mem::take(&mut self.block));
        self.next = 0;
        let begun = self.rest.len();
        // What was in the block before is written over: no room is filled with zeros twice.
        bytes.resize(begun + self.length, 0);
        bytes.shrink_to(2 * self.length);
        bytes[..begun].copy_from_slice(&self.rest);
        let end = match end_of_lines(&self.rest) {
            Some(end) => {
                bytes.truncate(begun);
                end
            }
            None => self.fill(&mut bytes, begun)?,
        };
        self.rest.clear();
        self.rest.extend_from_slice(&bytes[end..]);
        self.rest.shrink_to(self.length);
        bytes.truncate(end);
        match L::block_of(bytes) {
            Ok(block) => self.block = block,
            Err((bytes, valid)) => self.part(bytes, valid),
        }
        Ok(end > 0)
    }

    /// Reads behind the first bytes until a line has an end, or is given one because the input ends. Gives where the
    /// last whole line ends.
    fn fill(&mut self, bytes: &mut Vec<u8>, begun: usize) -> io::Result<usize> {
        let mut filled = begun;
        loop {
            if filled == bytes.len() {
                bytes.resize(2 * filled, 0);
            }
            let read = match self.input.read(&mut bytes[filled..]) {
                Ok(read) => read,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => {
                    self.rest.extend_from_slice(&bytes[begun..filled]);
                    return Err(error);
                }
            };
            self.read += read as u64;
            let end = end_of_lines(&bytes[filled..filled + read]).map(|end| filled + end);
            filled += read;
            if end.is_some() || read == 0 {
                bytes.truncate(filled);
            }
            match end {
                Some(end) => return Ok(end),
                None if read > 0 => {}
                None if filled == 0 => return Ok(0),
                None => {
                    bytes.push(b'\n');
                    return Ok(bytes.len());
                }
            }
        }
    }

    /// Parts lines of which one is no text: the first byte that is none stands behind so many valid ones.
    #[cold]
    fn part(&mut self, mut lines: Vec<u8>, valid: usize) {
        let from = end_of_lines(&lines[..valid]).unwrap_or(0);
        let to = memchr::memchr(b'\n', &lines[valid..]).map_or(lines.len(), |end| valid + end + 1);
        let mut behind = lines.split_off(to);
        behind.append(&mut self.rest);
        self.rest = behind;
        let line = without_end(&lines[from..]);
        self.refused = str::from_utf8(line).err().map(|error| (to - from, error));
        lines.truncate(from);
        self.block = L::block_of(lines).unwrap_or_default();
    }
}

/// Where the last line with an end ends.
fn end_of_lines(bytes: &[u8]) -> Option<usize> {
    memchr::memrchr(b'\n', bytes).map(|last| last + 1)
}

/// A line without its end.
fn without_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives so many bytes at once; is interrupted before each piece, and fails once, in front of this byte.
    struct Pieces<'a> {
        bytes: &'a [u8],
        length: usize,
        is_interrupted: bool,
        fails_behind: Option<usize>,
    }

    impl Read for Pieces<'_> {
        fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
            self.is_interrupted = !self.is_interrupted;
            if self.is_interrupted {
                return Err(ErrorKind::Interrupted.into());
            }
            let length = self.length.min(room.len()).min(self.fails_behind.unwrap_or(usize::MAX));
            if self.fails_behind == Some(0) {
                self.fails_behind = None;
                return Err(ErrorKind::BrokenPipe.into());
            }
            self.fails_behind = self.fails_behind.map(|left| left - length.min(self.bytes.len()));
            self.bytes.read(&mut room[..length])
        }
    }

    /// What comes of the lines of an input, and the position behind each.
    type Seen<T> = Vec<(Result<T, String>, u64)>;

    fn read<L: Line<Owned: Clone> + ?Sized>(
        mut lines: Lines<Pieces<'_>, L>,
        most: usize,
    ) -> (Seen<L::Owned>, usize) {
        let (mut seen, mut failures) = (Vec::new(), 0);
        loop {
            let before = seen.len();
            let taken = lines.each(most, |line| {
                seen.push((Ok(line.to_owned()), 0));
                Ok::<(), ()>(())
            });
            assert_eq!(taken, Ok(seen.len() - before));
            if let Some((_, position)) = seen[before..].last_mut() {
                *position = lines.position();
            }
            if taken == Ok(most) {
                continue;
            }
            if let Some(error) = lines.refused() {
                seen.push((Err(error.to_string()), lines.position()));
                continue;
            }
            match lines.read_on() {
                Ok(true) => {}
                Ok(false) => return (seen, failures),
                Err(_) => failures += 1,
            }
        }
    }

    /// The same, worked out from the whole input, a line at a time.
    fn expected<T>(input: &[u8], make: impl Fn(&[u8]) -> Result<T, String>) -> Seen<T> {
        let mut position = 0;
        let lines = input.split_inclusive(|byte| *byte == b'\n').map(|line| {
            position += line.len() as u64;
            let ([text @ .., b'\r', b'\n'] | [text @ .., b'\n' | b'\r'] | text) = line;
            (make(text), position)
        });
        lines.collect()
    }

    /// All inputs of so many of these pieces.
    fn inputs(length: u32) -> impl Iterator<Item = Vec<u8>> {
        const PIECES: [&[u8]; 5] = [b"a", "\u{20ac}".as_bytes(), b"\n", b"\r", b"\xe2\x82"];
        let count = PIECES.len();
        (0..count.pow(length)).map(move |number| {
            (0..length).flat_map(|place| PIECES[number / count.pow(place) % count]).copied().collect()
        })
    }

    fn pieces(bytes: &[u8], length: usize, fails_behind: Option<usize>) -> Pieces<'_> {
        Pieces { bytes, length, is_interrupted: false, fails_behind }
    }

    /// Wherever blocks and what is read at once end: in the middle of a line, of its end, or of a character.
    #[test]
    fn lines_do_not_depend_on_blocks() {
        for input in (0..=5).flat_map(inputs) {
            let text = expected(&input, |line| {
                str::from_utf8(line).map(str::to_owned).map_err(|error| error.to_string())
            });
            let bytes = expected(&input, |line| Ok(line.to_vec()));
            for (block, piece) in [(1, 1), (2, 2), (3, 1), (3, 3), (4, 9), (7, 5), (100, 100)] {
                let of_text = Lines::<_, str>::new(pieces(&input, piece, None), block);
                assert_eq!(read(of_text, 1), (text.clone(), 0), "{input:?} in blocks of {block}");
                let of_bytes = Lines::<_, [u8]>::new(pieces(&input, piece, None), block);
                assert_eq!(read(of_bytes, 1), (bytes.clone(), 0), "{input:?} in blocks of {block}");
            }
        }
    }

    /// Several lines at once are the same lines.
    #[test]
    fn lines_do_not_depend_on_how_many_are_taken_at_once() {
        for input in inputs(6).step_by(7) {
            let lines = |most| {
                let (seen, _) = read(Lines::<_, str>::new(pieces(&input, 4, None), 5), most);
                seen.into_iter().map(|(line, _)| line).collect::<Vec<_>>()
            };
            assert_eq!(lines(2), lines(1), "{input:?}");
            assert_eq!(lines(usize::MAX), lines(1), "{input:?}");
        }
    }

    /// Who asks again after an error of the input loses nothing.
    #[test]
    fn an_error_of_the_input_costs_no_line() {
        let input = "one\ntwo, which is long\n\u{20ac}\r\nfour".as_bytes();
        let whole = expected(input, |line| Ok(String::from_utf8(line.to_vec()).unwrap()));
        for behind in 0..input.len() {
            for (block, piece) in [(1, 1), (4, 3), (100, 100)] {
                let lines = Lines::<_, str>::new(pieces(input, piece, Some(behind)), block);
                assert_eq!(read(lines, 1), (whole.clone(), 1), "behind {behind} in blocks of {block}");
            }
        }
    }

    /// Room for a long line goes when the line has gone.
    #[test]
    fn a_long_line_leaves_no_room_behind() {
        let input = format!("{}\n{}", "x".repeat(10_000), "short\n".repeat(50)).repeat(2);
        let mut lines = Lines::<_, [u8]>::new(pieces(input.as_bytes(), 64, None), 64);
        let (mut most, mut longest) = (0, 0);
        while lines.read_on().unwrap() {
            lines
                .each(usize::MAX, |line| {
                    longest = longest.max(line.len());
                    Ok::<(), ()>(())
                })
                .unwrap();
            if lines.block.len() <= 64 {
                most = most.max(lines.block.capacity() + lines.rest.capacity());
            }
        }
        assert_eq!(longest, 10_000);
        assert!(most <= 3 * 64, "{most} bytes are kept");
    }
}
