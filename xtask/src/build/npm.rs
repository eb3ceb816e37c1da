//! The npm package: TypeScript compiled beside the wasm and its glue, then packed.

use super::VERSION;
use crate::house::{House, quietly};
use crate::tools;
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;
use xshell::cmd;

pub(super) fn pack(house: &House) -> Result<PathBuf> {
    tools::node_modules(house, "npm")?;
    house.step("the npm tarball", || {
        let sh = &house.sh;
        let stage = house.empty("target/npm")?;
        let tsc = house.at("npm/node_modules/.bin/tsc");
        let project = house.at("npm");
        quietly(cmd!(sh, "{tsc} --project {project}"))?;
        for file in ["target/glue/core_bg.js", "target/glue/core.wasm", "target/glue/core_base64.js"] {
            sh.copy_file(house.at(file), &stage)?;
        }
        for file in ["README.md", "LICENSE-MIT", "LICENSE-APACHE"] {
            sh.copy_file(house.at(file), &stage)?;
        }
        fs::write(stage.join("package.json"), manifest(house)?)?;

        let dist = house.at("target/dist");
        let _there = sh.push_dir(&stage);
        quietly(cmd!(sh, "npm pack --pack-destination {dist}"))?;
        Ok(dist.join(format!("hookseal-{VERSION}.tgz")))
    })
}

/// The manifest that users get: with the workspace's version, and nothing of how the package is made.
fn manifest(house: &House) -> Result<String> {
    let mut manifest: Value = serde_json::from_slice(&fs::read(house.at("npm/package.json"))?)?;
    let members = manifest.as_object_mut().context("npm/package.json is an object")?;
    members.insert("version".to_owned(), json!(VERSION));
    members.remove("devDependencies");
    members.remove("scripts");
    Ok(serde_json::to_string_pretty(&manifest)?)
}
