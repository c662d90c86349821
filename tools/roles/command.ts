import { parsed, Trouble } from '../client/client';
import { addressesOf, passwordsIn } from './addresses';
import { chaptersOf, psqlScript, rolesOf, type Owning } from './sql';
import { scramVerifier } from './verifier';

export const usage = `Usage:
  npm run roles -- print [--prefix cartage_]
  DATABASE_URL=postgres://<administrator>… npm run roles -- apply --addresses databases.env [--prefix cartage_]
print: the SQL, for psql, with one password for all (CARTAGE_DB_PASSWORD).
apply: does it, each role with a password of its own, and writes their addresses. Those that the file has already stay as they are.`;

const options = { prefix: { type: 'string', default: 'cartage_' }, addresses: { type: 'string' } } as const;

/** What the command needs of the world. */
export interface World {
  readonly services: readonly Owning[];
  readonly administrator: string | undefined;
  /** What is in the file; nothing where there is none. */
  read(file: string): string | undefined;
  /** For nobody else to read. */
  write(file: string, text: string): void;
  newPassword(): string;
  /** In one transaction, or not at all. */
  run(url: string, statements: readonly string[]): Promise<void>;
}

const requirePrefix = (prefix: string): string => {
  if (/^[a-z][a-z0-9_]{0,30}$/.test(prefix)) return prefix;
  throw new Trouble(`--prefix ${prefix} begins the names of roles: lower case letters, digits and underscores only.`);
};

const requireAdministrator = (url: string | undefined): string => {
  if (url !== undefined && URL.canParse(url)) return url;
  throw new Trouble('DATABASE_URL is missing: the database, and a user of it who may make roles.');
};

const apply = async (world: World, file: string, prefix: string): Promise<string> => {
  const admin = requireAdministrator(world.administrator);
  const known = passwordsIn(world.read(file) ?? '');
  const passwords = new Map(rolesOf(world.services, prefix).map(({ key }) => [key, known.get(key) ?? world.newPassword()] as const));
  // Written first: a password that Postgres knows and nobody else would be lost.
  world.write(file, addressesOf(admin, world.services, prefix, passwords));
  const passwordOf = ({ key }: { readonly key: string }): string => `'${scramVerifier(passwords.get(key) ?? '')}'`;
  await world.run(
    admin,
    chaptersOf({ services: world.services, prefix, passwordOf }).flatMap(({ statements }) => statements),
  );
  return `Done. ${passwords.size} roles; their addresses are in ${file}, which is for nobody else to read.`;
};

/** Throws `Trouble` for what the person at the keyboard can mend. */
export const run = async (args: readonly string[], world: World): Promise<string> => {
  const { values, positionals } = parsed(args, options, usage);
  const [verb, ...rest] = positionals;
  const prefix = requirePrefix(values.prefix);
  if (verb === 'print' && rest.length === 0) return psqlScript(world.services, prefix);
  if (verb !== 'apply' || rest.length > 0) throw new Trouble(usage);
  if (values.addresses === undefined)
    throw new Trouble(`--addresses is missing: the file that the roles’ addresses are written to.\n${usage}`);
  return apply(world, values.addresses, prefix);
};
