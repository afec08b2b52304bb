//! The keys in the data folder: those that sign what the registry believes, and the one that hashes secrets.
//!
//! Neither registry reloads keys, so rotation has two steps: a next key is made and listed beside the signing one
//! (the registry gets the new bundle and is restarted), then the signer is switched.

use std::{
    fs,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use rcgen::{CertificateParams, DnType, KeyPair, PKCS_ECDSA_P256_SHA256, PublicKeyData};
use ring::{
    digest,
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair},
};
use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

use crate::server::{
    clock::Clock,
    files::{
        data_files::{self, Reader},
        text_input,
    },
    random::Random,
};

use super::secret::Hasher;

const SIGNING_FILE: &str = "signing-keys.json";
const HASHING_FILE: &str = "secret-hashing.key";
/// A certificate's life. On the path that both registries take (by key id) an end is not even looked at.
const CERTIFICATE_DAYS: i64 = 3650;

/// A key with its certificate, as kept in the file.
#[derive(Clone, Serialize, Deserialize)]
struct StoredKey {
    /// PKCS#8, PEM.
    key: String,
    /// Self-signed, PEM.
    certificate: String,
}

#[derive(Clone, Serialize, Deserialize)]
struct StoredKeys {
    signing: StoredKey,
    /// Made, listed, not signing yet.
    next: Option<StoredKey>,
    /// No longer signing; listed until the next switch, for JWTs still out.
    previous: Option<StoredKey>,
}

/// A public key as a JWKS lists it.
#[derive(Clone, Debug, Serialize)]
pub struct Jwk {
    kty: &'static str,
    crv: &'static str,
    x: String,
    y: String,
    kid: String,
    alg: &'static str,
    #[serde(rename = "use")]
    usage: &'static str,
}

/// `{"keys": […]}`, as Distribution 3.x reads it.
#[derive(Clone, Debug, Serialize)]
pub struct Jwks {
    keys: Vec<Jwk>,
}

/// The keys in use.
pub struct Keys {
    signer: EcdsaKeyPair,
    /// The JWT's first part, encoded: it is the same for every JWT of a key.
    header: String,
    pub jwks: Jwks,
    /// PEM, the signing key's first.
    pub certificates: String,
}

/// The key file, read again whenever it changes, so that a switch needs no restart of the portal.
pub struct Keyring {
    path: PathBuf,
    loaded: Mutex<(Option<Version>, Arc<Keys>)>,
}

/// What tells a file from its former self without reading it. The time alone does not: file systems count it in ticks of
/// up to hundredths of a second, and a file may be replaced twice in one.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Version {
    /// The last change: Unix seconds, and nanoseconds.
    modified: (i64, i64),
    /// In bytes.
    length: u64,
    inode: u64,
}

/// What `keys rotate` did.
pub enum Rotation {
    /// A next key waits to be switched to.
    NextMade,
    /// The next key signs now.
    Switched,
}

impl Keys {
    fn from_stored(stored: &StoredKeys) -> Result<Self, String> {
        let listed: Vec<&StoredKey> =
            [Some(&stored.signing), stored.next.as_ref(), stored.previous.as_ref()].into_iter().flatten().collect();
        let keys = listed.iter().map(|key| Ok(Jwk::of(&key.pair()?))).collect::<Result<Vec<_>, String>>()?;
        let kid = keys.first().map(|key| key.kid.clone()).unwrap_or_default();
        let header = serde_json::json!({ "typ": "JWT", "alg": "ES256", "kid": kid });
        let pair = stored.signing.pair()?;
        Ok(Self {
            signer: EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &pair.serialize_der(), &SystemRandom::new())
                .map_err(|cause| format!("the signing key cannot be used: {cause}"))?,
            header: URL_SAFE_NO_PAD.encode(header.to_string()),
            jwks: Jwks { keys },
            certificates: listed.iter().map(|key| key.certificate.as_str()).collect(),
        })
    }

    /// A JWT (RFC 7515, compact) of these claims, signed with ES256.
    ///
    /// # Errors
    /// The claims cannot be written as JSON, or the machine has no randomness.
    pub fn sign(&self, claims: &impl Serialize) -> Result<String, String> {
        let claims = serde_json::to_vec(claims).map_err(|cause| cause.to_string())?;
        let mut jwt = format!("{}.{}", self.header, URL_SAFE_NO_PAD.encode(claims));
        let signature = self.signer.sign(&SystemRandom::new(), jwt.as_bytes()).map_err(|cause| cause.to_string())?;
        jwt.push('.');
        URL_SAFE_NO_PAD.encode_string(signature, &mut jwt);
        Ok(jwt)
    }
}

impl StoredKey {
    fn generate(issuer: &str, clock: &Clock) -> Result<Self, String> {
        let failed = |cause: rcgen::Error| format!("cannot make a signing key: {cause}");
        let pair = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).map_err(failed)?;
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, issuer);
        let now = OffsetDateTime::from_unix_timestamp(clock.now()).map_err(|cause| cause.to_string())?;
        params.not_before = now - Duration::DAY;
        params.not_after = now + Duration::days(CERTIFICATE_DAYS);
        let certificate = params.self_signed(&pair).map_err(failed)?;
        Ok(Self { key: pair.serialize_pem(), certificate: certificate.pem() })
    }

    fn pair(&self) -> Result<KeyPair, String> {
        KeyPair::from_pem(&self.key).map_err(|cause| format!("a signing key cannot be read: {cause}"))
    }
}

