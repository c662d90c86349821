import { migratorOf, ownersOf, rolesOf, type Owning, type Role } from './sql';

/** Passwords by the key of their role. */
export type Passwords = ReadonlyMap<string, string>;

const linesIn = (text: string): readonly (readonly [string, string])[] =>
  text.split('\n').flatMap((line) => {
    const at = line.indexOf('=');
    return line.startsWith('#') || at < 1 ? [] : [[line.slice(0, at), line.slice(at + 1)] as const];
  });

/** What an earlier run wrote: its passwords stay. */
export const passwordsIn = (text: string): Passwords =>
  new Map(
    linesIn(text)
      .filter(([, url]) => URL.canParse(url))
      .map(([key, url]) => [key, decodeURIComponent(new URL(url).password)] as const),
  );

const as = (admin: string, { name }: Role, password: string): URL => {
  const url = new URL(admin);
  url.username = name;
  url.password = encodeURIComponent(password);
  return url;
};

/** The address of the migrating role that acts as this owner. */
const migrating = (migrator: string, owner: string): string => {
  const url = new URL(migrator);
  url.searchParams.set('options', `-c role=${owner}`);
  return url.toString().replace('options=-c+role', 'options=-c%20role');
};

/** One line for each role, `order=postgres://…`, and for each owner one more by which the migrating role acts as it: `migrate-order=…`. */
export const addressesOf = (admin: string, services: readonly Owning[], prefix: string, passwords: Passwords): string => {
  const addresses = rolesOf(services, prefix).map((role) => [role.key, as(admin, role, passwords.get(role.key) ?? '').toString()] as const);
  const migrator = addresses.find(([key]) => key === migratorOf(prefix).key)?.[1] ?? '';
  const all = [...addresses, ...ownersOf(services, prefix).map(({ key, name }) => [`migrate-${key}`, migrating(migrator, name)] as const)];
  return all.map(([key, url]) => `${key}=${url}\n`).join('');
};
