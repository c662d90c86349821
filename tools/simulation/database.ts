import { PGlite } from '@electric-sql/pglite';
import { rowsOf } from './rows';
import { Socket } from './socket';

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

/** The state of the session after an answer: idle, within a transaction, or within one that failed. */
const stateAfter = (answer: Buffer): number => (answer[answer.length - 6] === READY ? (answer[answer.length - 1] ?? IDLE) : IDLE);

const isReadOfLog = (message: Buffer): boolean => message.includes('from events') && !message.includes('append_events');

interface Work {
  readonly socket: Socket;
  readonly message: Buffer;
}

/**
 * Postgres in this very process, spoken to by the ordinary driver. There is one session behind all connections: whoever has begun a transaction has it for
 * itself until the end, and everybody else waits. What is answered follows from what is asked, and from nothing else.
 */
export class SimulatedDatabase {
  private readonly waiting: Work[] = [];
  private holder: Socket | undefined;
  private path = '';
  onConnect: (socket: Socket) => void = () => undefined;

  private constructor(
    private readonly postgres: PGlite,
    public wire: Wire,
  ) {}

  static async open(wire: Wire): Promise<SimulatedDatabase> {
    return new SimulatedDatabase(await PGlite.create(), wire);
  }

  /** A statement outside of any connection, for whoever looks on. */
  run(sql: string): Buffer {
    return Buffer.from(this.postgres.execProtocolRawSync(simple(sql)));
  }

  connect(owner: string): Socket {
    const socket = new Socket(owner, this);
    this.onConnect(socket);
    return socket;
  }

  submit(socket: Socket, message: Buffer): void {
    this.wire.later(() => {
      if (socket.isCut) return;
      this.waiting.push({ socket, message });
      this.serve();
    });
  }

  /** The server finds that a client has gone: what it had not committed is undone. */
  gone(socket: Socket): void {
    if (this.holder === socket) {
      this.run('rollback');
      this.holder = undefined;
    }
    for (const name of socket.statements) this.run(`deallocate "${name}"`);
    this.serve();
  }

  /** The session is as new: nobody waits, and where its last statement looked for tables is forgotten. */
  renew(): void {
    this.waiting.length = 0;
    this.holder = undefined;
    this.path = '';
    rowsOf(this.run('discard all'));
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
  private seesThrough({ socket, message }: Work): boolean {
    return this.holder !== undefined && !this.holder.hasAppended && socket.searchPath === this.path && isReadOfLog(message);
  }

  private work({ socket, message }: Work): void {
    if (!socket.isCut) this.wire.passing(socket, 'before');
    if (socket.isCut) return;
    this.walk(socket.searchPath);
    const answer = Buffer.from(this.postgres.execProtocolRawSync(message));
    if (!this.holder || this.holder === socket) this.holder = stateAfter(answer) === IDLE ? undefined : socket;
    socket.hasAppended ||= message.includes('cartage-append');
    this.tellCommitted(socket);
    this.wire.passing(socket, 'after');
    if (!socket.isCut) this.wire.later(() => socket.answer(answer));
  }

  private walk(path: string): void {
    if (path === this.path) return;
    this.run(`set search_path to ${path}`);
    this.path = path;
  }

  private tellCommitted(socket: Socket): void {
    if (this.holder || !socket.hasAppended) return;
    socket.hasAppended = false;
    this.wire.committed(socket.owner);
  }
}
