//! The core as wasm, with its glue, in `target/glue`.

use crate::house::{House, quietly};
use crate::tools;
use anyhow::{Context, Result};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use std::fs;
use std::path::Path;
use wasm_bindgen_cli_support::Bindgen;
use xshell::cmd;

const TARGET: &str = "wasm32-unknown-unknown";

/// A wasm module of the package: its name there, and the features of the crate that it is made with.
struct Module {
    name: &'static str,
    features: &'static str,
}

/// What every deployment loads, and what only tests do.
const MODULES: [Module; 2] = [Module { name: "core", features: "" }, Module { name: "tools", features: "tools" }];

pub(super) fn build(house: &House) -> Result<()> {
    house.step("the wasm32 target", || target(house))?;
    let out = house.empty("target/glue")?;
    for module in &MODULES {
        house.step(&format!("{}.wasm", module.name), || compile(house, module))?;
        house.step(&format!("the glue of {}.wasm for JavaScript", module.name), || glue(house, module, &out))?;
    }
    Ok(())
}

fn target(house: &House) -> Result<()> {
    let sh = &house.sh;
    let installed = cmd!(sh, "rustup target list --installed").quiet().read().unwrap_or_default();
    if installed.lines().any(|line| line == TARGET) {
        return Ok(());
    }
    quietly(cmd!(sh, "rustup target add {TARGET}")).with_context(|| {
        format!(
            "cannot install Rust's {TARGET} target: install it by hand, or, where rustup cannot reach its server, \
             install your distribution's rust std for wasm32 (on Debian: rustc-web, cargo-web, rust-web-src, lld) \
             and put its cargo first on the PATH"
        )
    })
}

fn compile(house: &House, Module { name, features }: &Module) -> Result<()> {
    let sh = &house.sh;
    // In the environment, where it wins over any configuration file: every runtime we serve has simd128, and SHA-256 is
    // 1.4 times as fast with it.
    let _flags = sh.push_env("RUSTFLAGS", "-Ctarget-feature=+simd128");
    // A folder each, lest each build undo the other's.
    let crate_ = ["--package", "hookseal-wasm", "--features", features];
    quietly(cmd!(sh, "cargo build {crate_...} --target {TARGET} --profile wasm --target-dir target/wasm-{name}"))
}

/// The `bundler` target's glue, without its loader: npm/src has one that works in every runtime.
fn glue(house: &House, Module { name, .. }: &Module, out: &Path) -> Result<()> {
    let made = house.at(&format!("target/wasm-{name}/{TARGET}/wasm/hookseal_wasm.wasm"));
    let mut bindgen = Bindgen::new()
        .bundler(true)?
        .input_path(made)
        .out_name(name)
        .typescript(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate_output()?;
    // Only now: wasm-bindgen reads this section to know that the module has simd128.
    bindgen.wasm_mut().customs.remove_raw("target_features");
    bindgen.emit(out)?;

    let wasm = out.join(format!("{name}.wasm"));
    optimise(house, &out.join(format!("{name}_bg.wasm")), &wasm)?;
    fs::rename(out.join(format!("{name}.d.ts")), out.join(format!("{name}_bg.d.ts")))?;
    for unused in [".js", "_bg.wasm", "_bg.wasm.d.ts"] {
        fs::remove_file(out.join(format!("{name}{unused}")))?;
    }
    let base64 = BASE64_STANDARD.encode(fs::read(wasm)?);
    fs::write(out.join(format!("{name}_base64.js")), format!("export const base64 = \"{base64}\";\n"))?;
    Ok(fs::write(out.join(format!("{name}_base64.d.ts")), "export const base64: string;\n")?)
}

/// A tenth off the size, from the npm packaging of Binaryen.
fn optimise(house: &House, from: &Path, to: &Path) -> Result<()> {
    tools::node_modules(house, "npm")?;
    let sh = &house.sh;
    let wasm_opt = house.at("npm/node_modules/.bin/wasm-opt");
    let features = ["simd", "reference-types", "multivalue", "bulk-memory", "sign-ext", "nontrapping-float-to-int"];
    let enable = features.map(|feature| format!("--enable-{feature}"));
    quietly(cmd!(sh, "{wasm_opt} -Oz {enable...} --enable-mutable-globals {from} -o {to}"))
}
