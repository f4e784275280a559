//! Every JPEG of a folder through our decoder, zune-jpeg and libjpeg-turbo: what they take, and where their samples differ.
//!
//! Arguments: the program made of `benches/differential.c`, and folders or files. One line is printed for each file on which
//! the decoders disagree, and a summary at the end. The exit code is 1 where one of the others, without a complaint, differs
//! from ours, without a complaint, by more than [`TOLERANCE`], unless the third sees damage or differs from the other as well.

use std::collections::BTreeMap;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use cimaise_jpeg_compare::ours::decode_jpeg;
use cimaise_jpeg_compare::{TOLERANCE, zune};
use jpeg::{Header, Sequential};

/// What is decoded at all: more would take more memory than there is for three copies.
const MOST_PIXELS: u64 = 1 << 28;

/// What a decoder makes of a file.
enum Opinion {
    Refused,
    /// Something is there, but not all is well.
    Damaged,
    Fine(Vec<zune::Plane>),
}

impl Opinion {
    fn word(&self) -> &'static str {
        match self {
            Self::Refused => "refuses",
            Self::Damaged => "sees damage",
            Self::Fine(_) => "reads",
        }
    }
}

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    let Some(program) = arguments.next() else {
        eprintln!("arguments: PROGRAM FOLDER...");
        return ExitCode::from(2);
    };
    let mut files = Vec::new();
    arguments.for_each(|folder| collect(Path::new(&folder), &mut files));
    files.sort();

    let (mut opinions, mut greatest, mut worse) = (BTreeMap::new(), BTreeMap::new(), 0);
    for path in &files {
        let Ok(bytes) = std::fs::read(path) else { continue };
        if !bytes.starts_with(&[0xFF, 0xD8]) {
            continue;
        }
        if Header::read(&bytes).is_ok_and(|header| header.size.pixels() > MOST_PIXELS) {
            println!("too large: {}", path.display());
            continue;
        }
        let ours = match decode_jpeg(&bytes, &[0], &Sequential) {
            Err(_) => Opinion::Refused,
            Ok((levels, damaged)) => {
                let planes = levels
                    .into_iter()
                    .flat_map(|(_, planes)| planes)
                    .map(|plane| (plane.width, plane.height, plane.samples))
                    .collect();
                if damaged { Opinion::Damaged } else { Opinion::Fine(planes) }
            }
        };
        let zune = catch_unwind(|| zune::decode(&bytes)).ok().flatten().map_or(Opinion::Refused, Opinion::Fine);
        let turbo = turbo(&program, path);
        *opinions.entry(format!("we: {}, zune: {}, turbo: {}", ours.word(), zune.word(), turbo.word())).or_insert(0) +=
            1;
        let between = [("zune", &ours, &zune), ("turbo", &ours, &turbo), ("the two others", &zune, &turbo)]
            .map(|(name, a, b)| (name, difference(a, b)));
        for (name, found) in &between {
            if let Some(found) = found {
                *greatest.entry((*name, *found)).or_insert(0) += 1;
            }
        }
        let off = |found: Option<u8>| found.is_some_and(|found| found > TOLERANCE);
        if between[..2].iter().any(|(_, found)| off(*found)) {
            let excused = off(between[2].1) || !matches!((&zune, &turbo), (Opinion::Fine(_), Opinion::Fine(_)));
            worse += u32::from(!excused);
            println!("{}: {} {between:?}", if excused { "no two agree" } else { "DIFFERENT" }, path.display());
        } else if matches!((&ours, &turbo), (Opinion::Refused, Opinion::Fine(_)) | (Opinion::Damaged, Opinion::Fine(_)))
        {
            println!("we: {}, turbo: {}: {}", ours.word(), turbo.word(), path.display());
        }
    }
    println!();
    opinions.iter().for_each(|(what, count)| println!("{count:>5}  {what}"));
    println!();
    for ((name, found), count) in &greatest {
        println!("{count:>5}  greatest difference of a sample between us and {name}: {found}");
    }
    ExitCode::from(u8::from(worse > 0))
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) {
    match std::fs::read_dir(path) {
        Ok(entries) => entries.flatten().for_each(|entry| collect(&entry.path(), files)),
        Err(_) => files.push(path.to_owned()),
    }
}

/// The planes as libjpeg-turbo decodes them; see `benches/differential.c` for what the program prints.
fn turbo(program: &std::ffi::OsStr, path: &Path) -> Opinion {
    let output = Command::new(program).arg(path).output().expect("a program that runs");
    if !output.status.success() {
        return Opinion::Refused;
    }
    let mut rest = output.stdout.as_slice();
    let warnings = number(&mut rest);
    let planes = (0..number(&mut rest)).map(|_| {
        let (width, height) = (number(&mut rest), number(&mut rest));
        let (samples, after) = rest.split_at(width * height);
        rest = after;
        (width, height, samples.to_vec())
    });
    let planes = planes.collect();
    if warnings > 0 { Opinion::Damaged } else { Opinion::Fine(planes) }
}

/// A number of four bytes, the least first.
fn number(rest: &mut &[u8]) -> usize {
    let (bytes, after) = rest.split_first_chunk().expect("a complete answer");
    *rest = after;
    u32::from_le_bytes(*bytes) as usize
}

/// The greatest difference of a sample where both have no complaint; 255 where they have not the same planes.
fn difference(a: &Opinion, b: &Opinion) -> Option<u8> {
    let (Opinion::Fine(a), Opinion::Fine(b)) = (a, b) else { return None };
    if a.len() != b.len() || a.iter().zip(b).any(|(a, b)| (a.0, a.1) != (b.0, b.1)) {
        return Some(255);
    }
    a.iter().zip(b).flat_map(|(a, b)| a.2.iter().zip(&b.2)).map(|(a, b)| a.abs_diff(*b)).max()
}
