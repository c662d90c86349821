import type { Reason } from '@cartage/contracts';
import { invalidField, Refused } from '@cartage/eventsourcing';
import { shapedEach } from '@cartage/service-kit';
import type { LabelGiver } from '../../app/partners/partner';
import type { ShapedNotice } from '../../app/partners/partner-notices';
import type { NoticeKind, PartnerNotice } from '../../domain/partner-notice';
import type { UnitCost } from '../../domain/supplier-orders/events';
import { PartnerNoticeDto, type PartnerStockDto } from './notice.dto';

type Dto = PartnerNoticeDto;

const missing = (field: string): Refused => invalidField(field, 'REQUIRED', `must be there`);

const required = <Value>(value: Value | undefined, field: string): Value => {
  if (value === undefined) throw missing(field);
  return value;
};

const reasonOf = ({ code, detail }: Dto, otherwise: string): Reason => ({
  code: code ?? otherwise,
  ...(detail === undefined ? {} : { detail }),
  by: 'provider',
});

const unitsOf = (lines: NonNullable<Dto['lines']>) =>
  lines.map(({ lineId, quantity }, l) => ({ lineId, quantity: required(quantity, `lines[${l}].quantity`) }));

const rejected = (dto: Dto): PartnerNotice => ({
  kind: 'rejected',
  reason: reasonOf({ ...dto, code: required(dto.code, 'code') }, ''),
  ...(dto.lines ? { lines: unitsOf(dto.lines) } : {}),
  ...(dto.stockEffect === undefined ? {} : { stockEffect: dto.stockEffect }),
});

const packed = (dto: Dto, labels: LabelGiver): PartnerNotice => {
  const parcels = required(dto.parcels, 'parcels');
  const isNumbered = parcels.some(({ trackingNumber }) => trackingNumber !== undefined);
  const label = dto.label ?? (isNumbered ? 'own' : labels);
  // No carrier sells a label for what nobody weighed.
  if (label === 'ours') parcels.forEach(({ weightGrams }, p) => required(weightGrams, `parcels[${p}].weightGrams`));
  return { kind: 'packed', parcels, label, ...carrierOf(dto) };
};

const carrierOf = ({ carrier }: Dto) => (carrier === undefined ? {} : { carrier });

/** As far as it goes without knowing the shipment. */
const notices: { readonly [Kind in NoticeKind]: (dto: Dto, defaults: ShapingDefaults) => PartnerNotice } = {
  accepted: ({ lines, shipsAt }) => ({
    kind: 'accepted',
    ...(lines ? { lines: unitsOf(lines) } : {}),
    ...(shipsAt === undefined ? {} : { shipsAt }),
  }),
  rejected,
  picked: ({ lines }) => ({ kind: 'picked', ...(lines ? { lines } : {}) }),
  packed: (dto, { labels }) => packed(dto, labels),
  dispatched: (dto, { now }) => ({
    ...{ kind: 'dispatched', dispatchedAt: dto.occurredAt ?? now, ...carrierOf(dto) },
    ...(dto.parcels ? { parcels: dto.parcels } : {}),
  }),
  delivered: ({ occurredAt, parcels }, { now }) => ({ kind: 'delivered', deliveredAt: occurredAt ?? now, ...(parcels ? { parcels } : {}) }),
  cancelled: (dto) => ({ kind: 'cancelled', reason: reasonOf(dto, 'cancelled-by-partner') }),
  'cancellation-refused': ({ detail }) => ({ kind: 'cancellation-refused', ...(detail === undefined ? {} : { detail }) }),
};

/** More than anybody orders, and far from what a column holds. */
const UNLIMITED = 1_000_000;

const unitsSaid = ({ onHand, unlimited }: Omit<PartnerStockDto, 'sku'>, field: string): number =>
  unlimited ? UNLIMITED : required(onHand, `${field}.onHand`);

type Cost = Pick<PartnerStockDto, 'unitCost' | 'currency'>;

const costOf = ({ unitCost: amount, currency }: Cost, field: string): { readonly unitCost?: UnitCost } =>
  amount === undefined ? {} : { unitCost: { amount, currency: required(currency, `${field}.currency`) } };

const stockOf = (dto: Dto): ShapedNotice => ({
  kind: 'stock',
  stock: {
    location: required(dto.location, 'location'),
    asOf: new Date(required(dto.asOf, 'asOf')).toISOString(),
    whole: required(dto.whole, 'whole'),
    lines: required(dto.stock, 'stock').map(({ sku, ...said }, s) => ({
      sku,
      onHand: unitsSaid(said, `stock[${s}]`),
      ...costOf(said, `stock[${s}]`),
    })),
  },
});

export interface ShapingDefaults {
  /** Whose labels a partner’s parcels go with, where a notice does not say. */
  readonly labels: LabelGiver;
  readonly now: string;
}

/** What a partner says, in our form; refused by its own fields. */
export const shapedNotice = (body: unknown, defaults: ShapingDefaults): ShapedNotice => {
  const [dto] = shapedEach(PartnerNoticeDto, [body]);
  if (!dto || dto instanceof Refused) throw dto ?? missing('body');
  if (dto.type === 'stock') return stockOf(dto);
  const told = dto.occurredAt === undefined ? dto : { ...dto, occurredAt: new Date(dto.occurredAt).toISOString() };
  return { kind: dto.type, reference: required(dto.reference, 'reference'), notice: notices[dto.type](told, defaults) };
};
