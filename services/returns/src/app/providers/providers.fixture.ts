import { handling, memoryStore } from '@cartage/eventsourcing';
import { idFor, newId } from '@cartage/service-kit';
import type { DeliveredLine } from '../../domain/delivery';
import { returns as decider } from '../../domain/return';
import { delivered, firstPolicy, orderId, sale } from '../../domain/return.fixture';
import type { OrderFacts } from '../order-facts';
import { Returns } from '../returns';
import { loadReturns } from '../requiring';
import { ProviderNotices, type KeptNotice, type ProviderNoticeTable } from './provider-notices';
import { ProviderReturns } from './provider-returns';

const noticeTable = (): ProviderNoticeTable => {
  const rows = new Map<string, KeptNotice>();
  const isOf = ({ notice }: KeptNotice, of: Parameters<ProviderNoticeTable['parked']>[1]): boolean =>
    'orderId' in of ? notice.orderId === of.orderId : notice.reference === of.reference;
  return {
    find: async (_, noticeId) => rows.get(noticeId),
    keep: async (kept) => void rows.set(kept.notice.noticeId, kept),
    parked: async (_, of) => [...rows.values()].filter((row) => row.notice.status === 'parked' && isOf(row, of)),
    list: async () => [...rows.values()].map(({ notice }) => notice),
  };
};

/** A provider of the channel `web`, an order of three mugs that becomes known when it is told, and what the provider says of it. */
export const providersOn = (policy = firstPolicy) => {
  const store = memoryStore();
  const orders = new Map<string, { readonly sale: ReturnType<typeof sale>; readonly delivered: readonly DeliveredLine[] }>();
  const ofReturn = new Map<string, string>();
  const facts: Pick<OrderFacts, 'of' | 'orderOf' | 'keepReturn' | 'knowsLocation'> = {
    of: async (id) => orders.get(id),
    orderOf: async (id) => ofReturn.get(id),
    keepReturn: async (id, of) => void ofReturn.set(id, of),
    knowsLocation: async (code) => code === 'LDN',
  };
  const now = () => new Date('2026-11-23T10:00:00.000Z');
  const send = handling({ store, newId }, decider);
  const common = { send, store, facts: facts as OrderFacts, now, newId, idFor, policyOf: async () => policy };
  const vault = { seal: async () => ({}) as never, open: async () => undefined };
  const returns = new Returns({ ...common, vault, returnIdFor: (of, commandId) => idFor('return', of, commandId) });
  const references = { keep: async () => undefined, of: async () => undefined };
  const register = { find: async (name: string) => (name === 'loop' ? ({ provider: 'loop', channels: ['web'] } as never) : undefined) };
  const table = noticeTable();
  const notices = new ProviderNotices({ register, table, returns: new ProviderReturns({ ...common, references, returns }), idFor, now });
  return {
    notices,
    table,
    known: (changes: Parameters<typeof sale>[0] = {}) => orders.set(orderId, { sale: sale(changes), delivered: delivered() }),
    rmas: async () => [...(await loadReturns(store, orderId)).state.rmas.values()],
  };
};
