//! The client for server functions in the browser. It sends the page's build and its user in headers, and tells a response of the
//! portal from any other response.

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

/// The request header with the id of the user that the page shows. Another tab may have signed in another user since.
pub const USER: &str = "registry-tokens-user";

static BUILD_OF_PAGE: OnceLock<String> = OnceLock::new();
static USER_OF_PAGE: OnceLock<String> = OnceLock::new();

/// Stores the build and the user id of this page; later calls have no effect.
pub fn set_page(build: String, user_id: String) {
    let _ = (BUILD_OF_PAGE.set(build), USER_OF_PAGE.set(user_id));
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
    for (header, of_page) in [(BUILD, &BUILD_OF_PAGE), (USER, &USER_OF_PAGE)] {
        request.headers().set(header, of_page.get().map_or("", String::as_str));
    }
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
