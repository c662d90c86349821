import { Topics, type PaymentToken } from '@cartage/contracts';
import type { OnDue } from '@cartage/eventsourcing';
import { sweeping, type Kit, type Parts, type Readings, type Service } from '@cartage/service-kit';
import type { Balances } from './app/balances/balances';
import { Exchanges } from './app/exchanges';
import { Payments } from './app/payments';
import { pastCases } from './app/past-cases';
import { createQueries } from './app/queries';
import { Decisions } from './app/decisions';
import { onDue } from './app/deadlines';
import { Interventions } from './app/interventions';
import { recovering } from './app/recovery';
import type { Providers } from './app/settling';
import { VerificationRules } from './app/verification-rules';
import { paymentMovement } from './app/views/payment-movement';
import { paymentSummary } from './app/views/payment-summary';
import { listOpenCalls, providerCallOpen } from './app/views/provider-call-open';
import { riskOutcome } from './app/views/risk-outcome';
import { providerTable, settings, type PaymentSettings } from './config';
import { limitsOf, pausesOf, policyOf, remindersOf } from './policies';
import { balanceParts, balanceViews } from './balances.parts';
import { carrierClaim } from './domain/carrier-claims/carrier-claim';
import { chargeback, isDecided } from './domain/chargebacks/chargeback';
import { payment } from './domain/decider';
import { isOver } from './domain/payment';
import { issuedDocuments } from './domain/invoices/documents';
import { published } from './domain/published';
import { publishedRules } from './domain/rule-sets';
import { customerHistory } from './edge/customer-history';
import { financeParts, financeViews, type FinanceParts } from './finance.parts';
import { noticeParts } from './notice.parts';
import { CollectionsController } from './edge/collections.controller';
import { inventoryListener } from './edge/inventory.listener';
import { orderListener } from './edge/order.listener';
import { exchangeListener, returnsListener } from './edge/returns.listener';
import { shippingListener } from './edge/shipping.listener';
import { CustomerOrdersAndSimulatedCalls1764000000000 } from './edge/migrations/1764000000000-customer-orders-and-simulated-calls';
import { ParkedNotices1764310000000 } from './edge/migrations/1764310000000-parked-notices';
import { INTERVENTIONS, InterventionsController } from './edge/interventions.controller';
import { OutcomesController } from './edge/outcomes.controller';
import { PaymentDiffController } from './edge/payment-diff.controller';
import { paymentHoldings } from './edge/holdings';
import { Invoicing1764200000000 } from './edge/migrations/1764200000000-invoicing';
import { ownersIn } from './edge/owners';
import { paymentReadings } from './edge/payment-readings';
import { PAYMENTS, PaymentsController, QUERIES } from './edge/payments.controller';
import { memoryInTable } from './edge/providers/call-memory';
import { creditProvider } from './edge/providers/credit';
import { simulatedProvider } from './edge/providers/simulated';
import { Settlements1764400000000 } from './edge/migrations/1764400000000-settlements';
import { RiskModel1764495000000 } from './edge/migrations/1764495000000-risk-model';
import { RULES, RuleSetsController } from './edge/rule-sets/rule-sets.controller';
import { riskDeskOf } from './risk.config';
import { payLinkParts } from './pay-link.parts';
import { learnedRiskParts, type LearnedRiskParts } from './learned-risk.parts';
import { settlementParts, settlementViews } from './settlement.parts';
import { stripeAccounts, type StripeAccounts } from './stripe.parts';

/** Each provider is a line here; `PAYMENT_PROVIDER` names the one for new orders, and the others finish what they began. */
const providersOf = (kit: Kit<PaymentSettings>, balances: Balances, stripe: StripeAccounts): Providers =>
  new Map(
    [simulatedProvider(memoryInTable(kit.pool), kit.now), ...stripe.providers, creditProvider(balances)].map((provider) => [
      provider.name,
      provider,
    ]),
  );

const recoveryOf = ({ settings: { PAYMENT_RECOVERY_SECONDS }, pool, now, clock, log }: Kit<PaymentSettings>, decisions: Decisions) => {
  const everyMs = PAYMENT_RECOVERY_SECONDS * 1_000;
  const recover = recovering({
    decisions,
    openCalls: (until, slice) => listOpenCalls(pool, until, slice),
    now,
    patienceMs: everyMs,
    onStuck: (orderId, err) => log.warn({ err, orderId }, 'a payment is still waiting for its provider'),
  });
  return sweeping((_, stopping) => recover(stopping), { clock, log, everyMs, trouble: 'payments could not be recovered' });
};

const rulesOf = ({ store, newId, now, isPublic, settings: set, pool }: Kit<PaymentSettings>): VerificationRules =>
  new VerificationRules({ store, newId, now, isPublic, settings: limitsOf(set), pastCases: pastCases({ sql: pool, store }) });

const decisionsOf = (kit: Kit<PaymentSettings>, balances: Balances, stripe: StripeAccounts): Decisions =>
  new Decisions({
    ...kit,
    providers: providersOf(kit, balances, stripe),
    pauses: pausesOf(kit.settings),
    reminders: remindersOf(kit.settings),
    silenceMinutes: kit.settings.PAYMENT_SILENCE_MINUTES,
    sealAction: (person, details) => kit.vault.seal(person, details),
    openToken: async (sealed) => (await kit.vault.open<PaymentToken>(sealed))?.token,
  });

/** Whether who moves money depends on who invoices. */
const namesEntities = ({ PAYMENT_PROVIDER }: PaymentSettings): boolean =>
  [...providerTable(PAYMENT_PROVIDER).keys()].some((place) => place.startsWith('@'));

