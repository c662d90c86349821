import type { Reason } from '@cartage/contracts';
import { suggested, type ParcelReason, type SuggestedParcel, type Suggestion } from '../domain/boxing/boxing';
import { unboxedWords } from '../domain/as-suggested';
import type { Goods, KnownGoods } from '../domain/boxing/goods';
import type { Plan } from '../domain/events';
import type { Boxes } from './boxes';
import type { Carriage, Compliance } from './compliance';
import type { ItemRegister, KnownItem } from './registers';
import type { ShipmentLog } from './shipment-log';
import { requirePlan } from './shipments';

export interface PackingNeeds {
  readonly log: Pick<ShipmentLog, 'read'>;
  readonly items: Pick<ItemRegister, 'find'>;
  readonly boxes: Pick<Boxes, 'at'>;
  readonly compliance: Pick<Compliance, 'services'>;
}

/** A parcel to make, with what stands where in it. */
export interface ShownSuggestedParcel {
  readonly parcelId: string;
  readonly box?: string;
  readonly reason: Reason;
  readonly weightGrams: number;
  readonly lengthMm?: number;
  readonly widthMm?: number;
  readonly heightMm?: number;
  readonly volumeUsed: number;
  readonly cost?: { readonly currency: string; readonly amount: number };
  readonly lines: SuggestedParcel['lines'];
  readonly placed: readonly {
    readonly lineId: string;
    readonly sku: string;
    readonly xMm: number;
    readonly yMm: number;
    readonly zMm: number;
    readonly lengthMm: number;
    readonly widthMm: number;
    readonly heightMm: number;
  }[];
}

export interface ShownPacking {
  readonly shipmentId: string;
  readonly location: string;
  readonly parcels: readonly ShownSuggestedParcel[];
  readonly unboxed: readonly {
    readonly lineId: string;
    readonly sku: string;
    readonly quantity: number;
    readonly reason: Reason;
  }[];
  /** Of whom labels are bought, and which of their services rules forbid: by what is known before it is packed. */
  readonly services: readonly Carriage[];
}

/** Into which parcels shipments are best packed. */
export interface Packing {
  suggest(plan: Pick<Plan, 'location' | 'lines'>): Promise<Suggestion>;
  /** For whoever packs it. */
  show(shipmentId: string): Promise<ShownPacking>;
}

const goodsOf = ({ dimensions, weightGrams, fragile, ownPacking }: KnownItem): Goods => ({
  ...(dimensions ? { size: dimensions } : {}),
  ...(weightGrams === undefined ? {} : { weightGrams }),
  ...(fragile === undefined ? {} : { fragile }),
  ...(ownPacking === undefined ? {} : { ownPacking }),
});

/** What a shipment's lines are made of, kits and their parts. */
export const skusIn = (lines: Plan['lines']): readonly string[] => [
  ...new Set(lines.flatMap(({ sku, parts = [] }) => [sku, ...parts.map((part) => part.sku)])),
];

const knownGoods = async ({ items }: PackingNeeds, lines: Plan['lines']): Promise<KnownGoods> =>
  new Map([...(await items.find(skusIn(lines)))].map(([sku, item]) => [sku, goodsOf(item)]));

export const createPacking = (needs: PackingNeeds): Packing => {
  const suggest: Packing['suggest'] = async ({ location, lines }) => {
    const [known, boxes] = await Promise.all([knownGoods(needs, lines), needs.boxes.at(location)]);
    return suggested(lines, known, boxes);
  };
  return {
    suggest,
    show: async (shipmentId) => {
      const plan = requirePlan((await needs.log.read(shipmentId)).shipment);
      const { parcels, unboxed } = await suggest(plan);
      const way = { country: plan.destination?.country ?? '', parcelGrams: parcels.map(({ weightGrams }) => weightGrams) };
      const services = await needs.compliance.services(plan, way);
      return { shipmentId, location: plan.location, parcels: parcels.map(shownParcel), unboxed: unboxed.map(shownUnboxed), services };
    },
  };
};

const policy = (code: string, detail: string): Reason => ({ code, detail, by: 'policy' });

const parcelWords: { readonly [Each in ParcelReason]: string } = {
  'holds-all': 'The smallest box that holds all that is left.',
  'holds-most': 'No box holds all of it; this one holds most.',
  'own-packing': 'It is sent in its own packing.',
};

const shownParcel = ({ box, reason, weightGrams, size, volumeUsed, lines, placed }: SuggestedParcel, n: number): ShownSuggestedParcel => ({
  parcelId: String(n + 1),
  ...(box ? { box: box.code } : {}),
  reason: policy(reason, parcelWords[reason]),
  weightGrams,
  ...size,
  volumeUsed,
  ...(box?.cost ? { cost: box.cost } : {}),
  lines,
  placed: placed.map(({ lineId, sku, at: [xMm, yMm, zMm], edges: [lengthMm, widthMm, heightMm] }) => ({
    ...{ lineId, sku, xMm, yMm, zMm },
    ...{ lengthMm, widthMm, heightMm },
  })),
});

const shownUnboxed = ({ reason, ...line }: Suggestion['unboxed'][number]): ShownPacking['unboxed'][number] => ({
  ...line,
  reason: policy(reason, unboxedWords[reason]),
});
