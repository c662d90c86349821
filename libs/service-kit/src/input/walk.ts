import { Refused } from '@cartage/eventsourcing';

/** What is looked for in JSON of any shape. */
export interface Search {
  /** In the name of a field: its parent is told, because the name itself cannot be. */
  readonly name: (name: string) => boolean;
  /** In a value that is neither object nor list; `field` is the nearest name above it. */
  readonly value: (value: unknown, field: string) => boolean;
}

type Step = string | number;

/** Nobody nests deeper on purpose, and a million levels would end the process that follows them. */
export const DEEPEST = 100;

const tooDeep = (): Refused => new Refused('BODY_TOO_DEEP', `The body must not be nested deeper than ${DEEPEST} levels.`, 'invalid');

const firstOf = <Item>(items: Iterable<Item>, find: (item: Item) => readonly Step[] | undefined): readonly Step[] | undefined => {
  for (const item of items) {
    const found = find(item);
    if (found) return found;
  }
  return undefined;
};

interface Place {
  readonly field: string;
  readonly depth: number;
}

/** Paths are made on the way back from a find, so that the usual request pays for none. */
const stepsTo = (value: unknown, search: Search, { field, depth }: Place): readonly Step[] | undefined => {
  if (typeof value !== 'object' || value === null) return search.value(value, field) ? [] : undefined;
  if (depth > DEEPEST) throw tooDeep();
  const below = (step: Step, item: unknown, name: string): readonly Step[] | undefined => {
    const steps = stepsTo(item, search, { field: name, depth: depth + 1 });
    return steps && [step, ...steps];
  };
  if (Array.isArray(value)) return firstOf(value.entries(), ([i, item]: [number, unknown]) => below(i, item, field));
  return firstOf(Object.entries(value), ([name, item]) => (search.name(name) ? [] : below(name, item, name)));
};

const written = (steps: readonly Step[]): string =>
  steps.reduce<string>((above, step) => (typeof step === 'number' ? `${above}[${step}]` : above === '' ? step : `${above}.${step}`), '');

/** The JSON path of the first find, `''` for the value itself; nothing when there is none. `field` is the name that the value goes by. */
export const pathTo = (value: unknown, search: Search, field = ''): string | undefined => {
  const steps = stepsTo(value, search, { field, depth: 0 });
  return steps && written(steps);
};
