//! The only binary. See `registry-tokens --help`.

/// jemalloc: glibc does not return the memory of many threads, nor the 19 MiB blocks of password hashing (docs/decisions/0008).
#[cfg(feature = "ssr")]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

#[cfg(feature = "ssr")]
fn main() -> std::process::ExitCode {
    registry_tokens::cli::run()
}
