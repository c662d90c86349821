import type { StoredEvent } from '@cartage/eventsourcing';
import type { Pool, PoolClient } from 'pg';
import { advance, Overtaken, type Step } from './checkpoints';
import { changesOf, merge, type Merged } from './merging';
import type { States, StreamStates } from './stream-states';
import type { Target } from './tables';
import { writing } from './transaction';

/** Events that follow each other in the log, where they bring a table, and the states of their streams after them. */
export interface Batch {
  readonly events: readonly StoredEvent[];
  readonly step: Step;
  readonly states: States;
}

export const batchOf = async (
  { states, targets }: { readonly states: StreamStates; readonly targets: readonly Target[] },
  events: readonly StoredEvent[],
  step: Step,
): Promise<Batch> => ({
  events,
  step,
  states: await states.after(
    events,
    targets.map(({ view }) => view),
  ),
});

const mergedFor = ({ view }: Target, { events, states }: Batch): readonly Merged[] => merge(view, changesOf(view, events, states));

/**
 * Rows and positions of these targets, all or nothing; `last` in the same transaction. The positions go first: their lock keeps a second
 * writer out.
 */
export const apply = async (
  pool: Pool,
  targets: readonly Target[],
  batch: Batch,
  last?: (client: PoolClient) => Promise<void>,
): Promise<void> => {
  const changes = targets.map((target) => mergedFor(target, batch));
  const tables = targets.map(({ table }) => table);
  await writing(pool, async (client) => {
    await advance(client, tables, batch.step);
    for (const [i, { writer }] of targets.entries()) await writer.write(client, changes[i] ?? []);
    await last?.(client);
  });
};

export interface Failure {
  readonly target: Target;
  readonly error: unknown;
}

/**
 * Applies to all targets together; if that fails, to each by itself, so that a faulty view hurts only itself. Answers with those that failed;
 * throws when none could be written.
 */
export const applyWhereItWorks = async (pool: Pool, targets: readonly Target[], batch: Batch): Promise<readonly Failure[]> => {
  if (targets.length === 0) return [];
  try {
    await apply(pool, targets, batch);
    return [];
  } catch (error) {
    if (error instanceof Overtaken || targets.length === 1) throw error;
  }
  const failures = await applyEach(pool, targets, batch);
  const fatal = failures.find(({ error }) => error instanceof Overtaken) ?? (failures.length === targets.length ? failures[0] : undefined);
  if (fatal) throw fatal.error;
  return failures;
};

const applyEach = async (pool: Pool, targets: readonly Target[], batch: Batch): Promise<readonly Failure[]> => {
  const failures: Failure[] = [];
  for (const target of targets) await apply(pool, [target], batch).catch((error: unknown) => failures.push({ target, error }));
  return failures;
};
