import { isAway, Refused, START, stackOf } from '@cartage/eventsourcing';
import { envelopesOf, type AnyListener } from '@cartage/messaging';
import type { AnyService } from '@cartage/service-kit';
import type { Logger } from 'pino';
import { Broken } from './broken';
import { CommittedLog, type FollowedLog } from './committed-log';
import type { SimulatedDatabase } from './database';
import { durableOf, type Durable } from './durable';
import type { FaultPlan } from './faults';
import type { LifeLine } from './life-line';
import { keepsLogInMemory, startMachine, type Machine } from './machine';
import type { Socket } from './socket';
import type { SimulatedTime } from './time';
import type { Trace } from './trace';
import type { Witnessed } from './witnessed';

export interface SystemNeeds {
  readonly services: readonly AnyService[];
  readonly database: SimulatedDatabase;
  readonly time: SimulatedTime;
  readonly faults: FaultPlan;
  readonly trace: Trace;
  readonly log: Logger;
  readonly newId: () => string;
}

interface Standing {
  readonly service: AnyService;
  readonly durable: Durable;
  readonly log: FollowedLog;
  sockets: Set<Socket>;
  incarnation: number;
  machine: Machine | undefined;
  cut: () => void;
}

const RESTART_MS = [200, 4_000] as const;
const PATIENCE_MS = 30_000;
const MOST_TRIES = 60;

/** All of Cartage in this process, and what goes wrong around it. */
export class System {
  private readonly standing = new Map<string, Standing>();
  private readonly witnesses: ((witnessed: Witnessed) => void)[] = [];
  private readonly ending = new AbortController();
  readonly broken: Error[] = [];
  events = 0;

  constructor(private readonly needs: SystemNeeds) {
    const { database, services } = needs;
    database.wire = {
      later: (run) => void needs.time.after(needs.faults.chance.whole(0, 2), run),
      passing: (socket, when) => this.passing(socket, when),
      committed: (owner) => this.committed(owner),
    };
    for (const service of services) this.standing.set(service.name, this.stood(service));
    database.onConnect = (socket) => void this.standing.get(socket.owner)?.sockets.add(socket);
  }

  witness(look: (witnessed: Witnessed) => void): void {
    this.witnesses.push(look);
  }

  async start(): Promise<void> {
    for (const standing of this.standing.values()) void this.follow(standing);
    await Promise.all([...this.standing.values()].map((standing) => this.begin(standing)));
  }

  /** Everybody stops where they stand. */
  stop(): void {
    this.ending.abort();
    for (const standing of this.standing.values()) this.fell(standing);
  }

  deadLetters(name: string): Durable['deadLetters'] {
    return this.named(name).durable.deadLetters;
  }

  /** Asks a service as a client does that asks again, under the same key, until it is answered; a refusal is an answer. */
  async ask<Answer>(name: string, token: string, call: (facade: never) => Promise<Answer>): Promise<Answer | Refused> {
    const { time, faults } = this.needs;
    for (let tries = 0; tries < MOST_TRIES && !this.ending.signal.aborted; tries += 1) {
      await time.pause(faults.delay() + tries * 100);
      const answer = await this.once(name, token, call);
      if (answer !== undefined && !faults.happens('lostAnswers')) return answer.value;
    }
    throw this.fail(new Broken(`${name} did not answer ${token}, however often it was asked.`));
  }

  fail(error: Error): Error {
    this.broken.push(error);
    this.needs.trace.add(`${this.needs.time.iso} BROKEN ${error.message}`);
    return error;
  }

  crash(name: string): void {
    const standing = this.named(name);
    if (!standing.machine) return;
    this.needs.trace.add(`${this.needs.time.iso} ${name} crashes`);
    this.fell(standing);
    this.needs.time.after(this.needs.faults.chance.whole(...RESTART_MS), () => void this.begin(standing));
  }

  private async once<Answer>(
    name: string,
    token: string,
    call: (facade: never) => Promise<Answer>,
  ): Promise<{ readonly value: Answer | Refused } | undefined> {
    const provider = this.named(name).machine?.parts.providers.find(
      (each) => typeof each === 'object' && 'useValue' in each && (each.provide as symbol).description === token,
    );
    if (!provider) return this.named(name).machine ? Promise.reject(this.fail(new Broken(`${name} has no ${token}.`))) : undefined;
    return this.answered(`${name}, ${token}`, () => call((provider as { useValue: unknown }).useValue as never));
  }

