import type { Personal, Sealed } from '@cartage/contracts';
import { Refused } from '@cartage/eventsourcing';
import type { People, Vault } from '@cartage/service-kit';
import { emailOf, phoneOf, type Contact } from '../domain/contacts';

/** That an order was placed with a contact; the contact stands there as a keyed hash. */
export interface ContactRow {
  readonly hash: string;
  readonly orderId: string;
  /** Names the data key of the person: gone, the row goes. */
  readonly person: string;
}

/** The port to the table of contacts. */
export interface ContactTable {
  keep(rows: readonly ContactRow[]): Promise<void>;
  peopleWith(hashes: readonly string[]): Promise<readonly string[]>;
  /** So many people after this one, in one order, for whoever goes through all of them. */
  peopleAfter(person: string, limit: number): Promise<readonly string[]>;
  forget(people: readonly string[]): Promise<void>;
}

export interface ContactIndexNeeds {
  readonly table: ContactTable;
  readonly people: People;
  readonly vault: Pick<Vault, 'open'>;
}

/** What is asked for; the country is that in which a phone number without a prefix was written. */
export interface ContactAsked {
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  readonly country?: string | undefined;
}

/** Finds orders by contacts, and forgets people who were erased. */
export interface ContactIndex {
  /** Of an order that was placed; one whose person was erased meanwhile has no contacts any more. */
  add(orderId: string, personal: Sealed): Promise<void>;
  /** The hashes under which the orders stand that were placed with these contacts. */
  find(asked: ContactAsked): Promise<readonly string[]>;
  /** Looks for erased people among the next so many after this one; answers with the last it has seen, nothing at the end. */
  sweep(after: string): Promise<string | undefined>;
}

const contactsOf = ({ email, phone, address }: Personal): readonly (Contact | undefined)[] => [
  email === undefined ? undefined : emailOf(email),
  phone === undefined ? undefined : phoneOf(phone, address?.country ?? ''),
];

const SWEPT = 1_000;

const countryMissing = (): Refused => {
  const message = 'Say in which country it was written, or write the number with its prefix (+44 …).';
  return new Refused('COUNTRY_REQUIRED', `phone: ${message}`, 'invalid', [{ field: 'country', code: 'COUNTRY_REQUIRED', message }]);
};

const asked = ({ email, phone, country }: ContactAsked): readonly (Contact | undefined)[] => {
  if (phone !== undefined && country === undefined && !/^\s*(\+|00)/.test(phone)) throw countryMissing();
  return [email === undefined ? undefined : emailOf(email), phone === undefined ? undefined : phoneOf(phone, country ?? '')];
};

export const contactIndex = ({ table, people, vault }: ContactIndexNeeds): ContactIndex => {
  const hashesOf = (contacts: readonly (Contact | undefined)[]): Promise<readonly string[]> =>
    Promise.all(contacts.flatMap((contact) => (contact ? [people.hashOf(contact.kind, contact.value)] : [])));
  const forgetErased = async (names: readonly string[]): Promise<void> => {
    const erased = names.length > 0 ? await people.erased(names) : new Set<string>();
    if (erased.size > 0) await table.forget([...erased]);
  };
  return {
    add: async (orderId, personal) => {
      const opened = await vault.open(personal);
      const hashes = opened ? await hashesOf(contactsOf(opened)) : [];
      if (hashes.length > 0) await table.keep(hashes.map((hash) => ({ hash, orderId, person: personal.key })));
    },
    find: async (contacts) => {
      const hashes = await hashesOf(asked(contacts));
      // Who was erased a moment ago is not found, whether or not the sweep has come by.
      await forgetErased(await table.peopleWith(hashes));
      return hashes;
    },
    sweep: async (after) => {
      const names = await table.peopleAfter(after, SWEPT);
      await forgetErased(names);
      return names.length < SWEPT ? undefined : names.at(-1);
    },
  };
};
