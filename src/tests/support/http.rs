//! Requests to the portal over HTTP: through its router, with or without a real socket.

use std::{
    io::{Read, Write},
    net::{IpAddr, SocketAddr},
};

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::ConnectInfo,
    http::{HeaderMap, Method, Request, header},
    response::Response,
};
use base64::{
    Engine, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use leptos::server_fn::{ContentType, Decodes, error::FromServerFnError};
use serde::de::DeserializeOwned;
use serde_json::Value;
use tower::Service;

use crate::{
    error::AppError,
    models::{listing::Listing, token::TokenRow},
    server::accounts,
};

use super::TestApp;

/// The portal's public URL.
pub const PORTAL: &str = "http://127.0.0.1:3000";

/// The password of every user who signs in.
pub const PASSWORD: &str = "correct horse battery staple";

/// The encoding of server functions' arguments and results.
pub type Codec = <AppError as FromServerFnError>::Encoder;

/// A response with its whole body.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    bytes: Bytes,
    /// The body as text; invalid UTF-8 is replaced.
    pub body: String,
}

impl Reply {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("a header in ASCII"))
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|cause| panic!("{cause}: {}", self.body))
    }

    /// The result of a server function.
    pub fn output<T: DeserializeOwned>(&self) -> T {
        assert_eq!(self.status, 200, "{}", self.body);
        Codec::decode(self.bytes.clone()).expect("an answer")
    }

    /// The tokens in a response to [`asks::list`](super::asks::list).
    pub fn listed(&self) -> Vec<TokenRow> {
        super::tokens::rows_of(&self.output::<Listing>())
    }

    /// The error of a server function.
    pub fn error(&self) -> AppError {
        Codec::decode(self.bytes.clone()).expect("an error")
    }

    /// Whether the body contains a text, also inside the page's base64-encoded data for hydration.
    pub fn tells(&self, text: &str) -> bool {
        readable(&self.body).contains(text)
    }

    /// The result of a form, on the page that follows it.
    pub fn notice(&self) -> Option<String> {
        let (_, rest) = self.body.split_once(r#"class="notice""#)?;
        let (_, text) = rest.split_once("</div>")?.0.split_once("<p>")?;
        Some(text.split_once("</p>")?.0.to_owned())
    }

    /// [`Reply::seen`] with a text that the client sent replaced. In the hydration data the text follows its length.
    pub fn seen_without(&self, typed: &str) -> String {
        let length = char::from(u8::try_from(typed.len()).expect("a short text"));
        self.seen().replace(&format!("{length}{typed}"), "TYPED").replace(typed, "TYPED")
    }

    /// Everything by which a client can distinguish two responses, except the page's nonce, which always differs.
    pub fn seen(&self) -> String {
        let headers: Vec<String> = self.headers.iter().map(|(name, value)| format!("{name}: {value:?}")).collect();
        let text = format!("{}\n{}\n\n{}", self.status, headers.join("\n"), self.body);
        let policy = self.header("content-security-policy");
        match policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()) {
            Some(nonce) => readable(&text.replace(nonce, "NONCE")),
            None => text,
        }
    }
}

/// A page with every quoted base64 text decoded.
fn readable(page: &str) -> String {
    let padded_or_not = GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let base64 = GeneralPurpose::new(&alphabet::STANDARD, padded_or_not);
    let write_out = |part: &str| match base64.decode(part) {
        Ok(bytes) if part.len() >= 16 => String::from_utf8_lossy(&bytes).into_owned(),
        _ => part.to_owned(),
    };
    page.split('"').map(write_out).collect::<Vec<_>>().join("\"")
}

/// A client with an address and its own headers, signed in or not.
#[derive(Clone)]
pub struct Browser<'k> {
    app: &'k TestApp,
    address: SocketAddr,
    headers: Vec<(&'static str, String)>,
}

impl TestApp {
    /// A client without a session.
    pub fn browser(&self) -> Browser<'_> {
        Browser { app: self, address: SocketAddr::from(([192, 0, 2, 1], 40_000)), headers: Vec::new() }
    }

    /// A user who has signed in with e-mail and password.
    pub async fn signed_in(&self, email: &str) -> Browser<'_> {
        self.set_password(email).await;
        let reply = self.browser().sign_in(email, PASSWORD).await;
        let cookie = reply.header("set-cookie").split(';').next().unwrap_or_default().to_owned();
        assert!(cookie.contains('='), "{email} cannot sign in: {reply:?}");
        self.browser().with("cookie", &cookie)
    }

    pub async fn set_password(&self, email: &str) {
        self.app_error(accounts::set_password(&self.state, email, PASSWORD.to_owned()).await).await.expect("the password is set");
    }
}

impl Browser<'_> {
    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    pub fn from(mut self, address: impl Into<IpAddr>) -> Self {
        self.address = SocketAddr::new(address.into(), 40_000);
        self
    }

    pub async fn send(&self, method: Method, path: &str, content_type: &str, body: Body) -> Reply {
        let (parts, body) = self.response(method, path, content_type, body).await.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.expect("a whole body");
        let body = String::from_utf8_lossy(&bytes).into_owned();
        Reply { status: parts.status.as_u16(), headers: parts.headers, bytes, body }
    }

    /// The response with its body unread, because an event stream may never end.
    pub async fn response(&self, method: Method, path: &str, content_type: &str, body: Body) -> Response {
        let mut request = Request::builder().method(method).uri(path);
        if !self.headers.iter().any(|(name, _)| *name == header::HOST) {
            request = request.header(header::HOST, "127.0.0.1:3000");
        }
        if !content_type.is_empty() {
            request = request.header(header::CONTENT_TYPE, content_type);
        }
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        let request = request.extension(ConnectInfo(self.address)).body(body).expect("a request");
        // A router is always ready, so `poll_ready` is not needed.
        self.app.router.clone().call(request).await.expect("the router answers")
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.send(Method::GET, path, "", Body::empty()).await
    }

    pub async fn form(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.send(Method::POST, path, "application/x-www-form-urlencoded", body.into()).await
    }

    /// Calls a server function.
    pub async fn call(&self, path: &str, arguments: Bytes) -> Reply {
        self.send(Method::POST, path, Codec::CONTENT_TYPE, arguments.into()).await
    }

    pub async fn sign_in(&self, email: &str, password: &str) -> Reply {
        self.form("/sign-in", &[("email", email), ("password", password)]).await
    }
}

impl TestApp {
    /// Serves the portal on a real socket, as `serve` does.
    pub async fn listen(&self) -> SocketAddr {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("the port's number");
        let service = self.router.clone().into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await });
        address
    }
}

/// Sends a raw request and reads the whole response.
pub async fn exchange(address: SocketAddr, request: String) -> String {
    let talk = move || -> std::io::Result<String> {
        let mut stream = std::net::TcpStream::connect(address)?;
        stream.write_all(request.as_bytes())?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    };
    tokio::task::spawn_blocking(talk).await.expect("the thread ends").expect("the portal answers")
}