interface PaymentRooms {
  readonly decisions: Decisions;
  readonly rules: VerificationRules;
  readonly finance: Pick<FinanceParts, 'sellerOf'>;
  readonly riskParts: Pick<LearnedRiskParts, 'learned'>;
}

const paymentsOf = (kit: Kit<PaymentSettings>, { decisions, rules, finance, riskParts: { learned } }: PaymentRooms): Payments => {
  const risk = riskDeskOf(kit);
  const needs = { decisions, history: customerHistory(kit.pool), limits: () => rules.inForce(), policy: policyOf(kit.settings) };
  const sellerOf = namesEntities(kit.settings) ? finance.sellerOf : undefined;
  return new Payments({ ...needs, sellerOf, learned, ...(risk ? { risk } : {}) });
};

/** Each of them knows which deadlines are its own. */
const inTurn =
  (...all: readonly OnDue[]): OnDue =>
  async (...due) => {
    for (const each of all) await each(...due);
  };

type Running = Required<Pick<Parts, 'start' | 'stop'>>;

/** Started one after the other, and stopped from the last. */
const inOrder = (all: readonly Running[]): Running => ({
  start: async () => {
    for (const { start } of all) await start();
  },
  stop: async () => {
    for (const { stop } of all.toReversed()) await stop();
  },
});

const readingsOf =
  (all: readonly (() => Promise<Readings>)[]): NonNullable<Parts['readings']> =>
  async () =>
    Object.assign({}, ...(await Promise.all(all.map((read) => read())))) as Readings;

interface Heard {
  readonly payments: Payments;
  readonly exchanges: Exchanges;
  readonly finance: ReturnType<typeof financeParts>;
  readonly settlements: ReturnType<typeof settlementParts>;
}

const listenersOf = ({ payments, exchanges, finance, settlements }: Heard): Parts['listeners'] => [
  orderListener(payments, finance.remember, exchanges),
  shippingListener({ payments, bills: finance.carrierBills, ...settlements }),
  inventoryListener({ values: finance.stockValues, proceeds: finance.proceeds }),
  returnsListener(payments, exchanges),
  exchangeListener(exchanges),
];

const ownControllers = [
  ...[RuleSetsController, InterventionsController, OutcomesController],
  ...[CollectionsController, PaymentsController, PaymentDiffController],
];

const compose = (kit: Kit<PaymentSettings>): Parts => {
  const rules = rulesOf(kit);
  const balances = balanceParts(kit);
  const stripe = stripeAccounts(kit);
  const decisions = decisionsOf(kit, balances.balances, stripe);
  const interventions = new Interventions(decisions);
  const finance = financeParts(kit, interventions);
  const riskParts = learnedRiskParts(kit, rules);
  const payments = paymentsOf(kit, { decisions, rules, finance, riskParts });
  const settlements = settlementParts(kit, {
    ...{ interventions, payoutReaders: stripe.payouts },
    paymentOf: (orderId) => decisions.stateOf(orderId),
  });
  const links = payLinkParts(kit, decisions, rules);
  const notices = noticeParts(kit, { decisions, chargebacks: finance.chargebacks, payouts: settlements.payouts });
  const parts = [links, finance, balances, notices, settlements, riskParts];
  const sweeps = [recoveryOf(kit, decisions), notices, finance, settlements];
  return {
    controllers: [...parts.flatMap(({ controllers }) => controllers), ...ownControllers],
    providers: [
      { provide: PAYMENTS, useValue: payments },
      { provide: INTERVENTIONS, useValue: interventions },
      ...parts.flatMap(({ providers }) => providers),
      { provide: RULES, useValue: rules },
      { provide: QUERIES, useValue: createQueries({ sql: kit.pool, viewReached: kit.viewReached }) },
    ],
    listeners: listenersOf({ payments, exchanges: new Exchanges({ decisions, ...balances }), finance, settlements }),
    owners: ownersIn(payments, kit.pool),
    readings: readingsOf([settlements.readings, notices.readings, paymentReadings(kit.pool, kit.now), riskParts.readings]),
    onDue: inTurn(
      onDue(interventions.whenDue),
      (...due) => finance.chargebacks.onDue(...due),
      (...due) => balances.balances.onDue(...due),
    ),
    ...inOrder([
      { start: async () => void (await Promise.all([rules.adopt(), riskParts.start()])), stop: async () => undefined },
      ...sweeps,
    ]),
  };
};

/** Verifies orders and moves their money: authorise, capture, void, refund, cash on delivery. */
export const paymentVerificationService: Service<PaymentSettings> = {
  name: 'payment-verification',
  schema: 'payments',
  title: 'Cartage payments',
  paths: ['payments'],
  area: 'money',
  port: 3003,
  settings,
  migrations: [
    ...[CustomerOrdersAndSimulatedCalls1764000000000, Invoicing1764200000000, ParkedNotices1764310000000],
    ...[Settlements1764400000000, RiskModel1764495000000],
  ],
  views: [paymentSummary, paymentMovement, providerCallOpen, riskOutcome, ...financeViews, ...settlementViews, ...balanceViews],
  publication: { service: 'payment-verification', topic: Topics.payment, translate: { ...published, ...publishedRules } },
  aggregates: { payment, invoice: issuedDocuments, chargeback, carrierclaim: carrierClaim },
  over: { payment: isOver, invoice: () => true, chargeback: isDecided },
  compose,
  holdings: paymentHoldings,
};
