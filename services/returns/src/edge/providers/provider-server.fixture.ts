import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ReturnsProviderMessage } from '@cartage/contracts';
import { provenWebhookId } from '@cartage/service-kit';

type Fault = 'lost' | 'broken' | 'throttled' | 'denied' | 'refused';

export const providerSecret = Buffer.from('a secret of more than 24 bytes').toString('base64');

const unknownSku = { title: 'Invalid', errors: [{ field: 'order.lines[0].sku', code: 'SKU_UNKNOWN', message: 'We have no such SKU.' }] };

const refusals: Readonly<Record<Exclude<Fault, 'lost'>, { readonly status: number }>> = {
  ...{ throttled: { status: 429 }, broken: { status: 503 }, denied: { status: 401 }, refused: { status: 422 } },
};

/** A returns provider that takes signed JSON, as its own people would write it: proves the sender, and takes a message once by its id. */
export class ProviderServer {
  private readonly server: Server = createServer((request, response) => void this.serve(request, response));
  private readonly faults: Fault[] = [];
  private readonly ids = new Set<string>();
  /** Orders of which it refuses the next message. */
  readonly refusing = new Set<string>();
  /** Each message once. */
  readonly taken: ReturnsProviderMessage[] = [];

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/cartage`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  strike(...faults: readonly Fault[]): void {
    this.faults.push(...faults);
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const fault = this.faults.shift();
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const refusal = fault === undefined || fault === 'lost' ? undefined : refusals[fault];
    if (refusal) return void response.writeHead(refusal.status, { 'retry-after': '2' }).end(JSON.stringify(unknownSku));
    const rawBody = Buffer.concat(chunks);
    const id = provenWebhookId({ headers: request.headers, rawBody }, [providerSecret], new Date());
    const message = JSON.parse(rawBody.toString('utf8')) as ReturnsProviderMessage;
    if (this.refusing.delete(message.orderId)) return void response.writeHead(422).end(JSON.stringify(unknownSku));
    if (!this.ids.has(id)) this.taken.push(message);
    this.ids.add(id);
    if (fault === 'lost') return void request.socket.destroy();
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  }
}
