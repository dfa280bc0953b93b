//! Networks: `net.cidr_intersects` and `net.cidr_contains_matches`.

use std::collections::BTreeSet;
use std::net::IpAddr;

use anyhow::{Result, anyhow, bail};
use regorus::Value;

use super::added::text;

/// The first and the last address of a network. Addresses of IPv4 are those of IPv6 that stand for them, as in Go.
struct Network {
    first: u128,
    last: u128,
}

impl Network {
    fn parse(text: &str) -> Result<Self> {
        let invalid = || anyhow!("invalid CIDR address: {text}");
        let (address, length) = text.split_once('/').ok_or_else(invalid)?;
        let address: IpAddr = address.parse().map_err(|_| invalid())?;
        let is_length = !length.is_empty() && length.bytes().all(|byte| byte.is_ascii_digit());
        let length: u32 = length.parse().map_err(|_| invalid())?;
        let bits: u32 = if address.is_ipv4() { 32 } else { 128 };
        let free = bits.checked_sub(length).filter(|_| is_length);
        let free = free.ok_or_else(invalid)?;
        let hosts = 1_u128.checked_shl(free).map_or(u128::MAX, |size| size - 1);
        let first = number(address) & !hosts;
        Ok(Self {
            first,
            last: first | hosts,
        })
    }

    /// A network, or one address.
    fn of_network_or_address(text: &str) -> Result<Self> {
        match text.parse::<IpAddr>() {
            Ok(address) => Ok(Self {
                first: number(address),
                last: number(address),
            }),
            Err(_) => Self::parse(text).map_err(|_| {
                anyhow!("not a valid textual representation of an IP address or CIDR: {text}")
            }),
        }
    }

    const fn contains(&self, other: &Self) -> bool {
        self.first <= other.first && other.last <= self.last
    }
}

fn number(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => address.to_ipv6_mapped().to_bits(),
        IpAddr::V6(address) => address.to_bits(),
    }
}

/// Whether two networks have an address in common.
pub(super) fn intersects(args: &[Value]) -> Result<Value> {
    let one = Network::parse(text(args, 1)?)?;
    let other = Network::parse(text(args, 2)?)?;
    Ok((one.first <= other.last && other.first <= one.last).into())
}

/// Which networks contain which networks or addresses: pairs of their indexes.
pub(super) fn contains_matches(args: &[Value]) -> Result<Value> {
    let mut found = BTreeSet::new();
    let networks = operand(args, 1)?;
    let others = operand(args, 2)?;
    for (network, index) in &networks {
        let network = Network::parse(network)?;
        for (other, other_index) in &others {
            if network.contains(&Network::of_network_or_address(other)?) {
                found.insert(Value::from(vec![index.clone(), other_index.clone()]));
            }
        }
    }
    Ok(Value::from(found))
}

/// The networks of an argument, and what each is called in the result.
fn operand(args: &[Value], number: usize) -> Result<Vec<(String, Value)>> {
    let element = |value: &Value| match value {
        Value::String(text) => Ok(text.to_string()),
        Value::Array(items) => match items.first() {
            Some(Value::String(text)) => Ok(text.to_string()),
            _ => bail!("operand {number}: element must be string or non-empty array"),
        },
        _ => bail!("operand {number}: element must be string or non-empty array"),
    };
    match args.get(number - 1) {
        Some(value @ Value::String(text)) => Ok(vec![(text.to_string(), value.clone())]),
        Some(Value::Array(items)) => {
            let items = items.iter().enumerate();
            items
                .map(|(index, item)| Ok((element(item)?, Value::from(index as u64))))
                .collect()
        }
        Some(Value::Set(items)) => items
            .iter()
            .map(|item| Ok((element(item)?, item.clone())))
            .collect(),
        Some(Value::Object(members)) => members
            .iter()
            .map(|(key, value)| Ok((element(value)?, key.clone())))
            .collect(),
        _ => bail!("operand {number} must be a string, an array, a set or an object"),
    }
}
