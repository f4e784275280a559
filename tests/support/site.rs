//! Builds small sites on disk and runs the program on them.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use tempfile::TempDir;

use super::{Picture, Tree};

/// A site in its own folder, deleted at the end of the test.
pub struct SiteBuilder {
    folder: TempDir,
}

impl SiteBuilder {
    /// A site whose root `settings.yaml` contains a title alone.
    pub fn new() -> Self {
        let folder = tempfile::Builder::new().prefix("cimaise-test-").tempdir().expect("a temporary folder");
        let site = Self { folder };
        site.file("site/settings.yaml", "title: Test site\n".as_bytes())
    }

    /// A site with one gallery `a` of these photos, all in one group.
    pub fn gallery_of(photos: &[(&str, Picture)]) -> Self {
        let mut settings = String::from("title: A\ndate: 2024-05-01\n");
        settings.push_str(&format!("cover: {}\nsections:\n- type: pictures-group\n  images:\n  -\n", photos[0].0));
        for (name, _) in photos {
            settings.push_str(&format!("    - {name}\n"));
        }
        let site = Self::new().settings("a/settings.yaml", &settings);
        photos.iter().fold(site, |site, (name, picture)| site.photo(&format!("a/{name}"), picture.clone()))
    }

    /// Returns the folder of the site.
    pub fn root(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    /// Writes a settings file.
    pub fn settings(self, path: &str, yaml: &str) -> Self {
        self.write(path, yaml.as_bytes());
        self
    }

    /// Writes a photo in the format of its extension.
    pub fn photo(self, path: &str, picture: Picture) -> Self {
        let extension = path.rsplit('.').next().expect("an extension").to_owned();
        self.write(path, &picture.encode(&extension));
        self
    }

    /// Writes any file; `path` is relative to the temporary folder (the site is in `site/`).
    pub fn file(self, path: &str, bytes: &[u8]) -> Self {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
        self
    }

    /// Writes a file of the site.
    pub fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }

    /// Deletes a file or folder of the site.
    pub fn delete(&self, path: &str) {
        let path = self.root().join(path);
        if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }.expect("something to delete");
    }

    /// Returns the program, ready to run in the site's folder.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cimaise"));
        // Tests may run in containers; an empty variable disables the detection.
        command.current_dir(self.root()).args(args).env_remove("NO_COLOR").env("container", "");
        command
    }

    /// Runs the program with exactly these arguments.
    #[track_caller]
    pub fn run(&self, args: &[&str]) -> Run {
        Run::new(self.command(args).output().expect("the program runs"))
    }

    /// Runs `cimaise build`, which must succeed.
    #[track_caller]
    pub fn build(&self) -> Run {
        self.run(&["build"]).success()
    }

    /// Returns the files of the output folder.
    pub fn output(&self) -> Tree {
        Tree::read(&self.root().join("build"))
    }

    /// Returns the text of a page.
    #[track_caller]
    pub fn page(&self, path: &str) -> String {
        let path = self.root().join("build").join(path);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// Returns a decoded rendition.
    #[track_caller]
    pub fn picture(&self, path: &str) -> image::RgbImage {
        let bytes = fs::read(self.root().join("build").join(path)).expect("a rendition");
        decode(&bytes)
    }
}

/// Decodes a picture, JPEG included.
#[track_caller]
pub fn decode(bytes: &[u8]) -> image::RgbImage {
    if bytes.starts_with(&[0xFF, 0xD8]) {
        let mut decoder = zune_jpeg::JpegDecoder::new(zune_core::bytestream::ZCursor::new(bytes));
        let pixels = decoder.decode().expect("a JPEG");
        let info = decoder.info().expect("a header");
        return image::RgbImage::from_raw(info.width.into(), info.height.into(), pixels).expect("RGB");
    }
    image::load_from_memory(bytes).expect("a picture").to_rgb8()
}

/// Output and exit code of a run.
pub struct Run {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    pub fn new(output: Output) -> Self {
        Self {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).expect("stdout is UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("stderr is UTF-8"),
        }
    }

    /// Asserts exit code 0.
    #[track_caller]
    pub fn success(self) -> Self {
        self.exit(0)
    }

    /// Asserts this exit code.
    #[track_caller]
    pub fn exit(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self
    }

    /// Returns the two numbers of the summary: renditions made and reused.
    #[track_caller]
    pub fn made_and_reused(&self) -> (usize, usize) {
        let line =
            self.stdout.lines().find(|line| line.contains(" made, ")).unwrap_or_else(|| panic!("{}", self.stdout));
        let numbers: Vec<usize> =
            line.split(|c: char| !c.is_ascii_digit()).filter_map(|word| word.parse().ok()).collect();
        let [.., made, reused] = numbers[..] else { panic!("{line}") };
        (made, reused)
    }
}
