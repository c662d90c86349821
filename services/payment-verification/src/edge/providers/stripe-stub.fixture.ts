import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { invalid, metadataIn, refused, type Answer, type Fields } from './stripe-answers.fixture';

interface Intent {
  readonly id: string;
  readonly object: 'payment_intent';
  readonly status: string;
  readonly amount: number;
  readonly amount_received: number;
  readonly currency: string;
  readonly metadata: Fields;
  readonly latest_charge: string | null;
}
interface Session {
  readonly id: string;
  readonly object: 'checkout.session';
  readonly status: 'open' | 'complete' | 'expired';
  readonly url: string | null;
  readonly expires_at: number;
  readonly payment_intent: Intent | null;
  /** What was asked for. */
  readonly asked: Fields;
}

interface Payout {
  readonly id: string;
  readonly status: string;
  readonly amount: number;
  readonly reconciliation_status: string;
  readonly [field: string]: unknown;
}

/** As much of Stripe’s protocol as the adapter speaks: intents and refunds with their states, idempotency keys, and faults by payment method. */
class StubbedStripe {
  private readonly intents = new Map<string, Intent>();
  private readonly sessions = new Map<string, Session>();
  private readonly payouts = new Map<string, { readonly payout: Payout; readonly transactions: readonly object[] }>();
  private readonly refunds: { readonly payment_intent: string; readonly metadata: Fields }[] = [];
  private readonly answers = new Map<string, { readonly request: string; readonly answer: Answer }>();
  /** What is to go wrong with the next requests: nothing is done, or it is done and the answer is lost. */
  readonly faults: ('rate-limit' | 'broken' | 'lost')[] = [];

  answer(method: string, path: string, fields: Fields, key: string | undefined): Answer {
    if (key === undefined) return this.done(method, path, fields);
    const request = JSON.stringify([method, path, fields]);
    const before = this.answers.get(key);
    if (before && before.request !== request)
      return refused(400, {
        type: 'idempotency_error',
        message: `Keys for idempotent requests can only be used with the same parameters. Try another than '${key}'.`,
      });
    const answer = before?.answer ?? this.done(method, path, fields);
    this.answers.set(key, { request, answer });
    return answer;
  }

  private done(method: string, path: string, fields: Fields): Answer {
    const { pathname, searchParams } = new URL(path, 'http://stub');
    const [, , kind = '', id = '', action] = pathname.split('/');
    const others: Readonly<Record<string, () => Answer>> = {
      payouts: () => this.payoutOf(id),
      balance_transactions: () => this.transactionsOf(searchParams),
      refunds: () => (method === 'GET' ? this.refundsOf(searchParams) : this.refund(fields)),
      checkout: () => this.page(action, fields),
    };
    const other = others[kind];
    if (other) return other();
    return method === 'POST' && id === '' ? this.create(fields) : this.ofIntent(method, [id, action], fields);
  }

  /** It pays out what these transactions come to, or says something else of it by now. */
  payOut(payout: Payout, transactions: readonly object[] = this.payouts.get(payout.id)?.transactions ?? []): void {
    this.payouts.set(payout.id, { payout, transactions });
  }

  private payoutOf(id: string): Answer {
    const known = this.payouts.get(id);
    if (!known) return refused(404, { type: 'invalid_request_error', code: 'resource_missing', message: id });
    return { status: 200, body: { ...known.payout, object: 'payout' } };
  }

  /** One a page: whoever reads them has to turn it. */
  private transactionsOf(query: URLSearchParams): Answer {
    const all = this.payouts.get(query.get('payout') ?? '')?.transactions ?? [];
    const after = query.get('starting_after');
    const at = all.findIndex((each) => Reflect.get(each, 'id') === after) + 1;
    return { status: 200, body: { object: 'list', data: all.slice(at, at + 1), has_more: at + 1 < all.length } };
  }

  private ofIntent(method: string, [id = '', action]: readonly (string | undefined)[], fields: Fields): Answer {
    const intent = this.intents.get(id);
    if (!intent) return refused(404, { type: 'invalid_request_error', code: 'resource_missing', message: id });
    return method === 'GET' ? { status: 200, body: intent } : this.change(intent, action, fields);
  }

  private change(intent: Intent, action: string | undefined, fields: Fields): Answer {
    if (action === 'capture') return this.capture(intent, fields);
    if (action === 'cancel') return this.keep({ ...intent, status: 'canceled' });
    return this.keep({ ...intent, metadata: { ...intent.metadata, ...metadataIn(fields) } });
  }

  private keep(intent: Intent): Answer {
    this.intents.set(intent.id, intent);
    return { status: 200, body: intent };
  }