impl Jwk {
    fn of(pair: &KeyPair) -> Self {
        // An uncompressed point: 4, then x and y of 32 bytes each.
        let (x, y) = pair.public_key_raw()[1..].split_at(32);
        Self {
            kty: "EC",
            crv: "P-256",
            x: URL_SAFE_NO_PAD.encode(x),
            y: URL_SAFE_NO_PAD.encode(y),
            kid: libtrust_key_id(&pair.subject_public_key_info()),
            alg: "ES256",
            usage: "sig",
        }
    }
}

/// The key id that Distribution 2.8 derives by itself: SHA-256 of the SPKI, 30 bytes, base32, 12 groups of 4.
fn libtrust_key_id(spki: &[u8]) -> String {
    let hash = digest::digest(&digest::SHA256, spki);
    let text = data_encoding::BASE32_NOPAD.encode(&hash.as_ref()[..30]);
    text.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join(":")
}

impl Version {
    /// `None` where there is no file, or none that can be looked at.
    fn of(path: &Path) -> Option<Self> {
        let metadata = fs::metadata(path).ok()?;
        Some(Self { modified: (metadata.mtime(), metadata.mtime_nsec()), length: metadata.len(), inode: metadata.ino() })
    }
}

impl Keyring {
    /// Opens the key file of the data folder.
    ///
    /// # Errors
    /// One line that names the file and says what is wrong.
    pub fn open(data: &Path) -> Result<Self, String> {
        let path = data.join(SIGNING_FILE);
        let loaded = Mutex::new((Version::of(&path), Arc::new(Keys::from_stored(&read(&path)?)?)));
        Ok(Self { path, loaded })
    }

    /// The keys as the file has them now. A file that cannot be read for the moment leaves those in use.
    pub fn current(&self) -> Arc<Keys> {
        let version = Version::of(&self.path);
        let mut loaded = self.loaded.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if version.is_some() && version != loaded.0 {
            match read(&self.path).and_then(|stored| Keys::from_stored(&stored)) {
                Ok(keys) => *loaded = (version, Arc::new(keys)),
                Err(error) => tracing::error!(%error, "keys.unreadable"),
            }
        }
        loaded.1.clone()
    }

    /// Makes a next key, or, where `switch` is set, lets the next key sign from now on.
    ///
    /// # Errors
    /// One line; nothing was changed.
    pub fn rotate(&self, issuer: &str, clock: &Clock, switch: bool) -> Result<Rotation, String> {
        let mut stored = read(&self.path)?;
        let done = if switch {
            let Some(next) = stored.next.take() else {
                return Err("there is no next key to switch to: run `registry-tokens keys rotate` first".to_owned());
            };
            stored.previous = Some(std::mem::replace(&mut stored.signing, next));
            Rotation::Switched
        } else {
            if stored.next.is_some() {
                return Err(
                    "a next key is waiting already: run `registry-tokens keys rotate --switch` to sign with it".to_owned()
                );
            }
            stored.next = Some(StoredKey::generate(issuer, clock)?);
            Rotation::NextMade
        };
        data_files::replace(&self.path, &to_json(&stored)?)?;
        Ok(done)
    }
}

/// Makes the signing keys where they are missing; the file, if it was made.
///
/// # Errors
/// One line that names the file and says what is wrong.
pub fn make_signing_keys(data: &Path, issuer: &str, clock: &Clock, reader: Reader) -> Result<Option<PathBuf>, String> {
    let path = data.join(SIGNING_FILE);
    if path.exists() {
        return Ok(None);
    }
    let first = StoredKeys { signing: StoredKey::generate(issuer, clock)?, next: None, previous: None };
    Ok(data_files::write_new(&path, &to_json(&first)?, reader)?.then_some(path))
}

/// Makes the key that hashes secrets where it is missing; the file, if it was made.
///
/// # Errors
/// One line that names the file and says what is wrong.
pub fn make_hashing_key(data: &Path, random: &Random, reader: Reader) -> Result<Option<PathBuf>, String> {
    let path = data.join(HASHING_FILE);
    if path.exists() {
        return Ok(None);
    }
    let key: [u8; 32] = random.bytes();
    Ok(data_files::write_new(&path, &data_encoding::HEXLOWER.encode(&key), reader)?.then_some(path))
}

/// The key that hashes secrets.
///
/// # Errors
/// One line that names the file and says what is wrong.
pub fn hasher(data: &Path) -> Result<Hasher, String> {
    let path = data.join(HASHING_FILE);
    // Copied to another instance it may have got a byte order mark.
    let text = text_input::read_file(&path)?;
    data_encoding::HEXLOWER
        .decode(text.trim().as_bytes())
        .ok()
        .and_then(|key| <[u8; 32]>::try_from(key).ok())
        .map(|key| Hasher::new(&key))
        .ok_or_else(|| format!("{} does not hold a key of 64 hexadecimal digits", path.display()))
}

fn read(path: &Path) -> Result<StoredKeys, String> {
    let text = text_input::read_file(path)?;
    serde_json::from_str(&text).map_err(|cause| format!("{} is damaged: {cause}", path.display()))
}

fn to_json(keys: &StoredKeys) -> Result<String, String> {
    serde_json::to_string_pretty(keys).map_err(|cause| cause.to_string())
}
