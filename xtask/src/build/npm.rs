//! The npm package: TypeScript compiled beside the wasm and its glue, then packed.

use super::VERSION;
use crate::house::{House, quietly};
use crate::tools;
use anyhow::Result;
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
        for path in sh.read_dir(house.at("target/glue"))? {
            if path.extension().is_some_and(|extension| extension != "ts") {
                sh.copy_file(path, &stage)?;
            }
        }
        for file in ["README.md", "LICENSE-MIT", "LICENSE-APACHE"] {
            sh.copy_file(house.at(file), &stage)?;
        }
        sh.copy_file(house.at("npm/package.json"), &stage)?;

        let dist = house.at("target/dist");
        let _there = sh.push_dir(&stage);
        // The manifest that users get: with the workspace's version, and nothing of how the package is made.
        quietly(cmd!(sh, "npm pkg set version={VERSION}"))?;
        quietly(cmd!(sh, "npm pkg delete devDependencies scripts"))?;
        quietly(cmd!(sh, "npm pack --pack-destination {dist}"))?;
        Ok(dist.join(format!("hookseal-{VERSION}.tgz")))
    })
}
