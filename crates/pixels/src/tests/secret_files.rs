//! Files with a secret in every place where one has ever been found.
//!
//! Text that must never be published contains the word `SECRET`, credit contains `CREDIT`, and other public text `PUBLIC`.

use std::borrow::Cow;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use jpeg::Orientation;
use jpeg_encoder::SamplingFactor as Sampling;

use super::make::*;
use crate::metadata::iptc::as_resource;
use crate::metadata::write::{Row, block};

fn text(tag: u16, text: &str) -> Row<'static> {
    let value = [text.as_bytes(), &[0]].concat();
    Row { tag, kind: 2, count: value.len() as u32, value: Cow::Owned(value) }
}

fn undefined(tag: u16, bytes: &[u8]) -> Row<'static> {
    Row { tag, kind: 7, count: bytes.len() as u32, value: Cow::Owned(bytes.to_vec()) }
}

/// Returns Exif with a second directory, which has a thumbnail.
pub(super) fn exif_with_secrets(turn: Orientation, little_endian: bool) -> Vec<u8> {
    let number = |value: u32| if little_endian { value.to_le_bytes() } else { value.to_be_bytes() };
    let half = |value: u16| if little_endian { value.to_le_bytes() } else { value.to_be_bytes() };
    let degrees = [48, 1, 51, 1, 2950, 100].map(number).concat();
    let place = |tag, value: &[u8]| Row { tag, kind: 5, count: 3, value: Cow::Owned(value.to_vec()) };
    let first = vec![
        text(0x010E, "PUBLIC caption of Exif"),
        text(0x010F, "PUBLIC Maker"),
        Row { tag: 0x0112, kind: 3, count: 1, value: Cow::Owned(half(turn.exif().into()).to_vec()) },
        text(0x013B, "CREDIT Artist; CREDIT Zoë"),
        text(0x013C, "SECRET host"),
        text(0x8298, "© CREDIT Copyright"),
        undefined(0x02BC, b"SECRET packet in Exif"),
        undefined(0x83BB, b"SECRET datasets in Exif"),
        text(0xC62F, "SECRET camera number"),
        undefined(0xC634, b"SECRET private data"),
        undefined(0xFDE8, b"SECRET unknown tag"),
    ];
    let shot = vec![
        text(0x9003, "2024:05:17 18:03:59"),
        text(0x9011, "+02:00"),
        text(0x9291, "25"),
        undefined(0x927C, b"SECRET maker note"),
        undefined(0x9286, b"ASCII\0\0\0SECRET comment"),
        text(0xA420, "SECRET image number"),
        text(0xA430, "SECRET owner"),
        text(0xA431, "SECRET body"),
        text(0xA434, "PUBLIC lens"),
        text(0xA435, "SECRET lens"),
    ];
    let here = vec![
        text(0x0001, "N"),
        place(0x0002, &degrees),
        text(0x0003, "W"),
        place(0x0004, &degrees),
        undefined(0x001C, b"ASCII\0\0\0SECRET area"),
    ];
    let mut bytes = block(little_endian, first, shot, here);
    // The link of the first directory points to another one at the end, and that to the thumbnail.
    let count = u16::from_be_bytes([bytes[8], bytes[9]]).min(u16::from_le_bytes([bytes[8], bytes[9]]));
    let link = 10 + 12 * usize::from(count);
    let second = bytes.len() as u32;
    bytes[link..link + 4].copy_from_slice(&number(second));
    let thumbnail = b"\xFF\xD8SECRET THUMBNAIL\xFF\xD9";
    bytes.extend(half(3));
    for (tag, kind, count, value) in [
        (0x0131, 2, 15, second + 2 + 36 + 4),
        (0x0201, 4, 1, second + 2 + 36 + 4 + 16),
        (0x0202, 4, 1, thumbnail.len() as u32),
    ] {
        bytes.extend([&half(tag)[..], &half(kind), &number(count), &number(value)].concat());
    }
    bytes.extend(number(0));
    bytes.extend(b"SECRET program\0\0");
    bytes.extend(thumbnail);
    bytes
}

