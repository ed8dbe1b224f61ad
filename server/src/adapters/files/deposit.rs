//! A file on its way, one part in memory at a time.

use super::local::Place;
use super::{broken, failed};
use async_trait::async_trait;
use bytes::{Bytes, BytesMut};
use object_store::MultipartUpload;
use services::Fault;
use services::ports::Deposit;

/// A file that is being written.
pub(super) struct ObjectDeposit {
    /// None once the file is whole.
    upload: Option<Box<dyn MultipartUpload>>,
    /// Whether every step so far was done.
    is_sound: bool,
    /// What waits to be written; the same memory for one part after the other.
    part: BytesMut,
    /// Bytes of a part.
    size: usize,
    /// Where the file will lie on the disk, when it will.
    place: Option<Place>,
}

impl ObjectDeposit {
    /// Writes to `upload` in parts of `size` bytes.
    pub(super) fn new(upload: Box<dyn MultipartUpload>, size: usize, place: Option<Place>) -> Self {
        Self { upload: Some(upload), is_sound: true, part: BytesMut::new(), size, place }
    }

    /// The upload, for one step. Who takes it says when the step is done: a deposit that failed, or whose writer went away in the middle
    /// of a part, must not become a file with a hole.
    fn upload(&mut self) -> Result<&mut Box<dyn MultipartUpload>, Fault> {
        let is_sound = std::mem::take(&mut self.is_sound);
        self.upload.as_mut().filter(|_| is_sound).ok_or_else(|| broken(&"a deposit that failed was used again"))
    }

    /// Writes what waits.
    async fn put(&mut self) -> Result<(), Fault> {
        let part = std::mem::take(&mut self.part).freeze();
        self.upload()?.put_part(part.clone().into()).await.map_err(|error| failed(&error))?;
        self.is_sound = true;
        // Written, it is ours alone again: its memory takes the next part.
        if let Ok(mut part) = part.try_into_mut() {
            part.clear();
            self.part = part;
        }
        Ok(())
    }
}

#[async_trait]
impl Deposit for ObjectDeposit {
    async fn write(&mut self, mut bytes: Bytes) -> Result<(), Fault> {
        while !bytes.is_empty() {
            // At once what a part takes: a part that grows would be copied at every step.
            if self.part.capacity() < self.size {
                self.part.reserve(self.size - self.part.len());
            }
            let room = self.size - self.part.len();
            let fitting = bytes.split_to(room.min(bytes.len()));
            self.part.extend_from_slice(&fitting);
            if self.part.len() == self.size {
                self.put().await?;
            }
        }
        Ok(())
    }

    async fn finish(mut self: Box<Self>) -> Result<(), Fault> {
        if !self.part.is_empty() {
            self.put().await?;
        }
        self.upload()?.complete().await.map_err(|error| failed(&error))?;
        self.upload = None;
        match self.place.take() {
            Some(place) => place.settle().await,
            None => Ok(()),
        }
    }
}

impl Drop for ObjectDeposit {
    fn drop(&mut self) {
        let Some(mut upload) = self.upload.take() else { return };
        // Without a runtime, an upload to a folder removes its file itself as it is dropped.
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(async move {
                // What this cannot remove, the sweep or the bucket's rule will.
                let _ = upload.abort().await;
            });
        }
    }
}
