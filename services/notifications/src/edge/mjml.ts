import { Worker } from 'node:worker_threads';
import { messageOf, Refused } from '@cartage/eventsourcing';
import type mjml2html from 'mjml';
import type { MjmlToHtml } from '../app/rendering';

/** Files of this machine are no part of a template: `mj-include` is left out. Strict: what MJML would pass over in silence is a mistake that a customer would see. */
const options = { validationLevel: 'strict', ignoreIncludes: true } satisfies Parameters<typeof mjml2html>[1];
/** A template takes milliseconds, and the compiler a second to load. */
const LONGEST_MS = 30_000;
/** Templates are compiled once for each version: those that are needed come together, and then none for long. */
const IDLE_MS = 10_000;

/** Plain JavaScript: a thread loads no TypeScript. */
const THREAD = `
  const { parentPort, workerData } = require('node:worker_threads');
  const mjml2html = require(workerData.module);
  parentPort.on('message', async ({ id, source }) => {
    try {
      const { html } = await mjml2html(source, workerData.options);
      parentPort.postMessage({ id, html });
    } catch (error) {
      parentPort.postMessage({ id, broken: error instanceof Error ? error.message : String(error) });
    }
  });`;

type Message = { readonly id: number } & ({ readonly html: string } | { readonly broken: string });

interface Asking {
  readonly resolve: (html: string) => void;
  readonly reject: (error: Error) => void;
}

const brokenBy = (message: string): Refused => {
  const why = message.replace(/ of \S+ \(/g, ' (').replace(/\s+/g, ' ');
  return new Refused('TEMPLATE_BROKEN', `The MJML is wrong: ${why}`, 'invalid', [{ field: 'mjml', code: 'TEMPLATE_BROKEN', message: why }]);
};

/** The thread, and what it has been asked. It ends when it has had nothing to do for a while, when it does not answer, or when it dies: what it was asked then fails. */
class CompilerThread {
  private readonly worker = new Worker(THREAD, { eval: true, workerData: { module: require.resolve('mjml'), options } });
  private readonly asking = new Map<number, Asking>();
  private asked = 0;
  private ending: NodeJS.Timeout | undefined;

  constructor(private readonly onEnd: () => void) {
    this.worker.on('message', (message: Message) => this.answered(message));
    this.worker.on('error', (error: unknown) => this.ended(messageOf(error)));
    this.worker.on('exit', () => this.ended('it was stopped'));
  }

  compile(source: string): Promise<string> {
    const id = (this.asked += 1);
    const html = new Promise<string>((resolve, reject) => this.asking.set(id, { resolve, reject }));
    this.worker.ref();
    this.endAfter(LONGEST_MS);
    this.worker.postMessage({ id, source });
    return html;
  }

  async stop(): Promise<void> {
    await this.worker.terminate();
  }

  private answered(message: Message): void {
    const asking = this.asking.get(message.id);
    this.asking.delete(message.id);
    if ('html' in message) asking?.resolve(message.html);
    else asking?.reject(brokenBy(message.broken));
    if (this.asking.size > 0) return this.endAfter(LONGEST_MS);
    this.worker.unref();
    this.endAfter(IDLE_MS);
  }

  private endAfter(ms: number): void {
    clearTimeout(this.ending);
    // Whoever asks from now on gets another thread.
    this.ending = setTimeout(() => {
      this.onEnd();
      void this.stop();
    }, ms).unref();
  }

  private ended(why: string): void {
    this.onEnd();
    clearTimeout(this.ending);
    for (const { reject } of this.asking.values()) reject(new Error(`The thread that compiles MJML ended: ${why}.`));
    this.asking.clear();
  }
}

/**
 * Compiles MJML in a thread of its own: the compiler takes 60 MB of memory and half a second to load, for a handful of templates. The thread is started when it is first
 * asked, and leaves nothing behind when it ends.
 */
export const mjmlCompiler = (): { readonly toHtml: MjmlToHtml; readonly close: () => Promise<void> } => {
  let thread: CompilerThread | undefined;
  const current = (): CompilerThread => {
    if (thread) return thread;
    const started = new CompilerThread(() => (thread = thread === started ? undefined : thread));
    return (thread = started);
  };
  return { toHtml: (source) => current().compile(source), close: async () => thread?.stop() };
};
