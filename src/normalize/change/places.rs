//! The places of an application's elements.

use super::super::application::Application;

/// Changes the place of each element.
pub(super) fn change(app: &mut Application, mut change: impl FnMut(&mut String)) {
    lists(app, &mut change);
    app.urls.set_mut().for_each(|url| change(&mut url.at));
    let singles = [
        app.implicit_grant.at.as_mut(),
        app.lock.as_mut().map(|lock| &mut lock.at),
        app.request_signature.as_mut().map(|one| &mut one.at),
        app.on_premises_publishing.as_mut().map(|one| &mut one.at),
    ];
    singles.into_iter().flatten().for_each(change);
}

fn lists(app: &mut Application, change: &mut impl FnMut(&mut String)) {
    macro_rules! each {
        ($($list:expr),* $(,)?) => {
            $($list.iter_mut().flatten().for_each(|element| change(&mut element.at));)*
        };
    }
    each![
        app.redirect_uris,
        app.identifier_uris,
        app.permissions,
        app.credentials,
        app.federated_credentials,
        app.api.scopes,
        app.api.pre_authorized,
        app.app_roles,
        app.optional_claims.access_token,
        app.optional_claims.id_token,
        app.optional_claims.saml2_token,
        app.owners,
    ];
}
