import { fold, type Meta, type Stream, type Write } from '@cartage/eventsourcing';
import { likelyCause } from '../../domain/statements/cause';
import { difference, unitsOf, type Difference, type DifferenceEvent, type DifferenceSubject } from '../../domain/statements/difference';
import { driftConditions, type DriftTolerance } from '../../domain/watching/drift';
import { alertsOf } from '../../domain/watching/alerts';
import { append, type Drafted, type DraftingNeeds } from '../drafting';
import type { LedgerTransaction } from '../ledger';
import { draftFacts } from '../supply/booking';
import { alertStreams } from '../watching/alerting';
import type { ComparedSku, NearEvidence, Statement, StatementPlace, StatementTransaction } from './statement';

/** So many SKUs share a transaction. */
export const PAGE = 200;

export interface ComparingNeeds extends DraftingNeeds {
  readonly now: () => Date;
  readonly idFor: (...parts: readonly string[]) => string;
  /** What may be different of categories of which nothing is said. */
  readonly tolerance: DriftTolerance;
}

export type Transaction = LedgerTransaction & StatementTransaction;

export const differenceStream = (differenceId: string): string => `difference-${differenceId}`;

export const readDifference = ({ events }: Stream): Difference | undefined =>
  fold(difference, events as readonly unknown[] as readonly DifferenceEvent[]);

/** What a page of a statement came to; nothing where there is no more of it. */
export interface ComparedPage {
  readonly last: string;
  readonly differences: number;
  readonly units: number;
}

const nothingNear: NearEvidence = { before: [], after: [], updates: [] };

/** Compares the next SKUs of a statement with what we had at its instant, and writes down what is different and what is no more. */
export const comparePage = async (
  needs: ComparingNeeds,
  transaction: Transaction,
  { statement, after }: { readonly statement: Statement; readonly after: string },
  meta: Meta,
): Promise<ComparedPage | undefined> => {
  await transaction.lockPlace(statement);
  const { last, rows } = await transaction.compared(statement, { after, limit: PAGE });
  if (last === undefined) return undefined;
  const different = rows.filter((row) => unitsOf(row) !== 0);
  const near = await transaction.nearby(
    statement,
    different.map(({ sku }) => sku),
  );
  await write(needs, transaction, { statement, meta, rows: rows.filter((row) => unitsOf(row) !== 0 || row.watched), near });
  return { last, differences: different.length, units: different.reduce((sum, row) => sum + Math.abs(unitsOf(row)), 0) };
};

interface Page {
  readonly statement: Statement;
  readonly meta: Meta;
  readonly rows: readonly ComparedSku[];
  readonly near: ReadonlyMap<string, NearEvidence>;
}

const write = async (needs: ComparingNeeds, transaction: Transaction, { statement, meta, rows, near }: Page): Promise<void> => {
  if (rows.length === 0) return;
  const subjects = rows.map(({ sku }) => subjectOf(needs, statement, sku));
  const streams = await transaction.readMany(subjects.map(({ differenceId }) => differenceStream(differenceId)));
  const now = needs.now().toISOString();
  const decided = streams.flatMap((stream, i) => {
    const [row, subject] = [rows[i], subjects[i]];
    if (!row || !subject) return [];
    const { statementId, asOf } = statement;
    const before = readDifference(stream);
    const cause = likelyCause({ ...row, ...(near.get(row.sku) ?? nothingNear) });
    const said = { ...subject, statementId, asOf, theirs: row.theirs, ours: row.ours, cause, now };
    const events = difference.decide({ type: 'CompareStock', data: said }, before);
    const state = fold(difference, events, before);
    return events.length === 0 || !state ? [] : [{ state, draft: draftFacts(needs, stream, events, meta) }];
  });
  await transaction.writeDifferences(decided.map(({ state }) => state));
  const skus = rows.map(({ sku }) => sku);
  await append(transaction, [...decided.map(({ draft }) => draft), ...(await driftAlerts(needs, transaction, statement, skus))]);
};

const subjectOf = ({ idFor }: ComparingNeeds, { source, location, channel }: Statement, sku: string): DifferenceSubject => ({
  differenceId: idFor('stock-difference', source, location ?? '', channel ?? '', sku),
  ...{ source, sku },
  ...(location === undefined ? {} : { location }),
  ...(channel === undefined ? {} : { channel }),
});

/** Raises what is beyond what may be different, and withdraws what is so no more. */
export const driftAlerts = async (
  needs: ComparingNeeds,
  transaction: Transaction,
  place: StatementPlace,
  skus: readonly string[],
): Promise<readonly Drafted[]> => {
  const conditions = driftConditions(await transaction.openDifferences(place, skus, needs.tolerance));
  const standing = await transaction.standingDrifts(place, skus);
  const events = alertsOf(conditions, standing, { newId: needs.newId, now: needs.now().toISOString() });
  if (events.length === 0) return [];
  await transaction.writeAlerts(events);
  return alertStreams(needs, events).map((each: Write): Drafted => ({ write: () => each }));
};
