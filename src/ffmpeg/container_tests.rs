//! Recognition of each container by its first bytes.

use proptest::prelude::*;

use super::*;

fn of(head: &[u8]) -> Option<Container> {
    Container::of(head, b"").ok()
}

/// Packets of `length` bytes, each with the sync byte at `offset`.
fn packets(length: usize, offset: usize, count: usize) -> Vec<u8> {
    let packet: Vec<u8> = (0..length).map(|at| if at == offset { 0x47 } else { 0x11 }).collect();
    packet.repeat(count)
}

#[test]
fn each_container_is_told_by_its_first_bytes() {
    let cases: [(&[u8], Container); 36] = [
        (b"\0\0\0\x18ftypmp42", Container::Mov),
        (b"\0\0\0\x14ftypqt  ", Container::Mov),
        (b"\0\0\0\x18ftyp3gp4", Container::Mov),
        (b"\0\0\x02\0moov", Container::Mov),
        (b"\0\0\0\x08wide", Container::Mov),
        (b"\0\0\0\x01mdat\0\0\0\0", Container::Mov),
        (b"\0\0\0\x18styp", Container::Mov),
        (b"\x1A\x45\xDF\xA3\x01\0", Container::Matroska),
        (b"RIFF\0\0\0\0AVI LIST", Container::Avi),
        (b"\0\0\x01\xBA\x44\0", Container::MpegPs),
        (b"\0\0\x01\xB3\x16\0", Container::MpegVideo),
        (b"\0\0\0\x01\x67\x64", Container::H264),
        (b"\0\0\x01\x09\x10", Container::H264),
        (b"\0\0\0\x01\x40\x01\x0C", Container::Hevc),
        (b"\x1F\x07\0\x3F", Container::Dv),
        (b"\x06\x0E\x2B\x34\x02\x05\x01\x01\x0D\x01\x02\x01", Container::Mxf),
        (b"FLV\x01\x05", Container::Flv),
        (b"\x30\x26\xB2\x75\x8E\x66\xCF\x11\xA6\xD9", Container::Asf),
        (b"GIF89a", Container::Gif),
        (b"GIF87a", Container::Gif),
        (b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR....acTL....IDAT", Container::Apng),
        (b"OggS\0\x02", Container::Ogg),
        (b"\xFF\xFB\x90\x64", Container::Mp3),
        (b"\xFF\xF3\x84\xC4", Container::Mp3),
        (b"\xFF\xFD\x84\xC4", Container::Mp3),
        (b"\0\0\0\0\0\0\xFF\xFB\x90\x64", Container::Mp3),
        (b"\xFF\xF1\x50\x80", Container::Adts),
        (b"\xFF\xF9\x50\x80", Container::Adts),
        (b"fLaC\0\0\0\x22", Container::Flac),
        (b"RIFF\0\0\0\0WAVEfmt ", Container::Wav),
        (b"RF64\xFF\xFF\xFF\xFFWAVEds64", Container::Wav),
        (b"riff\x2E\x91\xCF\x11\xA5\xD6", Container::Wave64),
        (b"FORM\0\0\0\0AIFCFVER", Container::Aiff),
        (b".snd\0\0\0\x18", Container::Au),
        (b"#!AMR-WB\n", Container::Amr),
        (b"caff\0\x01\0\0desc", Container::Caf),
    ];
    for (head, container) in cases {
        assert_eq!(of(head), Some(container), "{}", head.escape_ascii());
    }
}

#[test]
fn transport_streams_are_told_by_the_distance_of_their_marks() {
    for (length, offset, count) in [(188, 0, 3), (188, 0, 8), (192, 4, 3), (192, 4, 8), (204, 0, 8), (188, 77, 8)] {
        assert_eq!(of(&packets(length, offset, count)), Some(Container::MpegTs), "{length}, {offset}, {count}");
    }
    assert_eq!(of(&packets(200, 0, 8)), None);
    assert_eq!(of(&packets(188, 77, 3)), None, "too few to be sure");
    assert_eq!(of(b"G"), None);
}

#[test]
fn behind_an_id3_tag_is_the_sound() {
    assert_eq!(id3(b"ID3\x04\0\0\0\0\x02\x01"), Some(10 + 257));
    assert_eq!(id3(b"ID3\x04\0\x10\0\0\0\0"), Some(20));
    assert_eq!(id3(b"ID"), None);
    let behind = |bytes: &[u8]| Container::of(b"ID3\x04\0\0\0\0\0\0", bytes);
    assert_eq!(behind(b"\xFF\xFB\x90"), Ok(Container::Mp3));
    assert_eq!(behind(b"\xFF\xF1\x50"), Ok(Container::Adts));
    assert_eq!(behind(b"fLaC"), Ok(Container::Flac));
    assert_eq!(behind(b"\0\0\0\0"), Ok(Container::Mp3), "what is between tag and sound is skipped");
    assert_eq!(behind(b"#EXTM3U"), Ok(Container::Mp3), "a playlist is read as a damaged sound");
}

#[test]
fn all_else_is_refused() {
    let refused: [&[u8]; 14] = [
        b"",
        b"#EXTM3U\n",
        b"ffconcat version 1.0\n",
        b"<MPD>",
        b"v=0\r\n",
        b"\xFF\xD8\xFF\xE0",
        b"\x89PNG\r\n\x1A\n....IDAT....acTL",
        b"\xFF\xFE#\0E\0X\0T\0M\x003\0U\0",
        b"\xFF\xFF\xFF\xFF",
        b"RIFF\0\0\0\0WEBP",
        b"\0\0\0\x18junk",
        b"\0\0\0\0",
        b"\0\0\x01\0",
        b"MThd\0\0\0\x06",
    ];
    for head in refused {
        assert!(of(head).is_none(), "{}", head.escape_ascii());
    }
}

proptest! {
    #[test]
    fn any_bytes_are_judged(head in prop::collection::vec(any::<u8>(), 0..600), behind in any::<[u8; 4]>()) {
        let _ = Container::of(&head, &behind).map(Container::demuxer);
    }

    #[test]
    fn no_text_is_a_container(text in "[ -~\n\r\tà-ü]{0,400}") {
        let magic = ["OggS", "fLaC", "GIF8", ".snd", "RIFF", "FORM", "RF64", "BW64", "#!AMR", "ID3", "G"];
        let is_magic = magic.iter().any(|magic| text.starts_with(magic))
            || text.as_bytes().get(4..).is_some_and(|rest| rest.starts_with(b"mdat"))
            || text.as_bytes().first().is_some_and(u8::is_ascii_control);
        prop_assume!(!is_magic);
        prop_assert_eq!(of(text.as_bytes()), None);
    }
}
