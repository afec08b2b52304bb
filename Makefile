# Entry points for development. Each target installs its missing dependencies and prints its progress.
.PHONY: run watch test end-to-end build bench check clean help

help: ## Show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

run: ## A running portal with the example catalogue on SQLite; accounts are printed
	@tools/run

watch: ## The same for who works on it: a change is built and the page reloads (cargo leptos watch)
	@tools/watch

test: ## All tests: both databases, a real browser, a real registry
	@tools/test

end-to-end: ## The tests in a real browser alone
	@tools/end-to-end

build: ## target/release/registry-tokens and target/site
	@tools/build

check: ## Formatting, lints of the server and of the browser part, the direction of imports
	@tools/check

bench: ## Measure against the bars in docs/benchmarks.md
	@tools/bench

clean: ## Remove everything built and installed here; the data folder stays
	rm -rf target tools/node_modules end2end/node_modules bench/table/node_modules
