import { PGlite } from '@electric-sql/pglite';
import { rowsOf } from './rows';
import { Socket, type Request } from './socket';
import { Statements, type Statement } from './statements';

/** What becomes of a statement on its way: how long it takes to come and to be answered, and whether it, or the answer, is lost. */
export interface Wire {
  readonly later: (run: () => void) => void;
  /** Asked before and after a piece of work; whoever wants to cut a connection, or to crash somebody, does it here. */
  readonly passing: (socket: Socket, when: 'before' | 'after') => void;
  /** Something that this owner appended to its log is committed. */
  readonly committed: (owner: string) => void;
}

const SIMPLE_QUERY = 0x51;
const READY = 0x5a;
const IDLE = 0x49;

const simple = (sql: string): Buffer => {
  const text = Buffer.from(sql);
  const message = Buffer.alloc(text.length + 6);
  message[0] = SIMPLE_QUERY;
  message.writeInt32BE(text.length + 5, 1);
  text.copy(message, 5);
  return message;
};

/** What comes after so many times that the server was ready. */
const afterReady = (answer: Buffer, times: number): Buffer => {
  let place = 0;
  for (let left = times; left > 0; place += 1 + answer.readInt32BE(place + 1)) if (answer[place] === READY) left -= 1;
  return answer.subarray(place);
};

/** The state of the session after an answer: idle, within a transaction, or within one that failed. */
const stateAfter = (answer: Buffer): number => (answer[answer.length - 6] === READY ? (answer[answer.length - 1] ?? IDLE) : IDLE);

const PARSED = Buffer.from([0x31, 0, 0, 0, 4]);

/** The server itself never crashes here, and so nothing is written for its sake; a plan that is made once serves whatever is asked by it. */
const SERVER = ['wal_level=minimal', 'max_wal_senders=0', 'full_page_writes=off', 'synchronous_commit=off', 'jit=off'];
const SESSION = 'set plan_cache_mode = force_generic_plan';

interface Work {
  readonly socket: Socket;
  readonly request: Request;
}

/**
 * Postgres in this very process, spoken to by the ordinary driver. There is one session behind all connections: whoever has begun a transaction has it for
 * itself until the end, and everybody else waits. What is answered follows from what is asked, and from nothing else.
 */
export class SimulatedDatabase {
  private readonly waiting: Work[] = [];
  private holder: Socket | undefined;
  private path = '';
  private readonly statements = new Statements();
  private readonly prepared = new Set<Statement>();
  onConnect: (socket: Socket) => void = () => undefined;

  private constructor(
    private readonly postgres: PGlite,
    public wire: Wire,
  ) {}

  static async open(wire: Wire): Promise<SimulatedDatabase> {
    return new SimulatedDatabase(
      await PGlite.create({ startParams: [...PGlite.defaultStartParams, ...SERVER.flatMap((setting) => ['-c', setting])] }),
      wire,
    );
  }

  /** A statement outside of any connection, for whoever looks on. */
  run(sql: string): Buffer {
    return this.answered(simple(sql));
  }

  connect(owner: string): Socket {
    const socket = new Socket(owner, this);
    this.onConnect(socket);
    return socket;
  }

  statement(path: string, words: Buffer): Statement {
    return this.statements.said(path, words);
  }

  submit(socket: Socket, request: Request): void {
    this.wire.later(() => {
      if (socket.isCut) return;
      this.waiting.push({ socket, request });
      this.serve();
    });
  }

  /** The server finds that a client has gone: what it had not committed is undone. */
  gone(socket: Socket): void {
    if (this.holder === socket) {
      this.run('rollback');
      this.holder = undefined;
    }
    this.serve();
  }

  /**
   * The session is as new: nobody waits, and where its last statement looked for tables is forgotten. The files of what was deleted, and of the log of what was
   * written, are in memory, too, and nobody lets go of them here until there is a checkpoint.
   */
  renew(): void {
    this.waiting.length = 0;
    this.holder = undefined;
    this.path = '';
    this.prepared.clear();
    rowsOf(this.run('discard all'));
    rowsOf(this.run(SESSION));
    rowsOf(this.run('checkpoint'));
  }

  close(): Promise<void> {
    return this.postgres.close();
  }

  private serve(): void {
    for (let next = this.next(); next; next = this.next()) this.work(next);
  }

  private next(): Work | undefined {
    const place = this.waiting.findIndex((work) => this.holder === undefined || work.socket === this.holder || this.seesThrough(work));
    return place < 0 ? undefined : this.waiting.splice(place, 1)[0];
  }

  /**
   * Some read the log on a connection of its own while they are within a transaction. What they would see then is what is committed, and that is what there is to be
   * seen as long as the transaction has appended nothing.
   */
  private seesThrough({ socket, request }: Work): boolean {
    return this.holder !== undefined && !this.holder.hasAppended && socket.searchPath === this.path && request.about.readsLog;
  }

  private work({ socket, request }: Work): void {
    if (!socket.isCut) this.wire.passing(socket, 'before');
    if (socket.isCut) return;
    const answer = this.answerTo(request, socket.searchPath);
    if (!this.holder || this.holder === socket) this.holder = stateAfter(answer) === IDLE ? undefined : socket;
    socket.hasAppended ||= request.about.appends;
    this.tellCommitted(socket);
    this.wire.passing(socket, 'after');
    if (!socket.isCut) this.wire.later(() => socket.answer(answer));
  }

  private answerTo({ parts }: Request, path: string): Buffer {
    const messages: Buffer[] = path === this.path ? [] : [simple(`set search_path to ${path}`)];
    const unheard = messages.length;
    const fresh: Statement[] = [];
    let known = 0;
    for (const part of parts) {
      if (Buffer.isBuffer(part)) messages.push(part);
      else if (this.prepared.has(part)) known += 1;
      else {
        fresh.push(part);
        messages.push(part.parse);
      }
    }
    const answer = afterReady(this.answered(Buffer.concat(messages)), unheard);
    this.path = path;
    if (answer[0] === PARSED[0]) for (const statement of fresh) this.prepared.add(statement);
    // Of a statement that is prepared a client hears the same as of one that was not.
    return known === 0 ? answer : Buffer.concat([...Array.from({ length: known }, () => PARSED), answer]);
  }

  /** As it streams, nobody takes the answer apart before the driver does. All of it has come when the call returns: the promise only tells of a server that broke. */
  private answered(asked: Buffer): Buffer {
    const heard: Buffer[] = [];
    const onRawData = (bytes: Uint8Array): void => void heard.push(Buffer.from(bytes));
    void this.postgres.execProtocolRawStream(asked, { syncToFs: false, onRawData });
    return heard.length === 1 && heard[0] ? heard[0] : Buffer.concat(heard);
  }

  private tellCommitted(socket: Socket): void {
    if (this.holder || !socket.hasAppended) return;
    socket.hasAppended = false;
    this.wire.committed(socket.owner);
  }
}
