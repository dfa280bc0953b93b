//! What is drawn, and how.

use jiff::{SignedDuration, Timestamp};

/// A source of random values that a seed, a purpose and a number determine.
pub struct Random {
    numbers: fastrand::Rng,
    careless: bool,
}

impl Random {
    pub fn new(seed: u64, purpose: &str, number: u64) -> Self {
        // FNV-1a, so that neighbours have nothing in common.
        let bytes = purpose.bytes().chain(number.to_le_bytes());
        let mixed = bytes.fold(seed ^ 0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Self {
            numbers: fastrand::Rng::with_seed(mixed),
            careless: false,
        }
    }

    /// From here on what is rare is not: faults come together, where nobody looks.
    pub fn be_careless(&mut self, careless: bool) {
        self.careless = careless;
    }

    pub const fn is_careless(&self) -> bool {
        self.careless
    }

    /// At least `from`, at most `to`.
    pub fn between(&mut self, from: u32, to: u32) -> u32 {
        self.numbers.u32(from..=to)
    }

    pub fn percent(&mut self, chance: u32) -> bool {
        self.between(1, 100) <= chance
    }

    /// True once in a thousand for each of `chance`.
    pub fn rarely(&mut self, chance: u32) -> bool {
        let chance = if self.careless { 350 } else { chance };
        self.between(1, 1000) <= chance
    }

    pub fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.numbers.usize(..choices.len())]
    }

    pub fn weighted<T: Copy>(&mut self, choices: &[(u32, T)]) -> T {
        let total: u32 = choices.iter().map(|(weight, _)| weight).sum();
        let mut drawn = self.numbers.u32(..total);
        for (weight, choice) in choices {
            match drawn.checked_sub(*weight) {
                Some(rest) => drawn = rest,
                None => return *choice,
            }
        }
        choices[0].1
    }

    /// Small numbers are likely: each further one is so with this chance, up to `most`.
    pub fn run(&mut self, percent: u32, most: u32) -> u32 {
        (0..most).find(|_| !self.percent(percent)).unwrap_or(most)
    }

    pub fn guid(&mut self) -> String {
        let value = self.numbers.u128(..);
        let hex = format!("{value:032x}");
        let variant = self.pick(&['8', '9', 'a', 'b']);
        format!(
            "{}-{}-4{}-{variant}{}-{}",
            &hex[..8],
            &hex[8..12],
            &hex[13..16],
            &hex[17..20],
            &hex[20..]
        )
    }

    pub fn bytes(&mut self, bytes: &mut [u8]) {
        self.numbers.fill(bytes);
    }

    pub fn text(&mut self, alphabet: &str, length: usize) -> String {
        let letters: Vec<char> = alphabet.chars().collect();
        (0..length).map(|_| self.pick(&letters)).collect()
    }

    /// A time that many days before now, at least and at most.
    pub fn days_ago(&mut self, least: u32, most: u32) -> Timestamp {
        let days = self.between(least, most);
        let seconds = self.between(0, 86_399);
        now()
            - SignedDuration::from_hours(24 * i64::from(days))
            - SignedDuration::from_secs(seconds.into())
    }
}

pub fn now() -> Timestamp {
    super::NOW.parse().unwrap_or(Timestamp::UNIX_EPOCH)
}

pub fn later(time: Timestamp, days: u32) -> Timestamp {
    time + SignedDuration::from_hours(24 * i64::from(days))
}
