import { execFile } from 'node:child_process';
import { Trouble } from '../client/client';

const PROGRAM = 'tools/notebook/draw.mjs';
const WITHIN_MS = 120_000;
const MOST_BYTES = 50_000_000;

/** Each of these specifications of Vega-Lite as SVG, in their order. */
export const drawn = (specs: readonly object[]): Promise<readonly string[]> =>
  specs.length === 0
    ? Promise.resolve([])
    : new Promise((resolve, reject) => {
        const child = execFile(process.execPath, [PROGRAM], { timeout: WITHIN_MS, maxBuffer: MOST_BYTES }, (error, stdout, stderr) => {
          if (error) reject(new Trouble(`A picture could not be drawn: ${stderr.trim().split('\n').at(0) ?? error.message}`));
          else resolve(JSON.parse(stdout) as readonly string[]);
        });
        child.stdin?.end(JSON.stringify(specs));
      });
