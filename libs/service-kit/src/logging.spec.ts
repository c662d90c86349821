import { Writable } from 'node:stream';
import { logger, nestLogger } from './logging';

const linesOf = (write: (log: ReturnType<typeof logger>) => void): readonly Record<string, unknown>[] => {
  const lines: string[] = [];
  const into = new Writable({ write: (chunk: Buffer, _, done) => (lines.push(chunk.toString()), done()) });
  write(logger('info', into));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
};

describe('the log', () => {
  it('is one JSON line for each thing that happened', () =>
    expect(linesOf((log) => log.child({ service: 'order' }).info({ stream: 'order-1' }, 'placed'))).toEqual([
      { level: 'info', time: expect.stringMatching(/Z$/), service: 'order', stream: 'order-1', msg: 'placed' },
    ]));

  it('holds back secrets and personal data wherever they stand', () => {
    const secrets = { password: 'x1', token: 'x2', personal: { name: 'x3' } };
    const text = JSON.stringify(linesOf((log) => log.info({ ...secrets, request: { ...secrets, authorization: 'x4' } }, 'told')));
    expect(text).not.toMatch(/x[1-4]/);
  });

  it('tells of an error what it is and where, but not the values that a database error carries', () => {
    const error = Object.assign(new Error('duplicate key', { cause: new Error('first') }), {
      code: '23505',
      detail: 'Key (email)=(ada@example.org) already exists.',
      parameters: ['ada@example.org'],
    });
    const [line] = linesOf((log) => log.error({ err: error }, 'failed'));
    expect(line?.['err']).toMatchObject({ type: 'Error', message: 'duplicate key', code: '23505', cause: { message: 'first' } });
    expect(JSON.stringify(line)).not.toContain('ada@example.org');
  });

  it('passes on what Nest warns of, but not what Nest throws as well', () => {
    const lines = linesOf((log) => {
      const nest = nestLogger(log);
      nest.error('listen EADDRINUSE', undefined, 'NestApplication');
      nest.error('no such provider', undefined, 'ExceptionHandler');
      nest.log('started', 'NestFactory');
    });
    expect(lines.map(({ msg }) => msg)).toEqual(['no such provider']);
  });
});
