//! Dates, in every form that the formats write them.

use jiff::Timestamp;
use jiff::civil::Time;
use jiff::fmt::temporal::Pieces;
use jiff::tz::Offset;

const SECONDS_A_DAY: i64 = 86_400;
/// 0001-01-01T00:00:00Z, .NET's default date.
const DOTNET_DEFAULT: i64 = -62_135_596_800;
/// 0000-01-01T00:00:00Z and 9999-12-31T23:59:59.999Z, in milliseconds.
const FOUR_DIGIT_YEARS: std::ops::RangeInclusive<i64> = -62_167_219_200_000..=253_402_300_799_999;

/// The point in time that `text` names, or `None` when it cannot be read.
///
/// Reads RFC 3339 and ISO 8601 (in UTC where no offset is given, at midnight where no time is) and PowerShell's
/// `/Date(1700000000000)/`. Dates such as `11/23/2026` are refused: whether the day or the month comes first is not
/// known. The last hours of the year 9999 lie beyond [`Timestamp::MAX`] and are read as it.
pub fn parse_date(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    powershell_date(text).or_else(|| iso_date(text))
}

/// Whether the date is .NET's default, 0001-01-01 in any time zone: what APIs write where there is no date.
pub fn is_no_date(date: Timestamp) -> bool {
    date.as_second() < DOTNET_DEFAULT + SECONDS_A_DAY
}

/// The date in RFC 3339, in UTC, cut to whole seconds.
pub fn to_rfc3339(date: Timestamp) -> String {
    format!("{date:.0}")
}

/// Whole days from one date to another, rounded down: half a day is 0, half a day ago is -1.
///
/// So the days left until a date are negative exactly when it is past.
pub fn whole_days(from: Timestamp, to: Timestamp) -> i64 {
    let lapse = from.duration_until(to);
    let seconds = lapse.as_secs() - i64::from(lapse.subsec_nanos() < 0);
    seconds.div_euclid(SECONDS_A_DAY)
}

fn iso_date(text: &str) -> Option<Timestamp> {
    let pieces = Pieces::parse(text).ok()?;
    if pieces.date().year() < 1 || pieces.time_zone_annotation().is_some() {
        return None;
    }
    let time = pieces.time().unwrap_or(Time::midnight());
    let offset = pieces.to_numeric_offset().unwrap_or(Offset::UTC);
    let date = pieces.date().to_datetime(time);
    Some(offset.to_timestamp(date).unwrap_or(Timestamp::MAX))
}

