//! `cargo xtask build | demo | test | differential | bench | soak | fuzz`: each sets up what it needs and says in one line a step what it does.

mod bench;
mod build;
mod demo;
mod differential;
mod fuzz;
mod house;
mod services;
mod soak;
mod stage;
mod test;
mod tools;

use clap::Parser;
use house::House;
use std::process::ExitCode;

#[derive(Parser)]
#[command(about, bin_name = "cargo xtask")]
enum Command {
    /// Builds the npm tarball and the Python wheel into target/dist
    Build,
    /// Delivers every documented event, and forgeries, to real servers and prints one table of verdicts
    Demo,
    /// Runs the whole suite
    Test,
    /// Shows that Rust, Node and Python read the same JSON
    Differential(differential::Generated),
    /// Measures receivers and stores
    #[command(subcommand)]
    Bench(bench::Bench),
    /// Counts what each store loses, and what it lets happen twice, when workers are killed
    Soak(soak::Length),
    /// Fuzzes the core against second opinions on it
    Fuzz {
        /// How long each target runs
        #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..))]
        seconds: u64,
    },
}

fn main() -> ExitCode {
    match run(&Command::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Without anyhow's backtrace: what matters is which step failed, and what it printed.
            eprintln!("\n{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: &Command) -> anyhow::Result<()> {
    let house = House::enter()?;
    match command {
        Command::Build => build::all(&house).map(drop),
        Command::Demo => demo::run(&house),
        Command::Test => test::run(&house),
        Command::Differential(generated) => differential::run(&house, generated),
        Command::Bench(bench) => bench::run(&house, bench),
        Command::Soak(length) => soak::run(&house, length),
        Command::Fuzz { seconds } => fuzz::run(&house, *seconds),
    }
}
