import type { Reason } from '@cartage/contracts';
import { blockedBy, type CarrierRules, type ToBeCarried } from '../domain/carrier-rules';
import type { Plan } from '../domain/events';
import type { Carriers } from './carrier';
import { skusIn } from './packing';
import type { ItemRegister, OrderRegister } from './registers';

export interface ComplianceNeeds {
  readonly items: Pick<ItemRegister, 'find'>;
  readonly orders: Pick<OrderRegister, 'find'>;
  readonly rules: CarrierRules;
  readonly carriers: Carriers;
  /** Those that labels are bought from. */
  readonly enabled: readonly string[];
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
export type GoodsToCarry = Pick<Plan, 'orderId' | 'location' | 'lines'>;

/** What rules forbid, of goods and countries, for carriers and their services. */
export interface Compliance {
  readonly hasRules: boolean;
  /** Nothing is looked up where there are no rules. */
  carried(plan: GoodsToCarry, way: WayOfGoods): Promise<ToBeCarried>;
  blocked(choice: { readonly carrier: string; readonly service: string }, carried: ToBeCarried): Reason | undefined;
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

const carriedOf = async (needs: ComplianceNeeds, plan: GoodsToCarry, way: WayOfGoods): Promise<ToBeCarried> => {
  const skus = skusIn(plan.lines);
  const [items, value] = await Promise.all([needs.items.find(skus), valueOf(needs, plan)]);
  const known = [...items.values()];
  return {
    ...{ ...way, ...value, location: plan.location, skus },
    hazards: known.flatMap(({ hazardCode }) => hazardCode ?? []),
    hsCodes: known.flatMap(({ customs }) => customs?.hsCode ?? []),
  };
};

export const createCompliance = (needs: ComplianceNeeds): Compliance => {
  const { rules, enabled, carriers } = needs;
  const hasRules = rules.rules.length > 0;
  const carried: Compliance['carried'] = async (plan, way) =>
    hasRules ? carriedOf(needs, plan, way) : { ...way, location: plan.location, skus: [], hazards: [], hsCodes: [] };
  return {
    hasRules,
    carried,
    blocked: (choice, goods) => blockedBy(rules, choice, goods),
    services: async (plan, way) => {
      const goods = await carried(plan, way);
      return enabled.flatMap((carrier) =>
        (carriers.get(carrier)?.services ?? []).map((service): Carriage => {
          const reason = blockedBy(rules, { carrier, service }, goods);
          return { carrier, service, ...(reason ? { reason } : {}) };
        }),
      );
    },
  };
};
