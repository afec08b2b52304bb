//! Connections with incomplete requests.

use std::{
    net::{SocketAddr, TcpListener},
    time::{Duration, Instant},
};

use axum_server::Handle;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    task::JoinHandle,
};

use crate::http::connections::{self, Limits};

use crate::tests::support::{Backend, TestApp, run};

const HALVES: [&str; 3] = [
    "G",
    "GET /healthz HTTP/1.1\r\nhost: a",
    "POST /token HTTP/1.1\r\nhost: a\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 100\r\n\r\ngrant",
];

#[test]
fn a_server_that_stops_waits_for_no_half_request() {
    run(Backend::Sqlite, |app| async move {
        let (address, handle, served) = start(&app, Limits::default());
        let mut clients = Vec::new();
        for half in HALVES {
            clients.push(connect(address, half).await);
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
        let began = Instant::now();
        handle.graceful_shutdown(Some(Duration::from_secs(1)));
        served.await.expect("it ends").expect("without an error");
        assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    });
}

#[test]
fn a_head_has_a_deadline_the_first_one_and_the_next() {
    run(Backend::Sqlite, |app| async move {
        let (address, ..) = start(&app, Limits { head: Duration::from_millis(300), ..Limits::default() });
        for begun in [HALVES[0], HALVES[1], "", "GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n"] {
            let mut client = connect(address, begun).await;
            let mut answer = String::new();
            let read = tokio::time::timeout(Duration::from_secs(10), client.read_to_string(&mut answer)).await;
            assert!(read.is_ok(), "{begun:?} is open after ten seconds");
        }
    });
}

#[test]
fn the_number_of_connections_has_an_end() {
    run(Backend::Sqlite, |app| async move {
        let (address, ..) = start(&app, Limits { connections: 3, ..Limits::default() });
        let mut clients = Vec::new();
        for _ in 0..3 {
            let mut client = connect(address, "GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n").await;
            client.read_u8().await.expect("an answer");
            clients.push(client);
        }
        let mut one_more = connect(address, "GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n").await;
        assert!(one_more.read_u8().await.is_err(), "it is closed unanswered");
    });
}

fn start(app: &TestApp, limits: Limits) -> (SocketAddr, Handle<SocketAddr>, JoinHandle<std::io::Result<()>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let handle = Handle::new();
    let server = connections::server(listener, handle.clone(), limits).expect("a server");
    let service = app.router.clone().into_make_service_with_connect_info::<SocketAddr>();
    (address, handle, tokio::spawn(server.serve(service)))
}

async fn connect(address: SocketAddr, begun: &str) -> TcpStream {
    let mut client = TcpStream::connect(address).await.expect("a connection");
    client.write_all(begun.as_bytes()).await.expect("it is sent");
    client
}
