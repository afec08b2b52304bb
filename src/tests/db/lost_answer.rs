//! A connection that breaks while PostgreSQL commits: the database has done it, the portal cannot know.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use url::Url;

use crate::error::AppError;

use crate::tests::support::{Backend, TestApp, catalogue::CAROL, run};

#[test]
fn a_commit_without_an_answer_is_not_said_to_have_changed_nothing() {
    run(Backend::Postgres, lost);
}

async fn lost(app: TestApp) {
    let direct = app.state.config.database_url.to_string();
    let cuts = Arc::new(AtomicBool::new(false));
    let url = proxy(&direct, cuts.clone()).await;
    let app = app.with(|config| config.database_url = url.into()).await;
    let carol = app.actor(CAROL).await;
    app.generate(&carol, "ACME", "before").await.expect("a token");

    cuts.store(true, Ordering::Relaxed);
    assert_eq!(app.generate(&carol, "ACME", "ci-main").await.err(), Some(AppError::Unconfirmed));
    assert!(app.names(CAROL, "ACME").await.contains(&"ci-main".to_owned()), "it was done");

    let browser = app.signed_in(CAROL).await;
    let id = app.row(CAROL, "ACME", "ci-main").await.id;
    cuts.store(true, Ordering::Relaxed);
    let page = browser.form("/projects/ACME/registry-tokens/delete", &[("token_id", &id)]).await;
    assert!(page.status == 503 && page.tells("it is not known whether this was done"), "{page:?}");
    assert!(!page.tells("Nothing was changed"), "{page:?}");
    assert_eq!(app.names(CAROL, "ACME").await, ["before"], "it was done");

    // Pulls are rather missed than counted twice.
    let before = app.row(CAROL, "ACME", "before").await;
    app.state.token_endpoint.usage.count(&before.id, app.state.clock.now(), "192.0.2.1", "test");
    cuts.store(true, Ordering::Relaxed);
    app.state.token_endpoint.usage.flush().await;
    assert!(!cuts.load(Ordering::Relaxed), "the commit was cut");
    app.state.token_endpoint.usage.flush().await;
    assert_eq!(app.row(CAROL, "ACME", "before").await.usage.pulls, 1);
}

/// Starts a proxy in front of the database's server and returns the database's URL through it. When `cuts` is set, the next
/// connection that commits ends as soon as the server has answered; the answer is lost.
async fn proxy(direct: &str, cuts: Arc<AtomicBool>) -> String {
    let mut url = Url::parse(direct).expect("the tests' server");
    let server = format!("{}:{}", url.host_str().expect("a host"), url.port().unwrap_or(5432));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    url.set_host(Some("127.0.0.1")).expect("a host");
    url.set_port(listener.local_addr().ok().map(|address| address.port())).expect("a port");
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            let server = TcpStream::connect(&server).await.expect("the tests' server");
            tokio::spawn(pass_on(client, server, cuts.clone()));
        }
    });
    url.to_string()
}

async fn pass_on(mut client: TcpStream, mut server: TcpStream, cuts: Arc<AtomicBool>) {
    let (mut asked, mut answered) = ([0; 16_384], [0; 16_384]);
    let mut is_cut = false;
    loop {
        tokio::select! {
            Ok(read @ 1..) = client.read(&mut asked) => {
                is_cut = is_cut || (contains(&asked[..read], b"COMMIT") && cuts.swap(false, Ordering::Relaxed));
                if server.write_all(&asked[..read]).await.is_err() {
                    return;
                }
            }
            Ok(read @ 1..) = server.read(&mut answered) => {
                if is_cut || client.write_all(&answered[..read]).await.is_err() {
                    return;
                }
            }
            else => return,
        }
    }
}

fn contains(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|part| part == text)
}
