import { Topics } from '@cartage/contracts';
import { handling, type Position } from '@cartage/eventsourcing';
import type { AnyView } from '@cartage/views';
import {
  idFor,
  isLinkForm,
  linkEnd,
  newLinkForm,
  orderLinkIn,
  orderLinkToken,
  type Kit,
  type Parts,
  type Readings,
  type Service,
} from '@cartage/service-kit';
import { ChannelReturns } from './app/channel-returns';
import { listingClaims } from './app/claim-list';
import { listingExchanges } from './app/exchange-list';
import { Claims } from './app/claims';
import { pastReturns } from './app/past-returns';
import { Policies } from './app/policies';
import { tellingProviders } from './app/providers/telling';
import { createReturnRates } from './app/return-rates';
import { ReturnReports } from './app/reports';
import { lateRefunds, listingReturns } from './app/return-list';
import { Returns } from './app/returns';
import { SelfService } from './app/self-service/self-service';
import { UnknownGoodsDesk } from './app/unknown-goods';
import { listingUnknownGoods } from './app/unknown-goods-list';
import { waitingForGoods } from './app/waiting';
import { WayBack } from './app/way-back';
import { returnClaim } from './app/views/return-claim';
import { returnExchange } from './app/views/return-exchange';
import { returnItem } from './app/views/return-item';
import { returnLine } from './app/views/return-line';
import { returnLineRefund } from './app/views/return-line-refund';
import { returnRefund } from './app/views/return-refund';
import { returnSummary } from './app/views/return-summary';
import { unknownGoodsView } from './app/views/unknown-goods';
import { returnsSettings, type ReturnsSettings } from './config';
import { providerParts } from './providers.parts';
import { published, publishedPolicies } from './domain/published';
import { publishedOfUnknownGoods } from './domain/unknown-goods/unknown-goods';
import { returns as decider } from './domain/return';
import { isOver } from './domain/state';
import { ProviderTrace1764492000000 } from './edge/migrations/1764492000000-provider-trace';
import { OrderFacts1764200000000 } from './edge/migrations/1764200000000-order-facts';
import { Replacement1764360000000 } from './edge/migrations/1764360000000-replacement';
import { Providers1764390000000 } from './edge/migrations/1764390000000-providers';
import { CLAIMS, ClaimsController, LIST_CLAIMS } from './edge/claims.controller';
import { ExchangesController, LIST_EXCHANGES } from './edge/exchanges.controller';
import { orderFactsIn } from './edge/order-facts';
import { ownersIn } from './edge/owners';
import { POLICIES, PoliciesController } from './edge/policies.controller';
import { returnsHoldings } from './edge/holdings';
import { RETURN_RATES, RETURN_REPORTS, ReturnReportsController } from './edge/reports.controller';
import { LIST_RETURNS, RETURNS, ReturnsController } from './edge/returns.controller';
import { inventoryListener, orderListener, paymentListener, shippingListener, waitingListener } from './edge/returns.listener';
import { SELF_SERVICE, SelfServiceController } from './edge/self-service/self-service.controller';
import { LIST_UNKNOWN_GOODS, UNKNOWN_GOODS, UnknownGoodsController } from './edge/unknown-goods.controller';
import { WayBackController } from './edge/way-back.controller';

const controllers = [
  PoliciesController,
  ClaimsController,
  ExchangesController,
  ReturnReportsController,
  SelfServiceController,
  ReturnsController,
  WayBackController,
  UnknownGoodsController,
];

/** What can be looked up, each in a view of its own. */
const listsOf = ({ pool, viewReached, now }: Kit): Parts['providers'] => {
  const listOf = (view: AnyView) => ({ sql: pool, reached: (position: Position) => viewReached(view, position) });
  return [
    { provide: LIST_RETURNS, useValue: listingReturns(listOf(returnSummary)) },
    { provide: LIST_EXCHANGES, useValue: listingExchanges(listOf(returnExchange)) },
    { provide: LIST_CLAIMS, useValue: listingClaims(listOf(returnClaim)) },
    { provide: LIST_UNKNOWN_GOODS, useValue: listingUnknownGoods(listOf(unknownGoodsView)) },
    { provide: RETURN_REPORTS, useValue: new ReturnReports({ sql: pool, viewReached }) },
    { provide: RETURN_RATES, useValue: createReturnRates({ sql: pool, viewReached, now }) },
  ];
};

