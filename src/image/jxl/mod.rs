//! JPEG XL, through the decoder of its authors' project.
//!
//! In: the bytes of a codestream or of a file of boxes. Out: 8-bit planes, of an animation the first frame. The decoder
//! computes in floating point; it is compiled without its code for single instruction sets, because that rounds
//! differently from one processor to the next.

mod budget;
pub(in crate::image) mod decode;
pub(in crate::image) mod header;
