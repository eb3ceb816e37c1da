//! Side by side with what users would else have, in one run.

use crate::build;
use crate::house::House;
use crate::stage;
use crate::tools;
use anyhow::Result;
use std::path::PathBuf;
use xshell::cmd;

/// How the receivers are measured.
#[derive(clap::Args)]
pub(crate) struct Receivers {
    /// Writes the rows there, as JSON
    #[arg(long)]
    json: Option<PathBuf>,
    /// Measures memory over so many deliveries instead
    #[arg(long, default_value_t = 0)]
    soak: u32,
}

/// Express and Flask with a receiver, against the same by hand.
pub(crate) fn run(house: &House, Receivers { json, soak }: &Receivers) -> Result<()> {
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
