//! The README's tables are the core's.

use hookseal::{Code, Outcome, Provider};

/// The first three cells of each row of the table that begins like this.
fn rows<'a>(readme: &'a str, head: &str) -> Vec<Vec<&'a str>> {
    let table = readme.lines().skip_while(|line| !line.starts_with(head)).skip(2);
    table
        .take_while(|line| line.starts_with('|'))
        .map(|row| row.split('|').map(str::trim).skip(1).take(3).collect())
        .collect()
}

#[test]
fn the_table_of_events_is_the_catalogue() {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../README.md")).unwrap();
    let entries =
        Provider::ALL.into_iter().flat_map(|provider| provider.catalogue().iter().map(move |of| (provider, of)));
    let ours: Vec<_> =
        entries.map(|(by, of)| [format!("`{by}`"), format!("`{}`", of.name), of.about.to_owned()]).collect();
    assert_eq!(rows(&readme, "| provider | type |"), ours);
}

#[test]
fn the_table_of_errors_is_the_cores() {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../README.md")).unwrap();
    let ours = Code::ALL.map(|code| {
        let status = code.status().map_or("-".to_owned(), |status| status.to_string());
        [format!("`{code}`"), format!("{:?}", code.kind()), status]
    });
    assert_eq!(rows(&readme, "| code |"), ours);
}

#[test]
fn the_table_of_replies_is_the_cores() {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../README.md")).unwrap();
    let ours = Outcome::ALL.map(|outcome| vec![format!("`{outcome}`"), outcome.status().to_string()]);
    let shown: Vec<_> = rows(&readme, "| outcome |").into_iter().map(|row| row[..2].to_vec()).collect();
    assert_eq!(shown, ours);
}
