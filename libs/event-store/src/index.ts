/**
 * The event-store port on Postgres and on KurrentDB.
 *
 * Rows of your own and events in one transaction (Postgres only):
 *
 *     const store = postgresEventStore({ pool });
 *     const outcomes = await store.transaction(async ({ client, appendMany }) => {
 *       await client.query('update stock set reserved = reserved + $1 where sku = $2', [2, 'A']);
 *       return appendMany([{ stream: 'reservation-1', expected: 0, events }]);
 *     });
 *
 * What `transaction` answers is committed. Throw inside to undo all of it; a conflict is an outcome and undoes nothing by itself. After a deadlock
 * it runs again from the start. Append last: from then on every other append to this log waits for the commit.
 */
export { deadlineFigures, migrateDeadlines, postgresDeadlines, type PostgresDeadlinesOptions } from './postgres/deadlines';
export { SigningKey, VerifyingKey, type Attestation } from './attestation/attestation';
export {
  attestNews,
  checkAllAttestations,
  checkAttestations,
  type AttestedLog,
  type Break,
  type BreakKind,
  type Checked,
} from './attestation/attesting';
export { archiveBucket, type ArchiveBucketOptions } from './archive/bucket';
export { archiveFolder, type ArchiveFiles } from './archive/files';
export { keptNear } from './archive/kept-near';
export { proofOf, type ProvenLog, type UnprovenFile } from './archive/proof';
export { archiveLog } from './postgres/archiving';
export type { ArchivedFile, ArchivedLog, ArchivingNeeds, Excerpts, ToArchive } from './postgres/clearing';
export { archivedFilesIn, type KeptFile } from './postgres/archived-files';
export { attestedLogIn, migrateAttestations } from './postgres/attested-log';
export { lastLogged, LOGGED_EVENTS, loggedBetween, loggedEvent } from './postgres/logged-events';
export { migrateEventStore } from './postgres/schema';
export {
  joinsTransactions,
  postgresEventStore,
  type Joined,
  type PostgresEventStore,
  type PostgresEventStoreOptions,
} from './postgres/store';
export { migrateCauseIndex } from './kurrent/cause-index';
export { kurrentEventStore, type KurrentEventStore, type KurrentEventStoreOptions } from './kurrent/store';
export { openEventStore, type OpenedEventStore, type OpenEventStoreOptions } from './open';
