import { piecesOf, type LineQuantity } from '@cartage/contracts';
import { holdsOf } from './beside';
import { byLine, notPicked } from './picking';
import type { Shipment } from './shipment';
import type { Bins } from './bins';
import type { Member, Wave } from './wave';

/** What a picker takes from a bin for one tote. */
export interface ToteUnits {
  readonly tote: number;
  readonly shipmentId: string;
  readonly lineId: string;
  /** Of a kit, the SKU that was sold. */
  readonly kit?: string;
  readonly quantity: number;
  readonly picked: number;
  readonly short: number;
}

/** All that is taken of a SKU from its bin, over the shipments of the wave. */
export interface BinUnits {
  /** Absent: nobody said where it stands; it comes last. */
  readonly bin?: string;
  readonly sku: string;
  readonly description?: string;
  readonly quantity: number;
  readonly picked: number;
  readonly short: number;
  readonly totes: readonly ToteUnits[];
}

/** Why a shipment is not picked in its wave. */
export type OutReason = 'cancelled' | 'held' | 'in-another-wave';

export interface PickList {
  readonly bins: readonly BinUnits[];
  /** Shipments whose units are all accounted for. */
  readonly done: number;
  /** Those that are picked, or were, in this wave. */
  readonly shipments: number;
  readonly out: readonly { readonly shipmentId: string; readonly tote: number; readonly reason: OutReason }[];
}

export type Standing = Member & { readonly shipment: Shipment };

/** Held, it comes back upon its release; what has left the packing table was picked, whoever said so. */
export const outReason = ({ waveId }: Wave, { shipment }: Standing): OutReason | undefined => {
  if (shipment.status === 'cancelled') return 'cancelled';
  if (shipment.waveId !== waveId) return 'in-another-wave';
  return shipment.status === 'to-pack' && holdsOf(shipment).length > 0 ? 'held' : undefined;
};

const isDone = ({ status, picking }: Shipment): boolean => status !== 'to-pack' || picking?.pickedAt !== undefined;

interface Taken extends ToteUnits {
  readonly sku: string;
  readonly description?: string;
}

/** What of a line goes into its tote: piece by piece, because the pieces of a kit stand in bins of their own. */
const piecesTaken = ({ tote, shipmentId, shipment }: Standing): readonly Taken[] => {
  if (!('plan' in shipment) || !shipment.plan) return [];
  const { picking = notPicked, plan } = shipment;
  const found = byLine(picking.lines);
  const short: readonly LineQuantity[] = picking.short;
  const planned = new Map([...plan.lines, ...short].map((line) => [line.lineId, line]));
  return [...planned.values()].flatMap((line) => {
    const said = found.get(line.lineId) ?? { quantity: isDone(shipment) ? line.quantity : 0, short: 0 };
    const units = picking.pickedAt === undefined ? line.quantity : said.quantity + said.short;
    const { description } = { description: undefined, ...line };
    return piecesOf(line).map((piece): Taken => ({
      ...{ tote, shipmentId, lineId: line.lineId, sku: piece.sku },
      ...(line.parts ? { kit: line.sku } : {}),
      ...(description === undefined || line.parts ? {} : { description }),
      quantity: units * piece.quantity,
      picked: said.quantity * piece.quantity,
      short: said.short * piece.quantity,
    }));
  });
};

const total = (totes: readonly ToteUnits[], of: 'quantity' | 'picked' | 'short'): number => totes.reduce((sum, one) => sum + one[of], 0);

const binUnits = (sku: string, taken: readonly Taken[], bin: string | undefined): BinUnits => {
  const totes = taken.map(({ sku: _, description: __, ...units }) => units);
  const description = taken.find((one) => one.description !== undefined)?.description;
  return {
    ...(bin === undefined ? {} : { bin }),
    sku,
    ...(description === undefined ? {} : { description }),
    ...{ quantity: total(totes, 'quantity'), picked: total(totes, 'picked'), short: total(totes, 'short') },
    totes,
  };
};

/** `A-2` before `A-10`, as people number shelves. */
const inOrder = new Intl.Collator('en', { numeric: true });

/** The way through the location: bin after bin, and last what stands nowhere in particular. */
const byBin = (one: BinUnits, other: BinUnits): number => {
  if (one.bin === other.bin) return inOrder.compare(one.sku, other.sku);
  if (one.bin === undefined || other.bin === undefined) return one.bin === undefined ? 1 : -1;
  return inOrder.compare(one.bin, other.bin);
};

export const pickList = (wave: Wave, standings: readonly Standing[], bins: Bins): PickList => {
  const seen = standings.map((standing) => ({ standing, reason: outReason(wave, standing) }));
  const within = seen.flatMap(({ standing, reason }) => (reason === undefined ? standing : []));
  const bySku = new Map<string, Taken[]>();
  for (const taken of within.flatMap(piecesTaken)) {
    const before = bySku.get(taken.sku);
    if (before) before.push(taken);
    else bySku.set(taken.sku, [taken]);
  }
  return {
    bins: [...bySku].map(([sku, taken]) => binUnits(sku, taken, bins.get(sku))).sort(byBin),
    shipments: within.length,
    done: within.filter(({ shipment }) => isDone(shipment)).length,
    out: seen.flatMap(({ standing: { shipmentId, tote }, reason }) => (reason === undefined ? [] : { shipmentId, tote, reason })),
  };
};
