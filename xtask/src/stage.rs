//! Programs that use the packages, set up as a user would: a folder of its own, with what their manifest names installed.

use crate::house::{House, quietly};
use anyhow::Result;
use std::path::Path;
use xshell::cmd;

/// The packed package takes the place of the published one, and nothing else is changed.
pub(crate) fn npm(house: &House, from: &str, to: &str, tarball: &Path) -> Result<()> {
    let manifest = house.at(from).join("package.json");
    house.once_per(&format!("{to}/node_modules"), &[tarball.to_owned(), manifest], || {
        house.step(&format!("npm packages of {from}"), || {
            let sh = &house.sh;
            let _there = sh.push_dir(house.empty(to)?);
            files(house, from, to)?;
            quietly(cmd!(sh, "npm install --no-audit --no-fund --omit=dev {tarball}"))
        })
    })?;
    files(house, from, to)
}

/// Its own files, and not what somebody who tried it there left in folders beside them.
pub(crate) fn files(house: &House, from: &str, to: &str) -> Result<()> {
    let sh = &house.sh;
    for path in sh.read_dir(house.at(from))? {
        if path.is_file() {
            sh.copy_file(path, house.at(to))?;
        }
    }
    Ok(())
}
