//! `registry-tokens serve`.

use std::{net::SocketAddr, time::Duration};

use axum_server::Handle;
use tokio::sync::oneshot;

use crate::{
    http::{
        self,
        assets::Assets,
        connections::{self, Limits},
    },
    server::{clock::Clock, config::Config, files::data_files::Reader, state::AppState, usage::FLUSH_EVERY},
};

use super::output::note_made;

/// After a stop signal, open requests have this long to complete.
const GRACE: Duration = Duration::from_secs(10);

/// Runs until SIGINT or SIGTERM. Open requests complete first, within 10 s; event streams are closed.
pub async fn serve(config: Config) -> Result<(), String> {
    let address = config.leptos.site_addr;
    let listener = std::net::TcpListener::bind(address).map_err(|cause| format!("cannot listen on {address}: {cause}"))?;
    // Checked first, so that an incomplete build creates no files.
    let assets = Assets::find(&config)?;
    let state = AppState::open_or_make(config, Clock::System, Reader::ThisProcess, &note_made).await?;
    let router = http::router(state.clone(), assets)?;
    let (stop_writing, stopped) = oneshot::channel();
    let usage_writer = tokio::spawn(write_usage(state.clone(), stopped));
    let denial_writer = tokio::spawn(write_denials(state.clone()));
    tracing::info!(address = %address, url = state.config.url.stated().unwrap_or("not set"), "portal.listening");
    for warning in state.config.warnings() {
        tracing::warn!("{warning}");
    }
    let handle = Handle::new();
    let (stopping, ending) = (state.clone(), handle.clone());
    tokio::spawn(async move {
        stop_signal().await;
        stopping.streams.stop();
        ending.graceful_shutdown(Some(GRACE));
    });
    let served = connections::server(listener, handle, Limits::default())
        .map_err(|cause| format!("cannot listen on {address}: {cause}"))?
        .serve(router.into_make_service_with_connect_info::<SocketAddr>())
        .await
        .map_err(|cause| format!("the server stopped: {cause}"));
    denial_writer.abort();
    drop(stop_writing);
    let _ = usage_writer.await;
    state.token_endpoint.usage.flush().await;
    state.denials.flush_all().await;
    state.db.close().await;
    served
}

async fn write_denials(state: AppState) {
    state.denials.keep_writing().await;
}

/// Ends between two writes: a write that is aborted loses its counts.
async fn write_usage(state: AppState, mut stopped: oneshot::Receiver<()>) {
    let mut ticks = tokio::time::interval(FLUSH_EVERY);
    loop {
        tokio::select! {
            _ = ticks.tick() => state.token_endpoint.usage.flush().await,
            _ = &mut stopped => return,
        }
    }
}

async fn stop_signal() {
    use tokio::signal::unix::{SignalKind, signal};
    let interrupted = tokio::signal::ctrl_c();
    match signal(SignalKind::terminate()) {
        Ok(mut terminated) => {
            tokio::select! { _ = interrupted => {}, _ = terminated.recv() => {} }
        }
        Err(_) => {
            let _ = interrupted.await;
        }
    }
}
