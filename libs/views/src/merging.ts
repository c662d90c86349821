import type { StoredEvent } from '@cartage/eventsourcing';
import type { AnyView, Change, Row } from './view';

/** What remains of a batch for one row. `set` of a patch holds no column of the key. */
export type Merged =
  | { readonly kind: 'put'; readonly row: Row }
  | { readonly kind: 'patch'; readonly key: Row; readonly set: Row }
  | { readonly kind: 'remove'; readonly key: Row };

type Keyed = Pick<AnyView, 'name' | 'key'>;

/** The changes of these events, in order. */
export const changesOf = (view: AnyView, events: readonly StoredEvent[]): readonly Change[] =>
  events.flatMap((event) => {
    const project = view.on[event.type] as ((event: StoredEvent) => Change | readonly Change[]) | undefined;
    return project ? project(event) : [];
  });

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
    case 'put':
      return { kind: 'put', row: { ...before.row, ...change.set } };
    case 'patch':
      return { ...before, set: { ...before.set, ...change.set } };
    case 'remove':
      return before;
  }
};

/** Without what is undefined, and without the key among the columns of a patch. */
const normal = (view: Keyed, change: Change): Merged => {
  switch (change.kind) {
    case 'put':
      return { kind: 'put', row: defined(change.row) };
    case 'patch':
      return { kind: 'patch', key: keyOf(view, change.key), set: defined(requireKeyKept(view, change.set)) };
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

const requireKeyKept = ({ name, key }: Keyed, set: Row): Row => {
  const moved = key.find((column) => set[column] !== undefined);
  if (moved !== undefined) throw new Error(`View ${name}: a patch cannot set the key column ${moved}; remove the row and put another.`);
  return set;
};
