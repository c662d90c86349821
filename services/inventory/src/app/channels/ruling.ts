import { Refused, type EventStore, type NewEvent, type Write } from '@cartage/eventsourcing';
import { hasNoStock } from '../../domain/adjusting';
import type { ChannelEvent } from '../../domain/events';
import { landed } from '../drafting';
import { Raced, type Ledger } from '../ledger';
import type { ChannelTransaction } from './channels';

type Outcome = Awaited<ReturnType<EventStore['appendMany']>>[number];

/** A rule and its row land together. */
export const appendRule = async ({ ledger }: { readonly ledger: Ledger<ChannelTransaction> }, write: Write): Promise<Outcome> => {
  try {
    return await ledger.transaction(async (transaction) => {
      for (const event of write.events as readonly NewEvent<ChannelEvent>[]) await rule(transaction, event);
      return landed((await transaction.appendMany([write]))[0] ?? { status: 'conflict' });
    });
  } catch (error) {
    if (error instanceof Raced) return { status: 'conflict' };
    throw error;
  }
};

const rule = async (transaction: ChannelTransaction, event: NewEvent<ChannelEvent>): Promise<void> => {
  if (event.type !== 'ChannelLocationsChanged' && event.type !== 'ChannelSafetyStockChanged') return;
  await requireLocations(transaction, event);
  await requireStock(transaction, event);
  await transaction.writeChannel(event);
};

/** Of a kit its parts are promised: what is said of the kit itself would never be heeded. */
const requireStock = async (transaction: ChannelTransaction, { data }: ChannelEvent): Promise<void> => {
  if ('sku' in data && data.sku !== undefined && (await transaction.isKit(data.sku))) throw hasNoStock(data.sku);
};

const requireLocations = async (transaction: ChannelTransaction, { type, data }: ChannelEvent): Promise<void> => {
  const named = type === 'ChannelLocationsChanged' ? (data.locations ?? []) : data.location === undefined ? [] : [data.location];
  const known = await transaction.knownLocations(named);
  const errors = named.flatMap((code, i) => {
    const field = type === 'ChannelLocationsChanged' ? `locations[${i}]` : 'location';
    return known.has(code) ? [] : [{ field, code: 'LOCATION_UNKNOWN', message: `There is no location ${code}. Make it first.` }];
  });
  if (errors[0]) throw new Refused('LOCATION_UNKNOWN', errors[0].message, 'invalid', errors);
};
