//! What tower-http reads from: a file that is open already, or bytes in memory.
//!
//! In: a file or bytes. Out: a file system with one file. Must not know media types or names.

use std::future::{Ready, ready};
use std::io::{self, Cursor, SeekFrom};
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::SystemTime;

use tokio::io::{AsyncRead, AsyncSeek, ReadBuf};
use tower_http::services::fs::{Backend, File, Metadata};

use super::Bytes;
use crate::machine::fs;

/// Length and age of a source.
#[derive(Debug, Clone, Copy)]
pub(super) struct FileFacts {
    len: u64,
    /// `None` for bytes in memory: tower-http then makes no validators.
    modified: Option<SystemTime>,
}

/// A file system of one file, which can be opened once.
#[derive(Clone)]
pub(super) struct OneFile {
    facts: FileFacts,
    reader: Arc<Mutex<Option<OpenFile>>>,
}

/// The content of a [`OneFile`] while it is sent.
pub(super) struct OpenFile {
    facts: FileFacts,
    inner: Box<dyn Readable>,
}

trait Readable: AsyncRead + AsyncSeek + Send + Sync + Unpin {}

impl<T: AsyncRead + AsyncSeek + Send + Sync + Unpin> Readable for T {}

impl OneFile {
    /// An open file. Blocks for a moment.
    pub(super) fn of_file(file: fs::File) -> io::Result<Self> {
        let metadata = file.metadata()?;
        let facts = FileFacts { len: metadata.len(), modified: metadata.modified().ok() };
        Ok(Self::new(facts, file.into_async()))
    }

    /// Bytes in memory.
    pub(super) fn of_bytes(bytes: Bytes) -> Self {
        Self::new(FileFacts { len: bytes.len() as u64, modified: None }, Cursor::new(bytes))
    }

    /// Length in bytes.
    pub(super) fn len(&self) -> u64 {
        self.facts.len
    }

    fn new(facts: FileFacts, inner: impl Readable + 'static) -> Self {
        let reader = OpenFile { facts, inner: Box::new(inner) };
        Self { facts, reader: Arc::new(Mutex::new(Some(reader))) }
    }
}

impl Backend for OneFile {
    type File = OpenFile;
    type Metadata = FileFacts;
    type OpenFuture = Ready<io::Result<OpenFile>>;
    type MetadataFuture = Ready<io::Result<FileFacts>>;

    fn open(&self, _: PathBuf) -> Self::OpenFuture {
        let reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner).take();
        ready(reader.ok_or_else(|| io::Error::other("opened twice")))
    }

    fn metadata(&self, _: PathBuf) -> Self::MetadataFuture {
        ready(Ok(self.facts))
    }
}

impl Metadata for FileFacts {
    fn is_dir(&self) -> bool {
        false
    }

    fn modified(&self) -> io::Result<SystemTime> {
        self.modified.ok_or_else(|| io::ErrorKind::Unsupported.into())
    }

    fn len(&self) -> u64 {
        self.len
    }
}

impl File for OpenFile {
    type Metadata = FileFacts;
    type MetadataFuture<'a> = Ready<io::Result<FileFacts>>;

    fn metadata(&self) -> Self::MetadataFuture<'_> {
        ready(Ok(self.facts))
    }
}

impl AsyncRead for OpenFile {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_read(context, buffer)
    }
}

impl AsyncSeek for OpenFile {
    fn start_seek(mut self: Pin<&mut Self>, position: SeekFrom) -> io::Result<()> {
        Pin::new(&mut self.inner).start_seek(position)
    }

    fn poll_complete(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<u64>> {
        Pin::new(&mut self.inner).poll_complete(context)
    }
}
