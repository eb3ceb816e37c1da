-- The app's own: the table of claims is made by the store's setup(), or by migrations of what hookseal.sql.schema() says.
CREATE TABLE IF NOT EXISTS reports (id text PRIMARY KEY, kit text);
