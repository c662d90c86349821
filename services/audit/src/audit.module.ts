import { forgetting, sweeping, type Forgettable, type Kit, type Parts, type Service } from '@cartage/service-kit';
import { Auditing } from './app/auditing';
import { Findings } from './app/findings';
import type { Shelf } from './app/shelf';
import { settings, type AuditSettings } from './config';
import { AuditController, FINDINGS } from './edge/audit.controller';
import { auditReadings } from './edge/audit-readings';
import { findingTableIn } from './edge/finding-table';
import { listenersOf } from './edge/listeners';
import { Books1764600000000 } from './edge/migrations/1764600000000-books';
import { shelfIn } from './edge/postgres-shelf';

export { Audit, lineOf, nameOf } from './domain/audit';
export type { Book, Heard, Stamp } from './domain/book';
export { type Expectation, type Finding, type FindingKind } from './domain/judging';

type Given = Kit<AuditSettings>;

const FORGET_FINDINGS = `
  delete from finding where finding_id in (select finding_id from finding where closed_at < $1 limit $2 for update skip locked)`;
const FORGET_MINUTES = `delete from heard_minute where minute in (select minute from heard_minute where minute < $1 limit $2)`;

const forgettablesOf = ({ settings: given, pool }: Given, shelf: Shelf): readonly Forgettable[] => {
  const by =
    (statement: string): Forgettable['forget'] =>
    async (before, limit) =>
      (await pool.query(statement, [before, limit])).rowCount ?? 0;
  return [
    { what: 'what was heard of settled orders', days: given.AUDIT_BOOK_DAYS, forget: shelf.forget },
    { what: 'findings that ended', days: given.AUDIT_FINDING_DAYS, forget: by(FORGET_FINDINGS) },
    { what: 'how old the facts were that were heard', days: 1, forget: by(FORGET_MINUTES) },
  ];
};

const compose = (kit: Given): Parts => {
  const { pool, now, clock, log } = kit;
  const shelf = shelfIn(pool, now);
  const auditing = new Auditing({ shelf, now });
  const everyMs = kit.settings.AUDIT_EVERY_SECONDS * 1_000;
  const looking = sweeping(() => auditing.look(), { clock, log, everyMs, trouble: 'it is not looked for what is overdue' });
  const forgettingOld = forgetting(forgettablesOf(kit, shelf), kit);
  return {
    controllers: [AuditController],
    providers: [{ provide: FINDINGS, useValue: new Findings({ table: findingTableIn(pool), shelf, now }) }],
    listeners: listenersOf(auditing.hear),
    readings: auditReadings(pool, now),
    start: async () => {
      await looking.start();
      await forgettingOld.start();
    },
    stop: async () => void (await Promise.all([looking.stop(), forgettingOld.stop()])),
  };
};

/** Hears everything, and says what did not follow in time, has no cause or is there twice. */
export const auditService: Service<AuditSettings> = {
  name: 'audit',
  schema: 'audit',
  title: 'Cartage audit',
  paths: ['audit'],
  area: 'operations',
  port: 3009,
  settings,
  migrations: [Books1764600000000],
  views: [],
  compose,
};
