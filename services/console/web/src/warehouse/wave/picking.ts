import type { Schemas } from '../../api/client';

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
  /** The wave wants none of it: it belongs to another order, or is nothing that we sell. */
  | { readonly is: 'stranger' };

const isSame = (scanned: string, sku: string): boolean => scanned.toLowerCase() === sku.toLowerCase();

/** Nothing is counted that the pick list does not ask for. */
export const scannedIn = (wave: Wave, code: string): WaveScan => {
  const fetches = fetchesIn(wave);
  const fetch = fetches.find(({ sku }) => isSame(code, sku));
  if (fetch) return { is: 'take', fetch };
  const part = fetches.find(({ bin }) => isSame(code, bin.sku));
  if (part) return { is: 'part', kit: part.sku };
  const isWanted = wave.bins.some(({ sku, totes }) => isSame(code, sku) || totes.some(({ kit }) => kit !== undefined && isSame(code, kit)));
  return { is: isWanted ? 'enough' : 'stranger' };
};
