//! A tenant of made-up application registrations: the same for the same seed, and each registration by itself, so that
//! a tenant of any size can be written as a stream. `benches/README.md` says where its numbers come from.

mod api;
mod credential;
mod legacy;
mod owner;
mod permission;
mod random;
mod redirect;
mod registration;
mod template;

use serde_json::Value;

use self::random::Random;
use self::template::Template;

/// The time at which the tenant was exported.
pub const NOW: &str = "2026-11-23T06:00:00Z";

/// As many templates as the registrations of a tenant come from, besides those that are one of a kind.
const TEMPLATES: u64 = 40;

/// As many registrations as the configuration declares.
const DECLARED: u64 = 100;

/// The registrations of one seed. They do not end.
#[derive(Debug, Clone, Copy)]
pub struct Tenant {
    seed: u64,
}

/// How a registration is spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelling {
    /// As Microsoft Graph answers.
    Graph,
    /// As it was saved: Microsoft Graph, or one of the older forms.
    Mixed,
}

impl Tenant {
    pub const fn new(seed: u64) -> Self {
        Self { seed }
    }

    /// One registration.
    pub fn application(self, index: u64, spelling: Spelling) -> Value {
        let mut random = Random::new(self.seed, "registration", index);
        let template = self.template(&mut random, index);
        let careless = random.percent(3);
        random.be_careless(careless);
        let graph = registration::of(&template, index, &mut random);
        let form = random.weighted(&[(93, None), (4, Some(true)), (3, Some(false))]);
        match (spelling, form) {
            (Spelling::Graph, _) | (Spelling::Mixed, None) => graph,
            (Spelling::Mixed, Some(with_types)) => legacy::of(&graph, with_types),
        }
    }

    /// A fifth of the registrations is one of a kind. Of the templates the first is used most, and each further one
    /// less (Zipf's law, flattened at its head).
    fn template(self, random: &mut Random, index: u64) -> Template {
        if random.percent(20) {
            return Template::of(&mut Random::new(self.seed, "one of a kind", index));
        }
        let weights: Vec<(u32, u64)> = (0..TEMPLATES)
            .map(|rank| (u32::try_from(100_000 / (rank + 3)).unwrap_or(1), rank))
            .collect();
        let rank = random.weighted(&weights);
        Template::of(&mut Random::new(self.seed, "template", rank))
    }

    /// What the organisation says of itself, and of its first registrations.
    pub fn configuration(self) -> String {
        let mut text = CONFIGURATION.to_owned();
        for index in 0..DECLARED {
            let application = self.application(index, Spelling::Graph);
            let id = application.get("appId").and_then(Value::as_str);
            let mut random = Random::new(self.seed, "declared", index);
            let kind = random.pick(&["web", "spa", "daemon", "api", "mobile", "desktop"]);
            let access = random.pick(&["read", "write"]);
            text.push_str(&format!(
                "  - {{app_id: {}, type: {kind}, environment: production, multitenant: false, access: {access}, {}}}\n",
                id.unwrap_or_default(),
                "authorizes_by: [email], auth_contexts: [c1], sensitive: {Orders: Orders.ReadFull, Customers: Customers.ReadFull, Files: Files.ReadFull}"
            ));
        }
        text
    }
}

const CONFIGURATION: &str = "version: 1
organization:
  tenants: [72f988bf-86f1-41af-91ab-2d7cd011db47]
  domains: [contoso.com, contoso.net]
  repositories: [contoso]
  trusted_issuers: ['https://oidc.contoso.com']
  certificate_issuers: ['CN=Contoso Issuing CA']
applications:
";
