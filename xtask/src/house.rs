//! Where things are, and how commands are run there.

use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;
use xshell::{Cmd, Shell};

/// The checkout, seen from its root.
pub(crate) struct House {
    pub(crate) sh: Shell,
    root: PathBuf,
}

impl House {
    pub(crate) fn enter() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("xtask lies in the workspace")?.to_owned();
        let sh = Shell::new()?;
        sh.change_dir(&root);
        // Whatever the user's own setting: the packages are looked for below the checkout.
        sh.set_var("CARGO_TARGET_DIR", root.join("target"));
        Ok(Self { sh, root })
    }

    /// A path below the root, written with `/`.
    pub(crate) fn at(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// An empty folder, whatever was there before.
    pub(crate) fn empty(&self, path: &str) -> Result<PathBuf> {
        let dir = self.at(path);
        self.sh.remove_path(&dir)?;
        self.sh.create_dir(&dir)?;
        Ok(dir)
    }

    /// Says what is done, does it, and says how long it took.
    pub(crate) fn step<T>(&self, what: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        eprintln!("==> {what}");
        let start = Instant::now();
        let done = work().with_context(|| format!("failed: {what}"))?;
        eprintln!("    {:.1} s", start.elapsed().as_secs_f64());
        Ok(done)
    }

    /// Does the work that fills a folder, unless it was last filled from these very inputs. What it was filled from is
    /// remembered inside it, so that it is forgotten with it.
    pub(crate) fn once_per(&self, folder: &str, inputs: &[PathBuf], fill: impl FnOnce() -> Result<()>) -> Result<()> {
        let mut now = Vec::new();
        for input in inputs {
            now.extend(fs::read(input).with_context(|| format!("cannot read {}", input.display()))?);
        }
        let stamp = self.at(folder).join(".filled-from");
        if fs::read(&stamp).is_ok_and(|then| then == now) {
            return Ok(());
        }
        fill()?;
        fs::write(&stamp, now).context("cannot remember what was done")
    }
}

/// Runs a command, and shows what it printed only if it failed.
pub(crate) fn quietly(command: Cmd<'_>) -> Result<()> {
    captured(command).map(drop)
}

/// Runs tests, and shows how many there were.
pub(crate) fn counting(command: Cmd<'_>) -> Result<()> {
    let printed = captured(command)?;
    let counts = printed
        .lines()
        .filter(|line| ["test result:", "# pass", "# fail", " passed"].iter().any(|&count| line.contains(count)));
    counts.for_each(|line| println!("    {line}"));
    Ok(())
}

fn captured(command: Cmd<'_>) -> Result<String> {
    let shown = command.to_string();
    let output = command.quiet().ignore_status().output()?;
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    if !output.status.success() {
        eprint!("{printed}{}", String::from_utf8_lossy(&output.stderr));
        anyhow::bail!("{shown}: {}", output.status);
    }
    Ok(printed)
}
