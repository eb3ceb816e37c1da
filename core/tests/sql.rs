//! The core's texts for stores: every statement in every dialect, on an SQLite that runs it, and the names of receivers.
#![expect(clippy::unwrap_used, reason = "what is not as it must be fails the test")]

use hookseal::host::Name;
use hookseal::sql::{CREATE_INDEX, CREATE_TABLE, Dialect, STATEMENTS, Statement};
use proptest::prelude::*;
use rusqlite::{Connection, ToSql, params_from_iter};

const DIALECTS: [Dialect; 4] = [Dialect::Question, Dialect::Dollar, Dialect::Named, Dialect::Percent];

/// How a dialect writes the parameter that has this number.
fn written(dialect: Dialect, number: usize, name: &str) -> String {
    match dialect {
        Dialect::Question => format!("?{number}"),
        Dialect::Dollar => format!("${number}"),
        Dialect::Named => format!(":{name}"),
        Dialect::Percent => format!("%({name})s"),
        _ => unreachable!("no dialect of those above"),
    }
}

/// Where the next parameter of this text is, and how long its name.
fn next(text: &str) -> Option<(usize, usize)> {
    let at = text.find(':')?;
    Some((at, text[at + 1..].find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(text.len() - at - 1)))
}

#[test]
fn every_parameter_is_rendered_by_its_number_or_name_and_nothing_else_is_changed() {
    for Statement { text, parameters, name, .. } in STATEMENTS {
        for dialect in DIALECTS {
            let (mut expected, mut rest) = (String::new(), text);
            let mut used = Vec::new();
            while let Some((at, length)) = next(rest) {
                let parameter = &rest[at + 1..at + 1 + length];
                let number = 1 + parameters.iter().position(|&other| other == parameter).unwrap();
                expected += &rest[..at];
                expected += &written(dialect, number, parameter);
                used.push(number);
                rest = &rest[at + 1 + length..];
            }
            expected += rest;
            let rendered = Statement::named(name).unwrap().render(dialect);
            assert_eq!(rendered, expected);
            // Every one of them, and what else a driver might take for one is not there.
            assert!((1..=parameters.len()).all(|number| used.contains(&number)), "{name}");
            let signs = match dialect {
                Dialect::Question => ":$%",
                Dialect::Dollar => ":?%",
                Dialect::Named => "?$%",
                _ => ":?$",
            };
            assert!(!rendered.contains(|c| signs.contains(c)), "{rendered}");
        }
    }
}

#[test]
fn statements_have_names_of_their_own() {
    for (n, statement) in STATEMENTS.iter().enumerate() {
        assert_eq!(STATEMENTS.iter().position(|other| other.name == statement.name), Some(n));
        assert_eq!(Statement::named(statement.name), Some(statement));
    }
    assert_eq!(Statement::named("drop"), None);
}

fn database() -> Connection {
    let database = Connection::open_in_memory().unwrap();
    database.execute_batch(CREATE_TABLE).unwrap();
    database.execute_batch(CREATE_INDEX).unwrap();
    database
}

/// Its rows' first columns.
fn run(database: &Connection, dialect: Dialect, name: &str, values: &[(&str, &dyn ToSql)]) -> Vec<String> {
    let statement = Statement::named(name).unwrap();
    let mut prepared = database.prepare(&statement.render(dialect)).unwrap();
    assert_eq!(prepared.parameter_count(), statement.parameters.len());
    let first = |row: &rusqlite::Row<'_>| row.get(0);
    let value = |name: &str| values.iter().find(|(other, _)| *other == name).unwrap().1;
    let rows = if dialect == Dialect::Named {
        let names: Vec<_> = statement.parameters.iter().map(|name| format!(":{name}")).collect();
        let named: Vec<_> = names.iter().map(|name| (name.as_str(), value(&name[1..]))).collect();
        prepared.query_map(&named[..], first).unwrap().collect::<Result<_, _>>()
    } else {
        let numbered = statement.parameters.iter().map(|name| value(name));
        prepared.query_map(params_from_iter(numbered), first).unwrap().collect()
    };
    rows.unwrap()
}

