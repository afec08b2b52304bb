//! Verifies a JWT as the registry does: with the key that the JWKS lists under its `kid`.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::{
    digest,
    signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey},
};
use serde_json::Value;

/// The bytes before the point in the SubjectPublicKeyInfo of a P-256 key, in hexadecimal.
const SPKI_PREFIX: &str = "3059301306072a8648ce3d020106082a8648ce3d030107034200";

pub struct Jwt {
    pub header: Value,
    pub claims: Value,
}

/// Reads a JWT; panics if its signature is not from a listed key.
pub fn verify(jwt: &str, jwks: &Value) -> Jwt {
    let (signed, signature) = jwt.rsplit_once('.').expect("three parts");
    let (header, claims) = signed.split_once('.').expect("three parts");
    let header: Value = serde_json::from_slice(&decode(header)).expect("a header");
    let keys = jwks["keys"].as_array().expect("a list of keys");
    let key = keys.iter().find(|key| key["kid"] == header["kid"]).expect("the JWKS lists the key");
    UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point(key))
        .verify(signed.as_bytes(), &decode(signature))
        .expect("the signature is the key's");
    Jwt { header, claims: serde_json::from_slice(&decode(claims)).expect("claims") }
}

/// The key id that a libtrust registry derives by itself from the public key.
pub fn libtrust_key_id(key: &Value) -> String {
    let mut spki = data_encoding::HEXLOWER.decode(SPKI_PREFIX.as_bytes()).expect("hexadecimal");
    spki.extend(point(key));
    let hash = digest::digest(&digest::SHA256, &spki);
    let text = data_encoding::BASE32_NOPAD.encode(&hash.as_ref()[..30]);
    let groups: Vec<&str> = (0..12).map(|group| &text[group * 4..group * 4 + 4]).collect();
    groups.join(":")
}

/// The key as an uncompressed point.
fn point(key: &Value) -> Vec<u8> {
    let part = |name: &str| decode(key[name].as_str().expect("a coordinate"));
    [vec![4], part("x"), part("y")].concat()
}

fn decode(text: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text).expect("base64url without padding")
}
