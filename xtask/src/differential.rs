//! One value in three languages: documents made to be misread, through the core, the tarball and the wheel.

use crate::build;
use crate::house::{House, quietly};
use crate::tools;
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use xshell::cmd;

const FOLDER: &str = "target/differential";

/// How many differences are shown.
const SHOWN: usize = 5;

/// Which documents are generated.
#[derive(clap::Args)]
pub(crate) struct Generated {
    /// How many documents to generate, beside the cases of JSONTestSuite
    #[arg(long = "documents", default_value_t = Self::default().count)]
    count: u32,
    /// The same seed gives the same documents
    #[arg(long, default_value_t = Self::default().seed)]
    seed: u64,
}

impl Default for Generated {
    fn default() -> Self {
        Self { count: 10_000, seed: 1 }
    }
}

/// Builds and installs the packages, then compares.
pub(crate) fn run(house: &House, generated: &Generated) -> Result<()> {
    let packages = build::all(house)?;
    tools::tarball(house, &packages.tarball)?;
    tools::venv_with(house, &packages.wheel)?;
    compare(house, generated)
}

/// Compares the core with the packages that are installed for the tests.
pub(crate) fn compare(house: &House, generated: &Generated) -> Result<()> {
    let python = tools::venv(house)?.join("python");
    house.step("the same JSON in Rust, Node and Python", || {
        let folder = house.empty(FOLDER)?;
        let documents = folder.join("documents");
        let cases = write(house, &python, generated, &documents)?;

        let (sh, readers) = (&house.sh, house.at("tests/differential"));
        let answers = ["rust", "node", "python"].map(|reader| folder.join(reader));
        let [by_rust, by_node, by_python] = &answers;
        quietly(cmd!(sh, "cargo run --quiet --package hookseal-differential -- {documents} {by_rust}"))?;
        quietly(cmd!(sh, "node {readers}/reader.js {documents} {by_node}"))?;
        quietly(cmd!(sh, "{python} {readers}/reader.py {documents} {by_python}"))?;

        let Tally { accepted, refused, differences } = tally(&documents, &answers)?;
        let count = generated.count;
        println!(
            "    {count} documents and {cases} cases: {accepted} accepted, {refused} refused, {differences} differences"
        );
        ensure!(differences == 0, "{differences} documents are not read alike, or not as they must be");
        Ok(())
    })
}

/// Writes the documents, and gives how many of them are cases of JSONTestSuite.
fn write(house: &House, python: &Path, generated: &Generated, documents: &Path) -> Result<usize> {
    let (sh, there) = (&house.sh, house.at("tests/differential"));
    let (count, seed) = (generated.count.to_string(), generated.seed.to_string());
    let generated = cmd!(sh, "{python} {there}/documents {count} {seed}").quiet().read()?;
    let cases = cmd!(sh, "node {there}/suite.js").quiet().read()?;
    fs::write(documents, format!("{generated}\n{cases}\n"))?;
    Ok(cases.lines().count())
}

#[derive(Default)]
struct Tally {
    accepted: usize,
    refused: usize,
    differences: usize,
}

/// Compares answer by answer, and shows the first differences.
fn tally(documents: &Path, answers: &[PathBuf; 3]) -> Result<Tally> {
    let documents = fs::read_to_string(documents)?;
    let [rust, node, python] = answers.each_ref().map(fs::read_to_string);
    let (rust, node, python) = (rust?, node?, python?);
    for answers in [&rust, &node, &python] {
        ensure!(answers.lines().count() == documents.lines().count(), "some documents have no answer");
    }

    let mut tally = Tally::default();
    let answers = rust.lines().zip(node.lines()).zip(python.lines());
    for (line, ((rust, node), python)) in documents.lines().zip(answers) {
        let (about, bytes) = line.rsplit_once('\t').context("a document without bytes")?;
        let (name, expected) = about.rsplit_once('\t').context("a document without a verdict")?;
        let (verdict, _) = rust.split_once(' ').context("an answer without a verdict")?;
        match verdict {
            "accepted" => tally.accepted += 1,
            _ => tally.refused += 1,
        }
        let alike = rust == node && rust == python;
        if alike && (expected == "any" || expected == verdict) {
            continue;
        }
        tally.differences += 1;
        if tally.differences <= SHOWN {
            eprintln!("    {name}, expected {expected}: {bytes}");
            eprintln!("      Rust:   {rust}\n      Node:   {node}\n      Python: {python}");
        }
    }
    Ok(tally)
}
