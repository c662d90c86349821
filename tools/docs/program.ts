import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

const READY_MS = 300_000;
const STOP_MS = 30_000;

/** A command that runs as if it had been typed into a terminal of its own. */
export class Program {
  private printed = '';
  private readonly child: ChildProcess;
  private readonly exit: Promise<number | string>;

  constructor(command: string) {
    // A process group of its own, as a terminal gives: Ctrl-C reaches all of it.
    this.child = spawn('bash', ['-c', command], { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.child.stdout, this.child.stderr]) stream?.on('data', (chunk: Buffer) => (this.printed += chunk.toString()));
    this.exit = new Promise((resolve) => this.child.once('close', (code, signal) => resolve(code ?? signal ?? 'nothing')));
    process.once('exit', () => this.signal('SIGKILL'));
  }

  /** What it printed so far. */
  get output(): string {
    return this.printed;
  }

  /** Waits for a line of this form and answers with what its group holds. */
  async says(form: RegExp): Promise<string> {
    const found = (): string | undefined => form.exec(this.printed)?.[1];
    const until = Date.now() + READY_MS;
    while (found() === undefined && this.child.exitCode === null && Date.now() < until) await sleep(100);
    const answer = found();
    if (answer === undefined) throw new Error(`It did not say ${String(form)}, but:\n${this.printed}`);
    return answer;
  }

  /** As Ctrl-C. Answers with the exit code. */
  async interrupt(): Promise<number | string> {
    this.signal('SIGINT');
    return Promise.race([this.exit, sleep(STOP_MS, `still running after ${STOP_MS} ms`, { ref: false })]);
  }

  /** As a power cut. */
  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.exit;
  }

  private signal(signal: NodeJS.Signals): void {
    if (this.child.pid === undefined || this.child.exitCode !== null || this.child.signalCode !== null) return;
    process.kill(-this.child.pid, signal);
  }
}