#[test]
fn every_statement_runs_on_sqlite_numbered_and_named() {
    for dialect in [Dialect::Question, Dialect::Named] {
        let database = database();
        let mine: [(&str, &dyn ToSql); 4] = [("key", &"key"), ("token", &"mine"), ("until", &2000), ("now", &1000)];
        let theirs: [(&str, &dyn ToSql); 4] = [("key", &"key"), ("token", &"theirs"), ("until", &2000), ("now", &1000)];
        let later: [(&str, &dyn ToSql); 4] = [("key", &"key"), ("token", &"later"), ("until", &3000), ("now", &2000)];
        let nobody: [&str; 0] = [];
        assert_eq!(run(&database, dialect, "look", &mine), nobody);
        assert_eq!(run(&database, dialect, "claim", &mine), ["mine"]);
        assert_eq!(run(&database, dialect, "claim", &theirs), ["mine"]);
        assert_eq!(run(&database, dialect, "look", &theirs), ["mine"]);
        assert_eq!(run(&database, dialect, "release", &theirs), nobody);
        assert_eq!(run(&database, dialect, "release", &mine), ["key"]);
        assert_eq!(run(&database, dialect, "claim", &theirs), ["theirs"]);
        assert_eq!(run(&database, dialect, "complete", &mine), nobody);
        assert_eq!(run(&database, dialect, "complete", &theirs), ["key"]);
        assert_eq!(run(&database, dialect, "complete", &theirs), nobody);
        assert_eq!(run(&database, dialect, "claim", &mine), ["theirs"]);
        assert_eq!(run(&database, dialect, "claim", &later), ["later"]);
        assert_eq!(run(&database, dialect, "sweep", &[("now", &2999)]), nobody);
        assert_eq!(run(&database, dialect, "look", &later), ["later"]);
        assert_eq!(run(&database, dialect, "sweep", &[("now", &3000)]), nobody);
        assert_eq!(run(&database, dialect, "complete_in_batch", &mine), nobody);
        assert_eq!(run(&database, dialect, "look", &mine), ["mine"]);
        assert_eq!(run(&database, dialect, "complete_in_batch", &later), nobody);
        assert_eq!(run(&database, dialect, "look", &later), ["later"]);
    }
}

/// By the error that stores look for.
#[test]
fn a_batch_fails_where_the_key_is_live() {
    let database = database();
    let completed = Statement::named("complete_in_batch").unwrap().render(Dialect::Question);
    database.execute(&completed, ("key", "mine", 2000, 1000)).unwrap();
    let error = database.execute(&completed, ("key", "theirs", 2999, 1999)).unwrap_err();
    assert!(error.to_string().contains("hookseal_claims.state"), "{error}");
    let token: String = database.query_row("SELECT token FROM hookseal_claims", [], |row| row.get(0)).unwrap();
    assert_eq!(token, "mine");
}

#[test]
fn a_sweep_is_bounded() {
    let database = database();
    let claim = Statement::named("claim").unwrap().render(Dialect::Question);
    let mut claim = database.prepare(&claim).unwrap();
    for n in 0..501 {
        claim.query_row((format!("key {n}"), "mine", 1000, 0), |_| Ok(())).unwrap();
    }
    let sweep = Statement::named("sweep").unwrap().render(Dialect::Question);
    assert_eq!([database.execute(&sweep, [1000]), database.execute(&sweep, [1000])], [Ok(500), Ok(1)]);
}

#[test]
fn the_table_and_its_index_can_be_made_again() {
    let database = database();
    run(&database, Dialect::Named, "claim", &[("key", &"key"), ("token", &"mine"), ("until", &1), ("now", &0)]);
    database.execute_batch(CREATE_TABLE).unwrap();
    database.execute_batch(CREATE_INDEX).unwrap();
    assert_eq!(run(&database, Dialect::Named, "look", &[("key", &"key"), ("now", &0)]), ["mine"]);
}

proptest! {
    #[test]
    fn a_name_is_kept_as_it_is(name in "[A-Za-z0-9._-]{1,64}", key in ".{1,80}") {
        let stored = Name::new(&name).unwrap().key(&key);
        prop_assert_eq!(stored.split_once(':').unwrap(), (&*name, &*key));
    }

    #[test]
    fn any_other_name_is_refused(before in "[A-Za-z0-9._-]{0,31}", odd in "[^A-Za-z0-9._-]", after in "[A-Za-z0-9._-]{0,31}") {
        let name = [before, odd, after].concat();
        prop_assert!(Name::new(&name).is_err());
    }

    #[test]
    fn a_name_that_is_too_long_is_refused(name in "[A-Za-z0-9._-]{65,100}") {
        prop_assert!(Name::new(&name).is_err());
    }
}

#[test]
fn a_name_is_not_empty() {
    assert!(Name::new("").is_err());
}
