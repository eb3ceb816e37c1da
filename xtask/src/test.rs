//! The whole suite, from the packages as users get them.

use crate::build;
use crate::demo;
use crate::differential;
use crate::house::{House, counting, quietly};
use crate::services::{Services, node_24};
use crate::soak::{Length, soak};
use crate::tools;
use anyhow::Result;
use std::path::{Path, PathBuf};
use xshell::cmd;

pub(crate) fn run(house: &House) -> Result<()> {
    let services = Services::start(house)?;
    services.announce(house);
    rust(house)?;
    let packages = build::all(house)?;
    npm(house, &packages.tarball)?;
    python(house, &packages.wheel)?;
    receivers(house)?;
    stores(house)?;
    differential::compare(house, &differential::Generated::default())?;
    demo::show(house, &packages)
}

fn rust(house: &House) -> Result<()> {
    let sh = &house.sh;
    house.step("the Rust code's format and lints", || {
        quietly(cmd!(sh, "cargo fmt --all --check"))?;
        quietly(cmd!(sh, "cargo fmt --manifest-path fuzz/Cargo.toml --check"))?;
        quietly(cmd!(sh, "cargo clippy --workspace --all-targets -- -D warnings"))?;
        for features in ["", "tower", "sqlite", "postgres", "redis"] {
            quietly(cmd!(
                sh,
                "cargo clippy --package hookseal --no-default-features --features={features} -- -D warnings"
            ))?;
        }
        quietly(cmd!(sh, "cargo clippy --package hookseal-wasm --features tools -- -D warnings"))
    })?;
    house.step("the core's documentation", || {
        let _strict = sh.push_env("RUSTDOCFLAGS", "-D warnings");
        quietly(cmd!(sh, "cargo doc --package hookseal --no-deps --all-features"))
    })?;
    house.step("the core's tests", || counting(cmd!(sh, "cargo test --package hookseal --all-features")))
}

fn npm(house: &House, tarball: &Path) -> Result<()> {
    let sh = &house.sh;
    house.step("the JavaScript code's format", || {
        let prettier = house.at("npm/node_modules/.bin/prettier");
        let config = house.at("npm/.prettierrc.json");
        quietly(cmd!(
            sh,
            "{prettier} --config {config} --check npm tests/npm tests/differential bench examples --log-level warn"
        ))
    })?;
    tools::tarball(house, tarball)?;
    house.step("the tarball's tests", || {
        let _there = sh.push_dir(house.at("tests/npm"));
        let files = test_files(house)?;
        counting(cmd!(sh, "node --test {files...}"))
    })
}

/// Over HTTP, with the packages that the steps before have installed.
fn receivers(house: &House) -> Result<()> {
    let sh = &house.sh;
    house.step("the scenarios' server on axum", || quietly(cmd!(sh, "cargo build --package hookseal-test-axum")))?;
    house.step("every scenario against every server", || {
        let scenarios = house.at("tests/npm/receivers/receivers.test.js");
        counting(cmd!(sh, "node --test {scenarios}"))
    })
}

/// On real engines; of the other languages' stores the tests have run by now.
fn stores(house: &House) -> Result<()> {
    let node = node_24(house)?;
    house.step("the stores of the npm package, and their faults", || {
        let tests = ["stores", "faults", "examples"].map(|name| house.at(&format!("tests/npm/stores/{name}.test.js")));
        counting(cmd!(house.sh, "{node} --test {tests...}"))
    })?;
    soak(house, &Length::SHORT)
}

/// Named one by one: Node 20 knows no patterns.
fn test_files(house: &House) -> Result<Vec<PathBuf>> {
    let mut files = house.sh.read_dir(house.at("tests/npm"))?;
    files.extend(house.sh.read_dir(house.at("tests/npm/packaging"))?);
    files.retain(|path| path.to_string_lossy().ends_with(".test.js"));
    Ok(files)
}

fn python(house: &House, wheel: &Path) -> Result<()> {
    let sh = &house.sh;
    let bin = tools::venv_with(house, wheel)?;
    let config = house.at("python/pyproject.toml");
    house.step("the Python code's format and lints", || {
        let code = ["python", "tests", "bench", "examples", "fuzz"];
        quietly(cmd!(sh, "{bin}/ruff format --check --config {config} {code...}"))?;
        quietly(cmd!(sh, "{bin}/ruff check --config {config} {code...}"))
    })?;
    house.step("the Python types", || {
        let _there = sh.push_dir(house.at("tests/python"));
        let examples = ["flask", "flask_sqlite", "flask_postgres"];
        quietly(cmd!(sh, "{bin}/mypy --config-file {config} ."))?;
        quietly(cmd!(sh, "{bin}/mypy --config-file {config} --package hookseal"))?;
        for example in examples.map(|name| house.at(&format!("examples/{name}/app.py"))) {
            quietly(cmd!(sh, "{bin}/mypy --strict {example}"))?;
        }
        quietly(cmd!(sh, "{bin}/stubtest hookseal._hookseal --mypy-config-file {config}"))?;
        let pyright = house.at("tests/npm/node_modules/.bin/pyright");
        quietly(cmd!(sh, "{pyright} --pythonpath {bin}/python --project ."))
    })?;
    house.step("the vectors and traces, as their scripts write them", || {
        for script in ["tests/vectors/make", "tests/traces/make_memory.py"] {
            quietly(cmd!(sh, "{bin}/python {script} --check"))?;
        }
        Ok(())
    })?;
    house.step("the wheel's tests", || {
        let _there = sh.push_dir(house.at("tests/python"));
        counting(cmd!(sh, "{bin}/python -m pytest --quiet ."))
    })
}
