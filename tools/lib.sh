# Shared by the scripts in this folder. Sourced, not run.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
# shellcheck source=tools/versions.env
. tools/versions.env
# cargo-leptos finds wasm-bindgen and wasm-opt through PATH.
export PATH="$root/target/tools/bin:$root/tools/node_modules/.bin:$HOME/.cargo/bin:$PATH"
# The caller's own toolchain or flags must not change the build.
unset RUSTUP_TOOLCHAIN RUSTFLAGS CARGO_ENCODED_RUSTFLAGS
# Leptos reads this at compile time and cargo-leptos sets it. Setting it here saves a recompile in `cargo bench`.
export LEPTOS_OUTPUT_NAME=registry-tokens

started=$SECONDS
say() { printf '[%3ds] %s\n' "$((SECONDS - started))" "$*" >&2; }
die() { printf 'error: %s\n' "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# install_debian PACKAGE…: installs Debian packages with apt-get, as root or through sudo.
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

# npm_folder FOLDER: installs the packages of its lock file, unless they are already installed.
npm_folder() {
    if [ ! -e "$1/node_modules/.installed" ] || [ "$1/package-lock.json" -nt "$1/node_modules/.installed" ]; then
        say "installing the npm packages of $1"
        (cd "$1" && npm ci --no-audit --no-fund --loglevel=error >&2)
        touch "$1/node_modules/.installed"
    fi
}

# with_postgres: starts PostgreSQL if needed and sets TEST_POSTGRES_URL; stops it when this script ends.
with_postgres() {
    TEST_POSTGRES_URL=$(tools/postgres)
    export TEST_POSTGRES_URL
    trap 'unset TEST_POSTGRES_URL; tools/postgres stop' EXIT
}
