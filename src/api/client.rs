//! How a browser calls server functions: it says of which build its page is, and tells an answer of the portal from any other.

use std::{future::Future, pin::Pin, sync::OnceLock};

use futures::{Sink, Stream, stream::Empty};
use leptos::server_fn::{
    Bytes,
    client::{Client, browser::BrowserClient},
    request::browser::BrowserRequest,
    response::ClientRes,
};

use crate::error::AppError;

/// The header of a call that says of which build its page is.
pub const BUILD: &str = "registry-tokens-build";

/// The build of this page.
static OF_PAGE: OnceLock<String> = OnceLock::new();

/// Keeps of which build this page is; the first counts.
pub fn set_build(build: String) {
    let _ = OF_PAGE.set(build);
}

/// Leptos's own client around it.
type Inner = BrowserClient;

/// Calls a server function.
pub struct PortalClient;

/// An answer that was read to its end.
pub struct PortalResponse {
    status: u16,
    body: Bytes,
}

/// Sends a call and reads the answer. Boxed, so that its code is there once and not once for each function.
fn exchange(request: BrowserRequest) -> Pin<Box<dyn Future<Output = Result<PortalResponse, AppError>> + Send>> {
    request.headers().set(BUILD, OF_PAGE.get().map_or("", String::as_str));
    Box::pin(async move {
        let response = <Inner as Client<AppError>>::send(request).await?;
        let status = ClientRes::<AppError>::status(&response);
        // A connection that broke on the way.
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

    /// No function of the portal answers one.
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
