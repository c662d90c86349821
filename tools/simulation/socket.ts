import { EventEmitter } from 'node:events';

/** The server's end. */
interface Server {
  submit(socket: Socket, message: Buffer): void;
  gone(socket: Socket): void;
}

const QUERY = 0x51;
const SYNC = 0x53;
const TERMINATE = 0x58;
const PARSE = 0x50;
const BIND = 0x42;
const DESCRIBE = 0x44;
const CLOSE = 0x43;

/** AuthenticationOk, and ReadyForQuery. */
const WELCOME = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0, 0x5a, 0, 0, 0, 5, 0x49]);

const PATH = /search_path=([a-z_]+)/;

/** The session is everybody's, and time makes leaps: whoever limits it would limit, or end, all others. */
const withoutTimeouts = (body: Buffer): Buffer =>
  body.includes('_timeout') ? Buffer.from(body.toString('utf8').replace(/(\w+_timeout) ?= ?'?\w+'?/g, '$1 = 0')) : body;

const messageOf = (type: number, body: Buffer): Buffer => {
  const head = Buffer.alloc(5);
  head[0] = type;
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
};

const zeroAfter = (body: Buffer, from: number): number => body.indexOf(0, from);

let opened = 0;

/**
 * A connection of the driver to a database in this process, as far as the driver asks anything of a socket. Prepared statements get names of their own, because
 * all connections share one session.
 */
export class Socket extends EventEmitter {
  readonly statements = new Set<string>();
  readonly number = (opened += 1);
  readonly writable = true;
  isCut = false;
  /** Within the transaction that is under way, or just was. */
  hasAppended = false;
  searchPath = 'public';
  private begun = false;
  private rest: Buffer = Buffer.alloc(0);
  private unit: Buffer[] = [];

  constructor(
    readonly owner: string,
    private readonly server: Server,
  ) {
    super();
  }

  connect(): this {
    process.nextTick(() => this.isCut || this.emit('connect'));
    return this;
  }

  write(bytes: Buffer, done?: () => void): boolean {
    if (!this.isCut) this.take(bytes);
    if (typeof done === 'function') process.nextTick(done);
    return true;
  }

  end(bytes?: Buffer): void {
    if (bytes && Buffer.isBuffer(bytes)) this.take(bytes);
    this.destroy();
  }

  destroy(error?: Error): this {
    if (this.isCut) return this;
    this.isCut = true;
    this.server.gone(this);
    process.nextTick(() => {
      if (error) this.emit('error', error);
      this.emit('close');
    });
    return this;
  }

  /** Whoever waits for an answer waits for ever: its process has gone. */
  abandon(): void {
    if (this.isCut) return;
    this.isCut = true;
    this.removeAllListeners();
    this.server.gone(this);
  }

  answer(bytes: Buffer): void {
    if (!this.isCut) this.emit('data', bytes);
  }

  setNoDelay = (): this => this;
  setKeepAlive = (): this => this;
  ref = (): this => this;
  unref = (): this => this;
  cork = (): void => undefined;
  uncork = (): void => undefined;

  private take(bytes: Buffer): void {
    this.rest = this.rest.length === 0 ? bytes : Buffer.concat([this.rest, bytes]);
    if (!this.begun) this.begin();
    while (this.rest.length >= 5) {
      const size = 1 + this.rest.readInt32BE(1);
      if (this.rest.length < size) return;
      this.hear(this.rest[0] as number, this.rest.subarray(5, size));
      this.rest = this.rest.subarray(size);
    }
  }

  private begin(): void {
    const size = this.rest.readInt32BE(0);
    this.searchPath = PATH.exec(this.rest.toString('latin1', 0, size))?.[1] ?? this.searchPath;
    this.rest = this.rest.subarray(size);
    this.begun = true;
    process.nextTick(() => this.answer(WELCOME));
  }

  private hear(type: number, body: Buffer): void {
    if (type === TERMINATE) return void this.destroy();
    this.unit.push(messageOf(type, this.renamed(type, body)));
    if (type !== QUERY && type !== SYNC) return;
    const message = Buffer.concat(this.unit);
    this.unit = [];
    this.server.submit(this, message);
  }

  private renamed(type: number, body: Buffer): Buffer {
    if (type === QUERY) return withoutTimeouts(body);
    if (type === PARSE) return this.named(body, 0, true);
    if (type === BIND) return this.named(body, zeroAfter(body, 0) + 1);
    const isOfStatement = (type === DESCRIBE || type === CLOSE) && body[0] === SYNC;
    return isOfStatement ? this.named(body, 1) : body;
  }

  private named(body: Buffer, from: number, isNew = false): Buffer {
    const to = zeroAfter(body, from);
    if (to === from) return body;
    const name = `${this.number}.${body.toString('utf8', from, to)}`;
    if (isNew) this.statements.add(name);
    return Buffer.concat([body.subarray(0, from), Buffer.from(name), body.subarray(to)]);
  }
}
