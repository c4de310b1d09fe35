# The commands a person types. Each installs what is missing first; `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: help up preview destroy test lint format bench install

gabion := node cli/bin/gabion.js
ENV ?= sandbox

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s  %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

up: install ## Bring the sandbox environment up (ENV=… for another)
	@$(gabion) up $(ENV)

preview: install ## Show what `make up` would change
	@$(gabion) preview $(ENV)

destroy: install ## Take the environment down again
	@$(gabion) destroy $(ENV)

test: install ## Format, lint, types and all tests that need only npm
	@node tools/check.js

lint: install ## Format, lint and types alone
	@node tools/check.js format lint types

format: install ## Write the agreed format and order of imports
	@node node_modules/@biomejs/biome/bin/biome check --write --linter-enabled=false .

bench: install ## Measure speed and memory
	@node bench/index.js

install:
	@command -v node >/dev/null || { echo "Gabion needs Node.js 20.20 or newer: https://nodejs.org" >&2; exit 1; }
	@node tools/install.js
