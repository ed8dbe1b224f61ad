# Two commands matter: `make run` and `make test`. Both prepare the machine first (scripts/setup).
SHELL := bash
.DEFAULT_GOAL := help
-include toolchain.mk

# One selection of crates and one profile for everything that contains the database engine: another selection would compile the
# engine again, which takes ten minutes.
SELECTION := --workspace --exclude frontend --all-targets
TARGET := $(or $(CARGO_TARGET_DIR),target)
CARGO := $(LINK) cargo
ESPACE := $(TARGET)/debug/espace

.PHONY: help setup run build assets test lint test-rust test-e2e keyboard release figures flood uploads races fuzz timing matrix instances clean

help: ## list the targets
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{ printf "  make %-12s %s\n", $$1, $$2 }'

setup: ## prepare the machine: compiler, WebAssembly, npm tools
	@scripts/setup

run: setup ## start the portal with a demonstration fund on http://localhost:3000
	@$(MAKE) --no-print-directory build
	@$(ESPACE) servir --developpement --demo --site $(TARGET)/site

build: assets ## compile everything in the one selection
	@$(CARGO) build $(SELECTION)

assets: ## style sheet, icons, islands
	@scripts/assets dev

test: ## everything: format, lints, Rust tests, end-to-end tests in Chromium
	@scripts/setup tests
	@$(MAKE) --no-print-directory lint test-rust test-e2e

lint: ## format and lints, warnings are errors
	@cargo fmt --all --check
	@$(CARGO) clippy --quiet $(SELECTION) -- -D warnings
	@scripts/check-tree
	@node end2end/coverage.mjs
	@npx tsc --project end2end/tsconfig.json

test-rust: ## unit and integration tests
	@$(CARGO) nextest run $(SELECTION)

test-e2e: build ## journeys in Chromium: desktop, phone, without JavaScript
	@ESPACE_BINAIRE=$(abspath $(ESPACE)) ESPACE_SITE_DOSSIER=$(abspath $(TARGET))/site npx playwright test --config end2end/playwright.config.ts --project=desktop --project=phone --project=no-script

keyboard: build ## the same journeys without a mouse: Tab, arrows, Enter, Space
	@ESPACE_BINAIRE=$(abspath $(ESPACE)) ESPACE_SITE_DOSSIER=$(abspath $(TARGET))/site npx playwright test --config end2end/playwright.config.ts --project=keyboard

release: setup ## one optimised binary with the built files inside
	@scripts/assets release
	@ESPACE_SITE=$(abspath $(TARGET))/site $(CARGO) build --release --workspace --exclude frontend --bins
	@ls -l $(TARGET)/release/espace

figures: ## measure the release build (run `make release` first)
	@scripts/figures $(TARGET)/release/espace

flood: ## 500 logins a second for a minute against the release build (run `make release` first)
	@scripts/flood $(TARGET)/release/espace

uploads: ## measure uploads of the release build beside an Express + multer server (run `make release` first)
	@scripts/uploads $(TARGET)/release/espace

races: ## the long versions of the races and of the kill tests
	@ESPACE_LONG=1 $(CARGO) nextest run $(SELECTION) -E 'test(/t40|t43|g8_|kill|g5_forged/)'

fuzz: ## malformed input by the hundred thousand, elsewhere each time (long)
	@ESPACE_LONG=1 PROPTEST_CASES=$(or $(CASES),200000) $(CARGO) nextest run $(SELECTION) --no-capture -E 'test(/g23_/)'

timing: ## measure whether time tells who has an account (long)
	@ESPACE_LONG=1 $(CARGO) nextest run $(SELECTION) --no-capture -E 'test(g4_t09)'

matrix: ## every page for every role, right, college and time: more than twenty thousand cells (long)
	@ESPACE_LONG=1 $(CARGO) nextest run $(SELECTION) --no-capture -E 'test(g6_t47)'

instances: build ## three portals on one database server, which is compiled first (long)
	@RACES="$(CARGO) nextest run $(SELECTION)" scripts/instances $(ESPACE)

clean: ## remove what was built here (the engine too: the next build is a cold one)
	@cargo clean
	@rm -rf node_modules .tools toolchain.mk
