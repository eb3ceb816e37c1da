//! Side by side with what users would else have, in one run.

use crate::build;
use crate::house::House;
use crate::services::{Services, node_24};
use crate::stage;
use crate::tools;
use anyhow::Result;
use std::path::PathBuf;
use xshell::cmd;

/// What is measured.
#[derive(clap::Subcommand)]
pub(crate) enum Bench {
    /// Express and Flask with a receiver, against the same by hand
    Receivers {
        /// Writes the rows there, as JSON
        #[arg(long)]
        json: Option<PathBuf>,
        /// Measures memory over so many deliveries instead
        #[arg(long, default_value_t = 0)]
        soak: u32,
    },
    /// What a claim and its completion cost, a store
    Stores {
        /// How long each is measured
        #[arg(long, default_value_t = 4)]
        seconds: u32,
    },
}

pub(crate) fn run(house: &House, bench: &Bench) -> Result<()> {
    match bench {
        Bench::Receivers { json, soak } => receivers(house, json.as_ref(), *soak),
        Bench::Stores { seconds } => stores(house, *seconds),
    }
}

fn receivers(house: &House, json: Option<&PathBuf>, soak: u32) -> Result<()> {
    const FOLDER: &str = "target/bench/receivers";
    let packages = build::all(house)?;
    stage::npm(house, "bench/receivers", FOLDER, &packages.tarball)?;
    let gunicorn = tools::venv_with(house, &packages.wheel)?.join("gunicorn");
    house.step("receivers under load", || {
        let main = house.at(FOLDER).join("main.js");
        let mut bench = cmd!(house.sh, "node {main}").env("GUNICORN", gunicorn).env("SOAK", soak.to_string());
        if let Some(file) = json {
            bench = bench.env("JSON_FILE", std::path::absolute(file)?);
        }
        Ok(bench.quiet().run()?)
    })
}

fn stores(house: &House, seconds: u32) -> Result<()> {
    const FOLDER: &str = "target/bench/stores";
    let packages = build::all(house)?;
    stage::npm(house, "bench/stores", FOLDER, &packages.tarball)?;
    let node = node_24(house)?;
    let services = Services::start(house)?;
    services.announce(house);
    house.step("claims and completions", || {
        let main = house.at(FOLDER).join("main.js");
        Ok(cmd!(house.sh, "{node} {main}").env("SECONDS", seconds.to_string()).quiet().run()?)
    })
}
