import { setTimeout as pause } from 'node:timers/promises';
import { serverProcess, type ServerProcess } from '@cartage/testkit';

/** 128 + SIGKILL: what a killed process ends with. */
const KILLED = 137;
const USUAL_PAUSE_MS = 500;

export interface ReplicaOptions {
  /** As in `services/<name>`. */
  readonly service: string;
  readonly number: number;
  readonly port: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly onLine: (line: string) => void;
  /** Whose build it runs; that of this workspace unless given. */
  readonly workspace?: string | undefined;
}

/** A process of a service that is started again whenever it ends, as a cluster does, until it is told to stop. */
export interface Replica {
  readonly name: string;
  readonly service: string;
  readonly url: string;
  /** Its first start is over. */
  readonly ready: Promise<void>;
  signal(signal: NodeJS.Signals): void;
  /** As a crash would; started again after this time. Done when it answers again. */
  kill(downMs: number): Promise<void>;
  /** Told to stop, and started anew from the build of another workspace, as a rollout does. Done when it answers again; fails where it did not stop cleanly. */
  replace(workspace: string): Promise<void>;
  /** Codes with which it ended otherwise than by a kill: each is a fault of its own. */
  readonly ends: readonly number[];
  stop(): Promise<void>;
}

class KeptReplica implements Replica {
  readonly name: string;
  readonly service: string;
  readonly url: string;
  readonly ends: number[] = [];
  readonly ready: Promise<void>;
  private process: ServerProcess;
  /** What is to run once the process has ended that runs now. */
  private successor: ServerProcess | undefined;
  private readonly kept: Promise<void>;
  private readonly stopping = new AbortController();
  private pauseMs = USUAL_PAUSE_MS;
  private answers: Promise<void>;

  constructor(private readonly options: ReplicaOptions) {
    const { service, number } = options;
    this.name = `${service}/${number}`;
    this.service = service;
    this.process = this.processOf(options.workspace);
    this.url = this.process.url;
    this.ready = this.answers = this.process.start();
    this.kept = this.ready.then(() => this.keep());
    this.kept.catch(() => undefined);
  }

  signal(signal: NodeJS.Signals): void {
    this.process.current().signal(signal);
  }

  async kill(downMs: number): Promise<void> {
    this.pauseMs = downMs;
    const before = this.answers;
    await this.process.kill();
    while (this.answers === before && !this.stopping.signal.aborted) await pause(50);
    await this.answers;
  }

  async replace(workspace: string): Promise<void> {
    const before = this.answers;
    this.successor = this.processOf(workspace);
    await this.process.stop();
    while (this.answers === before && !this.stopping.signal.aborted) await pause(50);
    await this.answers;
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    // It may be about to be started: whatever is there is ended, until nothing comes any more.
    const ending = setInterval(() => void this.process.kill(), 200);
    await this.kept.catch(() => undefined).finally(() => clearInterval(ending));
  }

  private processOf(workspace: string | undefined): ServerProcess {
    const { service, port, environment, onLine } = this.options;
    return serverProcess({ program: `services/${service}`, port, environment, onLine, ...(workspace === undefined ? {} : { workspace }) });
  }

  private takeOver(successor: ServerProcess): void {
    this.process = successor;
    this.successor = undefined;
    this.pauseMs = 0;
  }

  private async keep(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      const code = await this.process.current().ended;
      if (signal.aborted) return;
      if (this.successor) this.takeOver(this.successor);
      else if (code !== KILLED) this.ends.push(code);
      await pause(this.pauseMs, undefined, { signal }).catch(() => undefined);
      this.pauseMs = USUAL_PAUSE_MS;
      if (signal.aborted) return;
      // One that ends while it starts, because what it needs is away, is started again by the next round.
      this.answers = this.process.start().catch(() => undefined);
      await this.answers;
    }
    await this.process.kill();
  }
}

export const keepReplica = (options: ReplicaOptions): Replica => new KeptReplica(options);
