//! Redis and PostgreSQL, for the tests of the stores: installed where they are not there, started on free ports, and gone with
//! the suite.

use crate::house::{House, quietly};
use crate::tools;
use anyhow::{Context, Result, ensure};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use xshell::cmd;

/// Started, until it is dropped.
pub(crate) struct Services {
    child: Child,
    where_: BTreeMap<String, String>,
}

impl Services {
    pub(crate) fn start(house: &House) -> Result<Self> {
        install(house)?;
        tools::node_modules(house, "tests/npm")?;
        house.step("Redis, a cluster of it, and PostgreSQL", || {
            let script = house.at("tests/npm/services/main.js");
            let mut child = Command::new("node").arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
            let mut line = String::new();
            BufReader::new(child.stdout.take().context("no output")?).read_line(&mut line)?;
            let where_ = serde_json::from_str(&line).context("the services did not start")?;
            Ok(Self { child, where_ })
        })
    }

    /// Tells whatever is run from now on where they are.
    pub(crate) fn announce(&self, house: &House) {
        self.where_.iter().for_each(|(name, value)| house.sh.set_var(name, value));
    }
}

impl Drop for Services {
    fn drop(&mut self) {
        // The end of its input ends it.
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

/// Node 24, which has `node:sqlite`, from its npm packaging.
pub(crate) fn node_24(house: &House) -> Result<PathBuf> {
    tools::node_modules(house, "tests/npm")?;
    Ok(house.at("tests/npm/node_modules/node24/bin/node"))
}

/// Debian's packages; elsewhere they are the user's to install.
pub(crate) fn install(house: &House) -> Result<()> {
    let sh = &house.sh;
    let has_redis = cmd!(sh, "redis-server --version").quiet().ignore_stdout().ignore_stderr().run().is_ok();
    let has_postgres = Path::new("/usr/lib/postgresql").is_dir() || cmd!(sh, "initdb --version").quiet().read().is_ok();
    if has_redis && has_postgres {
        return Ok(());
    }
    let is_root = cmd!(sh, "id -u").quiet().read().is_ok_and(|id| id == "0");
    ensure!(is_root, "install redis-server and postgresql: the stores are tested on the real ones");
    house.step("Redis and PostgreSQL, installed", || {
        let _quiet = sh.push_env("DEBIAN_FRONTEND", "noninteractive");
        quietly(cmd!(sh, "apt-get update"))?;
        quietly(cmd!(sh, "apt-get install --yes --no-install-recommends redis-server postgresql"))
    })
}
