import { EventEmitter } from 'node:events';
import { aboutOf, both, messageOf, NOTHING, type About, type Statement } from './statements';

/** What a client sends in one go. */
export interface Request {
  /** Messages, and statements that are to be prepared unless they are. */
  readonly parts: readonly (Buffer | Statement)[];
  readonly about: About;
}

/** The server's end. */
interface Server {
  statement(path: string, words: Buffer): Statement;
  submit(socket: Socket, request: Request): void;
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

/** The name of no statement. */
const CLOSED = Buffer.from('Sclosed\0');

const PATH = /search_path=([a-z_]+)/;

/** The session is everybody's, and time makes leaps: whoever limits it would limit, or end, all others. */
const withoutTimeouts = (body: Buffer): Buffer =>
  body.includes('_timeout') ? Buffer.from(body.toString('utf8').replace(/(\w+_timeout) ?= ?'?\w+'?/g, '$1 = 0')) : body;

const zeroAfter = (body: Buffer, from: number): number => body.indexOf(0, from);

/**
 * A connection of the driver to a database in this process, as far as the driver asks anything of a socket. All connections share one session, and so what one
 * has prepared is prepared for the others.
 */
export class Socket extends EventEmitter {
  readonly writable = true;
  isCut = false;
  /** Within the transaction that is under way, or just was. */
  hasAppended = false;
  searchPath = 'public';
  private begun = false;
  private rest: Buffer = Buffer.alloc(0);
  private readonly statements = new Map<string, Statement>();
  private parts: (Buffer | Statement)[] = [];
  private about = NOTHING;

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
    this.parts.push(this.partOf(type, body));
    if (type !== QUERY && type !== SYNC) return;
    const { parts, about } = this;
    this.parts = [];
    this.about = NOTHING;
    this.server.submit(this, { parts, about });
  }

  private partOf(type: number, body: Buffer): Buffer | Statement {
    if (type === QUERY) return this.simple(withoutTimeouts(body));
    if (type === PARSE) return this.prepared(body);
    if (type === BIND) return this.renamed(type, body, zeroAfter(body, 0) + 1);
    if (type === DESCRIBE && body[0] === SYNC) return this.renamed(type, body, 1);
    // Others may go on using what one has closed.
    if (type === CLOSE && body[0] === SYNC) return messageOf(type, CLOSED);
    return messageOf(type, body);
  }

  private simple(body: Buffer): Buffer {
    this.about = both(this.about, aboutOf(body));
    return messageOf(QUERY, body);
  }

  private prepared(body: Buffer): Statement {
    const to = zeroAfter(body, 0);
    const statement = this.server.statement(this.searchPath, body.subarray(to + 1));
    this.statements.set(body.toString('utf8', 0, to), statement);
    return statement;
  }

  private renamed(type: number, body: Buffer, from: number): Buffer {
    const to = zeroAfter(body, from);
    const statement = this.statements.get(body.toString('utf8', from, to));
    if (!statement) return messageOf(type, body);
    this.about = both(this.about, statement.about);
    return messageOf(type, body.subarray(0, from), statement.name, body.subarray(to + 1));
  }
}
