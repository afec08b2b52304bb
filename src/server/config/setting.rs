//! Parsers for the types of settings, used at startup. An error describes the required form, so that it can follow the
//! setting's name and value: `is not …`.

use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    ops::Deref,
    str::FromStr,
};

use ipnet::IpNet;
use url::{Host, Url};

use crate::models::text;

/// The registry's host, as customers type it: `registry.example.com`, `10.0.0.7:5000`, `[2001:db8::7]:5000`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegistryHost(String);

impl FromStr for RegistryHost {
    type Err = String;

    /// Accepts what docker accepts before the first slash of an image name.
    fn from_str(text: &str) -> Result<Self, String> {
        let form = "is not a host such as registry.example.com or registry.example.com:5000, without scheme and path";
        let (host, port) = split_port(text).filter(|_| !text.contains('/')).ok_or(form)?;
        let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().ok();
        if address.is_none() && !is_domain(host) {
            return Err(form.to_owned());
        }
        if !port.is_none_or(|port| port.parse().is_ok_and(|port: u16| port > 0) && port.bytes().all(|b| b.is_ascii_digit())) {
            return Err(format!("{form}; a port is a number from 1 to 65535"));
        }
        match address {
            Some(address) if address.is_unspecified() => {
                Err("is no host that can be reached: name the one that customers type".to_owned())
            }
            _ => Ok(Self(text.to_owned())),
        }
    }
}

impl RegistryHost {
    /// Whether docker treats it as a host. It treats `registry/image` as a repository on Docker Hub.
    pub fn is_host_to_docker(&self) -> bool {
        self.contains(['.', ':']) || &**self == "localhost"
    }

    /// Whether it is a loopback address.
    pub fn is_loopback(&self) -> bool {
        let host = split_port(self).map_or("", |(host, _)| host).trim_matches(['[', ']']);
        host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
    }
}

/// Splits `host`, `host:port`, `[address]` or `[address]:port`.
fn split_port(text: &str) -> Option<(&str, Option<&str>)> {
    if text.starts_with('[') {
        let (host, rest) = text.split_at(text.find(']')? + 1);
        let is_address = host.trim_matches(['[', ']']).parse::<Ipv6Addr>().is_ok();
        let port = if rest.is_empty() { None } else { Some(rest.strip_prefix(':')?) };
        return is_address.then_some((host, port));
    }
    match text.split_once(':') {
        Some((host, port)) => Some((host, Some(port))),
        None => Some((text, None)),
    }
}

/// Labels of letters, digits and inner dashes. The last label must not be a number: that would be a mistyped IP address.
fn is_domain(host: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let is_number = |label: &str| label.bytes().all(|b| b.is_ascii_digit());
    host.len() <= 253 && host.split('.').all(is_label) && !host.rsplit('.').next().is_some_and(is_number)
}

/// The portal's public URL: scheme and host in the form of a browser's origin, without a trailing slash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl {
    origin: String,
    is_stated: bool,
    is_set: bool,
}

impl FromStr for PublicUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let form = "is not an address such as https://tokens.example.com";
        let scheme = text.get(..8).filter(|start| start.eq_ignore_ascii_case("https://"));
        let scheme = scheme.or(text.get(..7).filter(|start| start.eq_ignore_ascii_case("http://"))).ok_or(form)?;
        let rest = &text[scheme.len()..];
        if text.contains(|c: char| c == '\\' || c.is_whitespace()) || text::unwanted(text).is_some() {
            return Err(form.to_owned());
        }
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        if rest[..end].contains('@') {
            return Err(format!("{form}: it must not hold a user or a password"));
        }
        match &rest[end..] {
            "" | "/" => {}
            more if more.starts_with('/') && !more.contains(['?', '#']) => {
                return Err(format!("{form}: the portal lives at the root of a host, not under a path (see docs/operating.md)"));
            }
            _ => return Err(format!("{form}: it must not hold a path, a query or a fragment")),
        }
        let url = Url::parse(text).map_err(|cause| format!("{form}: {cause}"))?;
        let is_unspecified = match url.host() {
            Some(Host::Ipv4(address)) => address.is_unspecified(),
            Some(Host::Ipv6(address)) => address.is_unspecified(),
            Some(Host::Domain(_)) => false,
            None => return Err(form.to_owned()),
        };
        if is_unspecified || url.port() == Some(0) {
            return Err("is no address that can be opened: name the one that people type into a browser".to_owned());
        }
        Ok(Self { origin: url.origin().ascii_serialization(), is_stated: true, is_set: true })
    }
}

