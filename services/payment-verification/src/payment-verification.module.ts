import { Topics, type PaymentToken } from '@cartage/contracts';
import type { Kit, Parts, Service } from '@cartage/service-kit';
import Stripe from 'stripe';
import type { PaymentProvider } from './app/payment-provider';
import type { Balances } from './app/balances/balances';
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
import { settings, type PaymentSettings } from './config';
import { limitsOf, pausesOf, policyOf } from './policies';
import { balanceParts, balanceViews } from './balances.parts';
import { published } from './domain/published';
import { customerHistory } from './edge/customer-history';
import { stripeKeyOf } from './provider-secrets';
import { financeParts, financeViews } from './finance.parts';
import { noticeParts } from './notice.parts';
import { CollectionsController } from './edge/collections.controller';
import { orderListener } from './edge/order.listener';
import { returnsListener } from './edge/returns.listener';
import { shippingListener } from './edge/shipping.listener';
import { CustomerOrdersAndSimulatedCalls1764000000000 } from './edge/migrations/1764000000000-customer-orders-and-simulated-calls';
import { ParkedNotices1764310000000 } from './edge/migrations/1764310000000-parked-notices';
import { INTERVENTIONS, InterventionsController } from './edge/interventions.controller';
import { PaymentDiffController } from './edge/payment-diff.controller';
import { Invoicing1764200000000 } from './edge/migrations/1764200000000-invoicing';
import { PAYMENTS, PaymentsController, QUERIES } from './edge/payments.controller';
import { memoryInTable } from './edge/providers/call-memory';
import { creditProvider } from './edge/providers/credit';
import { simulatedProvider } from './edge/providers/simulated';
import { stripeProvider } from './edge/providers/stripe';
import { Settlements1764400000000 } from './edge/migrations/1764400000000-settlements';
import { sweeping } from './edge/recovery-timer';
import { RULES, RuleSetsController } from './edge/rule-sets/rule-sets.controller';
import { riskDeskOf } from './risk.config';
import { settlementParts, settlementViews } from './settlement.parts';

const TIMEOUT_MS = 20_000;

const stripeOf = ({ settings: set, now }: Kit<PaymentSettings>): readonly PaymentProvider[] => {
  const key = stripeKeyOf(set);
  if (key === undefined) return [];
  const stripe = new Stripe(key, { timeout: TIMEOUT_MS, maxNetworkRetries: 1, telemetry: false });
  return [stripeProvider({ stripe, returnUrl: set.STRIPE_RETURN_URL, now })];
};

/** Each provider is a line here; `PAYMENT_PROVIDER` names the one for new orders, and the others finish what they began. */
const providersOf = (kit: Kit<PaymentSettings>, balances: Balances): Providers =>
  new Map(
    [simulatedProvider(memoryInTable(kit.pool), kit.now), ...stripeOf(kit), creditProvider(balances)].map((provider) => [
      provider.name,
      provider,
    ]),
  );

const recoveryOf = ({ settings: { PAYMENT_RECOVERY_SECONDS }, pool, now, log }: Kit<PaymentSettings>, decisions: Decisions) => {
  const everyMs = PAYMENT_RECOVERY_SECONDS * 1_000;
  const recover = recovering({
    decisions,
    openCalls: (until, slice) => listOpenCalls(pool, until, slice),
    now,
    patienceMs: everyMs,
    onStuck: (orderId, err) => log.warn({ err, orderId }, 'a payment is still waiting for its provider'),
  });
  return sweeping(recover, { everyMs, onFault: (err) => log.error({ err }, 'recovery of payments failed; it will be tried again') });
};

const rulesOf = ({ store, newId, now, settings: set, pool }: Kit<PaymentSettings>): VerificationRules =>
  new VerificationRules({ store, newId, now, settings: limitsOf(set), pastCases: pastCases({ sql: pool, store }) });

const decisionsOf = (kit: Kit<PaymentSettings>, balances: Balances): Decisions =>
  new Decisions({
    ...kit,
    providers: providersOf(kit, balances),
    pauses: pausesOf(kit.settings),
    openToken: async (sealed) => (await kit.vault.open<PaymentToken>(sealed))?.token,
  });

const paymentsOf = (kit: Kit<PaymentSettings>, decisions: Decisions, rules: VerificationRules): Payments => {
  const risk = riskDeskOf(kit);
  const needs = { decisions, history: customerHistory(kit.pool), limits: () => rules.inForce(), policy: policyOf(kit.settings) };
  return new Payments({ ...needs, ...(risk ? { risk } : {}) });
};

const compose = (kit: Kit<PaymentSettings>): Parts => {
  const { pool, viewReached } = kit;
  const rules = rulesOf(kit);
  const balances = balanceParts(kit);
  const decisions = decisionsOf(kit, balances.balances);
  const payments = paymentsOf(kit, decisions, rules);
  const interventions = new Interventions(decisions);
  const finance = financeParts(kit, interventions);
  const settlements = settlementParts(kit, interventions);
  const notices = noticeParts(kit, { decisions, chargebacks: finance.chargebacks });
  const sweeps = [recoveryOf(kit, decisions), notices, finance, settlements];
  return {
    controllers: [
      ...[RuleSetsController, ...finance.controllers, ...balances.controllers, ...notices.controllers, ...settlements.controllers],
      ...[InterventionsController, CollectionsController, PaymentsController, PaymentDiffController],
    ],
    providers: [
      { provide: PAYMENTS, useValue: payments },
      { provide: INTERVENTIONS, useValue: interventions },
      ...[...finance.providers, ...balances.providers, ...notices.providers, ...settlements.providers],
      { provide: RULES, useValue: rules },
      { provide: QUERIES, useValue: createQueries({ sql: pool, viewReached }) },
    ],
    listeners: [orderListener(payments, finance.remember), shippingListener(payments, settlements.remember), returnsListener(payments)],
    readings: async () => ({ ...(await settlements.readings()), ...(await notices.readings()) }),
    onDue: async (deadline, meta) => {
      await onDue(interventions.whenDue)(deadline, meta);
      await finance.chargebacks.onDue(deadline, meta);
      await balances.balances.onDue(deadline, meta);
    },
    start: async () => {
      await rules.adopt();
      for (const { start } of sweeps) await start();
    },
    stop: async () => {
      for (const { stop } of sweeps.toReversed()) await stop();
    },
  };
};

/** Verifies orders and moves their money: authorise, capture, void, refund, cash on delivery. */
export const paymentVerificationService: Service<PaymentSettings> = {
  name: 'payment-verification',
  schema: 'payments',
  title: 'Cartage payments',
  paths: ['payments'],
  port: 3003,
  settings,
  migrations: [CustomerOrdersAndSimulatedCalls1764000000000, Invoicing1764200000000, ParkedNotices1764310000000, Settlements1764400000000],
  entities: [],
  views: [paymentSummary, paymentMovement, providerCallOpen, ...financeViews, ...settlementViews, ...balanceViews],
  publication: { service: 'payment-verification', topic: Topics.payment, translate: published },
  compose,
};