/// Returns XMP with credit, words and secrets, some as attributes and some as elements.
pub(super) fn xmp_with_secrets(turn: Orientation) -> Vec<u8> {
    let packet = "<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'>
 <rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description rdf:about='SECRET about'
  xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:xmpRights='http://ns.adobe.com/xap/1.0/rights/'
  xmlns:photoshop='http://ns.adobe.com/photoshop/1.0/' xmlns:cc='http://creativecommons.org/ns#'
  xmlns:plus='http://ns.useplus.org/ldf/xmp/1.0/' xmlns:exif='http://ns.adobe.com/exif/1.0/'
  xmlns:aux='http://ns.adobe.com/exif/1.0/aux/' xmlns:tiff='http://ns.adobe.com/tiff/1.0/'
  xmlns:i='http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/' xmlns:e='http://iptc.org/std/Iptc4xmpExt/2008-02-29/'
  xmlns:r='http://www.metadataworkinggroup.com/schemas/regions/' xmlns:xmpMM='http://ns.adobe.com/xap/1.0/mm/'
  xmlns:MP='http://ns.microsoft.com/photo/1.2/' xmlns:MPRI='http://ns.microsoft.com/photo/1.2/t/RegionInfo#'
  xmlns:MPReg='http://ns.microsoft.com/photo/1.2/t/Region#' xmlns:xmp='http://ns.adobe.com/xap/1.0/'
  photoshop:Credit='CREDIT line' photoshop:City='SECRET city' aux:SerialNumber='SECRET xmp body'
  exif:GPSLatitude='48,51.49N' exif:GPSLongitude='2,17.66E' tiff:Orientation='TURN'
  xmpMM:DocumentID='SECRET document' xmpRights:WebStatement='https://example.org/home/CREDIT-statement'>
  <dc:rights><rdf:Alt><rdf:li xml:lang='x-default'>© CREDIT rights</rdf:li></rdf:Alt></dc:rights>
  <dc:creator><rdf:Seq><rdf:li>CREDIT creator</rdf:li></rdf:Seq></dc:creator>
  <dc:title><rdf:Alt><rdf:li xml:lang='x-default'>PUBLIC title</rdf:li></rdf:Alt></dc:title>
  <dc:description><rdf:Alt><rdf:li xml:lang='x-default'>PUBLIC caption</rdf:li></rdf:Alt></dc:description>
  <dc:subject><rdf:Bag><rdf:li>PUBLIC keyword</rdf:li><rdf:li>SECRET face</rdf:li></rdf:Bag></dc:subject>
  <i:AltTextAccessibility><rdf:Alt><rdf:li xml:lang='x-default'>PUBLIC alt</rdf:li></rdf:Alt></i:AltTextAccessibility>
  <xmpRights:UsageTerms><rdf:Alt><rdf:li xml:lang='x-default'>CREDIT terms</rdf:li></rdf:Alt></xmpRights:UsageTerms>
  <cc:license rdf:resource='https://example.org/CREDIT-licence'/>
  <plus:Licensor><rdf:Seq><rdf:li plus:LicensorURL='https://example.org/CREDIT-licensor' plus:LicensorTelephone1='SECRET'/></rdf:Seq></plus:Licensor>
  <xmpRights:Owner><rdf:Bag><rdf:li>SECRET owner of rights</rdf:li></rdf:Bag></xmpRights:Owner>
  <i:CreatorContactInfo i:CiEmailWork='SECRET@example.org'/>
  <e:PersonInImage><rdf:Bag><rdf:li>SECRET person</rdf:li></rdf:Bag></e:PersonInImage>
  <e:LocationShown><rdf:Bag><rdf:li e:City='SECRET shown'/></rdf:Bag></e:LocationShown>
  <r:Regions rdf:parseType='Resource'><r:RegionList><rdf:Bag><rdf:li r:Name='SECRET face'/></rdf:Bag></r:RegionList></r:Regions>
  <MP:RegionInfo><rdf:Description><MPRI:Regions><rdf:Bag><rdf:li MPReg:PersonDisplayName='SECRET tag'/></rdf:Bag></MPRI:Regions></rdf:Description></MP:RegionInfo>
  <xmpMM:History><rdf:Seq><rdf:li>/home/SECRET/photo.tif</rdf:li></rdf:Seq></xmpMM:History>
  <xmp:Thumbnails><rdf:Alt><rdf:li>SECRET THUMBNAIL</rdf:li></rdf:Alt></xmp:Thumbnails>
 </rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>";
    packet.replace("TURN", &turn.exif().to_string()).into_bytes()
}

