import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { VendorFaults, type VendorFault } from './vendor-faults';

interface Line {
  readonly lineId: string;
  readonly quantity: number;
}
interface Message {
  readonly type: string;
  readonly externalOrderId?: string;
  readonly trackingNumber?: string;
  readonly lines?: readonly Line[];
  readonly amount?: number;
  readonly backInAll?: number;
  readonly channelReturnId?: string;
  readonly levels?: readonly { readonly sku: string; readonly atp: number }[];
  readonly prices?: readonly { readonly sku: string; readonly unitPrice: number }[];
}
interface Answer {
  readonly status: number;
  readonly body: object;
}

const secret = Buffer.from('a secret of more than 24 bytes').toString('base64');

/** A channel that takes signed JSON, as its own people would write it: proves the sender, takes an id once, and knows its orders. */
export class WebhookChannel {
  private readonly server: Server = createServer((request, response) => void this.serve(request, response));
  private readonly faults = new VendorFaults();
  private readonly answers = new Map<string, Answer>();
  /** Units by line of each order. */
  readonly orders = new Map<string, Readonly<Record<string, number>>>();
  readonly skus = new Set<string>();
  readonly taken: Message[] = [];
  readonly stock = new Map<string, number>();
  readonly prices = new Map<string, number>();
  /** How each stands, as it was told last. */
  readonly returns = new Map<string, string>();
  refunded = 0;

  async start(): Promise<{ readonly url: string; readonly token: string }> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return { url: `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/oms`, token: secret };
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  strike(...faults: readonly VendorFault[]): void {
    this.faults.strike(...faults);
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const fault = this.faults.take();
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    if (fault === 'throttled') return void response.writeHead(429, { 'retry-after': '2' }).end();
    if (fault === 'broken') return void response.writeHead(503).end();
    if (fault === 'denied' || !this.isSigned(request, body)) return void response.writeHead(401).end();
    const id = String(request.headers['webhook-id']);
    const answer = this.answers.get(id) ?? this.answered(JSON.parse(body) as Message);
    this.answers.set(id, answer);
    if (fault === 'lost') return void request.socket.destroy();
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
  }

  private isSigned({ headers }: IncomingMessage, body: string): boolean {
    const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
    const signature = createHmac('sha256', Buffer.from(secret, 'base64')).update(signed).digest('base64');
    return headers['webhook-signature'] === `v1,${signature}`;
  }

  private answered(message: Message): Answer {
    const isOfSkus = message.type === 'stock' || message.type === 'prices';
    return isOfSkus ? { status: 200, body: { refused: this.listed(message) } } : this.take(message);
  }

  private take(message: Message): Answer {
    const units = this.orders.get(message.externalOrderId ?? '');
    const i = message.lines?.findIndex(({ lineId, quantity }) => (units?.[lineId] ?? 0) < quantity) ?? -1;
    if (i >= 0)
      return {
        status: 422,
        body: { title: 'Invalid', errors: [{ field: `lines[${i}].lineId`, code: 'UNKNOWN', message: 'No such line.' }] },
      };
    this.taken.push(message);
    if (message.channelReturnId !== undefined) this.returns.set(message.channelReturnId, message.type.replace('order.return-', ''));
    return { status: 202, body: message.amount === undefined ? {} : this.give(message.amount, message.backInAll) };
  }

  private listed({ levels = [], prices = [] }: Message): readonly object[] {
    const values = [
      ...levels.map(({ sku, atp }) => ({ sku, of: this.stock, value: atp })),
      ...prices.map(({ sku, unitPrice }) => ({ sku, of: this.prices, value: unitPrice })),
    ];
    return values.flatMap((each) => this.set(each));
  }

  private give(amount: number, backInAll = 0): object {
    const given = Math.max(0, Math.min(amount, backInAll - this.refunded));
    this.refunded += given;
    return { given };
  }

  private set({ sku, of, value }: { readonly sku: string; readonly of: Map<string, number>; readonly value: number }): readonly object[] {
    if (!this.skus.has(sku)) return [{ sku, field: 'sku', code: 'UNKNOWN', message: `We do not sell ${sku}.` }];
    of.set(sku, value);
    return [];
  }
}
