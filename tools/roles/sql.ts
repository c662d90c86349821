import { escapeIdentifier as quoted } from 'pg';

/** A role of Postgres and what it is for. */
export interface Role {
  /** What it is called in files of addresses, such as `order`, `vault` or `analyst`. */
  readonly key: string;
  readonly name: string;
  /** That it owns, alone. */
  readonly schema?: string;
}

export interface Owning {
  readonly name: string;
  readonly schema: string;
}

const roleName = (prefix: string, key: string): string => `${prefix}${key.replaceAll('-', '_')}`;

/** One for each service, and one for the vault of data keys, which all of them share. */
export const ownersOf = (services: readonly Owning[], prefix: string): readonly (Role & Owning)[] =>
  [...services, { name: 'vault', schema: 'vault' }].map(({ name, schema }) => ({ key: name, name: roleName(prefix, name), schema }));

export const migratorOf = (prefix: string): Role => ({ key: 'migrator', name: roleName(prefix, 'migrator') });
export const analystOf = (prefix: string): Role => ({ key: 'analyst', name: roleName(prefix, 'analyst') });

export const rolesOf = (services: readonly Owning[], prefix: string): readonly Role[] => [
  ...ownersOf(services, prefix),
  migratorOf(prefix),
  analystOf(prefix),
];

const block = (body: string): string => `do $do$ begin ${body} end $do$;`;

const onDatabase = (right: string): string => block(`execute format('${right}', current_database());`);

/** Who is no superuser may hand a schema only to a role that it belongs to. */
const belonging = (roles: readonly Role[]): string =>
  block(
    `if not (select rolsuper from pg_roles where rolname = current_user) then execute format('grant ${namesOf(roles)} to %I', current_user); end if;`,
  );

const namesOf = (roles: readonly Role[]): string => roles.map(({ name }) => quoted(name)).join(', ');

const made = ({ name }: Role, password: string): readonly string[] => [
  block(`create role ${quoted(name)}; exception when duplicate_object then null;`),
  `alter role ${quoted(name)} login password ${password};`,
];

/** What was made there by whoever restored it, or by the one user of before. A sequence of a column goes with its table. */
const handedOver = (owners: readonly Owning[]): string =>
  `do $do$ declare statement text; begin for statement in
  with owner (name, schema) as (values ${owners.map(({ name, schema }) => `('${name}', '${schema}')`).join(', ')})
  select format('alter table %s owner to %I', oid::regclass, name) from pg_class join owner on relnamespace = schema::regnamespace and relowner <> name::regrole
  where relkind in ('r', 'p', 'v', 'm')
    or relkind = 'S' and not exists (select from pg_depend where classid = 'pg_class'::regclass and objid = pg_class.oid and deptype in ('a', 'i'))
  union all
  select format('alter routine %s owner to %I', oid::regprocedure, name) from pg_proc join owner on pronamespace = schema::regnamespace and proowner <> name::regrole
loop execute statement; end loop; end $do$;`;

/** It logs in as itself and acts as the owner (`options=-c role=…`): what it makes is the owner's, and by itself it may do nothing. */
const migrating = (migrator: Role, owners: readonly Role[]): readonly string[] => [
  `alter role ${quoted(migrator.name)} noinherit connection limit 20;`,
  `grant ${namesOf(owners)} to ${quoted(migrator.name)};`,
];

const analystSettings: Readonly<Record<string, string>> = {
  default_transaction_read_only: 'on',
  statement_timeout: `'30s'`,
  lock_timeout: `'5s'`,
  idle_in_transaction_session_timeout: `'60s'`,
  work_mem: `'32MB'`,
  search_path: 'reporting',
};

/** Postgres counts no rows. What a statement may take is bounded by its time, and by what it may write aside; the latter a session cannot lift. */
const analysing = ({ name }: Role): readonly string[] => [
  `alter role ${quoted(name)} connection limit 10;`,
  ...Object.entries(analystSettings).map(([setting, value]) => `alter role ${quoted(name)} set ${setting} = ${value};`),
  block(
    `if (select rolsuper from pg_roles where rolname = current_user) then alter role ${quoted(name)} set temp_file_limit = '2GB'; end if;`,
  ),
];

export interface RolesFor {
  readonly services: readonly Owning[];
  readonly prefix: string;
  /** As SQL: a literal, or a variable of psql. */
  readonly passwordOf: (role: Role) => string;
}

export interface Chapter {
  readonly about: string;
  readonly statements: readonly string[];
}

/** Safe to repeat: what is there stays, passwords become what they are said to be. */
export const chaptersOf = ({ services, prefix, passwordOf }: RolesFor): readonly Chapter[] => {
  const owners = ownersOf(services, prefix);
  const [migrator, analyst, roles] = [migratorOf(prefix), analystOf(prefix), rolesOf(services, prefix)];
  return [
    { about: 'Who may come in.', statements: roles.flatMap((role) => made(role, passwordOf(role))) },
    {
      about: 'Each owns its schema and can read no other; the vault of data keys is shared by all services.',
      statements: [
        belonging(owners),
        ...owners.flatMap(({ name, schema }) => [
          `create schema if not exists ${schema} authorization ${quoted(name)};`,
          `alter schema ${schema} owner to ${quoted(name)};`,
        ]),
        handedOver(owners),
      ],
    },
    {
      about: 'Nobody else comes in, and none of them makes schemas or temporary tables.',
      statements: [
        onDatabase('revoke all on database %I from public'),
        onDatabase(`revoke all on database %I from ${namesOf(roles)}`),
        onDatabase(`grant connect on database %I to ${namesOf(roles)}`),
      ],
    },
    {
      about: 'Who brings tables up to date before a rollout, where the services’ own passwords are not to be used for that.',
      statements: migrating(migrator, owners),
    },
    {
      about: 'Who asks the numbers: reads the names of the star, which the reporting service grants, and nothing else.',
      statements: analysing(analyst),
    },
  ];
};

const head = `-- Roles with least rights, for psql. Written by \`npm run reference\`; \`npm run roles -- apply\` does the same, with a password of its own for each.
-- Run by the Postgres image on an empty data folder; by hand elsewhere: CARTAGE_DB_PASSWORD=… psql -f deploy/compose/roles.sql <database>
\\getenv password CARTAGE_DB_PASSWORD`;

/** As psql takes it: one password for all, from the environment. */
export const psqlScript = (services: readonly Owning[], prefix: string): string =>
  [
    head,
    ...chaptersOf({ services, prefix, passwordOf: () => `:'password'` }).map(
      ({ about, statements }) => `-- ${about}\n${statements.join('\n')}`,
    ),
  ].join('\n\n') + '\n';
