import type { Schemas } from '../../api/client';

/** How a person is named: all that is filled in is of the same one. */
export interface PersonDraft {
  readonly email: string;
  readonly phone: string;
  readonly country: string;
  readonly customerId: string;
}

export type PersonAsked = Schemas['CustomerSearchDto'];

const filled = (text: string): string | undefined => (text.trim() === '' ? undefined : text.trim());

/** Nothing while nobody is named. */
export const askedOf = (draft: PersonDraft): PersonAsked | undefined => {
  const [email, phone, country, customerId] = [draft.email, draft.phone, draft.country, draft.customerId].map(filled);
  if (email === undefined && phone === undefined && customerId === undefined) return undefined;
  return {
    ...(email === undefined ? {} : { email }),
    ...(phone === undefined ? {} : { phone }),
    ...(country === undefined ? {} : { country: country.toUpperCase() }),
    ...(customerId === undefined ? {} : { customerId }),
  };
};

/** What has to be typed once more before somebody is erased: what they were named by. */
export const nameOf = ({ email, phone, customerId }: PersonAsked): string => email ?? phone ?? customerId ?? '';

export const isTypedAgain = (typed: string, asked: PersonAsked): boolean =>
  typed.trim().toLowerCase() === nameOf(asked).toLowerCase() && typed.trim() !== '';

export interface KnownKind {
  readonly service: string;
  readonly what: string;
  readonly count: number;
}

/** What is known of somebody, counted by who knows it and what it is; nothing of it itself. */
export const kindsOf = (items: readonly Pick<Schemas['PersonExport']['items'][number], 'service' | 'what'>[]): readonly KnownKind[] => {
  const counts = new Map<string, KnownKind>();
  for (const { service, what } of items) {
    const key = `${service} ${what}`;
    counts.set(key, { service, what, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()].toSorted((a, b) => a.service.localeCompare(b.service) || b.count - a.count || a.what.localeCompare(b.what));
};
