//! The two packages, in `target/dist`.

mod npm;
mod python;
mod wasm;

use crate::house::House;
use anyhow::Result;
use std::path::PathBuf;

/// One version for all, from the workspace.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What users install.
pub(crate) struct Packages {
    pub(crate) tarball: PathBuf,
    pub(crate) wheel: PathBuf,
}

pub(crate) fn all(house: &House) -> Result<Packages> {
    house.sh.create_dir(house.at("target/dist"))?;
    wasm::build(house)?;
    Ok(Packages { tarball: npm::pack(house)?, wheel: python::wheel(house)? })
}
