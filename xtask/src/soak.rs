//! What is lost and what happens twice, under workers that are killed.

use crate::build;
use crate::house::House;
use crate::services::node_24;
use crate::tools;
use anyhow::Result;
use std::path::Path;
use xshell::cmd;

/// How long it goes on.
#[derive(clap::Args)]
pub(crate) struct Length {
    /// How many deliveries each protocol gets
    #[arg(long, default_value_t = 100_000)]
    deliveries: u32,
    /// How often a worker is killed, in ms
    #[arg(long, default_value_t = 1000)]
    kill_every: u32,
}

impl Length {
    /// Enough for the protocols that people copy to show their faults.
    pub(crate) const SHORT: Self = Self { deliveries: 1500, kill_every: 500 };
}

/// Builds and installs the package, then soaks.
pub(crate) fn run(house: &House, length: &Length) -> Result<()> {
    let packages = build::all(house)?;
    tools::tarball(house, &packages.tarball)?;
    soak(house, length)
}

/// With the package that is installed for the tests.
pub(crate) fn soak(house: &House, Length { deliveries, kill_every }: &Length) -> Result<()> {
    crate::services::install(house)?;
    let node: &Path = &node_24(house)?;
    house.step("what is lost, and what happens twice, when workers are killed", || {
        let main = house.at("tests/npm/soak/main.js");
        let soak = cmd!(house.sh, "{node} {main}").env("DELIVERIES", deliveries.to_string());
        Ok(soak.env("KILL_EVERY", kill_every.to_string()).quiet().run()?)
    })
}
