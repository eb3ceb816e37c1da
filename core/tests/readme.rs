//! The README's table of errors is the core's.

use hookseal::Code;

/// The first three cells of each row of the table whose first column is called `code`.
fn rows(readme: &str) -> Vec<Vec<&str>> {
    let table = readme.lines().skip_while(|line| !line.starts_with("| code |")).skip(2);
    table
        .take_while(|line| line.starts_with('|'))
        .map(|row| row.split('|').map(str::trim).skip(1).take(3).collect())
        .collect()
}

#[test]
fn the_table_of_errors_is_the_cores() {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../README.md")).unwrap();
    let ours = Code::ALL.map(|code| {
        let status = code.status().map_or("-".to_owned(), |status| status.to_string());
        [format!("`{code}`"), format!("{:?}", code.kind()), status]
    });
    assert_eq!(rows(&readme), ours);
}
