# Shared by the scripts in this folder. Sourced, not run.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
# shellcheck source=tools/versions.env
. tools/versions.env
# cargo-leptos takes wasm-bindgen and wasm-opt from PATH.
export PATH="$root/target/tools/bin:$root/tools/node_modules/.bin:$HOME/.cargo/bin:$PATH"
# A caller's own toolchain or flags must not change what is built.
unset RUSTUP_TOOLCHAIN RUSTFLAGS CARGO_ENCODED_RUSTFLAGS
# Leptos reads it when it is compiled; cargo-leptos sets it, so with it a `cargo bench` compiles nothing anew.
export LEPTOS_OUTPUT_NAME=registry-tokens

started=$SECONDS
say() { printf '[%3ds] %s\n' "$((SECONDS - started))" "$*" >&2; }
die() { printf 'error: %s\n' "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# install_debian PACKAGE…: with apt, as root or through sudo.
install_debian() {
    have apt-get || die "install these and run it again: $*"
    local sudo=()
    if [ "$(id -u)" != 0 ]; then
        have sudo || die "run as root, or install these yourself: $*"
        sudo=(sudo)
    fi
    say "installing from Debian: $*"
    "${sudo[@]}" apt-get update -qq >/dev/null
    "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

# npm_folder FOLDER: what its lock file names, installed once.
npm_folder() {
    if [ ! -e "$1/node_modules/.installed" ] || [ "$1/package-lock.json" -nt "$1/node_modules/.installed" ]; then
        say "installing the npm packages of $1"
        (cd "$1" && npm ci --no-audit --no-fund --loglevel=error >&2)
        touch "$1/node_modules/.installed"
    fi
}

# with_postgres: TEST_POSTGRES_URL names a server until this script ends.
with_postgres() {
    TEST_POSTGRES_URL=$(tools/postgres)
    export TEST_POSTGRES_URL
    trap 'unset TEST_POSTGRES_URL; tools/postgres stop' EXIT
}
