//! `crypto.x509.parse_certificates`, with the members that policies ask for, under the names that Go gives them.

use anyhow::{Result, anyhow, bail};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use regorus::Value;
use serde_json::{Value as Json, json};
use x509_parser::certificate::X509Certificate;
use x509_parser::extensions::GeneralName;
use x509_parser::pem::Pem;
use x509_parser::prelude::FromDer;
use x509_parser::time::ASN1Time;
use x509_parser::x509::X509Name;

use super::added::text;

/// The certificates of a text: PEM, or base64 of PEM or DER.
pub(super) fn parse_certificates(args: &[Value]) -> Result<Value> {
    let text = text(args, 1)?;
    let bytes = if text.trim_start().starts_with("-----BEGIN") {
        text.as_bytes().to_vec()
    } else {
        let decoded = BASE64_STANDARD.decode(text.trim());
        decoded.map_err(|error| anyhow!("illegal base64: {error}"))?
    };
    let mut found = Vec::new();
    if bytes.starts_with(b"-----BEGIN") {
        for pem in Pem::iter_from_buffer(&bytes) {
            let pem = pem.map_err(|_| anyhow!("malformed PEM"))?;
            if pem.label != "CERTIFICATE" {
                bail!("PEM block type is '{}', expected CERTIFICATE", pem.label);
            }
            read_all(&pem.contents, &mut found)?;
        }
    } else {
        read_all(&bytes, &mut found)?;
    }
    if found.is_empty() {
        bail!("x509: malformed certificate");
    }
    Ok(Value::from(found))
}

/// Certificates in DER may follow each other.
fn read_all(mut bytes: &[u8], found: &mut Vec<Value>) -> Result<()> {
    while !bytes.is_empty() {
        let (rest, certificate) =
            X509Certificate::from_der(bytes).map_err(|_| anyhow!("x509: malformed certificate"))?;
        let described = described(&certificate)?;
        let mut described = super::super::value(&described).map_err(|error| anyhow!(error))?;
        // Too long for a number of JSON here.
        let serial = Value::from_numeric_string(&certificate.serial.to_string())?;
        described
            .as_object_mut()?
            .insert("SerialNumber".into(), serial);
        found.push(described);
        bytes = rest;
    }
    Ok(())
}

fn described(certificate: &X509Certificate<'_>) -> Result<Json> {
    let malformed = || anyhow!("x509: malformed certificate");
    let constraints = certificate.basic_constraints().map_err(|_| malformed())?;
    let mut names = Names::default();
    let alternative = certificate
        .subject_alternative_name()
        .map_err(|_| malformed())?;
    for name in alternative
        .iter()
        .flat_map(|names| &names.value.general_names)
    {
        names.add(name);
    }
    Ok(json!({
        "Version": certificate.version().0 + 1,
        "Subject": name(certificate.subject()),
        "Issuer": name(certificate.issuer()),
        "NotBefore": time(certificate.validity().not_before)?,
        "NotAfter": time(certificate.validity().not_after)?,
        "BasicConstraintsValid": constraints.is_some(),
        "IsCA": constraints.is_some_and(|constraints| constraints.value.ca),
        "DNSNames": names.dns,
        "EmailAddresses": names.emails,
        "IPAddresses": names.addresses,
        "URIStrings": names.uris,
    }))
}

#[derive(Default)]
struct Names {
    dns: Option<Vec<String>>,
    emails: Option<Vec<String>>,
    addresses: Option<Vec<String>>,
    uris: Option<Vec<String>>,
}

impl Names {
    fn add(&mut self, name: &GeneralName<'_>) {
        let (list, text) = match name {
            GeneralName::DNSName(text) => (&mut self.dns, (*text).to_owned()),
            GeneralName::RFC822Name(text) => (&mut self.emails, (*text).to_owned()),
            GeneralName::URI(text) => (&mut self.uris, (*text).to_owned()),
            GeneralName::IPAddress(bytes) => (&mut self.addresses, address(bytes)),
            _ => return,
        };
        list.get_or_insert_default().push(text);
    }
}

fn address(bytes: &[u8]) -> String {
    if let Ok(four) = <[u8; 4]>::try_from(bytes) {
        std::net::Ipv4Addr::from(four).to_string()
    } else if let Ok(sixteen) = <[u8; 16]>::try_from(bytes) {
        std::net::Ipv6Addr::from(sixteen).to_string()
    } else {
        String::new()
    }
}

fn time(time: ASN1Time) -> Result<String> {
    let time = jiff::Timestamp::from_second(time.timestamp())?;
    Ok(time.to_string())
}

fn name(name: &X509Name<'_>) -> Json {
    let text = |attribute: &x509_parser::x509::AttributeTypeAndValue<'_>| {
        attribute.as_str().unwrap_or_default().to_owned()
    };
    let first = |mut found: Vec<String>| {
        if found.is_empty() {
            String::new()
        } else {
            found.remove(0)
        }
    };
    let list = |found: Vec<String>| (!found.is_empty()).then_some(found);
    json!({
        "CommonName": first(name.iter_common_name().map(text).collect()),
        "SerialNumber": first(name.iter_by_oid(&x509_parser::oid_registry::OID_X509_SERIALNUMBER).map(text).collect()),
        "Country": list(name.iter_country().map(text).collect()),
        "Organization": list(name.iter_organization().map(text).collect()),
        "OrganizationalUnit": list(name.iter_organizational_unit().map(text).collect()),
        "Locality": list(name.iter_locality().map(text).collect()),
        "Province": list(name.iter_state_or_province().map(text).collect()),
    })
}
