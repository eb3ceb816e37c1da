/**
 * Stores in a database that many processes share: each either with a lease, or with claim and effect in one transaction.
 *
 * @packageDocumentation
 */
import "hookseal";

export { schema } from "./sql/claims.js";
export { D1Store, D1Transactions, type D1, type D1Batch } from "./sql/d1.js";
export { PostgresStore, PostgresTransactions, type PostgresClient, type PostgresPool } from "./sql/postgres.js";
export { SqliteStore, SqliteTransactions, type SqliteDatabase } from "./sql/sqlite.js";
