-- The first two are what `schema()` of hookseal/sql gives.
CREATE TABLE IF NOT EXISTS hookseal_claims (
  key text NOT NULL PRIMARY KEY,
  token text NOT NULL,
  state text NOT NULL,
  until bigint NOT NULL
);
CREATE INDEX IF NOT EXISTS hookseal_claims_until ON hookseal_claims (until);
CREATE TABLE reports (id text NOT NULL, kit text);