/// The milliseconds count from 1970 in UTC; an offset after them says only where they were written.
fn powershell_date(text: &str) -> Option<Timestamp> {
    let body = text.strip_prefix("/Date(")?.strip_suffix(")/")?;
    let sign = body.get(1..)?.find(['+', '-']);
    let (milliseconds, offset) = body.split_at(sign.map_or(body.len(), |at| at + 1));
    let is_offset = offset.len() == 5 && offset.bytes().skip(1).all(|b| b.is_ascii_digit());
    if !offset.is_empty() && !is_offset {
        return None;
    }
    let milliseconds = milliseconds.parse().ok()?;
    FOUR_DIGIT_YEARS
        .contains(&milliseconds)
        .then(|| Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::MAX))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn normal(text: &str) -> Option<String> {
        parse_date(text).map(to_rfc3339)
    }

    #[test]
    fn reads_the_forms_of_iso_8601() {
        for (text, expected) in [
            ("2026-11-23T06:00:00Z", "2026-11-23T06:00:00Z"),
            ("2021-07-22T09:19:47.8601311Z", "2021-07-22T09:19:47Z"),
            ("2026-11-23T06:00:00+02:00", "2026-11-23T04:00:00Z"),
            ("2026-11-23T06:00:00.5-0800", "2026-11-23T14:00:00Z"),
            ("2026-11-23t06:00:00z", "2026-11-23T06:00:00Z"),
            ("2026-11-23 06:00:00", "2026-11-23T06:00:00Z"),
            ("2026-11-23T06:00:00", "2026-11-23T06:00:00Z"),
            (" 2026-11-23\n", "2026-11-23T00:00:00Z"),
            ("2262-04-12T00:00:00Z", "2262-04-12T00:00:00Z"),
            ("2299-12-31T00:00:00Z", "2299-12-31T00:00:00Z"),
            ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
            ("1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59Z"),
        ] {
            assert_eq!(normal(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn reads_powershell_dates() {
        for (text, expected) in [
            ("/Date(1700000000000)/", "2023-11-14T22:13:20Z"),
            ("/Date(1700000000000+0000)/", "2023-11-14T22:13:20Z"),
            ("/Date(1700000000000-0800)/", "2023-11-14T22:13:20Z"),
            ("/Date(-1000)/", "1969-12-31T23:59:59Z"),
            ("/Date(0)/", "1970-01-01T00:00:00Z"),
            ("/Date(-62135596800000)/", "0001-01-01T00:00:00Z"),
        ] {
            assert_eq!(normal(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn reads_the_end_of_time_as_the_last_date() {
        for text in [
            "9999-12-31T23:59:59Z",
            "9999-12-31T23:59:59.9999999",
            "/Date(253402300799999)/",
        ] {
            assert_eq!(parse_date(text), Some(Timestamp::MAX), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_date_or_ambiguous() {
        for text in [
            "",
            "never",
            "11/23/2026 6:00:00 AM",
            "11/23/2026",
            "2026-13-01",
            "2026-02-30T00:00:00Z",
            "2026-11-23T06:00:00[Europe/Berlin]",
            "10000-01-01T00:00:00Z",
            "-000100-01-01",
            "1700000000",
            "/Date()/",
            "/Date(-)/",
            "/Date(1e3)/",
            "/Date(1700000000000+00)/",
            "/Date(253402300800000)/",
            "/Date(9223372036854775808)/",
            "/Date(é)/",
        ] {
            assert_eq!(normal(text), None, "{text}");
        }
    }

    #[test]
    fn knows_dotnet_default_dates() {
        for text in [
            "0001-01-01T00:00:00Z",
            "0001-01-01T00:00:00+14:00",
            "0001-01-01T00:00:00-12:00",
            "/Date(-62135578800000)/",
        ] {
            assert!(parse_date(text).is_some_and(is_no_date), "{text}");
        }
        for text in ["0001-01-02T00:00:00Z", "1601-01-01", "1970-01-01"] {
            assert!(!parse_date(text).is_some_and(is_no_date), "{text}");
        }
    }

    #[test]
    fn whole_days_round_down() {
        let days = |from, to| whole_days(parse_date(from).unwrap(), parse_date(to).unwrap());
        assert_eq!(days("2026-11-23", "2026-11-23"), 0);
        assert_eq!(days("2026-11-23T00:00Z", "2026-11-23T12:00Z"), 0);
        assert_eq!(days("2026-11-23T12:00Z", "2026-11-23T00:00Z"), -1);
        assert_eq!(days("2026-11-23T00:00:00.001Z", "2026-11-23T00:00:00Z"), -1);
        assert_eq!(days("2026-11-23", "2026-11-22"), -1);
        assert_eq!(days("2026-01-01", "2027-01-01"), 365);
        assert_eq!(days("2000-01-01", "9999-12-31T23:59:59Z"), 2_921_938);
    }

    proptest! {
        #[test]
        fn never_panics(text in ".*") {
            parse_date(&text);
        }

        #[test]
        fn never_panics_on_near_dates(text in r"(/Date\()?[-+]?[0-9é]{0,20}([-:T+Z][0-9]{0,5}){0,6}(\)/)?") {
            parse_date(&text).map(to_rfc3339);
        }

        #[test]
        fn whole_seconds_round_trip(second in DOTNET_DEFAULT..253_402_207_200) {
            let date = Timestamp::from_second(second).unwrap();
            prop_assert_eq!(parse_date(&to_rfc3339(date)), Some(date));
        }

        #[test]
        fn both_forms_agree(second in DOTNET_DEFAULT..253_402_207_200) {
            let date = Timestamp::from_second(second).unwrap();
            prop_assert_eq!(parse_date(&format!("/Date({second}000)/")), Some(date));
        }

        #[test]
        fn days_are_negative_exactly_when_past(from in -1_000_000_i64..1_000_000, to in -1_000_000_i64..1_000_000) {
            let [start, end] = [from, to].map(|ms| Timestamp::from_millisecond(ms).unwrap());
            prop_assert_eq!(whole_days(start, end) < 0, end < start);
        }
    }
}
