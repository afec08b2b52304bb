//! The client's address of a request, through proxies. `X-Forwarded-For` counts only as far as trusted proxies wrote it.
//! `Forwarded` (RFC 7239) is ignored: a proxy that writes the one header passes the other on unchecked from the client.

use std::{
    collections::HashSet,
    net::IpAddr,
    sync::{Mutex, PoisonError},
};

use axum::http::HeaderMap;
use ipnet::IpNet;

/// Maximum number of remembered proxies: a trusted network may contain millions of addresses. Further proxies are not logged.
const MAX_PROXIES: usize = 1_000;

/// The client's address, as found in a request's headers.
#[derive(Debug, PartialEq, Eq)]
pub struct ClientAddress {
    pub address: IpAddr,
    /// A trusted proxy and the entry that it wrote and that is not an address. The proxy then counts as the client.
    pub unreadable: Option<(IpAddr, String)>,
}

/// The last address in the chain of proxies that is not itself a trusted proxy.
pub fn client_address(trusted: &[IpNet], peer: IpAddr, headers: &HeaderMap) -> ClientAddress {
    let is_trusted = |address: &IpAddr| trusted.iter().any(|network| network.contains(address));
    let mut address = peer.to_canonical();
    // A value that is not UTF-8 becomes an unreadable entry; it does not hide the entries next to it.
    let values: Vec<_> =
        headers.get_all("x-forwarded-for").iter().map(|value| String::from_utf8_lossy(value.as_bytes())).collect();
    // Empty list entries are ignored (RFC 9110, 5.6.1).
    let entries = values.iter().flat_map(|value| value.split(',')).map(str::trim).filter(|entry| !entry.is_empty());
    for entry in entries.collect::<Vec<_>>().into_iter().rev() {
        if !is_trusted(&address) {
            break;
        }
        match parse(entry) {
            Some(next) => address = next.to_canonical(),
            None => return ClientAddress { address, unreadable: Some((address, entry.to_owned())) },
        }
    }
    ClientAddress { address, unreadable: None }
}

/// Parses an address in the forms that proxies write: plain, with a port, in brackets, in quotes, with a zone.
fn parse(entry: &str) -> Option<IpAddr> {
    let entry = entry.strip_prefix('"').and_then(|entry| entry.strip_suffix('"')).unwrap_or(entry);
    let is_port = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let host = if let Some(rest) = entry.strip_prefix('[') {
        let (host, after) = rest.split_once(']')?;
        (after.is_empty() || after.strip_prefix(':').is_some_and(is_port)).then_some(host)?
    } else {
        match entry.split_once(':') {
            // More than one colon: an IPv6 address without brackets, which has no port.
            Some((host, port)) if !port.contains(':') => is_port(port).then_some(host)?,
            _ => entry,
        }
    };
    host.split_once('%').map_or(host, |(host, _zone)| host).parse().ok()
}

/// Proxies that were already logged for an unreadable entry. One log line per request would fill the log.
#[derive(Debug, Default)]
pub struct UnreadableProxies(Mutex<HashSet<IpAddr>>);

impl UnreadableProxies {
    /// Whether this proxy is new. False once `MAX_PROXIES` are remembered.
    pub fn is_first(&self, proxy: IpAddr) -> bool {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.len() < MAX_PROXIES && known.insert(proxy)
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue};

    use super::{MAX_PROXIES, UnreadableProxies, client_address};

    /// The client's address, and the unreadable entry.
    fn read(peer: &str, forwarded: &[&[u8]]) -> (String, Option<String>) {
        let value = |bytes: &&[u8]| HeaderValue::from_bytes(bytes).expect("a value");
        let headers: HeaderMap =
            forwarded.iter().map(|bytes| ("x-forwarded-for".parse().expect("a name"), value(bytes))).collect();
        let trusted = ["10.0.0.0/8", "fd00::/8"].map(|network| network.parse().expect("a network"));
        let client = client_address(&trusted, peer.parse().expect("an address"), &headers);
        (client.address.to_string(), client.unreadable.map(|(proxy, entry)| format!("{proxy} {entry}")))
    }

