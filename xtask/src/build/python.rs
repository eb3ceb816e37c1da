//! The wheel.

use crate::house::{House, quietly};
use crate::tools;
use anyhow::{Context, Result};
use std::path::PathBuf;
use xshell::cmd;

pub(super) fn wheel(house: &House) -> Result<PathBuf> {
    let bin = tools::venv(house)?;
    house.step("the Python wheel", || {
        let sh = &house.sh;
        let dist = house.at("target/dist");
        let is_ours = |path: &PathBuf| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.starts_with("hookseal-") && name.ends_with(".whl")
        };
        for old in sh.read_dir(&dist)?.iter().filter(|path| is_ours(path)) {
            sh.remove_path(old)?;
        }
        let manifest = house.at("python/Cargo.toml");
        quietly(cmd!(sh, "{bin}/maturin build --quiet --release --strip --manifest-path {manifest} --out {dist}"))?;
        sh.read_dir(&dist)?.into_iter().find(is_ours).context("maturin built no wheel")
    })
}
