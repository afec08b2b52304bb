//! The client for server functions in the browser. It sends the page's build in a header, and tells a response of the portal from
//! any other response.

use std::{future::Future, pin::Pin, sync::OnceLock};

use futures::{Sink, Stream, stream::Empty};
use leptos::server_fn::{
    Bytes,
    client::{Client, browser::BrowserClient},
    request::browser::BrowserRequest,
    response::ClientRes,
};

use crate::error::AppError;

/// The request header with the build of the page.
pub const BUILD: &str = "registry-tokens-build";

/// The build of this page.
static OF_PAGE: OnceLock<String> = OnceLock::new();

/// Stores the build of this page; later calls have no effect.
pub fn set_build(build: String) {
    let _ = OF_PAGE.set(build);
}

/// The Leptos client that this one wraps.
type Inner = BrowserClient;

/// The client that calls server functions.
pub struct PortalClient;

/// A response whose body was read completely.
pub struct PortalResponse {
    status: u16,
    body: Bytes,
}

/// Sends a request and reads the response. Boxed, so that the code is compiled once and not once per server function.
fn exchange(request: BrowserRequest) -> Pin<Box<dyn Future<Output = Result<PortalResponse, AppError>> + Send>> {
    request.headers().set(BUILD, OF_PAGE.get().map_or("", String::as_str));
    Box::pin(async move {
        let response = <Inner as Client<AppError>>::send(request).await?;
        let status = ClientRes::<AppError>::status(&response);
        // The connection broke before the response was complete.
        let body = ClientRes::<AppError>::try_into_bytes(response).await.map_err(|_| AppError::NoAnswer)?;
        if status < 400 { Ok(PortalResponse { status, body }) } else { Err(AppError::of_refusal(status, &body)) }
    })
}

impl Client<AppError> for PortalClient {
    type Request = BrowserRequest;
    type Response = PortalResponse;

    fn send(request: BrowserRequest) -> impl Future<Output = Result<PortalResponse, AppError>> + Send {
        exchange(request)
    }

    fn open_websocket(
        path: &str,
    ) -> impl Future<
        Output = Result<(impl Stream<Item = Result<Bytes, Bytes>> + Send + 'static, impl Sink<Bytes> + Send + 'static), AppError>,
    > + Send {
        <Inner as Client<AppError>>::open_websocket(path)
    }

    fn spawn(future: impl Future<Output = ()> + Send + 'static) {
        <Inner as Client<AppError>>::spawn(future);
    }
}

impl ClientRes<AppError> for PortalResponse {
    async fn try_into_string(self) -> Result<String, AppError> {
        String::from_utf8(self.body.into()).map_err(|_| AppError::Updated { may_be_done: true })
    }

    async fn try_into_bytes(self) -> Result<Bytes, AppError> {
        Ok(self.body)
    }

    /// No server function of the portal responds with a stream.
    fn try_into_stream(self) -> Result<impl Stream<Item = Result<Bytes, Bytes>> + Send + Sync + 'static, AppError> {
        Err::<Empty<_>, _>(AppError::NoAnswer)
    }

    fn status(&self) -> u16 {
        self.status
    }

    fn status_text(&self) -> String {
        String::new()
    }

    fn location(&self) -> String {
        String::new()
    }

    fn has_redirect(&self) -> bool {
        false
    }
}