    #[test]
    fn only_trusted_proxies_are_believed() {
        let address = |peer: &str, forwarded: &str| read(peer, &[forwarded.as_bytes()]).0;
        assert_eq!(address("10.0.0.1", "198.51.100.7"), "198.51.100.7");
        assert_eq!(
            address("10.0.0.1", "1.1.1.1, 198.51.100.7, 10.0.0.9"),
            "198.51.100.7",
            "the client may write what it likes in front"
        );
        assert_eq!(address("203.0.113.5", "198.51.100.7"), "203.0.113.5");
        assert_eq!(address("10.0.0.1", "nonsense"), "10.0.0.1");
    }

    #[test]
    fn an_address_is_read_as_proxies_write_it() {
        for (written, address) in [
            ("198.51.100.7:51008", "198.51.100.7"),
            ("[2001:db8::7]:443", "2001:db8::7"),
            ("[2001:db8::7]", "2001:db8::7"),
            ("2001:DB8:0::7", "2001:db8::7"),
            ("2001:db8::7:443", "2001:db8::7:443"),
            ("\"[2001:db8::8]:80\"", "2001:db8::8"),
            ("\"198.51.100.8\"", "198.51.100.8"),
            ("[fe80::1%eth0]:51008", "fe80::1"),
            ("fe80::2%3", "fe80::2"),
            ("[::ffff:198.51.100.9]:1", "198.51.100.9"),
            ("203.0.113.1, 198.51.100.7:1, [fd00::1]:2, 10.0.0.9:3", "198.51.100.7"),
            (" , 198.51.100.7 ,, ", "198.51.100.7"),
        ] {
            assert_eq!(read("10.0.0.1", &[written.as_bytes()]), (address.to_owned(), None), "{written}");
        }
        assert_eq!(read("::ffff:10.0.0.1", &[b"198.51.100.7:80"]).0, "198.51.100.7");
        assert_eq!(read("10.0.0.1", &[b"203.0.113.1", b"[2001:db8::7]:1, 10.0.0.2"]).0, "2001:db8::7");
    }

    #[test]
    fn what_cannot_be_read_is_told_with_the_proxy_that_wrote_it() {
        for odd in
            ["unknown", "_hidden", "198.51.100.7:", "198.51.100.7:x", "[2001:db8::7", "[2001:db8::7]x", "300.1.1.1", "[]:1", ":1"]
        {
            let (address, unreadable) = read("10.0.0.1", &[odd.as_bytes()]);
            assert_eq!((address.as_str(), unreadable), ("10.0.0.1", Some(format!("10.0.0.1 {odd}"))), "{odd}");
        }
        assert_eq!(read("10.0.0.1", &[b"unknown, 10.0.0.9"]).1.as_deref(), Some("10.0.0.9 unknown"));
        assert_eq!(read("203.0.113.5", &[b"unknown"]).1, None, "nobody believes it");
    }

    #[test]
    fn what_a_client_writes_in_front_spoils_nothing() {
        for front in [&b"\xff"[..], b"\xc3\x28", b"unknown", b"[", b"\"", b"1.2.3.4:5:6:7"] {
            let written = [front, b", 198.51.100.7"].concat();
            assert_eq!(read("10.0.0.1", &[&written]), ("198.51.100.7".to_owned(), None), "{front:?}");
            assert_eq!(read("10.0.0.1", &[front, b"198.51.100.7"]).0, "198.51.100.7", "{front:?}");
        }
    }

    #[test]
    fn a_proxy_is_named_once() {
        let proxies = UnreadableProxies::default();
        let address = |n: usize| std::net::Ipv4Addr::from(u32::try_from(n).expect("a small number")).into();
        assert!(proxies.is_first(address(1)) && !proxies.is_first(address(1)));
        let said = (2..2 * MAX_PROXIES).filter(|n| proxies.is_first(address(*n))).count();
        assert_eq!(said, MAX_PROXIES - 1);
    }
}
