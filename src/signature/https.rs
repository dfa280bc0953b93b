//! HTTPS, by ureq.

use std::time::Duration;

use ureq::Agent;
use url::Url;

use super::{FetchError, Transport};

const TIMEOUT: Duration = Duration::from_secs(10);
/// Microsoft's largest key set has some 20 kB.
const MAX_BYTES: u64 = 1 << 20;

/// Fetches over HTTPS alone: within ten seconds, one megabyte at most, without redirects. Certificates are checked
/// against Mozilla's roots, and the proxy of the environment is used.
pub struct Https {
    agent: Agent,
}

impl Default for Https {
    fn default() -> Self {
        Self {
            agent: agent(true, TIMEOUT),
        }
    }
}

fn agent(https_only: bool, timeout: Duration) -> Agent {
    Agent::config_builder()
        .https_only(https_only)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .timeout_global(Some(timeout))
        .user_agent(concat!("ztvet/", env!("CARGO_PKG_VERSION")))
        .accept("application/json")
        .build()
        .new_agent()
}

impl Transport for Https {
    fn get(&self, url: &Url) -> Result<Vec<u8>, FetchError> {
        let fail = |error: ureq::Error| FetchError(error.to_string());
        let mut answer = self.agent.get(url.as_str()).call().map_err(fail)?;
        if answer.status() != 200 {
            return Err(FetchError(format!("the answer is {}", answer.status())));
        }
        let body = answer.body_mut().with_config().limit(MAX_BYTES);
        body.read_to_vec().map_err(fail)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpListener;
    use std::thread;

    use super::*;

    /// Answers one request on a port of its own.
    fn server(answer: Vec<u8>) -> Url {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = [0; 4096];
            let _ = stream.read(&mut request);
            let _ = stream.write_all(&answer);
            thread::sleep(Duration::from_millis(200));
        });
        Url::parse(&format!("http://127.0.0.1:{port}/keys")).unwrap()
    }

    fn plain() -> Https {
        Https {
            agent: agent(false, Duration::from_millis(1500)),
        }
    }

    fn get(answer: impl Into<Vec<u8>>) -> Result<Vec<u8>, String> {
        plain()
            .get(&server(answer.into()))
            .map_err(|error| error.to_string())
    }

    #[test]
    fn the_body_of_a_success_is_given() {
        let answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
        assert_eq!(get(answer), Ok(b"{}".to_vec()));
    }

    #[test]
    fn redirects_are_not_followed() {
        let target = server(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}".to_vec());
        let answer =
            format!("HTTP/1.1 302 Found\r\nLocation: {target}\r\nContent-Length: 0\r\n\r\n");
        assert_eq!(get(answer).unwrap_err(), "the answer is 302 Found");
    }

    #[test]
    fn other_answers_are_errors() {
        for status in [
            "204 No Content",
            "404 Not Found",
            "500 Internal Server Error",
        ] {
            let answer = format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n");
            assert!(get(answer).is_err(), "{status}");
        }
        assert!(get("no http").is_err());
        assert!(get("").is_err());
    }

    #[test]
    fn a_large_answer_is_an_error() {
        let mut answer = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".to_vec();
        answer.resize(answer.len() + (1 << 20) + 1, b' ');
        assert!(get(answer).is_err());
    }

    #[test]
    fn a_slow_answer_is_an_error() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let url = Url::parse(&format!("http://127.0.0.1:{port}/")).unwrap();
        let error = plain().get(&url).unwrap_err();
        assert!(error.to_string().contains("timeout"), "{error}");
    }

    #[test]
    fn plain_http_is_refused() {
        let url = server(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}".to_vec());
        assert!(Https::default().get(&url).is_err());
    }
}