/** What customers do by a link. Notifications makes the same ones, from the same key. */
const selfServiceOf = (
  { people }: Kit,
  needs: Omit<ConstructorParameters<typeof SelfService>[0], 'linkIn' | 'tokenOf' | 'newForm' | 'isForm' | 'endOf' | 'idFor'>,
): SelfService => {
  const signing = { newId: needs.newId, sign: (text: string) => people.hashOf('return-form', text) };
  return new SelfService({
    ...{ ...needs, idFor, endOf: linkEnd },
    linkIn: (token) => orderLinkIn(people, 'returns', token),
    tokenOf: (link) => orderLinkToken(people, 'returns', link),
    newForm: (token) => newLinkForm(signing, token),
    isForm: (token, form) => isLinkForm(signing, token, form),
  });
};

/** What can be done with goods that come back, and what is waited for. */
const actsOf = (kit: Kit<ReturnsSettings>) => {
  const { store, pool, newId, now, isPublic, deadlines, settings, vault } = kit;
  const facts = orderFactsIn(pool);
  const policies = new Policies({ store, newId, now, isPublic, pastReturns: pastReturns({ sql: pool, store }) });
  const send = handling({ store, newId, isPublic }, decider);
  const common = { send, store, facts, now, newId, policyOf: policies.ofSale.bind(policies) };
  const claims = new Claims({ ...common, idFor, decideWithinHours: settings.CLAIM_DECISION_HOURS });
  const returns = new Returns({ ...common, vault, idFor, returnIdFor: (orderId, commandId) => idFor('return', orderId, commandId) });
  const channels = new ChannelReturns(common);
  const settleWithinDays = settings.UNKNOWN_GOODS_DAYS;
  const unknownGoods = new UnknownGoodsDesk({ store, vault, deadlines, returns, now, newId, isPublic, idFor, settleWithinDays });
  const waiting = waitingForGoods({ deadlines, store, send, newId, now, claims });
  const wayBack = new WayBack({ send, now, newId });
  const selfService = selfServiceOf(kit, { ...common, returns });
  const providers = providerParts(kit, { ...common, returns });
  return { facts, policies, claims, returns, channels, unknownGoods, waiting, wayBack, selfService, providers };
};

const compose = (kit: Kit<ReturnsSettings>): Parts => {
  const { facts, policies, claims, returns, channels, unknownGoods, waiting, wayBack, selfService, providers } = actsOf(kit);
  const known = tellingProviders(facts, providers);
  return {
    controllers: [...controllers, ...providers.controllers],
    providers: [
      { provide: POLICIES, useValue: policies },
      { provide: RETURNS, useValue: returns },
      { provide: CLAIMS, useValue: claims },
      { provide: SELF_SERVICE, useValue: selfService },
      { provide: UNKNOWN_GOODS, useValue: unknownGoods },
      ...listsOf(kit),
      ...providers.providers,
    ],
    owners: ownersIn({ facts, returns, unknownGoods }),
    listeners: [
      orderListener(known, claims, channels),
      shippingListener(known, wayBack),
      inventoryListener(facts),
      paymentListener(returns, providers.providerNews),
      waitingListener(waiting, unknownGoods),
      ...providers.listeners,
    ],
    checks: providers.checks,
    readings: async () => ({ ...(await readingsOf(kit)), ...(await providers.readings()) }),
    start: providers.start,
    stop: providers.stop,
    onDue: (deadline, meta) => (deadline.stream.startsWith('receipt-') ? unknownGoods : waiting).onDue(deadline, meta),
  };
};

/** What is late, for the alert. */
const readingsOf = async ({ pool, now }: Kit): Promise<Readings> => {
  const { count, seconds } = await lateRefunds(pool, now());
  const labels = { service: 'returns' };
  return { refundsLate: [{ labels, value: count }], refundsLateSeconds: [{ labels, value: seconds }] };
};

export const returnsService: Service<ReturnsSettings> = {
  name: 'returns',
  schema: 'returns',
  title: 'Returns',
  paths: ['returns'],
  area: 'returns',
  port: 3006,
  settings: returnsSettings,
  migrations: [OrderFacts1764200000000, Replacement1764360000000, Providers1764390000000, ProviderTrace1764492000000],
  views: [returnSummary, returnItem, returnRefund, returnLine, returnLineRefund, returnClaim, returnExchange, unknownGoodsView],
  publication: { service: 'returns', topic: Topics.returns, translate: { ...published, ...publishedPolicies, ...publishedOfUnknownGoods } },
  aggregates: { return: decider },
  over: { return: isOver },
  compose,
  holdings: returnsHoldings,
};