impl PublicUrl {
    /// The URL if none is configured, from the listen address; the loopback address if it listens on all addresses.
    pub fn of_listener(address: SocketAddr) -> Self {
        let is_stated = !address.ip().is_unspecified();
        let ip = match address.ip() {
            IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
            IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
            ip => ip,
        };
        Self { origin: format!("http://{}", SocketAddr::new(ip, address.port())), is_stated, is_set: false }
    }

    /// The URL to show to users; `None` if the portal listens on all addresses and no URL is configured.
    pub fn stated(&self) -> Option<&str> {
        self.is_stated.then_some(&self.origin)
    }

    /// The configured URL; `None` if it comes from the listen address.
    pub fn configured(&self) -> Option<&str> {
        self.is_set.then_some(&self.origin)
    }

    /// Whether its host is a loopback address.
    pub fn is_loopback(&self) -> bool {
        let url = Url::parse(&self.origin).ok();
        match url.as_ref().and_then(Url::host) {
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            Some(Host::Domain(name)) => name == "localhost",
            None => false,
        }
    }
}

impl Deref for PublicUrl {
    type Target = str;

    fn deref(&self) -> &str {
        &self.origin
    }
}

impl Deref for RegistryHost {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

impl fmt::Display for RegistryHost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

/// The format of log lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LogFormat {
    /// Time, level, event and `field=value`.
    #[default]
    Text,
    /// One JSON object per line.
    Json,
}

/// Parses `text` or `json`.
pub fn log_format(text: &str) -> Result<LogFormat, String> {
    match text {
        "text" => Ok(LogFormat::Text),
        "json" => Ok(LogFormat::Json),
        _ => Err("is neither text nor json".to_owned()),
    }
}

/// Parses a log level.
pub fn log_level(text: &str) -> Result<String, String> {
    match text {
        "error" | "warn" | "info" | "debug" | "trace" => Ok(text.to_owned()),
        _ => Err("is none of error, warn, info, debug, trace".to_owned()),
    }
}

/// Parses a name from the registry's configuration. It is used in a quoted header value and in every JWT.
pub fn registry_word(text: &str) -> Result<String, String> {
    let is_word = !text.is_empty() && text.bytes().all(|b| b.is_ascii_graphic() && b != b'"' && b != b'\\');
    let form = "is not a name such as registry.example.com: letters, digits and signs of ASCII, without blanks and quotes";
    if is_word { Ok(text.to_owned()) } else { Err(form.to_owned()) }
}

/// Parses a line of visible text without leading or trailing blanks.
pub fn line(text: &str) -> Result<String, String> {
    let form = "is not a line of text without blanks around it";
    if text.is_empty() || text.trim() != text {
        return Err(form.to_owned());
    }
    match text::unwanted(text) {
        None => Ok(text.to_owned()),
        Some(unwanted) => Err(format!("{form}: {unwanted}")),
    }
}

/// Parses a [`line`], or an empty text.
pub fn optional_line(text: &str) -> Result<String, String> {
    if text.is_empty() { Ok(String::new()) } else { line(text) }
}

/// Parses a colour `#rrggbb`.
pub fn colour(text: &str) -> Result<String, String> {
    let digits = text.strip_prefix('#').unwrap_or_default();
    let is_colour = digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    if is_colour { Ok(text.to_owned()) } else { Err("is not a colour such as #b83e00".to_owned()) }
}

/// Parses an IP address or a network.
pub fn network(text: &str) -> Result<IpNet, String> {
    IpNet::from_str(text)
        .or_else(|_| text.parse::<IpAddr>().map(IpNet::from))
        .map_err(|_| "is not a network such as 10.0.0.0/8".to_owned())
}

/// Parses a listen address.
pub fn listener(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| "is not an IP address with a port, such as 127.0.0.1:3000 or 0.0.0.0:3000".to_owned())
}
