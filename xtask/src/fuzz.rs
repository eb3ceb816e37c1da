//! The fuzz targets, one after the other, with one line of figures each.

use crate::house::{House, quietly};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use xshell::cmd;

/// Each target, and the dictionary of what its inputs are made of.
const TARGETS: [(&str, &str); 3] =
    [("signature", "signature.dict"), ("strict_json", "json.dict"), ("event", "json.dict")];

const CARGO_FUZZ_VERSION: &str = "0.13.2";

pub(crate) fn run(house: &House, seconds: u64) -> Result<()> {
    let cargo_fuzz = cargo_fuzz(house)?;
    house.step("the fuzz targets", || {
        let sh = &house.sh;
        let (seeds, corpus) = (house.at("fuzz/seeds.py"), house.at("fuzz/corpus"));
        quietly(cmd!(sh, "python3 {seeds} {corpus}")).context("install Python 3.11 or newer, as python3")?;
        let options = options(house);
        quietly(cmd!(sh, "{cargo_fuzz} build {options...}")).context("install a C++ compiler, as c++: libFuzzer is C++")
    })?;
    TARGETS.iter().try_for_each(|(target, words)| {
        let figures = house.step(&format!("fuzzing {target}"), || fuzz(house, &cargo_fuzz, target, words, seconds))?;
        println!("    {target}: {figures}");
        Ok(())
    })
}

/// Without a sanitizer, the stable toolchain will do: the core forbids unsafe code, so a sanitizer would watch others'.
fn options(house: &House) -> [PathBuf; 6] {
    let (folder, target) = (house.at("fuzz"), house.at("target/fuzz"));
    ["--fuzz-dir".into(), folder, "--target-dir".into(), target, "--sanitizer".into(), "none".into()]
}

fn cargo_fuzz(house: &House) -> Result<PathBuf> {
    let folder = format!("target/tools/cargo-fuzz-{CARGO_FUZZ_VERSION}");
    let root = house.at(&folder);
    house.once_per(&folder, &[], || {
        house.step("cargo-fuzz", || {
            let version = CARGO_FUZZ_VERSION;
            quietly(cmd!(house.sh, "cargo install cargo-fuzz --version {version} --locked --root {root}"))
        })
    })?;
    Ok(root.join("bin/cargo-fuzz"))
}

fn fuzz(house: &House, cargo_fuzz: &Path, target: &str, words: &str, seconds: u64) -> Result<String> {
    let options = &options(house);
    let corpus = house.at("fuzz/corpus").join(target);
    let words = house.at("fuzz").join(words);
    let limits = [format!("-max_total_time={seconds}"), "-max_len=4096".to_owned(), "-timeout=10".to_owned()];
    let run = cmd!(house.sh, "{cargo_fuzz} run {options...} {target} {corpus} -- -dict={words} {limits...}");
    let output = run.quiet().ignore_status().output()?;
    let log = String::from_utf8_lossy(&output.stderr);
    if output.status.success() {
        return figures(&log).context("libFuzzer told no figures");
    }
    let is_cause = |line: &str| line.contains("panicked at") || line.contains("ERROR:");
    log.lines().skip_while(|line| !is_cause(line)).take(6).for_each(|line| eprintln!("{line}"));
    match log.lines().find_map(|line| line.split_once("Test unit written to ")) {
        Some((_, input)) => {
            let again = cmd!(house.sh, "{cargo_fuzz} run {options...} {target} {input}");
            bail!("found {input}, to be seen again with\n{again}")
        }
        None => bail!("{}: {log}", output.status),
    }
}

/// From libFuzzer's last line: how often it ran, how fast, and the edges (`cov`) and features (`ft`) that it reached.
fn figures(log: &str) -> Option<String> {
    let words: Vec<_> = log.lines().find(|line| line.contains("DONE"))?.split_whitespace().collect();
    let after = |name| words.iter().skip_while(|&&word| word != name).nth(1);
    let runs = words.first()?.trim_start_matches('#');
    let (speed, edges, features) = (after("exec/s:")?, after("cov:")?, after("ft:")?);
    Some(format!("{runs} executions, {speed} exec/s, cov: {edges} ft: {features}"))
}
