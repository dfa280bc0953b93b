//! A web service that asks the engine about every token before it answers.
//!
//! ```sh
//! cargo run --example axum_guard
//! curl -i -H "Authorization: Bearer $(cat examples/tokens/user.jwt)" http://127.0.0.1:3000/orders
//! ```
//!
//! The tokens in `examples/tokens` are of 2026-11-23, and are refused on any other day.

use std::error::Error;
use std::path::Path;

use axum::extract::{Request, State};
use axum::http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Json, Router};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use ztvet::{Config, Engine, EngineBuilder};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let engine = engine()?.build()?;
    let listener = TcpListener::bind("127.0.0.1:3000").await?;
    axum::serve(listener, app(engine)).await?;
    Ok(())
}

/// The bundled rules, and what this API asks of tokens. A service makes its engine once, when it starts.
pub fn engine() -> Result<EngineBuilder, Box<dyn Error>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/tokens/ztvet.yaml");
    let config = Config::load(&path)?;
    Ok(Engine::builder()
        .bundled()?
        .config("examples/tokens/ztvet.yaml", config))
}

/// The routes: what stands above the layer is guarded, what stands below is open.
pub fn app(engine: Engine) -> Router {
    Router::new()
        .route("/orders", get(orders))
        .layer(middleware::from_fn_with_state(engine, guard))
        .route("/health", get(|| async { "ok" }))
}

/// Who calls, as a verified token says.
#[derive(Clone)]
struct Caller {
    client: Option<String>,
}

async fn orders(Extension(caller): Extension<Caller>) -> Json<Value> {
    Json(json!({"orders": [4711], "client": caller.client}))
}

/// Lets a request through whose token the engine lets through, and says what is missing otherwise.
async fn guard(State(engine): State<Engine>, mut request: Request, next: Next) -> Response {
    let Some(token) = bearer(request.headers()) else {
        return refuse(401, &ztvet::authenticate());
    };
    // A few hundred microseconds. Where keys are fetched it may take seconds: use `tokio::task::spawn_blocking` then.
    let decision = engine.decide_jwt(token);
    if let Some(denial) = decision.denial {
        let header = decision.www_authenticate().unwrap_or_default();
        return refuse(denial.status(), &header);
    }
    let client = decision.token.and_then(|token| token.client.app_id);
    request.extensions_mut().insert(Caller { client });
    next.run(request).await
}

/// The token of the request, where it has exactly one.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let value = values.next()?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    (scheme.eq_ignore_ascii_case("Bearer") && values.next().is_none()).then_some(token)
}

/// Callers learn what to ask for, and not what the rules found: that is for the service's own log.
fn refuse(status: u16, header: &str) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::UNAUTHORIZED);
    (status, [(WWW_AUTHENTICATE, header.to_owned())]).into_response()
}
