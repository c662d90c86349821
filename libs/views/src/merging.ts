import type { StoredEvent } from '@cartage/eventsourcing';
import type { States } from './stream-states';
import type { AnyView, Change, Deltas, Row } from './view';

/**
 * What remains of a batch for one row. `row` holds the key and what is set; of columns that are absent or undefined, a put takes the default
 * and a patch leaves what is there. `deltas` are added to that; they are of no column that `row` sets.
 */
export interface Merged {
  readonly kind: Exclude<Change['kind'], 'add'>;
  readonly row: Row;
  readonly deltas?: Deltas;
}

type Keyed = Pick<AnyView, 'name' | 'key'>;

/** The changes of these events, in order. */
export const changesOf = (view: AnyView, events: readonly StoredEvent[], states: States): readonly Change[] => {
  const after = view.fold && states.get(view.fold);
  let place = 0;
  const state = (): unknown => (after ? after[place] : unfolded(view));
  const changes: Change[] = [];
  for (const event of events) {
    const given = view.on[event.type]?.(event, state);
    if (given && 'kind' in given) changes.push(given);
    else if (given) changes.push(...given);
    place += 1;
  }
  return changes;
};

const unfolded = ({ name }: AnyView): never => {
  throw new Error(`View ${name} asks for a state, but names no fold.`);
};

/** One change for each row, with the same effect as all of these in their order. */
export const merge = (view: Keyed, changes: readonly Change[]): readonly Merged[] => {
  const merged = new Map<string, Merged>();
  for (const change of changes) {
    const id = identity(view, change.kind === 'put' ? change.row : change.key);
    const before = merged.get(id);
    if (before?.kind !== 'remove' || change.kind === 'put') merged.set(id, after(view, before, change));
  }
  return [...merged.values()];
};

const after = (view: Keyed, before: Merged | undefined, change: Change): Merged => {
  switch (change.kind) {
    case 'put':
      return { kind: 'put', row: change.row };
    case 'remove':
      return { kind: 'remove', row: change.key };
    case 'patch':
      return patched(before ?? { kind: 'patch', row: keyOf(view, change.key) }, requireKeyKept(view, change.set));
    case 'add':
      return increased(before ?? { kind: 'patch', row: keyOf(view, change.key) }, requireKeyKept(view, change.deltas));
  }
};

/** A column that is set forgets what was added to it before. */
const patched = ({ kind, row, deltas }: Merged, set: Row): Merged => {
  const next = { kind, row: { ...row, ...defined(set) } };
  if (!deltas) return next;
  return { ...next, deltas: Object.fromEntries(Object.entries(deltas).filter(([column]) => set[column] === undefined)) };
};

/** What is added to a column that was set is part of what it is set to. */
const increased = ({ kind, row, deltas }: Merged, more: Deltas): Merged => {
  const next: { readonly row: Record<string, unknown>; readonly deltas: Record<string, number | bigint> } = {
    row: { ...row },
    deltas: { ...deltas },
  };
  for (const [column, delta] of Object.entries(more)) {
    if (row[column] === undefined) next.deltas[column] = sum(next.deltas[column], delta);
    else next.row[column] = sum(row[column], delta);
  }
  return { kind, ...next };
};

/** Exact for whole numbers of any size, in whatever way they are written; null counts as nothing yet. */
const sum = (base: unknown, delta: number | bigint): number | bigint => {
  const before = base === undefined || base === null ? 0 : base;
  if (typeof before === 'number' && typeof delta === 'number' && Math.abs(before + delta) <= Number.MAX_SAFE_INTEGER) return before + delta;
  return BigInt(before as number | bigint | string) + BigInt(delta);
};

const defined = (row: Row): Row => {
  for (const column in row)
    if (row[column] === undefined) return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined));
  return row;
};

const keyOf = ({ key }: Keyed, row: Row): Row => Object.fromEntries(key.map((column) => [column, row[column]]));

/** Keys are told apart as Postgres would see them written: the number 1 and the text `1` name the same row. The lengths keep neighbours apart. */
const identity = ({ name, key }: Keyed, row: Row): string => {
  let id = '';
  for (const column of key) {
    const value = row[column];
    if (value === undefined || value === null) throw new Error(`View ${name}: a change lacks the key column ${column}.`);
    const text = String(value);
    id += key.length === 1 ? text : `${text.length}:${text}`;
  }
  return id;
};

const requireKeyKept = <Set extends Row>({ name, key }: Keyed, set: Set): Set => {
  for (const column of key)
    if (set[column] !== undefined)
      throw new Error(`View ${name}: a patch cannot set the key column ${column}; remove the row and put another.`);
  return set;
};
