import { coalescing, type Settled } from '@cartage/eventsourcing';
import type { CaptureCall, InquireCall, RefundCall, VoidCall } from '../../domain/outstanding';
import type { OpenAuthorizeCall, PaymentProvider, ProviderOutcome, ProviderReply } from '../../app/payment-provider';

/** A call as the simulated provider keeps it, with the answer that it got. */
export interface RememberedCall {
  readonly key: string;
  readonly operation: string;
  readonly orderId: string;
  readonly currency: string;
  readonly amount: number;
  readonly answer: ProviderReply;
}

/** A kept call, and how often it was asked by now. */
export interface AskedCall extends RememberedCall {
  readonly times: number;
}

/** Where the simulated provider remembers; safe under concurrent use. Calls have different keys; answers are in their order. */
export interface CallMemory {
  /** Keeps calls that are new and counts those that are not: the first answer to a key stands for ever. */
  remember(calls: readonly RememberedCall[]): Promise<readonly AskedCall[]>;
}

type Call = OpenAuthorizeCall | CaptureCall | VoidCall | RefundCall;
type Operation = Call['operation'];
type Pending = Extract<ProviderReply, { readonly status: 'pending' }>;

/** What the provider does to whoever pays with a token: it declines an operation, or keeps silent the first times. */
interface Scenario {
  readonly declines?: { readonly [Name in Operation]?: string };
  /** Only the first try. */
  readonly declinesOnce?: { readonly [Name in Operation]?: string };
  /** What the customer has to do before it promises, and what it says when it is asked what has become of that. */
  readonly action?: Pending['action'];
  readonly becomes?: 'approved' | 'declined';
  /** Its promise ends after so many days. */
  readonly expiresAfterDays?: number;
  readonly silent?: { readonly [Name in Operation]?: number };
}

const actions = {
  '3ds': { kind: 'redirect', url: 'https://pay.example/3ds' },
  upi: { kind: 'approve-in-app' },
  net_banking: { kind: 'redirect', url: 'https://pay.example/bank' },
  bank_transfer: { kind: 'transfer', reference: 'RF18-5390-0754-7034' },
  pay_link: { kind: 'redirect', url: 'https://pay.example/link' },
} as const;

const scenarios: ReadonlyMap<string, Scenario> = new Map(
  Object.entries<Scenario>({
    tok_decline: { declines: { authorize: 'do-not-honour' } },
    tok_insufficient: { declines: { authorize: 'insufficient-funds' } },
    tok_timeout: { silent: { authorize: Number.POSITIVE_INFINITY } },
    tok_timeout_once: { silent: { authorize: 1 } },
    tok_capture_decline: { declines: { capture: 'authorization-expired' } },
    tok_capture_timeout: { silent: { capture: Number.POSITIVE_INFINITY } },
    tok_capture_timeout_once: { silent: { capture: 1 } },
    tok_void_timeout: { silent: { void: Number.POSITIVE_INFINITY } },
    tok_void_decline: { declines: { void: 'already-settled' } },
    tok_refund_decline: { declines: { refund: 'account-closed' } },
    tok_refund_timeout: { silent: { refund: Number.POSITIVE_INFINITY } },
    tok_refund_timeout_once: { silent: { refund: 1 } },
    tok_capture_decline_once: { declinesOnce: { capture: 'issuer-unavailable' } },
    tok_void_decline_once: { declinesOnce: { void: 'issuer-unavailable' } },
    tok_refund_decline_once: { declinesOnce: { refund: 'issuer-unavailable' } },
    tok_expires: { expiresAfterDays: 7 },
    ...Object.fromEntries(
      Object.entries(actions).flatMap(([method, action]) => [
        [`tok_pending_${method}`, { action }],
        [`tok_pending_${method}_paid`, { action, becomes: 'approved' }],
        [`tok_pending_${method}_refused`, { action, becomes: 'declined' }],
      ]),
    ),
  }),
);

/** A token `pay_…` is a payment that the shop began with the provider: it waits for its customer, and a webhook tells what comes of it. */
const begunByShop = (token: string): boolean => token.startsWith('pay_');
const shopPayment: Scenario = { action: actions.pay_link };

/** What another try would not change. */
const final: ReadonlySet<string> = new Set(['authorization-expired', 'already-settled', 'account-closed']);

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const PENDING_MINUTES = 15;

/** What is paid by a link of ours is begun here, and paid on pages of the provider. */
const tokenWith = ({ key, method, token }: OpenAuthorizeCall): string => token ?? (method === 'pay_link' ? `pay_${key}` : 'tok_ok');

