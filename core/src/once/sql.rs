//! The SQL store: one table, one set of statements, for SQLite (3.35 and later), D1 and PostgreSQL. Stores run them, and
//! [`claimed`](super::claimed) reads what a claim gives.

use std::fmt::Write;

/// The table, for those who run their own migrations; stores make it where it is not there.
pub const CREATE_TABLE: &str = "CREATE TABLE IF NOT EXISTS hookseal_claims (
  key text NOT NULL PRIMARY KEY,
  token text NOT NULL,
  state text NOT NULL,
  until bigint NOT NULL
)";

/// What sweeping looks for. Without it a sweep reads the whole table.
pub const CREATE_INDEX: &str = "CREATE INDEX IF NOT EXISTS hookseal_claims_until ON hookseal_claims (until)";

/// A statement, with the names of its parameters in it as `:name`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Statement {
    /// What a store does with it.
    pub name: &'static str,
    /// With `:name` for each parameter.
    pub text: &'static str,
    /// The parameters' names, in the order in which they are numbered.
    pub parameters: &'static [&'static str],
}

/// How a database's driver wants its parameters written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Dialect {
    /// `?1`: D1, `node:sqlite`, rusqlite.
    Question,
    /// `$1`: PostgreSQL itself, so `pg` and `tokio-postgres`.
    Dollar,
    /// `:name`: Python's `sqlite3`, SQLAlchemy's `text`.
    Named,
    /// `%(name)s`: psycopg, Django.
    Percent,
}

/// Every statement. A claim gives the row that is there after it; completing and releasing give a row if there was one to
/// end.
pub const STATEMENTS: [Statement; 8] = [
    Statement {
        name: "claim",
        text: "INSERT INTO hookseal_claims AS c (key, token, state, until) VALUES (:key, :token, 'claimed', :until)
ON CONFLICT (key) DO UPDATE SET
  token = CASE WHEN c.until <= :now THEN excluded.token ELSE c.token END,
  state = CASE WHEN c.until <= :now THEN excluded.state ELSE c.state END,
  until = CASE WHEN c.until <= :now THEN excluded.until ELSE c.until END
RETURNING token, state, until",
        parameters: &["key", "token", "until", "now"],
    },
    Statement {
        name: "complete",
        text: "UPDATE hookseal_claims SET state = 'completed', until = :until
WHERE key = :key AND token = :token AND state = 'claimed' RETURNING key",
        parameters: &["key", "token", "until"],
    },
    Statement {
        name: "release",
        text: "DELETE FROM hookseal_claims WHERE key = :key AND token = :token AND state = 'claimed' RETURNING key",
        parameters: &["key", "token"],
    },
    Statement {
        name: "sweep",
        text: "DELETE FROM hookseal_claims WHERE key IN (SELECT key FROM hookseal_claims WHERE until <= :now LIMIT 500)",
        parameters: &["now"],
    },
    // For PostgreSQL, which has many writers: around what somebody claims anew just now, in a transaction that may last. The time
    // twice, because where it had to wait all the same it looks again at the outer condition alone.
    Statement {
        name: "sweep_unlocked",
        text: "DELETE FROM hookseal_claims WHERE until <= :now AND key IN (
  SELECT key FROM hookseal_claims WHERE until <= :now LIMIT 500 FOR UPDATE SKIP LOCKED
)",
        parameters: &["now"],
    },
    // For PostgreSQL, where making an index that is there already would wait for every open transaction, and all others for it.
    Statement {
        name: "is_set_up",
        text: "SELECT 1 WHERE to_regclass('hookseal_claims') IS NOT NULL AND to_regclass('hookseal_claims_until') IS NOT NULL",
        parameters: &[],
    },
    // For D1, whose transactions are batches: what is there before the handler runs, and then, with what the handler added, one
    // batch. Where the key is live, the state becomes NULL, which the table refuses, and so
    // the whole batch is rolled back.
    Statement {
        name: "look",
        text: "SELECT token, state, until FROM hookseal_claims WHERE key = :key AND until > :now",
        parameters: &["key", "now"],
    },
    Statement {
        name: "complete_in_batch",
        text: "INSERT INTO hookseal_claims AS c (key, token, state, until) VALUES (:key, :token, 'completed', :until)
ON CONFLICT (key) DO UPDATE SET token = excluded.token, until = excluded.until,
  state = CASE WHEN c.until <= :now THEN excluded.state END",
        parameters: &["key", "token", "until", "now"],
    },
];

impl Statement {
    /// The statement of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        STATEMENTS.iter().find(|statement| statement.name == name)
    }

    /// The statement as a driver wants it.
    ///
    /// # Examples
    ///
    /// ```
    /// use hookseal::sql::{Dialect, Statement};
    ///
    /// let sweep = Statement::named("sweep").ok_or("no such statement")?;
    /// assert!(sweep.render(Dialect::Dollar).contains("until <= $1 LIMIT"));
    /// assert!(sweep.render(Dialect::Percent).contains("until <= %(now)s LIMIT"));
    /// # Ok::<(), &str>(())
    /// ```
    #[must_use]
    pub fn render(&self, dialect: Dialect) -> String {
        let mut rendered = String::new();
        let mut rest = self.text;
        while let Some((before, after)) = rest.split_once(':') {
            rendered.push_str(before);
            let length = after.bytes().take_while(u8::is_ascii_lowercase).count();
            let (name, after) = after.split_at(length);
            let number = self.parameters.iter().take_while(|&&parameter| parameter != name).count() + 1;
            // Writing to a String cannot fail.
            let _ = match dialect {
                Dialect::Question => write!(rendered, "?{number}"),
                Dialect::Dollar => write!(rendered, "${number}"),
                Dialect::Named => write!(rendered, ":{name}"),
                Dialect::Percent => write!(rendered, "%({name})s"),
            };
            rest = after;
        }
        rendered.push_str(rest);
        rendered
    }
}
