//! ISO 8601 durations.

const SECONDS_A_DAY: u64 = 86_400;

/// The days of a duration such as `P180D` or `P4DT12H30M5S`, rounded up; `None` when it is none.
///
/// How long a month or a year lasts depends on where it begins. They count as .NET counts them, which reads the
/// durations of Microsoft Graph: 30 and 365 days. Fractions of a second are rounded up; others are not allowed.
pub(super) fn days(text: &str) -> Option<i64> {
    let body = text.strip_prefix('P')?;
    let (date, time) = match body.split_once('T') {
        Some((_, "")) => return None,
        Some((date, time)) => (date, time),
        None if body.is_empty() => return None,
        None => (body, ""),
    };
    let days = sum(date, &[('Y', 365), ('M', 30), ('W', 7), ('D', 1)])?;
    let seconds = sum(time, &[('H', 3600), ('M', 60), ('S', 1)])?;
    let days = days.saturating_add(seconds.div_ceil(SECONDS_A_DAY));
    Some(i64::try_from(days).unwrap_or(i64::MAX))
}

/// Adds up numbers with designators, which come in this order and at most once each.
fn sum(mut text: &str, designators: &[(char, u64)]) -> Option<u64> {
    let mut total: u64 = 0;
    let mut left = designators;
    while !text.is_empty() {
        let end = text.find(|c: char| c.is_ascii_alphabetic())?;
        let (number, rest) = text.split_at(end);
        let designator = rest.chars().next()?;
        let position = left.iter().position(|(name, _)| *name == designator)?;
        let (_, unit) = left.get(position)?;
        let count = match number.split_once('.') {
            Some((whole, fraction)) if designator == 'S' => {
                whole_number(whole)?.saturating_add(u64::from(whole_number(fraction)? > 0))
            }
            Some(_) => return None,
            None => whole_number(number)?,
        };
        total = total.saturating_add(count.saturating_mul(*unit));
        left = left.get(position + 1..)?;
        text = rest.get(1..)?;
    }
    Some(total)
}

/// The number that digits write; as large as can be when they are too many.
fn whole_number(digits: &str) -> Option<u64> {
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| digits.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use jiff::{Span, SpanRelativeTo, Unit};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_durations() {
        for (text, expected) in [
            ("P180D", 180),
            ("P181D", 181),
            ("P0D", 0),
            ("PT0S", 0),
            ("PT1S", 1),
            ("PT24H", 1),
            ("PT24H0.5S", 2),
            ("PT24H0.000S", 1),
            ("P4DT12H30M5S", 5),
            ("P2W", 14),
            ("P6M", 180),
            ("P1Y", 365),
            ("P1Y2M3D", 428),
            ("PT1M", 1),
            // .NET's longest.
            ("P10675199DT2H48M5.4775807S", 10_675_200),
        ] {
            assert_eq!(days(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_none() {
        for text in [
            "",
            "P",
            "PT",
            "P1DT",
            "180",
            "P180",
            "180D",
            "P-1D",
            "-P1D",
            "P1.5D",
            "PT1.H",
            "PT.5S",
            "P1D1D",
            "P1D2M",
            "PD",
            "P1H",
            "PT1D",
            "P1é",
            "p180d",
            "180.00:00:00",
        ] {
            assert_eq!(days(text), None, "{text}");
        }
    }

    #[test]
    fn the_longest_have_an_end() {
        assert_eq!(days("P99999999999999999999999Y"), Some(i64::MAX));
        assert_eq!(days("P18446744073709551615DT1S"), Some(i64::MAX));
    }

    proptest! {
        #[test]
        fn never_panics(text in ".*") {
            days(&text);
        }

        #[test]
        fn never_panics_on_near_durations(text in "P?([0-9.é]{0,21}[YMWDTHSP]){0,8}") {
            days(&text);
        }

        #[test]
        fn days_and_times_are_as_jiff_reads_them(d in 0_i64..100_000, h in 0_i64..100, m in 0_i64..100, s in 0_i64..100) {
            let text = format!("P{d}DT{h}H{m}M{s}S");
            let span: Span = text.parse().unwrap();
            let seconds = span.total((Unit::Second, SpanRelativeTo::days_are_24_hours())).unwrap();
            prop_assert_eq!(days(&text).unwrap() as f64, (seconds / 86_400.0).ceil());
        }
    }
}