/** An authorisation carries its token, so that later calls need no look-up to behave alike. */
const authorizationOf = (call: OpenAuthorizeCall, token = tokenWith(call), { key } = call): string =>
  begunByShop(token) ? token : `sim_${scenarios.has(token) ? token : 'tok_ok'}_${key}`;

const tokenOf = (authorization: string | undefined): string => /^sim_(.+)_[^_]+$/.exec(authorization ?? '')?.[1] ?? 'tok_ok';

const scenarioOf = (call: Call): Scenario => {
  if (call.operation !== 'authorize') return scenarios.get(tokenOf(call.authorization)) ?? {};
  const token = tokenWith(call);
  return begunByShop(token) ? shopPayment : (scenarios.get(token) ?? {});
};

const referenceOf = (call: Call): string => (call.operation === 'authorize' ? authorizationOf(call) : `sim_${call.operation}_${call.key}`);

const refusalOf = (call: Call): string | undefined => {
  const { declines, declinesOnce } = scenarioOf(call);
  const isFirst = call.operation === 'authorize' || call.failures === 0;
  return declines?.[call.operation] ?? (isFirst ? declinesOnce?.[call.operation] : undefined);
};

const promiseOf = (call: Call, now: Date): ProviderReply => {
  const { action, expiresAfterDays } = call.operation === 'authorize' ? scenarioOf(call) : {};
  const reference = referenceOf(call);
  const after = (ms: number): string => new Date(now.getTime() + ms).toISOString();
  if (action) return { status: 'pending', reference, action, expiresAt: after(PENDING_MINUTES * MINUTE) };
  return { status: 'approved', reference, ...(expiresAfterDays === undefined ? {} : { expiresAt: after(expiresAfterDays * DAY) }) };
};

const answerOf = (call: Call, now: Date): ProviderReply => {
  const reason = refusalOf(call);
  return reason === undefined ? promiseOf(call, now) : { status: 'declined', reason, ...(final.has(reason) ? { final: true } : {}) };
};

/** It knows nothing of what the customer does: the token says what came of it, or a webhook does. */
const becameOf = ({ authorization }: InquireCall, now: Date): ProviderOutcome => {
  const { becomes, action } = begunByShop(authorization) ? shopPayment : (scenarios.get(tokenOf(authorization)) ?? {});
  if (becomes === 'declined') return { status: 'declined', reason: 'customer-refused' };
  if (becomes === 'approved' || !action) return { status: 'approved', reference: authorization };
  return { status: 'pending', reference: authorization, action, expiresAt: new Date(now.getTime() + MINUTE).toISOString() };
};

const keptOf = (call: Call, now: Date): RememberedCall => ({
  key: call.key,
  operation: call.operation,
  orderId: call.orderId,
  currency: call.currency,
  amount: call.amount,
  answer: answerOf(call, now),
});

const sameRequest = (call: Call, kept: RememberedCall): boolean =>
  call.operation === kept.operation && call.orderId === kept.orderId && call.currency === kept.currency && call.amount === kept.amount;

const outcomeOf = (call: Call, kept: AskedCall | undefined): Settled<ProviderOutcome> => {
  if (!kept) return { ok: false, error: new Error(`The memory of the simulated provider has no answer for ${call.key}.`) };
  if (!sameRequest(call, kept)) return { ok: false, error: new Error(`Key ${call.key} was used before, for another request.`) };
  const silent = scenarioOf(call).silent?.[call.operation] ?? 0;
  return { ok: true, value: kept.times > silent ? kept.answer : { status: 'unknown', reason: 'timeout' } };
};

/** Asks the memory once for a whole batch, in which a key may stand twice. */
const answerAll =
  (memory: CallMemory, now: () => Date) =>
  async (calls: readonly Call[]): Promise<readonly Settled<ProviderOutcome>[]> => {
    const byKey = new Map(calls.toReversed().map((call) => [call.key, call]));
    const kept = await memory.remember([...byKey.values()].map((call) => keptOf(call, now())));
    const answers = new Map(kept.map((each) => [each.key, each]));
    return calls.map((call) => outcomeOf(call, answers.get(call.key)));
  };

/**
 * A payment provider without money. It behaves by the token that an order is paid with (`tok_decline`, `tok_timeout_once`, …; any other is
 * good), always in the same way. A timeout is the nasty kind: the call was carried out and the answer got lost.
 */
export const simulatedProvider = (memory: CallMemory, now: () => Date): PaymentProvider => {
  const ask = coalescing(answerAll(memory, now));
  return {
    name: 'simulated',
    authorize: ask,
    inquire: async (call) => becameOf(call, now()),
    capture: ask,
    void: ask,
    refund: ask,
  };
};
