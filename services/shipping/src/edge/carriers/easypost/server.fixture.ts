import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

type Json = Record<string, unknown>;
/** Answers of EasyPost’s own API, as its client library recorded them; shortened. */
export const recorded = (name: string): Json => JSON.parse(readFileSync(join(__dirname, 'recorded', `${name}.json`), 'utf8')) as Json;

/** The smallest picture that there is. */
const PIXEL = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

interface Answer {
  readonly status: number;
  readonly body: Json;
}
interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: Json;
}

export interface EasyPostServer {
  readonly url: string;
  readonly asked: readonly Asked[];
  /** What it answers instead, while there is something. */
  readonly instead: Answer[];
  close(): Promise<void>;
}

type Shipment = Json & { id: string; rates: Json[] };
type Order = Json & { id: string; shipments: Shipment[] };

const part = (body: Json, name: string): Json => (body[name] ?? {}) as Json;

/** EasyPost as far as it was recorded: it finds by reference, remembers what was bought, and gives each parcel a number of its own. */
class Account {
  private readonly orders = new Map<string, Order>();
  private readonly shipments = new Map<string, Shipment>();
  private readonly pickups = new Map<string, Json>();
  private made = 0;

  constructor(private readonly url: () => string) {}

  answer({ method, path, body }: Asked): Answer {
    const [kind = '', id = '', step = ''] = path.split('/').filter(Boolean).map(decodeURIComponent);
    const routes: Readonly<Record<string, () => Answer>> = {
      'POST orders ': () => this.createOrder(part(body, 'order')),
      'GET orders ': () => found(this.orders.get(id)),
      'POST orders buy': () => this.buyOrder(id, body),
      'POST shipments refund': () => this.refund(id),
      'GET shipments label?file_format=ZPL': () => ok({ id, postage_label: { label_zpl_url: `${this.url()}/label.zpl?${id}` } }),
      'POST trackers ': () => ok({ ...recorded('tracker'), tracking_code: part(body, 'tracker')['tracking_code'] }),
      'POST scan_forms ': () => this.scanForm(part(body, 'scan_form')),
      'POST batches ': () => ok({ id: this.id('batch') }),
      'POST pickups ': () => this.createPickup(part(body, 'pickup')),
      'GET pickups ': () => found(this.pickups.get(id)),
      'POST pickups buy': () => this.moved(id, 'pickup-bought'),
      'POST pickups cancel': () => this.moved(id, 'pickup-cancelled'),
    };
    return routes[`${method} ${kind} ${step}`]?.() ?? { status: 404, body: recorded('not-found') };
  }

  private id(kind: string): string {
    return `${kind}_${(this.made += 1)}`;
  }

  private createOrder({ reference, shipments, to_address: to }: Json): Answer {
    if (!to) return { status: 422, body: recorded('error') };
    const order = recorded('order-created') as Order;
    const made = (shipments as Json[]).map((_, n): Shipment => {
      const shipment: Shipment = { ...(order.shipments[n % order.shipments.length] as Shipment), id: this.id('shp') };
      this.shipments.set(shipment.id, shipment);
      return shipment;
    });
    const kept: Order = { ...order, id: this.id('order'), reference, shipments: made };
    for (const name of [kept.id, reference]) if (typeof name === 'string') this.orders.set(name, kept);
    return { status: 201, body: kept };
  }

  private buyOrder(id: string, { carrier, service }: Json): Answer {
    const order = this.orders.get(id);
    for (const shipment of order?.shipments ?? [])
      Object.assign(shipment, {
        tracking_code: `9400100110368${String((this.made += 1)).padStart(9, '0')}`,
        selected_rate: shipment.rates.find((rate) => rate['carrier'] === carrier && rate['service'] === service),
        postage_label: { label_url: `${this.url()}/label.png` },
      });
    return found(order);
  }

  private refund(id: string): Answer {
    const shipment = this.shipments.get(id);
    if (shipment) shipment['refund_status'] = recorded('shipment-refunded')['refund_status'];
    return found(shipment);
  }

  private scanForm({ shipments }: Json): Answer {
    const form = { ...recorded('scan-form'), id: this.id('sf') };
    for (const { id } of shipments as { readonly id: string }[]) Object.assign(this.shipments.get(id) ?? {}, { scan_form: form });
    return ok(form);
  }

  private createPickup({ reference }: Json): Answer {
    const pickup = { ...recorded('pickup-created'), id: this.id('pickup') };
    for (const name of [pickup.id, reference]) if (typeof name === 'string') this.pickups.set(name, pickup);
    return ok(pickup);
  }

  private moved(id: string, to: string): Answer {
    const pickup = this.pickups.get(id);
    if (pickup) Object.assign(pickup, { ...recorded(to), id });
    return found(pickup);
  }
}

const ok = (body: Json): Answer => ({ status: 200, body });
const found = (body: Json | undefined): Answer => (body ? ok(body) : { status: 404, body: recorded('not-found') });

const bodyOf = async (request: IncomingMessage): Promise<Json> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  return text === '' ? {} : (JSON.parse(text) as Json);
};

export const easyPostServer = (): EasyPostServer => {
  const asked: Asked[] = [];
  const instead: Answer[] = [];
  const url = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const account = new Account(url);
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = '', url: path = '' } = request;
    if (path === '/label.png') return void response.writeHead(200, { 'content-type': 'image/png' }).end(PIXEL);
    if (path.startsWith('/label.zpl')) return void response.writeHead(200).end(`^XA^FD${path}^FS^XZ`);
    const call = { method, path, body: await bodyOf(request) };
    asked.push(call);
    const { status, body } = instead.shift() ?? account.answer(call);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
  const server: Server = createServer((request, response) => void handle(request, response));
  server.listen(0);
  return {
    url: url(),
    asked,
    instead,
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
};
