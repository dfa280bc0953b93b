//! Where answers are sent: own hosts mostly, and what developers leave behind.

use super::random::Random;
use super::template::{Kind, Template};

/// Redirect URIs by platform.
#[derive(Debug, Default)]
pub struct Redirects {
    pub web: Vec<String>,
    pub spa: Vec<String>,
    pub public: Vec<String>,
}

pub fn of(template: &Template, host: &str, random: &mut Random) -> Redirects {
    let mut redirects = Redirects::default();
    let path = template.callback;
    match template.kind {
        Kind::Web | Kind::Saml => redirects.web = hosts(host, path, random),
        Kind::SinglePage => redirects.spa = hosts(host, path, random),
        Kind::Whole => {
            redirects.web = hosts(host, path, random);
            redirects.spa = vec![format!("https://{host}/")];
        }
        Kind::Native => redirects.public = native(host, random),
        Kind::Daemon | Kind::Api | Kind::Bare => {
            if random.percent(10) {
                redirects.web = vec!["https://localhost".to_owned()];
            }
        }
    }
    if template.kind == Kind::SinglePage && random.percent(8) {
        redirects.web = std::mem::take(&mut redirects.spa);
    }
    if random.rarely(12) {
        redirects
            .public
            .push("https://login.microsoftonline.com/common/oauth2/nativeclient".to_owned());
    }
    redirects
}

/// Production, its stages, and the machine of whoever wrote it.
fn hosts(host: &str, path: &str, random: &mut Random) -> Vec<String> {
    let mut uris = vec![format!("https://{host}/{path}")];
    for stage in ["test", "staging", "dev"] {
        if random.percent(28) {
            uris.push(format!("https://{stage}.{host}/{path}"));
        }
    }
    if random.percent(26) {
        let port = random.pick(&[3000, 4200, 5001, 7071, 44_300, 44_321]);
        uris.push(format!("https://localhost:{port}/{path}"));
    }
    if random.percent(12) {
        uris.push(format!(
            "http://localhost:{}/{path}",
            random.between(3000, 9000)
        ));
        if random.percent(40) {
            uris.push(format!(
                "http://localhost:{}/{path}",
                random.between(3000, 9000)
            ));
        }
    }
    if random.percent(15) {
        let first = host.split('.').next().unwrap_or(host);
        uris.push(format!("https://{first}.azurewebsites.net/{path}"));
    }
    let faults = if random.is_careless() { 16 } else { 1 };
    uris.extend((0..faults).filter_map(|_| fault(host, path, random)));
    if random.rarely(8) {
        uris.extend(
            (0..random.between(20, 60)).map(|n| format!("https://tenant{n}.{host}/{path}")),
        );
    }
    uris
}

/// About one registration in eight has one.
fn fault(host: &str, path: &str, random: &mut Random) -> Option<String> {
    let rest = if random.is_careless() { 20 } else { 870 };
    let kind = random.weighted(&[
        (rest, 0),
        (45, 1),
        (8, 2),
        (35, 3),
        (10, 4),
        (8, 5),
        (4, 6),
        (5, 7),
        (5, 8),
        (3, 9),
        (6, 10),
        (4, 11),
    ]);
    Some(match kind {
        1 => format!("http://{host}/{path}"),
        2 => format!("https://*.{host}/{path}"),
        3 => format!(
            "https://{}.fabrikam.example/{path}",
            random.pick(&["login", "portal", "app"])
        ),
        4 => format!(
            "https://{}.ngrok-free.app/{path}",
            random.text("0123456789abcdef", 12)
        ),
        5 => format!(
            "https://10.{}.{}.17/{path}",
            random.between(0, 255),
            random.between(0, 255)
        ),
        6 => format!("https://{host}/{path}#token"),
        7 => "javascript:alert(1)".to_owned(),
        8 => format!("https://{host}/{path}?source=old"),
        9 => format!("https://{host}:port/{path}"),
        10 => format!(
            "https://{}.trafficmanager.net/{path}",
            random.text("abcdefghijklmnop", 9)
        ),
        11 => format!("https://{}/{path}", host.replacen("contoso", "c0ntoso", 1)),
        _ => return None,
    })
}

fn native(host: &str, random: &mut Random) -> Vec<String> {
    let name = host.split('.').next().unwrap_or(host);
    let signature = random.pick(&["VzSiQcXRmi2kyjzcA%2BmYLEtbGVs%3D", "not-a-signature"]);
    let all = [
        "http://localhost".to_owned(),
        format!(
            "msauth://com.contoso.{}/{signature}",
            name.replace('-', ".")
        ),
        format!("msauth.com.contoso.{name}://auth"),
        format!("{name}://callback"),
        "https://login.microsoftonline.com/common/oauth2/nativeclient".to_owned(),
    ];
    let mut uris: Vec<String> = all.into_iter().filter(|_| random.percent(40)).collect();
    if uris.is_empty() {
        uris.push("http://localhost".to_owned());
    }
    uris
}
