import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Fault = 'lost' | 'broken' | 'throttled' | 'denied' | 'refused';

export const loopKey = 'loop-api-key';

type Answer = readonly [status: number, body: unknown];

const noSuchReturn: Answer = [200, { errors: { message: 'No return found with this ID.' } }];
const unauthorized = { error: { code: '401', http_code: 'GEN-UNAUTHORIZED', message: 'Unauthorized.' } };
const answers: Readonly<Record<Exclude<Fault, 'lost'>, Answer>> = {
  denied: [401, unauthorized],
  broken: [500, { message: 'An error was encountered during processing.' }],
  throttled: [429, { message: 'Too Many Requests' }],
  refused: [422, { error: { message: 'The return cannot be processed.' } }],
};

/** Loop’s API as far as it is asked here, as its reference has it (docs.loopreturns.com, “Returns API”). What it does not know it says with HTTP 200. */
export class LoopServer {
  private readonly server: Server = createServer((request, response) => this.serve(request, response));
  private readonly faults: Fault[] = [];
  /** By the id of the return. */
  readonly states = new Map<string, string>();
  /** Each thing that was done, as often as it was. */
  readonly done: { readonly id: string; readonly action: string }[] = [];

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/api/v1`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  strike(...faults: readonly Fault[]): void {
    this.faults.push(...faults);
  }

  private serve(request: IncomingMessage, response: ServerResponse): void {
    const fault = this.faults.shift();
    const [status, body] = this.answerTo(request, fault);
    if (fault === 'lost') return void request.socket.destroy();
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }

  private answerTo({ method, url = '', headers }: IncomingMessage, fault?: Fault): Answer {
    if (headers['x-authorization'] !== loopKey) return answers.denied;
    if (fault !== undefined && fault !== 'lost') return answers[fault];
    const path = url.replace('/api/v1/warehouse/return/', '');
    return method === 'GET' ? this.details(path.replace('details?return_id=', '')) : this.act(path.split('/'));
  }

  private details(id: string): Answer {
    const state = this.states.get(id);
    return state === undefined ? noSuchReturn : [200, { id: Number(id), state }];
  }

  private act([id = '', action = '']: readonly string[]): Answer {
    if (!this.states.has(id)) return noSuchReturn;
    this.states.set(id, action === 'close' ? 'closed' : 'cancelled');
    this.done.push({ id, action });
    return [200, 'true'];
  }
}
