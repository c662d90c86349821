import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';

export interface Printed {
  readonly status: number;
  readonly output: string;
}

const END = '--- end of block';
const ended = new RegExp(`${END} (\\d+)\\n$`);

/** One shell for a whole page, so that a later block sees the variables of an earlier one. */
export class Shell {
  private readonly bash: ChildProcessWithoutNullStreams;

  constructor(folder: string) {
    this.bash = spawn('bash', ['--noprofile', '--norc'], { cwd: folder, stdio: 'pipe' });
    this.bash.stdin.write('exec 2>&1; set -o pipefail\n');
  }

  async run(code: string): Promise<Printed> {
    const printed = this.nextEnd();
    this.bash.stdin.write(`${code}\necho "${END} $?"\n`);
    return printed;
  }

  async close(): Promise<void> {
    this.bash.stdin.end();
    await once(this.bash, 'close');
  }

  private nextEnd(): Promise<Printed> {
    return new Promise((resolve) => {
      let output = '';
      const collect = (chunk: Buffer): void => {
        output += chunk.toString();
        const [end, status] = ended.exec(output) ?? [];
        if (end === undefined) return;
        this.bash.stdout.off('data', collect);
        resolve({ status: Number(status), output: output.slice(0, -end.length).trim() });
      };
      this.bash.stdout.on('data', collect);
    });
  }
}
