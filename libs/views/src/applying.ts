import type { StoredEvent } from '@cartage/eventsourcing';
import type { Pool } from 'pg';
import type { States } from './folding';
import { changesOf, merge } from './merging';
import { advance, advanceNext, Overtaken, type Step } from './registry';
import { transaction } from './transaction';
import type { Target } from './targets';
import { statementsFor, write, type Statement } from './writing';

/** Events that follow each other in the log, and the states of their streams after them. */
export interface Batch {
  readonly events: readonly StoredEvent[];
  readonly states: States;
}

export const statementsOf = (target: Target, { events, states }: Batch): readonly Statement[] =>
  statementsFor(target, merge(target.view, changesOf(target.view, events, states)));

/** Rows and positions of these targets, all or nothing. The position goes first: its lock keeps a second writer out. */
export const apply = async (pool: Pool, targets: readonly Target[], batch: Batch, step: Step): Promise<void> => {
  const statements = targets.flatMap((target) => statementsOf(target, batch));
  await transaction(pool, async (client) => {
    const [first] = targets;
    if (first?.shadow) await advanceNext(client, first.view.name, first.definition, step);
    else await advance(client, targets.map(registered), step);
    await write(client, statements);
  });
};

const registered = ({ view, definition }: Target): { readonly name: string; readonly definition: string } => ({
  name: view.name,
  definition,
});

export interface Failure {
  readonly target: Target;
  readonly error: unknown;
}

/**
 * Applies to all targets together; if that fails, to each alone, so that a faulty view hurts only itself. Answers with those that failed;
 * throws when none could be written.
 */
export const applyWhereItWorks = async (pool: Pool, targets: readonly Target[], batch: Batch, step: Step): Promise<readonly Failure[]> => {
  if (targets.length === 0) return [];
  try {
    await apply(pool, targets, batch, step);
    return [];
  } catch (error) {
    if (error instanceof Overtaken || targets.length === 1) throw error;
  }
  const failures = await applyEach(pool, targets, batch, step);
  const fatal = failures.find(({ error }) => error instanceof Overtaken) ?? (failures.length === targets.length ? failures[0] : undefined);
  if (fatal) throw fatal.error;
  return failures;
};

const applyEach = async (pool: Pool, targets: readonly Target[], batch: Batch, step: Step): Promise<readonly Failure[]> => {
  const failures: Failure[] = [];
  for (const target of targets) await apply(pool, [target], batch, step).catch((error: unknown) => failures.push({ target, error }));
  return failures;
};
