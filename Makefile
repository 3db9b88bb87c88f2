# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors

.PHONY: help demo run test lint sanitize fuzz hostile soak screenshots bench bench-history packages dist install clean

help: ## what there is
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 18

demo: ## build and start on the built-in simulator: no account needed
	@scripts/run --demo

run: ## build and start against the real GitHub
	@scripts/run

test: ## every test; ends with "N passed, N failed"
	@scripts/test

lint: ## layers, names, sizes, format, spelling, static analysis
	@scripts/lint

sanitize: ## the whole suite under ASan, LSan and UBSan
	@scripts/sanitize

fuzz: ## libFuzzer on every parser, FUZZ_SECONDS (600) each, two at a time
	@scripts/fuzz

hostile: ## half a minute of each attack beside a healthy client
	@scripts/hostile

soak: ## ten minutes of bad days upstream, 500 kills, 5000 prices added up; figures as tables
	@scripts/soak

screenshots: ## a picture of every page, dialog and state in build/screenshots
	@scripts/screenshots

bench-history: ## a history of a million requests: write, open, ask (RECORDS=1000000)
	@scripts/bench-history

bench: ## compare with nginx, Go and copilot-api (QUICK=1: two minutes)
	@scripts/bench

packages: ## build, install, use and remove every package (scripts/packages NAME for one)
	@scripts/packages

dist: ## the source archive with its checksum in build/dist; the same bytes every time
	@scripts/dist

install: ## meson install; DESTDIR and PREFIX as usual
	@scripts/install

clean: ## remove what was built
	@rm -rf build build-*
