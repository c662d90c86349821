import type { StoredEvent } from '@cartage/eventsourcing';
import type { States } from './folding';
import type { AnyView, Change, Deltas, Row } from './view';

/**
 * What remains of a batch for one row. `set` and `deltas` hold no column of the key and no column twice; the deltas of a put are of columns that take
 * their default.
 */
export type Merged =
  | { readonly kind: 'put'; readonly row: Row; readonly deltas: Deltas }
  | { readonly kind: 'patch'; readonly key: Row; readonly set: Row; readonly deltas: Deltas }
  | { readonly kind: 'remove'; readonly key: Row };

type Keyed = Pick<AnyView, 'name' | 'key'>;

/** The changes of these events, in order. */
export const changesOf = (view: AnyView, events: readonly StoredEvent[], states: States): readonly Change[] => {
  const after = view.fold && states.get(view.fold);
  return events.flatMap((event, i) => {
    const project = view.on[event.type];
    return project ? project(event, () => (after ? after[i] : unfolded(view))) : [];
  });
};

const unfolded = ({ name }: AnyView): never => {
  throw new Error(`View ${name} asks for a state, but names no fold.`);
};

/** One change for each row, with the same effect as all of these in their order. */
export const merge = (view: Keyed, changes: readonly Change[]): readonly Merged[] => {
  const merged = new Map<string, Merged>();
  for (const change of changes) {
    const id = identity(view, change.kind === 'put' ? change.row : change.key);
    merged.set(id, after(merged.get(id), normal(view, change)));
  }
  return [...merged.values()];
};

const after = (before: Merged | undefined, change: Merged): Merged => {
  if (change.kind !== 'patch' || before === undefined) return change;
  switch (before.kind) {
    case 'put': {
      const { set: row, deltas } = changed({ set: before.row, deltas: before.deltas }, change);
      return { kind: 'put', row, deltas };
    }
    case 'patch':
      return { ...before, ...changed(before, change) };
    case 'remove':
      return before;
  }
};

interface Columns {
  readonly set: Row;
  readonly deltas: Deltas;
}

/** A column that is set forgets what was added to it before; what is added to a column that was set is part of what it is set to. */
const changed = (before: Columns, { set, deltas }: Columns): Columns => {
  const next = { set: { ...before.set, ...set }, deltas: { ...before.deltas } };
  for (const column of Object.keys(set)) delete next.deltas[column];
  for (const [column, delta] of Object.entries(deltas)) {
    if (Object.hasOwn(next.set, column)) next.set[column] = sum(next.set[column], delta);
    else next.deltas[column] = sum(next.deltas[column], delta);
  }
  return next;
};

/** Exact for whole numbers of any size, in whatever way they are written. */
const sum = (base: unknown, delta: number | bigint): number | bigint => {
  const before = base === undefined || base === null ? 0 : base;
  if (typeof before === 'number' && typeof delta === 'number' && Math.abs(before + delta) <= Number.MAX_SAFE_INTEGER) return before + delta;
  return BigInt(before as number | bigint | string) + BigInt(delta);
};

/** Without what is undefined, and without the key among the columns of a patch. */
const normal = (view: Keyed, change: Change): Merged => {
  switch (change.kind) {
    case 'put':
      return { kind: 'put', row: defined(change.row), deltas: {} };
    case 'patch':
      return { kind: 'patch', key: keyOf(view, change.key), set: defined(requireKeyKept(view, change.set)), deltas: {} };
    case 'add':
      return { kind: 'patch', key: keyOf(view, change.key), set: {}, deltas: requireKeyKept(view, change.deltas) };
    case 'remove':
      return { kind: 'remove', key: keyOf(view, change.key) };
  }
};

const defined = (row: Row): Row => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined));

const keyOf = ({ key }: Keyed, row: Row): Row => Object.fromEntries(key.map((column) => [column, row[column]]));

/** Keys are told apart as Postgres would see them written: the number 1 and the text `1` name the same row. */
const identity = ({ name, key }: Keyed, row: Row): string =>
  JSON.stringify(
    key.map((column) => {
      const value = row[column];
      if (value === undefined || value === null) throw new Error(`View ${name}: a change lacks the key column ${column}.`);
      return String(value);
    }),
  );

const requireKeyKept = <Set extends Row>({ name, key }: Keyed, set: Set): Set => {
  const moved = key.find((column) => set[column] !== undefined);
  if (moved !== undefined) throw new Error(`View ${name}: a patch cannot set the key column ${moved}; remove the row and put another.`);
  return set;
};
