import type { PersonErased } from '@cartage/contracts';
import type { Sql } from '@cartage/views';

/** Under which names a person is kept. None of them says who it is. */
export interface PersonNames {
  readonly orders: readonly string[];
  readonly customers: readonly string[];
  /** Of the data keys that seal what is personal (`Sealed.key`). */
  readonly keys: readonly string[];
}

/** Something that is kept beside the log. */
export interface HeldItem {
  readonly what: string;
  /** When it came to be; null where nobody noted it. */
  readonly at: string | null;
  readonly content: unknown;
}

export type Forgotten = Pick<PersonErased, 'forgotten' | 'kept' | 'sentTo'>;

/** What a service keeps of people outside its log; what stands sealed in the log goes with the keys. */
export interface Holdings {
  show(person: PersonNames): Promise<readonly HeldItem[]>;
  /** May be asked again: what is gone stays gone. */
  forget(person: PersonNames): Promise<Forgotten>;
}

/** A statement about a person, who stands in the row `person`: `orders uuid[]`, `customers text[]`, `keys text[]`. */
interface AboutPerson {
  readonly what: string;
  readonly sql: string;
}

export interface HeldInTables {
  /** Answer with `at` (a time or null) and `content`. */
  readonly shown?: readonly AboutPerson[];
  /** Delete, or make unreadable. */
  readonly forgotten?: readonly AboutPerson[];
  readonly kept?: Forgotten['kept'];
  /** Answer with `who`. */
  readonly sentTo?: readonly AboutPerson[];
}

const PERSON = 'with person as (select $1::uuid[] as orders, $2::text[] as customers, $3::text[] as keys) ';

interface ShownRow {
  readonly at: Date | null;
  readonly content: unknown;
}

/** What is held in tables of the service, each said as a statement. */
export const heldInTables = (sql: Sql, { shown = [], forgotten = [], kept = [], sentTo = [] }: HeldInTables): Holdings => {
  const ask = <Row extends object>({ sql: statement }: AboutPerson, { orders, customers, keys }: PersonNames) =>
    sql.query<Row>(PERSON + statement, [orders, customers, keys]);
  return {
    show: async (person) => {
      const each = shown.map(async (about) =>
        (await ask<ShownRow>(about, person)).rows.map(({ at, content }) => ({ what: about.what, at: at?.toISOString() ?? null, content })),
      );
      return (await Promise.all(each)).flat();
    },
    forget: async (person) => {
      const told = sentTo.map(async (about) =>
        (await ask<{ readonly who: string }>(about, person)).rows.map(({ who }) => ({ who, what: about.what })),
      );
      // Before anything is gone by which it is known who was told.
      const all = (await Promise.all(told)).flat();
      const counted = forgotten.map(async (about) => ({ what: about.what, count: (await ask(about, person)).rowCount ?? 0 }));
      return { sentTo: all, forgotten: await Promise.all(counted), kept };
    },
  };
};

/** One that keeps nothing of people under any name. */
export const holdsNothing: Holdings = {
  show: async () => [],
  forget: async () => ({ forgotten: [], kept: [], sentTo: [] }),
};
