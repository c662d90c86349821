import type { Beside } from './beside';

/** A parcel that nobody knows the place of; found again, if it was. */
export interface Loss {
  readonly parcelId: string;
  readonly lostAt: string;
  readonly foundAt?: string;
}

const lossesOf = ({ lost = [] }: Beside): readonly Loss[] => lost;

/** Those that nobody knows the place of. */
export const lostParcels = (shipment: Beside): ReadonlySet<string> =>
  new Set(lossesOf(shipment).flatMap(({ parcelId, foundAt }) => (foundAt === undefined ? [parcelId] : [])));

export const lostSince = (shipment: Beside, parcelId: string): string | undefined =>
  lossesOf(shipment).find((each) => each.parcelId === parcelId && each.foundAt === undefined)?.lostAt;

interface OfParcels {
  readonly parcels: readonly { readonly parcelId: string }[];
}

export const withLost = (before: Beside, { parcels, lostAt }: OfParcels & { readonly lostAt: string }): Beside => ({
  ...before,
  lost: [...lossesOf(before), ...parcels.map(({ parcelId }) => ({ parcelId, lostAt }))],
});

export const withFound = (before: Beside, { parcels, foundAt }: OfParcels & { readonly foundAt: string }): Beside => {
  const found = new Set(parcels.map(({ parcelId }) => parcelId));
  const lost = lossesOf(before).map((each) => (each.foundAt === undefined && found.has(each.parcelId) ? { ...each, foundAt } : each));
  return { ...before, lost };
};
