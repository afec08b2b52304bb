//! The keys in the data folder: those that sign JWTs, and the one that hashes secrets.
//!
//! Neither version of the registry reloads keys, so rotation has two steps: a next key is created and listed beside the
//! signing one (the registry gets the new bundle and is restarted), then the signer is switched.

use std::{
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
        file_version::FileVersion,
        text_input,
    },
    random::Random,
};

use super::secret::Hasher;

const SIGNING_FILE: &str = "signing-keys.json";
const HASHING_FILE: &str = "secret-hashing.key";
/// Validity of a certificate. Both registry versions find keys by key id, and then do not even check it.
const CERTIFICATE_DAYS: i64 = 3650;

/// A key with its certificate, as stored in the file.
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
    /// Listed, but not signing yet.
    next: Option<StoredKey>,
    /// No longer signing. Listed until the next switch, for JWTs that are still valid.
    previous: Option<StoredKey>,
}

/// A public key in a JWKS.
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
    /// The encoded JWT header: the same for all JWTs of a key.
    header: String,
    pub jwks: Jwks,
    /// PEM; the signing key's certificate is first.
    pub certificates: String,
}

/// The keys of the key file. Reloads the file whenever it changes, so that a switch needs no restart of the portal.
pub struct Keyring {
    path: PathBuf,
    loaded: Mutex<Loaded>,
}

struct Loaded {
    version: Option<FileVersion>,
    keys: Arc<Keys>,
    /// The version that could not be read, which is logged once.
    unreadable: Option<FileVersion>,
}

/// The result of `keys rotate`.
pub enum Rotation {
    /// A next key was created.
    NextMade,
    /// The next key is now the signing key.
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

    /// Creates a JWT (RFC 7515, compact) with these claims, signed with ES256.
    ///
    /// # Errors
    /// The claims cannot be serialized, or the system's random generator fails.
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
        // An uncompressed point: the byte 4, then x and y of 32 bytes each.
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

/// The key id as Distribution 2.8 derives it: SHA-256 of the SPKI, first 30 bytes, base32, 12 groups of 4.
fn libtrust_key_id(spki: &[u8]) -> String {
    let hash = digest::digest(&digest::SHA256, spki);
    let text = data_encoding::BASE32_NOPAD.encode(&hash.as_ref()[..30]);
    text.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join(":")
}

impl Keyring {
    /// Opens the key file of the data folder.
    ///
    /// # Errors
    /// One line that names the file and says what is wrong.
    pub fn open(data: &Path) -> Result<Self, String> {
        let path = data.join(SIGNING_FILE);
        let version = FileVersion::of(&path);
        let keys = Arc::new(Keys::from_stored(&read(&path)?)?);
        Ok(Self { path, loaded: Mutex::new(Loaded { version, keys, unreadable: None }) })
    }

    /// The current keys of the file. If the file cannot be read at the moment, the former keys stay in use.
    pub fn current(&self) -> Arc<Keys> {
        let version = FileVersion::of(&self.path);
        let mut loaded = self.loaded.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if version.is_some() && version != loaded.version {
            match read(&self.path).and_then(|stored| Keys::from_stored(&stored)) {
                Ok(keys) => *loaded = Loaded { version, keys: Arc::new(keys), unreadable: None },
                Err(_) if loaded.unreadable == version => {}
                Err(error) => {
                    loaded.unreadable = version;
                    tracing::error!(%error, "keys.unreadable");
                }
            }
        }
        loaded.keys.clone()
    }

    /// Creates a next key or, with `switch`, makes the next key the signing key.
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

/// Creates the signing keys if they are missing. Returns the file if it was created.
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

/// Creates the key that hashes secrets if it is missing. Returns the file if it was created.
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

/// Reads the key that hashes secrets.
///
/// # Errors
/// One line that names the file and says what is wrong.
pub fn hasher(data: &Path) -> Result<Hasher, String> {
    let path = data.join(HASHING_FILE);
    // A copy for another instance may have got a byte order mark.
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