  begin(changes: Partial<Intent> = {}): Intent {
    const id = `pi_${randomUUID()}`;
    const intent: Intent = {
      ...{ id, object: 'payment_intent', status: 'requires_capture', amount: 1_250, amount_received: 0, currency: 'gbp' },
      ...{ metadata: {}, latest_charge: `ch_${id}`, ...changes },
    };
    this.intents.set(id, intent);
    return intent;
  }

  private create(fields: Fields): Answer {
    const { payment_method: method = '', amount, currency = '' } = fields;
    const decline = /^pm_declined_(\w+)$/.exec(method)?.[1];
    if (decline !== undefined)
      return refused(402, { type: 'card_error', code: 'card_declined', decline_code: decline, message: 'Your card was declined.' });
    // The client asks once more by itself when a connection breaks: it hears nothing then, either.
    if (method === 'pm_lost') this.faults.push('lost', 'lost');
    const status = method === 'pm_3ds' ? 'requires_action' : 'requires_capture';
    const intent = this.begin({ amount: Number(amount), currency, metadata: metadataIn(fields), status });
    return { status: 200, body: status === 'requires_action' ? { ...intent, next_action: redirect } : intent };
  }
  private page(id: string | undefined, fields: Fields): Answer {
    if (id === undefined) return this.checkout(fields);
    return { status: 200, body: this.sessions.get(id) ?? {} };
  }

  private checkout(asked: Fields): Answer {
    const id = `cs_test_${randomUUID()}`;
    const session: Session = {
      ...{ id, object: 'checkout.session', status: 'open', url: `https://checkout.stripe.com/c/pay/${id}`, payment_intent: null, asked },
      expires_at: Math.floor(Date.parse('2026-11-03T10:00:00Z') / 1_000),
    };
    this.sessions.set(id, session);
    return { status: 200, body: session };
  }

  /** The customer pays on the page, or leaves it until it is too old. */
  leave(id: string, status: 'complete' | 'expired'): Session {
    const session = this.sessions.get(id);
    if (!session) throw new Error(`No page ${id} was begun.`);
    const paid = status === 'complete' ? this.begin() : null;
    const left = { ...session, status, url: null, payment_intent: paid };
    this.sessions.set(id, left);
    return left;
  }

  private capture(intent: Intent, fields: Fields): Answer {
    if (intent.status !== 'requires_capture') return invalid('payment_intent_unexpected_state');
    const received = Number(fields['amount_to_capture'] ?? intent.amount);
    if (received > intent.amount) return invalid('amount_too_large');
    return this.keep({
      ...intent,
      status: 'succeeded',
      amount_received: received,
      metadata: { ...intent.metadata, ...metadataIn(fields) },
    });
  }

  private refund(fields: Fields): Answer {
    const { payment_intent: of = '', amount = '' } = fields;
    const intent = this.intents.get(of);
    if (intent?.status !== 'succeeded') return invalid('charge_not_captured');
    const refund = { id: `re_${randomUUID()}`, object: 'refund', status: 'succeeded', amount: Number(amount), currency: intent.currency };
    this.refunds.push({ ...refund, payment_intent: of, metadata: metadataIn(fields) });
    return { status: 200, body: refund };
  }

  private refundsOf(query: URLSearchParams): Answer {
    return {
      status: 200,
      body: { object: 'list', data: this.refunds.filter((each) => each.payment_intent === query.get('payment_intent')) },
    };
  }

  /** A day is over: no key is known any more. */
  forgetKeys(): void {
    this.answers.clear();
  }
}

const redirect = { type: 'redirect_to_url', redirect_to_url: { url: 'https://hooks.stripe.com/3ds' } };

const bodyOf = async (request: IncomingMessage): Promise<Fields> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()));
};

const failing = { 'rate-limit': refused(429, { type: 'rate_limit_error' }), broken: refused(500, { type: 'api_error' }) } as const;

/** Stripe, over HTTP, for specs. */
export const stripeStub = async () => {
  const stub = new StubbedStripe();
  const answerTo = ({ method = '', url = '', headers }: IncomingMessage, fields: Fields): Answer => {
    const [fault] = stub.faults;
    if (fault === 'rate-limit' || fault === 'broken') {
      stub.faults.shift();
      return failing[fault];
    }
    return stub.answer(method, url, fields, headers['idempotency-key']?.toString());
  };
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { status, body } = answerTo(request, await bodyOf(request));
    if (stub.faults[0] === 'lost') {
      stub.faults.shift();
      request.socket.destroy();
    } else response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    begin: stub.begin.bind(stub),
    leave: stub.leave.bind(stub),
    payOut: stub.payOut.bind(stub),
    forgetKeys: stub.forgetKeys.bind(stub),
    faults: stub.faults,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
