//! What the packages are built and tested with, installed below the checkout and nowhere else.

use crate::house::{House, quietly};
use anyhow::{Context, Result, ensure};
use std::path::{Path, PathBuf};
use xshell::cmd;

/// The npm packages that the folder's lock file names.
pub(crate) fn node_modules(house: &House, folder: &str) -> Result<()> {
    let lock = house.at(folder).join("package-lock.json");
    house.once_per(&format!("{folder}/node_modules"), &[lock], || {
        let sh = &house.sh;
        let version = cmd!(sh, "node --version").quiet().read().context("install Node 20.19 or newer")?;
        let mut numbers = version.trim_start_matches('v').split('.').map(str::parse::<u32>);
        let recent = matches!((numbers.next(), numbers.next()), (Some(Ok(20)), Some(Ok(19..))) | (Some(Ok(21..)), _));
        ensure!(recent, "install Node 20.19 or newer, this one is {version}");
        house.step(&format!("npm packages of {folder}"), || {
            let _there = sh.push_dir(house.at(folder));
            // Not `npm ci`: it wants the packages of every other platform in the lock file, and not every registry has them.
            quietly(cmd!(sh, "npm install --no-save --no-audit --no-fund"))
        })
    })
}

/// The virtual environment that wheels are built and tested in; gives its folder of programs.
pub(crate) fn venv(house: &House) -> Result<PathBuf> {
    let requirements = house.at("python/requirements-dev.txt");
    let bin = house.at("target/venv/bin");
    house.once_per("target/venv", std::slice::from_ref(&requirements), || {
        house.step("a Python virtual environment", || {
            let sh = &house.sh;
            let venv = house.at("target/venv");
            let recent = "import sys; assert sys.version_info >= (3, 11), sys.version";
            quietly(cmd!(sh, "python3 -c {recent}")).context("install Python 3.11 or newer, as python3")?;
            quietly(cmd!(sh, "python3 -m venv --clear {venv}"))?;
            quietly(cmd!(sh, "{venv}/bin/python -m pip install --quiet -r {requirements}"))
        })
    })?;
    Ok(bin)
}

/// The virtual environment, with this wheel in it.
pub(crate) fn venv_with(house: &House, wheel: &Path) -> Result<PathBuf> {
    let bin = venv(house)?;
    house.step("the wheel, installed", || {
        let sh = &house.sh;
        quietly(cmd!(sh, "{bin}/python -m pip install --quiet --force-reinstall --no-deps {wheel}"))
    })?;
    Ok(bin)
}

/// The npm packages of the tests, with this tarball among them.
pub(crate) fn tarball(house: &House, tarball: &Path) -> Result<()> {
    node_modules(house, "tests/npm")?;
    house.step("the tarball, installed", || {
        let sh = &house.sh;
        let _there = sh.push_dir(house.at("tests/npm"));
        quietly(cmd!(sh, "npm install --no-save --no-audit --no-fund {tarball}"))
    })
}
