import { canonicalJson, deciding, evolving, type DataOf, type Decider, type Named } from '@cartage/eventsourcing';

export const LEGAL_ENTITIES = 'legal-entities';

export const invoiceTimes = ['dispatch', 'capture'] as const;
export type InvoiceTime = (typeof invoiceTimes)[number];

/** Who sells: whose name stands on an invoice, and whose numbers count it. */
export interface LegalEntity {
  readonly entity: string;
  readonly name: string;
  readonly address: readonly string[];
  /** Such as a VAT number. */
  readonly taxId: string;
  /** Before each number, such as `GB-`. */
  readonly prefix: string;
  /** Channels that sell for it; empty: any. */
  readonly channels: readonly string[];
  /** Countries that it sells to; empty: any. */
  readonly countries: readonly string[];
  /** `dispatch`: each shipment is invoiced. `capture`: money that is taken before is invoiced in advance, too, and taken off the invoice of the shipment. */
  readonly invoiceAt: InvoiceTime;
}

export type LegalEntityEvent = Named<'LegalEntityRegistered', LegalEntity & { readonly by: string; readonly registeredAt: string }>;
export type LegalEntityCommand = Named<'RegisterLegalEntity', { readonly entity: LegalEntity; readonly by: string; readonly now: string }>;
export type LegalEntities = ReadonlyMap<string, LegalEntity>;

const register = (
  { entity, by, now }: DataOf<LegalEntityCommand, 'RegisterLegalEntity'>,
  known: LegalEntities,
): readonly LegalEntityEvent[] => {
  const before = known.get(entity.entity);
  if (before && canonicalJson(before) === canonicalJson(entity)) return [];
  return [{ type: 'LegalEntityRegistered', data: { ...entity, by, registeredAt: now } }];
};

export const legalEntities: Decider<LegalEntityCommand, LegalEntities, LegalEntityEvent> = {
  initial: new Map(),
  evolve: evolving<LegalEntities, LegalEntityEvent>({
    LegalEntityRegistered: (known, { by: _, registeredAt: __, ...entity }) => new Map(known).set(entity.entity, entity),
  }),
  decide: deciding<LegalEntityCommand, LegalEntities, LegalEntityEvent>({ RegisterLegalEntity: register }),
};

const fits = (names: readonly string[], name: string | undefined): boolean => names.length === 0 || names.includes(name ?? '');

/** Who sells an order: the first that fits, those that name its channel before those that name its country, and these before those that name nothing. */
export const sellerOf = (known: LegalEntities, sale: { readonly channel: string; readonly country?: string }): LegalEntity | undefined => {
  const fitting = [...known.values()].filter(({ channels, countries }) => fits(channels, sale.channel) && fits(countries, sale.country));
  return fitting.find(({ channels }) => channels.length > 0) ?? fitting.find(({ countries }) => countries.length > 0) ?? fitting[0];
};
