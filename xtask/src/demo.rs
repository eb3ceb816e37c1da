//! Each example, set up as a user would, and one table of what they answer.

use crate::build::{self, Packages};
use crate::house::{House, quietly};
use crate::stage;
use crate::tools;
use anyhow::Result;
use xshell::cmd;

pub(crate) fn run(house: &House) -> Result<()> {
    show(house, &build::all(house)?)
}

pub(crate) fn show(house: &House, Packages { tarball, wheel }: &Packages) -> Result<()> {
    tools::node_modules(house, "tests/npm")?;
    for example in ["express", "worker"] {
        stage::npm(house, &format!("examples/{example}"), &format!("target/demo/{example}"), tarball)?;
    }
    flask_example(house)?;
    let gunicorn = tools::venv_with(house, wheel)?.join("gunicorn");
    axum_example(house)?;

    house.step("deliveries to Express, a Worker, Flask and axum", || {
        let main = house.at("tests/npm/demo/main.js");
        let demo = cmd!(house.sh, "node {main}").env("HOOKSEAL_EXAMPLES", house.at("target/demo"));
        let demo = demo.env("HOOKSEAL_GUNICORN", gunicorn).env("HOOKSEAL_AXUM", house.at("target/debug").join(AXUM));
        Ok(demo.quiet().run()?)
    })
}

const AXUM: &str = "hookseal-example-axum";

fn axum_example(house: &House) -> Result<()> {
    house.step("the axum example", || quietly(cmd!(house.sh, "cargo build --package {AXUM}")))
}

fn flask_example(house: &House) -> Result<()> {
    house.empty("target/demo/flask")?;
    stage::files(house, "examples/flask", "target/demo/flask")
}
