import { Refused } from '@cartage/eventsourcing';
import { ownedBy, type Owner, type Owners } from '@cartage/service-kit';
import type { CountReading } from '../app/counting/sheets';
import type { TransferReading } from '../app/supply/transfers';
import { unknownCount } from '../domain/counting/counting';
import { unknownTransfer } from '../domain/supply/transfer';

/** Goods are sent from where somebody is. */
const from: Owner = {
  of: { location: (code) => Promise.resolve(code) },
  unknown: (code) => new Refused('LOCATION_UNKNOWN', `There is no location ${code} here.`, 'unknown'),
};

/** Counts are of a location; a transfer is of both its ends. */
export const ownersIn = (counts: Pick<CountReading, 'find'>, transfers: Pick<TransferReading, 'find'>): Owners => {
  const endsOf = async (transferId: string): Promise<readonly string[]> => {
    const transfer = await transfers.find(transferId);
    return transfer ? [transfer.from, transfer.to] : [];
  };
  return {
    from,
    countId: ownedBy({ location: async (countId) => (await counts.find(countId))?.location }, unknownCount),
    transferId: ownedBy({ location: endsOf }, unknownTransfer),
  };
};
