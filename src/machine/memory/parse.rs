//! Memory sizes as users write them.

/// Parses a memory size: `512m`, `2g`, `1.5GiB`, or bytes without a unit. Units are powers of 1024.
///
/// # Errors
/// A message, ready to follow the name of the option.
pub fn parse(text: &str) -> Result<u64, String> {
    let expected = || format!("`{text}` is not a memory size; expected a size such as `512m` or `2g`");
    let trimmed = text.trim();
    let digits = trimmed.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(trimmed.len());
    let (number, unit) = trimmed.split_at(digits);
    let shift = match unit.trim_start().to_ascii_lowercase().as_str() {
        "" | "b" => 0,
        "k" | "kb" | "kib" => 10,
        "m" | "mb" | "mib" => 20,
        "g" | "gb" | "gib" => 30,
        "t" | "tb" | "tib" => 40,
        _ => return Err(expected()),
    };
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    // Nobody needs more than nine decimals, and with nine everything fits into integers.
    if whole.is_empty() || fraction.is_empty() || fraction.len() > 9 || fraction.contains('.') {
        return Err(expected());
    }
    let whole: u64 = whole.parse().map_err(|_| expected())?;
    let fraction = format!("{fraction:0<9}").parse::<u64>().map_err(|_| expected())?;
    let unit = 1_u128 << shift;
    let bytes = u128::from(whole) * unit + u128::from(fraction) * unit / 1_000_000_000;
    match u64::try_from(bytes) {
        Ok(0) => Err(format!("`{text}` is no memory at all; expected something like `512m` or `2g`")),
        Ok(bytes) => Ok(bytes),
        Err(_) => Err(expected()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GIB: u64 = 1 << 30;

    #[test]
    fn amounts_are_read_with_and_without_unit() {
        for (text, bytes) in [
            ("512m", GIB / 2),
            ("2g", 2 * GIB),
            ("2GiB", 2 * GIB),
            ("2 GB", 2 * GIB),
            ("1.5g", 3 * GIB / 2),
            ("1048576", 1 << 20),
            ("64K", 1 << 16),
            ("1t", 1 << 40),
        ] {
            assert_eq!(parse(text), Ok(bytes), "{text}");
        }
    }

    #[test]
    fn what_is_no_amount_is_refused_with_an_example() {
        for text in
            ["", "g", "-1g", "1.g", ".5g", "1..5g", "2x", "2gg", "1e9", "99999999999999999999", "18014398509481984t"]
        {
            let message = parse(text).expect_err(text);
            assert_eq!(message, format!("`{text}` is not a memory size; expected a size such as `512m` or `2g`"));
        }
        assert!(parse("0").expect_err("nothing").contains("no memory at all"));
    }
}
