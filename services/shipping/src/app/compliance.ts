import type { Reason } from '@cartage/contracts';
import { blockedBy, speaksOfItems, type CarrierRule, type CarrierRules, type ToBeCarried } from '../domain/carrier-rules';
import type { Choice } from '../domain/commands';
import type { Plan } from '../domain/events';
import type { Carriers } from './carrier';
import { toChooseFor, type CarrierPolicies } from './carrier-policies';
import { skusIn } from './packing';
import type { ItemRegister, OrderRegister } from './registers';

export interface ComplianceNeeds {
  readonly items: Pick<ItemRegister, 'find'>;
  readonly orders: Pick<OrderRegister, 'find'>;
  /** How each service goes. */
  readonly modes: CarrierRules['modes'];
  readonly carriers: Carriers;
  readonly policies: CarrierPolicies;
}

/** A service of a carrier, and why it must not take a shipment; without a reason it may. */
export interface Carriage {
  readonly carrier: string;
  readonly service: string;
  readonly reason?: Reason;
}

/** Where it goes, and in parcels of which weight. */
export type WayOfGoods = Pick<ToBeCarried, 'country' | 'parcelGrams'>;

/** What is carried of which order, to or from which location. */
export type GoodsToCarry = Pick<Plan, 'orderId' | 'location' | 'lines' | 'method' | 'channel'>;

type Rules = readonly CarrierRule[];

/** What rules forbid, of goods and countries, for carriers and their services. */
export interface Compliance {
  /** Nothing is looked up that no rule looks at. */
  carried(rules: Rules, goods: GoodsToCarry, way: WayOfGoods): Promise<ToBeCarried>;
  blocked(rules: Rules, choice: Choice, carried: ToBeCarried): Reason | undefined;
  /** Each service that labels are bought of, before any carrier is asked. */
  services(plan: Plan, way: WayOfGoods): Promise<readonly Carriage[]>;
}

const valueOf = async ({ orders }: ComplianceNeeds, { orderId, lines }: GoodsToCarry): Promise<Pick<ToBeCarried, 'value'>> => {
  const order = await orders.find(orderId);
  if (!order) return {};
  const sold = new Map(order.lines.map((line) => [line.lineId, line]));
  const amount = lines.reduce((sum, { lineId, quantity }) => sum + quantity * (sold.get(lineId)?.unitPrice ?? 0), 0);
  return { value: { currency: order.currency, amount } };
};

const wayOf = ({ location, method, channel }: GoodsToCarry, way: WayOfGoods): Omit<ToBeCarried, 'skus' | 'hazards' | 'hsCodes'> => ({
  ...{ ...way, location, method },
  ...(channel === undefined ? {} : { channel }),
});

const carriedOf = async (needs: ComplianceNeeds, goods: GoodsToCarry, way: WayOfGoods): Promise<ToBeCarried> => {
  const skus = skusIn(goods.lines);
  const [items, value] = await Promise.all([needs.items.find(skus), valueOf(needs, goods)]);
  const known = [...items.values()];
  return {
    ...{ ...wayOf(goods, way), ...value, skus },
    hazards: known.flatMap(({ hazardCode }) => hazardCode ?? []),
    hsCodes: known.flatMap(({ customs }) => customs?.hsCode ?? []),
  };
};

export const createCompliance = (needs: ComplianceNeeds): Compliance => {
  const { policies, carriers, modes } = needs;
  const carried: Compliance['carried'] = async (rules, goods, way) =>
    rules.some(speaksOfItems) ? carriedOf(needs, goods, way) : { ...wayOf(goods, way), skus: [], hazards: [], hsCodes: [] };
  const blocked: Compliance['blocked'] = (rules, choice, goods) => blockedBy({ rules, modes }, choice, goods);
  return {
    carried,
    blocked,
    services: async (plan, way) => {
      const parcels = way.parcelGrams.map((weightGrams) => ({ weightGrams }));
      const { blocks, carriers: enabled } = await policies.termsFor(toChooseFor(plan, parcels));
      const goods = await carried(blocks, plan, way);
      return enabled.flatMap((carrier) =>
        (carriers.get(carrier)?.services ?? []).map((service): Carriage => {
          const reason = blocked(blocks, { carrier, service }, goods);
          return { carrier, service, ...(reason ? { reason } : {}) };
        }),
      );
    },
  };
};
