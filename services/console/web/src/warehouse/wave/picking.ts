import type { Schemas } from '../../api/client';
import { isSameSku, type Goods, type Scanned } from '../../items/scanned';

export type Wave = Schemas['Wave'];
type Bin = Wave['bins'][number];
type Tote = Bin['totes'][number];

export const leftOf = ({ quantity, picked, short }: Pick<Tote, 'quantity' | 'picked' | 'short'>): number => quantity - picked - short;

/** What is to be fetched, and into which tote it goes. */
export interface Fetch {
  readonly bin: Bin;
  readonly tote: Tote;
  /** What is scanned for it: of a part of a kit, the kit. */
  readonly sku: string;
}

const fetchesIn = ({ bins }: Wave): readonly Fetch[] =>
  bins.flatMap((bin) => bin.totes.filter((tote) => leftOf(tote) > 0).map((tote) => ({ bin, tote, sku: tote.kit ?? bin.sku })));

/** The next one on the way through the bins; nothing when all was found, or found missing. */
export const nextOf = (wave: Wave): Fetch | undefined => fetchesIn(wave)[0];

/** What a scan means in a wave. */
export type WaveScan =
  | { readonly is: 'take'; readonly fetch: Fetch }
  /** It is a part: its kit is scanned once all parts are there. */
  | { readonly is: 'part'; readonly kit: string }
  /** All that the wave wants of it was found. */
  | { readonly is: 'enough' }
  /** A code of a case: no tote wants so many. */
  | { readonly is: 'over' }
  /** The wave wants none of it: it belongs to another order, or is nothing that we sell. */
  | { readonly is: 'stranger' };

/** What may be scanned for a wave, kits included. */
export const goodsIn = ({ bins }: Wave): readonly Goods[] => [
  ...bins,
  ...bins.flatMap(({ totes }) => totes.flatMap(({ kit }) => (kit === undefined ? [] : [{ sku: kit }]))),
];

/** Nothing is counted that the pick list does not ask for. What one code stands for goes into one tote. */
export const scannedIn = (wave: Wave, { sku: scanned, units }: Scanned): WaveScan => {
  const fetches = fetchesIn(wave);
  const wanting = fetches.filter(({ sku }) => isSameSku(sku, scanned));
  const fetch = wanting.find(({ tote }) => leftOf(tote) >= units);
  if (fetch) return { is: 'take', fetch };
  if (wanting.length > 0) return { is: 'over' };
  const part = fetches.find(({ bin }) => isSameSku(bin.sku, scanned));
  if (part) return { is: 'part', kit: part.sku };
  const isWanted = goodsIn(wave).some(({ sku }) => isSameSku(sku, scanned));
  return { is: isWanted ? 'enough' : 'stranger' };
};