pub(super) fn iptc_with_secrets() -> Vec<u8> {
    let dataset =
        |number: u8, text: &str| [&[0x1C, 2, number][..], &(text.len() as u16).to_be_bytes(), text.as_bytes()].concat();
    [
        (5, "PUBLIC object"),
        (80, "CREDIT by-line"),
        (90, "SECRET iptc city"),
        (110, "CREDIT iptc"),
        (116, "CREDIT notice"),
        (95, "-"),
        (122, "SECRET writer"),
    ]
    .map(|(number, text)| dataset(number, text))
    .concat()
}

pub(super) fn resources() -> Vec<u8> {
    let thumbnail = b"8BIM\x04\x0C\0\0\0\0\0\x10SECRET THUMBNAIL".to_vec();
    [thumbnail, as_resource(&iptc_with_secrets())].concat()
}

pub(super) fn segment(marker: u8, payload: &[u8]) -> Vec<u8> {
    [&[0xFF, marker][..], &(payload.len() as u16 + 2).to_be_bytes(), payload].concat()
}

/// Returns a JPEG. Every block that can be split is in two segments; a second picture and a video follow.
pub(super) fn jpeg_with_secrets(turn: Orientation, little_endian: bool) -> Vec<u8> {
    let plain = jpeg(size(40, 30), turn, Sampling::F_2_2, slopes);
    let plain = crate::formats::jpeg::strip::strip(&plain, &Default::default()).unwrap();
    let (resources, exif) = (resources(), exif_with_secrets(turn, little_endian));
    let (one, two) = resources.split_at(40);
    let head: Vec<u8> = [
        segment(0xE1, &[b"Exif\0\0", &exif[..]].concat()),
        segment(0xE1, &[b"http://ns.adobe.com/xap/1.0/\0", &xmp_with_secrets(turn)[..]].concat()),
        segment(
            0xE1,
            &[&b"http://ns.adobe.com/xmp/extension/\0"[..], &[b'0'; 32], &[0, 0, 0, 6, 0, 0, 0, 0], b"SECRET"].concat(),
        ),
        segment(0xE1, &[b"Exif\0\0", &exif[..]].concat()),
        segment(0xE2, b"MPF\0SECRET index"),
        segment(0xED, &[b"Photoshop 3.0\0", one].concat()),
        segment(0xED, &[b"Photoshop 3.0\0", two].concat()),
        segment(0xE5, b"SECRET of the maker"),
        segment(0xEC, b"Ducky SECRET"),
        segment(0xFE, b"SECRET comment"),
    ]
    .concat();
    let picture = [&plain[..20], &head, &plain[20..]].concat();
    let film = b"\0\0\0\x10ftypmp42SECRET  ";
    [&picture[..], &picture, film].concat()
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Returns a PNG with texts of each kind before and after the pixels.
fn png_with_secrets(turn: Orientation, little_endian: bool) -> Vec<u8> {
    let plain = png(size(40, 30), turn, true, slopes);
    let plain = crate::formats::png::strip::strip(&plain, &Default::default()).unwrap();
    let chunk = |name: &[u8; 4], data: &[u8]| {
        let mut crc = flate2::Crc::new();
        crc.update(name);
        crc.update(data);
        [&(data.len() as u32).to_be_bytes()[..], name, data, &crc.sum().to_be_bytes()].concat()
    };
    let hex: String = exif_with_secrets(turn, little_endian).iter().map(|byte| format!("{byte:02x}")).collect();
    let texts = [
        chunk(b"tEXt", b"Comment\0SECRET latin"),
        chunk(b"tEXt", b"Copyright\0\xA9 CREDIT png"),
        chunk(b"zTXt", &[b"Description\0\0", &packed(b"SECRET packed")[..]].concat()),
        chunk(b"iTXt", &[b"XML:com.adobe.xmp\0\x01\0\0\0", &packed(&xmp_with_secrets(turn))[..]].concat()),
        chunk(b"iTXt", b"Author\0\0\0en\0\0SECRET author"),
        chunk(b"tEXt", format!("Raw profile type exif\0\nexif\n   {}\n{hex}\n", hex.len() / 2).as_bytes()),
        chunk(b"tIME", &[7, 232, 5, 17, 18, 3, 59]),
        chunk(b"seCr", b"SECRET"),
        chunk(b"eXIf", &exif_with_secrets(turn, little_endian)),
    ]
    .concat();
    let end = plain.len() - 12;
    [&plain[..33], &texts, &plain[33..end], &texts, &plain[end..], b"SECRET tail"].concat()
}

/// Returns a WebP with both blocks, an unknown chunk and trailing data.
pub(super) fn webp_with_secrets(turn: Orientation, little_endian: bool) -> Vec<u8> {
    let (size, pixels) = stored(size(40, 30), turn, slopes);
    let mut plain = std::io::Cursor::new(Vec::new());
    let picture = image::RgbImage::from_raw(size.width, size.height, pixels).unwrap();
    picture.write_to(&mut plain, image::ImageFormat::WebP).unwrap();
    let plain = plain.into_inner();
    let mut body = b"WEBP".to_vec();
    let extended = [0x0C, 0, 0, 0, size.width as u8 - 1, 0, 0, size.height as u8 - 1, 0, 0];
    let (exif, xmp) = (exif_with_secrets(turn, little_endian), xmp_with_secrets(turn));
    let chunks: [(&[u8], &[u8]); 5] =
        [(b"VP8X", &extended), (&plain[12..16], &plain[20..]), (b"EXIF", &exif), (b"XMP ", &xmp), (b"odd ", b"SECRET")];
    for (name, data) in chunks {
        body.extend(name);
        body.extend((data.len() as u32).to_le_bytes());
        body.extend(data);
        body.extend(std::iter::repeat_n(0, data.len() % 2));
    }
    [b"RIFF", &(body.len() as u32).to_le_bytes()[..], &body, b"SECRET"].concat()
}

/// Returns a GIF with XMP, a comment and trailing data.
fn gif_with_secrets() -> Vec<u8> {
    let mut plain = std::io::Cursor::new(Vec::new());
    let (size, pixels) = stored(size(20, 10), Orientation::UPRIGHT, quarters);
    let picture = image::RgbImage::from_raw(size.width, size.height, pixels).unwrap();
    picture.write_to(&mut plain, image::ImageFormat::Gif).unwrap();
    let plain = plain.into_inner();
    let (body, _) = plain.split_at(plain.len() - 1);
    let trailer: Vec<u8> = std::iter::once(1).chain((0..=255).rev()).chain([0]).collect();
    let xmp = [&b"\x21\xFF\x0BXMP DataXMP"[..], &xmp_with_secrets(Orientation::UPRIGHT), &trailer].concat();
    [body, b"\x21\xFE\x06SECRET\0", &xmp, b";SECRET"].concat()
}

pub(super) fn source(kind: usize, turn: Orientation, little_endian: bool) -> Vec<u8> {
    match kind {
        0 => jpeg_with_secrets(turn, little_endian),
        1 => png_with_secrets(turn, little_endian),
        2 => webp_with_secrets(turn, little_endian),
        _ => gif_with_secrets(),
    }
}