  private answered<Answer>(about: string, call: () => Promise<Answer>): Promise<{ readonly value: Answer | Refused } | undefined> {
    return new Promise((resolve) => {
      const patience = this.needs.time.after(PATIENCE_MS, () => resolve(undefined));
      const settle = (answer: { readonly value: Answer | Refused } | undefined): void => {
        patience();
        resolve(answer);
      };
      call().then(
        (value) => settle({ value }),
        (error: unknown) => {
          if (error instanceof Refused) return settle({ value: error });
          if (!isAway(error)) this.fail(new Broken(`${about} fails: ${stackOf(error)}`));
          settle(undefined);
        },
      );
    });
  }

  private named(name: string): Standing {
    const standing = this.standing.get(name);
    if (!standing) throw new RangeError(`There is no service ${name}.`);
    return standing;
  }

  private stood(service: AnyService): Standing {
    const durable = durableOf(this.needs.time, keepsLogInMemory(service));
    const log = durable.store ?? new CommittedLog(this.needs.database, service.schema);
    return { service, durable, log, sockets: new Set(), incarnation: 0, machine: undefined, cut: () => undefined };
  }

  private async follow({ service, log }: Standing): Promise<void> {
    for await (const batch of log.follow({ from: START, signal: this.ending.signal }))
      for (const stored of batch)
        this.seen({ service: service.name, stored, envelopes: service.publication ? envelopesOf(service.publication, stored) : [] });
  }

  private seen(witnessed: Witnessed): void {
    const { stored, service } = witnessed;
    this.events += 1;
    this.needs.trace.add(
      `${this.needs.time.iso} ${service} ${stored.stream} ${stored.version} ${stored.type} ${JSON.stringify(stored.data)}`,
    );
    for (const look of this.witnesses) look(witnessed);
  }

  private lineOf(standing: Standing): LifeLine {
    const { faults, time } = this.needs;
    let isCut = false;
    standing.cut = () => void (isCut = true);
    const { name } = standing.service;
    return {
      name,
      isCut: () => isCut,
      crossing: async () => {
        if (isCut) return;
        await time.pause(faults.chance.whole(0, 3));
        if (!isCut && faults.happens('crashes')) this.crash(name);
      },
    };
  }

  private async begin(standing: Standing): Promise<void> {
    const { database, newId, log } = this.needs;
    const { service, durable } = standing;
    standing.incarnation += 1;
    standing.sockets = new Set();
    const line = this.lineOf(standing);
    if (standing.log instanceof CommittedLog && standing.incarnation > 1) standing.log.refresh();
    try {
      const machine = await startMachine(service, {
        ...{ database, line, durable, newId, log: log.child({ service: service.name }) },
        logs: new Map([...this.standing].map(([name, each]) => [name, each])),
        handling: (listener, run) => this.handling(listener, run),
        forgotten: () => (standing.incarnation > 1 ? this.needs.faults.chance.whole(0, 12) : 0),
      });
      if (!line.isCut()) standing.machine = machine;
    } catch (error) {
      // As its supervisor would: a start that fails is begun again.
      if (!isAway(error)) this.fail(new Broken(`${service.name} does not start: ${stackOf(error)}`));
      this.fell(standing);
      this.needs.time.after(RESTART_MS[1], () => void this.begin(standing));
    }
  }

  private fell(standing: Standing): void {
    standing.cut();
    standing.machine = undefined;
    for (const socket of standing.sockets) socket.abandon();
  }

  private async handling(_: AnyListener, run: () => Promise<unknown>): Promise<unknown> {
    const { faults, time } = this.needs;
    await time.pause(faults.delay());
    const done = await run();
    if (faults.happens('twice')) await run();
    return done;
  }

  private passing(socket: Socket, _: 'before' | 'after'): void {
    const { faults } = this.needs;
    if (!this.standing.get(socket.owner)?.sockets.has(socket)) return;
    if (faults.happens('crashes')) return this.crash(socket.owner);
    if (!faults.happens('cuts')) return;
    this.needs.trace.add(`${this.needs.time.iso} ${socket.owner} loses a connection to the database`);
    socket.destroy(Object.assign(new Error('The connection was reset.'), { code: 'ECONNRESET' }));
  }

  private committed(owner: string): void {
    const { log } = this.named(owner);
    if (log instanceof CommittedLog) log.refresh();
  }
}
