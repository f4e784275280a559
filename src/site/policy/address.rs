//! Addresses of websites as programs need them: in ASCII.
//!
//! In: an address as people write it (`https://müller.example/fotos/été`). Out: the same address with the host in Punycode (RFC 3492) and
//! the path percent-encoded (RFC 3986). Pure.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use unicode_normalization::UnicodeNormalization;

/// Characters that are not allowed in an address, apart from those beyond ASCII. `%` is allowed: a part may be encoded already.
const PATH: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'\\').add(b'^').add(b'`').add(b'{').add(b'|').add(b'}');

/// Parameters of Punycode.
const BASE: u32 = 36;
const SMALLEST: u32 = 1;
const LARGEST: u32 = 26;
const SKEW: u32 = 38;
const DAMP: u32 = 700;

/// Longest part of a host in bytes.
const LONGEST_LABEL: usize = 63;

/// Encodes an address that begins with a scheme.
pub(super) fn encoded(url: &str) -> String {
    let host = url.find("://").map_or(0, |at| at + 3);
    let path = url[host..].find('/').map_or(url.len(), |at| host + at);
    format!("{}{}{}", &url[..host], self::host(&url[host..path]), utf8_percent_encode(&url[path..], PATH))
}

/// Encodes a host, with its port.
fn host(host: &str) -> String {
    host.split('.').map(label_of).collect::<Vec<_>>().join(".")
}

fn label_of(label: &str) -> String {
    if label.is_ascii() {
        return label.to_owned();
    }
    let (name, port) = label.split_once(':').map_or((label, None), |(name, port)| (name, Some(port)));
    let name: Vec<char> = name.to_lowercase().nfc().collect();
    let port = port.map_or(String::new(), |port| format!(":{port}"));
    let encoded = punycode(&name).filter(|encoded| encoded.len() + 4 <= LONGEST_LABEL);
    encoded.map_or_else(|| utf8_percent_encode(label, PATH).to_string(), |encoded| format!("xn--{encoded}{port}"))
}

/// Encodes a label as Punycode; `None` if its numbers overflow.
fn punycode(label: &[char]) -> Option<String> {
    let mut out: String = label.iter().filter(|c| c.is_ascii()).collect();
    let basic = u32::try_from(out.len()).ok()?;
    if basic > 0 {
        out.push('-');
    }
    let (mut next, mut delta, mut bias, mut done) = (128_u32, 0_u32, 72_u32, basic);
    while (done as usize) < label.len() {
        let smallest = label.iter().map(|c| u32::from(*c)).filter(|c| *c >= next).min()?;
        delta = delta.checked_add((smallest - next).checked_mul(done + 1)?)?;
        next = smallest;
        for c in label.iter().map(|c| u32::from(*c)) {
            if c < next {
                delta = delta.checked_add(1)?;
            }
            if c == next {
                push_number(&mut out, delta, bias);
                bias = adapted(delta, done + 1, done == basic);
                delta = 0;
                done += 1;
            }
        }
        delta = delta.checked_add(1)?;
        next += 1;
    }
    Some(out)
}

fn push_number(out: &mut String, mut number: u32, bias: u32) {
    for place in (BASE..).step_by(BASE as usize) {
        let threshold = place.saturating_sub(bias).clamp(SMALLEST, LARGEST);
        if number < threshold {
            break;
        }
        out.push(digit(threshold + (number - threshold) % (BASE - threshold)));
        number = (number - threshold) / (BASE - threshold);
    }
    out.push(digit(number));
}

fn adapted(delta: u32, length: u32, first: bool) -> u32 {
    let mut delta = if first { delta / DAMP } else { delta / 2 };
    delta += delta / length;
    let mut steps = 0;
    while delta > (BASE - SMALLEST) * LARGEST / 2 {
        delta /= BASE - SMALLEST;
        steps += BASE;
    }
    steps + (BASE - SMALLEST + 1) * delta / (delta + SKEW)
}

/// Returns the digit of Punycode: `a` to `z`, then `0` to `9`.
fn digit(number: u32) -> char {
    let byte = u8::try_from(number).unwrap_or(0);
    char::from(if byte < 26 { b'a' + byte } else { b'0' + byte - 26 })
}

#[cfg(test)]
mod tests {
    use super::encoded;

    #[test]
    fn letters_of_paths_are_percent_encoded_once() {
        for (written, right) in [
            ("https://example.org/fotos/été", "https://example.org/fotos/%C3%A9t%C3%A9"),
            ("https://example.org/f%C3%A9te/日本", "https://example.org/f%C3%A9te/%E6%97%A5%E6%9C%AC"),
            ("https://example.org/~ann/a(1),b@c;d=e:f|g", "https://example.org/~ann/a(1),b@c;d=e:f%7Cg"),
            ("HTTP://localhost:9000/a", "HTTP://localhost:9000/a"),
            ("https://[::1]:80", "https://[::1]:80"),
        ] {
            assert_eq!(encoded(written), right);
        }
    }

    /// Hosts as browsers and registries write them.
    #[test]
    fn letters_of_hosts_become_punycode() {
        for (written, right) in [
            ("https://Müller.example", "https://xn--mller-kva.example"),
            ("https://www.bücher.example:8080/é", "https://www.xn--bcher-kva.example:8080/%C3%A9"),
            ("https://пример.испытание", "https://xn--e1afmkfd.xn--80akhbyknj4f"),
            ("https://例え.テスト", "https://xn--r8jz45g.xn--zckzah"),
            ("https://mu\u{308}ller.example", "https://xn--mller-kva.example"),
            ("https://example.été:80", "https://example.xn--t-9fab:80"),
        ] {
            assert_eq!(encoded(written), right);
        }
        assert!(encoded(&format!("https://{}.example", "é".repeat(200))).is_ascii());
    }
}
