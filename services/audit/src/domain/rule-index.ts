import type { Begun, Claim, Following, Once } from './rule';
import { followings, onces } from './rules';

/** What a fact can be to a rule. */
export type Role = 'cause' | 'given' | 'came' | 'excused';

/** What a fact of one type is to one rule. */
export interface Touch {
  readonly rule: Following;
  readonly role: Role;
  readonly about: (data: never) => readonly (string | Begun)[];
}

export interface Taking {
  readonly rule: Once;
  readonly role: 'thing' | 'undone' | 'again';
  readonly claims: (data: never) => readonly Claim[];
}

interface OfType<Value> {
  readonly [type: string]: ((data: never) => readonly Value[]) | undefined;
}

const byType = <Value>(all: readonly (readonly [type: string, value: Value])[]): ReadonlyMap<string, readonly Value[]> => {
  const index = new Map<string, Value[]>();
  for (const [type, value] of all) index.set(type, [...(index.get(type) ?? []), value]);
  return index;
};

const readersOf = <Value>(of: OfType<Value> | undefined): readonly (readonly [string, (data: never) => readonly Value[]])[] =>
  Object.entries(of ?? {}).flatMap(([type, read]) => (read ? [[type, read] as const] : []));

const touchesOf = (rule: Following): readonly (readonly [string, Touch])[] => {
  const as = (role: Role, of: OfType<string | Begun> | undefined): readonly (readonly [string, Touch])[] =>
    readersOf(of).map(([type, about]) => [type, { rule, role, about }] as const);
  return [...as('cause', rule.after), ...as('given', rule.given), ...as('came', rule.comes), ...as('excused', rule.unless)];
};

const takingsOf = (rule: Once): readonly (readonly [string, Taking])[] => {
  const as = (role: Taking['role'], of: OfType<Claim> | undefined): readonly (readonly [string, Taking])[] =>
    readersOf(of).map(([type, claims]) => [type, { rule, role, claims }] as const);
  const again = readersOf<string>(rule.again).map(([type, abouts]): readonly [string, Taking] => [
    type,
    { rule, role: 'again', claims: (data) => abouts(data).map((about) => ({ about })) },
  ]);
  return [...as('thing', rule.of), ...as('undone', rule.undone), ...again];
};

const touches = byType(followings.flatMap(touchesOf));
const takings = byType(onces.flatMap(takingsOf));

export const touchesOn = (type: string): readonly Touch[] => touches.get(type) ?? [];
export const takingsOn = (type: string): readonly Taking[] => takings.get(type) ?? [];

/** All rules by their names. */
export const ruleNamed: ReadonlyMap<string, Following> = new Map(followings.map((rule) => [rule.name, rule]));
export const onceNamed: ReadonlyMap<string, Once> = new Map(onces.map((rule) => [rule.name, rule]));
