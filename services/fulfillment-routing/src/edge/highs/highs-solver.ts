import { Worker } from 'node:worker_threads';
import { messageOf } from '@cartage/eventsourcing';
import type { HighsOptions } from 'highs';
import type { SourcingSolver } from '../../app/sourcing';
import { lpOf, planOf } from './lp-model';

interface Answer {
  readonly status: string;
  readonly values: Readonly<Record<string, number>>;
}

/** Money is whole: what is not half a minor unit better is no better. Nodes bound the work alike on every machine; time is for a machine that is far too slow. */
const optionsFor = (seconds: number) =>
  ({
    ...{ output_flag: false, random_seed: 0, mip_rel_gap: 0, mip_abs_gap: 0.5 },
    ...{ mip_max_nodes: 20_000, time_limit: seconds },
  }) satisfies HighsOptions;
const SECONDS = 20;
/** For the model to be read, and on a machine that is busy. */
const SLACK_MS = 10_000;

/** In a thread of its own, because it computes without a pause. Plain JavaScript: a thread loads no TypeScript. */
const THREAD = `
  const { parentPort, workerData } = require('node:worker_threads');
  const highs = require(workerData.module)();
  parentPort.on('message', async ({ id, model }) => {
    try {
      const { Status: status, Columns } = (await highs).solve(model, workerData.options);
      const values = {};
      for (const name in Columns) if (Columns[name].Primal > 0.5) values[name] = Columns[name].Primal;
      parentPort.postMessage({ id, answer: { status, values } });
    } catch (error) {
      parentPort.postMessage({ id, fault: String(error) });
    }
  });`;

interface Asking {
  readonly resolve: (answer: Answer | undefined) => void;
  readonly reject: (error: Error) => void;
}
type Message = { readonly id: number } & ({ readonly answer: Answer } | { readonly fault: string });

/** The thread, and what it has been asked. A thread that dies, or does not answer, takes with it what it was asked. */
class SolverThread {
  private readonly worker: Worker;
  private readonly asking = new Map<number, Asking>();
  private asked = 0;

  constructor(
    private readonly seconds: number,
    private readonly onEnd: () => void,
  ) {
    this.worker = new Worker(THREAD, { eval: true, workerData: { module: require.resolve('highs'), options: optionsFor(seconds) } });
    this.worker.unref();
    this.worker.on('message', (message: Message) => this.answered(message));
    this.worker.on('error', (error: unknown) => this.end(new Error(messageOf(error), { cause: error })));
    this.worker.on('exit', () => this.end());
  }

  async ask(model: string): Promise<Answer | undefined> {
    const id = (this.asked += 1);
    const answer = new Promise<Answer | undefined>((resolve, reject) => this.asking.set(id, { resolve, reject }));
    this.worker.ref();
    const tooLate = setTimeout(() => void this.stop(), this.seconds * 1_000 + SLACK_MS);
    try {
      this.worker.postMessage({ id, model });
      return await answer;
    } finally {
      clearTimeout(tooLate);
    }
  }

  /** What it is asked has no answer. */
  async stop(): Promise<void> {
    this.end();
    await this.worker.terminate();
  }

  private answered(message: Message): void {
    const asking = this.asking.get(message.id);
    this.asking.delete(message.id);
    if (this.asking.size === 0) this.worker.unref();
    if ('answer' in message) asking?.resolve(message.answer);
    else asking?.reject(new Error(message.fault));
  }

  private end(error?: Error): void {
    this.onEnd();
    for (const { resolve, reject } of this.asking.values())
      if (error) reject(error);
      else resolve(undefined);
    this.asking.clear();
  }
}

/** HiGHS (compiled to WebAssembly). Its thread is started when it is first asked; it looks for the best for so many seconds at the most. */
export const highsSolver = (seconds = SECONDS): SourcingSolver & { readonly close: () => Promise<void> } => {
  let thread: SolverThread | undefined;
  const current = (): SolverThread => {
    thread ??= new SolverThread(seconds, () => (thread = undefined));
    return thread;
  };
  return {
    solve: async (problem) => {
      if (problem.orders.length === 0) return [];
      const found = await current().ask(lpOf(problem));
      return found?.status === 'Optimal' ? planOf(problem, (variable) => found.values[variable] ?? 0) : undefined;
    },
    close: async () => thread?.stop(),
  };
};
