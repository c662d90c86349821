/** Where in a draft: names of fields, and places in lists from 0. */
export type Place = readonly (string | number)[];

const isNamed = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A place as services name it: `cost.rates[0].amount`. */
export const placeText = (place: Place): string =>
  place.map((part, at) => (typeof part === 'number' ? `[${part}]` : at === 0 ? part : `.${part}`)).join('');

/** Reads a place as services name it; `prefix`: what the draft stands below in a request. */
export const placeIn = (field: string, prefix: string): string =>
  prefix !== '' && field.startsWith(`${prefix}.`) ? field.slice(prefix.length + 1) : field;

export const valueAt = (value: unknown, place: Place): unknown => {
  const [first, ...rest] = place;
  if (first === undefined) return value;
  if (Array.isArray(value)) return typeof first === 'number' ? valueAt(value[first], rest) : undefined;
  return isNamed(value) ? valueAt(value[first], rest) : undefined;
};

/** The same with another value at one place; `undefined` leaves the field out, or takes the item away. Everything else stays as it is. */
export const withValue = (value: unknown, place: Place, next: unknown): unknown => {
  const [first, ...rest] = place;
  if (first === undefined) return next;
  if (typeof first === 'number') return withItem(Array.isArray(value) ? value : [], first, withValueIn(value, first, rest, next));
  const named = isNamed(value) ? value : {};
  const part = withValue(named[first], rest, next);
  return part === undefined ? Object.fromEntries(Object.entries(named).filter(([name]) => name !== first)) : { ...named, [first]: part };
};

const withValueIn = (value: unknown, at: number, rest: Place, next: unknown): unknown =>
  withValue(Array.isArray(value) ? value[at] : undefined, rest, next);

const withItem = (list: readonly unknown[], at: number, item: unknown): readonly unknown[] =>
  item === undefined ? list.toSpliced(at, 1) : at < list.length ? list.with(at, item) : [...list, item];

/** An item of a list at another place; beyond the ends it stays where it is. */
export const moved = (list: readonly unknown[], from: number, to: number): readonly unknown[] =>
  to < 0 || to >= list.length ? list : list.toSpliced(from, 1).toSpliced(to, 0, list[from]);

/** The nearest value of a name, from a place outwards: of an amount, the currency that stands beside it or around it. */
export const nearest = (value: unknown, place: Place, name: string): unknown => {
  for (let end = place.length - 1; end >= 0; end -= 1) {
    const around = valueAt(value, place.slice(0, end));
    if (isNamed(around) && around[name] !== undefined) return around[name];
  }
  return undefined;
};
