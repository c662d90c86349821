import { existsSync, readFileSync } from 'node:fs';
import { assignmentsIn, contextOf, dockerfileOf, execForm, filledIn } from './dockerfile';

const text = `# A comment
ARG NODE=24
FROM node:\${NODE}-slim AS libraries
COPY package.json \\
  package-lock.json ./
# Between
RUN npm ci && echo "$HOME"

FROM libraries
ENV A=1 B="two words"
CMD ["sh", "-c", "exec node $B"]
`;

describe('a Dockerfile', () => {
  it('is read as its stages and their steps', () =>
    expect(dockerfileOf(text)).toEqual({
      args: new Map([['NODE', '24']]),
      stages: [
        {
          from: 'node:24-slim',
          as: 'libraries',
          steps: [
            { name: 'COPY', text: 'package.json package-lock.json ./' },
            { name: 'RUN', text: 'npm ci && echo "$HOME"' },
          ],
        },
        {
          from: 'libraries',
          steps: [
            { name: 'ENV', text: 'A=1 B="two words"' },
            { name: 'CMD', text: '["sh", "-c", "exec node $B"]' },
          ],
        },
      ],
    }));

  it('fills in what it was told', () => {
    expect(filledIn('a/${X}/$Y/$Z.', new Map(Object.entries({ X: '1', Y: 'two' })))).toBe('a/1/two/.');
    expect(assignmentsIn('A=1 B="two words" C=')).toEqual([
      ['A', '1'],
      ['B', 'two words'],
      ['C', ''],
    ]);
  });

  it('starts its program without a shell between it and the signals', () => {
    expect(execForm('["node", "main.js"]')).toEqual(['node', 'main.js']);
    expect(() => execForm('node main.js')).toThrow('keep signals to itself');
  });
});

describe('what is sent to a build', () => {
  it('is decided by the last line that fits', () => {
    const sent = contextOf('**\n!package.json\n!libs\n!tools/*.cjs\nlibs/**/secret\n');
    const paths = ['package.json', 'libs/a/src/b.ts', 'tools/build.cjs', 'libs/a/secret', 'tools/deploy/x.cjs', '.env', 'a/package.json'];
    expect(paths.filter(sent)).toEqual(['package.json', 'libs/a/src/b.ts', 'tools/build.cjs']);
  });

  it('holds what our image is built of, and neither secrets nor data of this machine', () => {
    const sent = contextOf(readFileSync('.dockerignore', 'utf8'));
    const needed = [
      'package.json',
      'package-lock.json',
      'tsconfig.base.json',
      'tools/build.cjs',
      'tools/swc.cjs',
      'services/order/src/main.ts',
    ];
    expect(needed.filter((path) => !sent(path) || !existsSync(path))).toEqual([]);
    expect(['.env', '.cartage/postgres/PG_VERSION', 'node_modules/pg/package.json', 'dist/a.js', '.git/HEAD'].filter(sent)).toEqual([]);
  });
});

describe('the image of a service', () => {
  const { stages } = dockerfileOf(readFileSync('deploy/docker/service.Dockerfile', 'utf8'));
  const last = stages.at(-1);

  it('takes libraries and program from stages, and nothing of what built them', () => {
    const copies = last?.steps.filter(({ name }) => name === 'COPY').map((step) => step.text);
    expect(copies).toEqual(['--from=shrunk /cartage/shrunk node_modules', '--from=program /cartage/dist dist']);
  });

  it('runs as an ordinary user that has a number, and its program as process 1', () => {
    expect(last?.steps.find(({ name }) => name === 'USER')?.text).toMatch(/^[1-9]\d*$/);
    expect(execForm(last?.steps.find(({ name }) => name === 'CMD')?.text ?? '').join(' ')).toContain('exec node');
  });
});
