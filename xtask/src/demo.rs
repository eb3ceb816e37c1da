//! Each example, set up as a user would, and one table of what they answer.

use crate::build::{self, Packages};
use crate::house::{House, quietly};
use crate::tools;
use anyhow::Result;
use std::path::Path;
use xshell::cmd;

pub(crate) fn run(house: &House) -> Result<()> {
    show(house, &build::all(house)?)
}

pub(crate) fn show(house: &House, Packages { tarball, wheel }: &Packages) -> Result<()> {
    tools::node_modules(house, "tests/npm")?;
    npm_example(house, "express", tarball)?;
    npm_example(house, "worker", tarball)?;
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

/// The packed package takes the place of the published one, and nothing else is changed.
fn npm_example(house: &House, name: &str, tarball: &Path) -> Result<()> {
    let manifest = house.at("examples").join(name).join("package.json");
    house.once_per(&format!("target/demo/{name}/node_modules"), &[tarball.to_owned(), manifest], || {
        house.step(&format!("npm packages of the {name} example"), || {
            let sh = &house.sh;
            let _there = sh.push_dir(house.empty(&format!("target/demo/{name}"))?);
            stage(house, name)?;
            quietly(cmd!(sh, "npm install --no-audit --no-fund --omit=dev {tarball}"))
        })
    })?;
    stage(house, name)
}

fn flask_example(house: &House) -> Result<()> {
    house.empty("target/demo/flask")?;
    stage(house, "flask")
}

/// The example's own files, and not what somebody who tried it there left in folders beside them.
fn stage(house: &House, name: &str) -> Result<()> {
    let sh = &house.sh;
    for path in sh.read_dir(house.at("examples").join(name))? {
        if path.is_file() {
            sh.copy_file(path, house.at("target/demo").join(name))?;
        }
    }
    Ok(())
}
