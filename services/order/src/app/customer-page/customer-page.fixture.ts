import { createHmac } from 'node:crypto';
import type { Personal, Sealed } from '@cartage/contracts';
import { handling, memoryStore, type Meta } from '@cartage/eventsourcing';
import { idFor, isLinkForm, linkEnd, newLinkForm, orderLinkIn, orderLinkToken, type Vault } from '@cartage/service-kit';
import { order, streamOf } from '../../domain/order';
import type { Fact } from '../../domain/facts';
import { id, minute, occasion, orderId, placing, recording } from '../../domain/order.fixture';
import type { PlacedData } from '../../domain/state';
import { createCancellations } from '../cancellations';
import { createEdits } from '../edits';
import { reading } from '../reading';
import { CustomerLinks, type GivenLink, type LinkBook } from './customer-links';
import { CustomerPage } from './customer-page';
import { offerNames, type OfferName } from './offers';

export const people = {
  hashOf: async (kind: string, value: string) => createHmac('sha256', 'key').update(`${kind}\n${value}`).digest('base64url'),
};

const person: Personal = {
  name: 'Ada <Miller>',
  email: 'ada@example.org',
  address: { lines: ['1 High Street', 'Flat "2"'], city: 'London', postalCode: 'EC1A 1BB', country: 'GB' },
};

export interface ShopOptions {
  readonly pageUrl?: string;
  /** Minutes after it all began. */
  readonly minutes?: number;
  readonly offered?: readonly OfferName[];
  readonly order?: Partial<PlacedData>;
  readonly erased?: boolean;
}

/** What is sealed can be read, unless they were erased. */
const openVault = (erased: boolean): Vault => ({
  seal: async (key, content) => ({ key, box: JSON.stringify(content) }),
  open: async <Content extends object>({ box }: Sealed) =>
    erased ? undefined : ((box.startsWith('{') ? JSON.parse(box) : person) as Content),
});

type Kept = { -readonly [Key in keyof GivenLink]: GivenLink[Key] };

/** As the tables keep them, but in memory, and of one order. */
const bookInMemory = (): LinkBook => {
  const kept = new Map<string, Kept>();
  let ended = false;
  const isOpen = ({ revokedAt, madeBy }: Kept): boolean => revokedAt === null && !(ended && madeBy === null);
  const found = ({ linkId, expiresAt }: Pick<GivenLink, 'linkId' | 'expiresAt'>): Kept => {
    const unused = { madeBy: null, madeAt: null, lastUsedAt: null, revokedBy: null, revokedAt: null };
    const link = kept.get(linkId) ?? { linkId, expiresAt, ...unused };
    kept.set(linkId, link);
    return link;
  };
  return {
    enter: async (of, { by: madeBy, at: madeAt }) => {
      const before = kept.get(of.linkId);
      if (before && !isOpen(before)) return false;
      Object.assign(found(of), { madeBy, madeAt });
      return true;
    },
    use: async (of, lastUsedAt) => {
      const link = found(of);
      if (isOpen(link)) Object.assign(link, { lastUsedAt });
      return isOpen(link);
    },
    list: async () => [...kept.values()],
    revoke: async (_, linkId, { by: revokedBy, at: revokedAt }) => {
      const link = kept.get(linkId);
      return link && Object.assign(link, link.revokedAt === null ? { revokedBy, revokedAt } : {});
    },
    revokeAll: async (_, { by: revokedBy, at: revokedAt }) => {
      ended = true;
      const open = [...kept.values()].filter((link) => link.revokedAt === null);
      for (const link of open) Object.assign(link, { revokedBy, revokedAt });
      return open.length;
    },
  };
};

let ids = 1_000;
export const meta = (): Meta => ({ commandId: id((ids += 1)), correlationId: 'c', actor: 'anybody', fingerprint: id((ids += 1)) });

/** The order of the other specs, and its page. */
export const orderPageOf = async (told: readonly Fact[], options: ShopOptions = {}) => {
  const { minutes = 60, offered = offerNames, erased = false } = options;
  const store = memoryStore();
  const send = handling({ store, newId: () => id((ids += 1)) }, order);
  const placed = { ...placing, ...options.order };
  await send(streamOf(orderId), { type: 'PlaceOrder', data: { order: placed, now: placing.placedAt } }, meta());
  const tell = async (...facts: readonly Fact[]) => {
    for (const fact of facts) await send(streamOf(orderId), recording(fact), meta());
  };
  await tell(...told);
  const needs = {
    send,
    read: reading(store),
    vault: openVault(erased),
    idFor,
    occasion: () => occasion(id((ids += 100)), minute(minutes)),
    admission: { listsOf: async () => undefined },
  };
  const signing = { newId: () => id((ids += 1)), sign: (text: string) => people.hashOf('order-form', text) };
  const links = new CustomerLinks({
    ...{ read: needs.read, book: bookInMemory(), now: () => new Date(minute(minutes)), idFor, endOf: linkEnd },
    tokenOf: (link) => orderLinkToken(people, 'order', link),
    pageUrl: options.pageUrl,
  });
  const page = new CustomerPage({
    ...{ ...needs, edits: createEdits(needs), cancellations: createCancellations(needs), offered: new Set(offered), endOf: linkEnd },
    linkIn: (token) => orderLinkIn(people, 'order', token),
    links,
    returnTokenOf: (link) => orderLinkToken(people, 'returns', link),
    newForm: (token) => newLinkForm(signing, token),
    isForm: (token, form) => isLinkForm(signing, token, form),
  });
  const events = async () => (await needs.read(orderId)).events;
  const { token, linkId } = await links.make(orderId, 30, 'anna');
  return { page, links, token, linkId, tell, events };
};
