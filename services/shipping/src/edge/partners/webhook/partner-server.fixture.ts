import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PartnerMessage } from '@cartage/contracts';
import { provenWebhookId } from '@cartage/service-kit';

type Fault = 'lost' | 'broken' | 'throttled' | 'denied' | 'refused';

export const partnerSecret = Buffer.from('a secret of more than 24 bytes').toString('base64');

const unknownSku = { title: 'Invalid', errors: [{ field: 'request.lines[0].sku', code: 'SKU_UNKNOWN', message: 'We have no such SKU.' }] };

/** A 3PL that takes signed JSON, as its own people would write it: proves the sender, takes a message once by its id, and knows what it was asked. */
export class PartnerServer {
  private readonly server: Server = createServer((request, response) => void this.serve(request, response));
  private readonly faults: Fault[] = [];
  private readonly answers = new Map<string, object>();
  /** Each message once. */
  readonly taken: PartnerMessage[] = [];
  /** What it says at once to a message of this type. */
  readonly says = new Map<PartnerMessage['type'], (message: PartnerMessage) => readonly object[]>();
  asked = 0;

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

  of(reference: string, type: PartnerMessage['type']): readonly PartnerMessage[] {
    return this.taken.filter((message) => message.reference === reference && message.type === type);
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.asked += 1;
    const fault = this.faults.shift();
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (fault === 'throttled') return void response.writeHead(429, { 'retry-after': '2' }).end();
    if (fault === 'broken') return void response.writeHead(503).end();
    if (fault === 'denied') return void response.writeHead(401).end();
    if (fault === 'refused') return void response.writeHead(422).end(JSON.stringify(unknownSku));
    const rawBody = Buffer.concat(chunks);
    const id = provenWebhookId({ headers: request.headers, rawBody }, [partnerSecret], new Date());
    const answer = this.answers.get(id) ?? this.take(JSON.parse(rawBody.toString('utf8')) as PartnerMessage);
    this.answers.set(id, answer);
    if (fault === 'lost') return void request.socket.destroy();
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }

  private take(message: PartnerMessage): object {
    if (message.type === 'fulfilment.status') return { known: this.of(message.reference, 'fulfilment.request').length > 0 };
    this.taken.push(message);
    return { notices: this.says.get(message.type)?.(message) ?? [] };
  }
}
