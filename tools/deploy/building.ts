import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { assignmentsIn, contextOf, dockerfileOf, execForm, filledIn, type Dockerfile, type Instruction, type Stage } from './dockerfile';

/** What a container would be started from. */
export interface Image {
  /** Where its files are, as its root. */
  readonly root: string;
  /** Below `root`. */
  readonly workdir: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly user: string;
  readonly command: readonly string[];
  readonly healthcheck: readonly string[];
}

interface Built extends Image {
  readonly args: ReadonlyMap<string, string>;
}

interface Place {
  readonly root: string;
  /** What is sent to the build. */
  readonly context: string;
  readonly buildArgs: ReadonlyMap<string, string>;
  readonly stages: ReadonlyMap<string, Built>;
}

type Step = (before: Built, text: string, place: Place) => Partial<Built> | void;

const valuesOf = ({ environment, args }: Built): ReadonlyMap<string, string> => new Map([...args, ...Object.entries(environment)]);

/** What no exclusion leaves out, file by file. */
const filesSent = (context: string, sent: (path: string) => boolean, folder = ''): readonly string[] =>
  readdirSync(join(context, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    // Nothing of these is ever sent, and to look through them would take longer than all the rest.
    if (['node_modules', '.git', 'dist', '.cartage', '.nx'].includes(entry.name)) return [];
    if (entry.isDirectory()) return filesSent(context, sent, path);
    return sent(path) ? [path] : [];
  });

const copyFromContext = (files: readonly string[], into: string, { context }: Place): void => {
  const sent = contextOf(readFileSync(join(context, '.dockerignore'), 'utf8'));
  const all = files.includes('.') ? filesSent(context, sent) : files.filter(sent);
  if (!files.includes('.') && all.length < files.length) throw new Error(`Docker is not sent all of ${files.join(' ')}: .dockerignore`);
  for (const file of all) {
    mkdirSync(dirname(join(into, file)), { recursive: true });
    cpSync(join(context, file), join(into, file));
  }
};

/** Hard links: thousands of files of an earlier stage, which nothing changes in place any more. */
const copyTree = (from: string, to: string): void => {
  mkdirSync(dirname(to), { recursive: true });
  execFileSync('cp', ['-al', from, to]);
};

const copy: Step = ({ root, workdir }, text, place) => {
  const words = text.split(/\s+/);
  const [, stage] = /^--from=(\S+)$/.exec(words[0] ?? '') ?? [];
  const into = join(root, workdir);
  if (stage === undefined) return copyFromContext(words.slice(0, -1), into, place);
  const from = place.stages.get(stage);
  const [, what = '', as = ''] = words;
  if (!from || words.length !== 3) throw new Error(`COPY ${text}: one path of an earlier stage, please.`);
  return copyTree(join(from.root, what), join(into, as));
};

/** Where npm finds its registry, whom it trusts there, and what it keeps, is this machine's; what an npm script tells those that it runs would lead npm back to this workspace. */
const ofThisMachine = (): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(npm_(?!config_)|npm_config_local_prefix|INIT_CWD|NODE_(?!EXTRA_CA_CERTS))/.test(name),
    ),
  );

const run: Step = (built, text) => {
  const environment = { ...ofThisMachine(), ...Object.fromEntries(built.args), ...built.environment };
  execFileSync('/bin/sh', ['-ec', text], {
    cwd: join(built.root, built.workdir),
    env: environment,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
};

/** Whatever is not here this tool does not know, and says so rather than pass it over. */
const steps: Readonly<Record<string, Step>> = {
  WORKDIR: ({ root }, text) => (mkdirSync(join(root, text), { recursive: true }), { workdir: text }),
  ARG: ({ args }, text, { buildArgs }) => ({ args: new Map([...args, [text, buildArgs.get(text) ?? '']]) }),
  ENV: (built, text) => ({
    environment: {
      ...built.environment,
      ...Object.fromEntries(assignmentsIn(text).map(([name, value]) => [name, filledIn(value, valuesOf(built))])),
    },
  }),
  COPY: copy,
  RUN: run,
  USER: (_, text) => ({ user: text }),
  EXPOSE: () => undefined,
  HEALTHCHECK: (_, text) => ({ healthcheck: execForm(/CMD (.*)$/.exec(text)?.[1] ?? '') }),
  CMD: (_, text) => ({ command: execForm(text) }),
};

const after = (built: Built, { name, text }: Instruction, place: Place): Built => {
  const step = steps[name];
  if (!step) throw new Error(`tools/deploy/building.ts does not know what ${name} ${text} does.`);
  return { ...built, ...step(built, text, place) };
};

const beginning = ({ from }: Stage, root: string, stages: Place['stages']): Built => {
  const earlier = stages.get(from);
  if (!earlier) {
    mkdirSync(root, { recursive: true });
    return { root, workdir: '/', environment: {}, user: '0', command: [], healthcheck: [], args: new Map() };
  }
  copyTree(earlier.root, root);
  return { ...earlier, root };
};

export interface ImagePlan {
  readonly dockerfile: string;
  readonly context: string;
  /** Emptied first. */
  readonly folder: string;
}

export const readDockerfile = (file: string): Dockerfile => dockerfileOf(readFileSync(file, 'utf8'));

const builtStage = (stage: Stage, place: Place): Built =>
  stage.steps.reduce((before, step) => after(before, step, place), beginning(stage, place.root, place.stages));

/**
 * Takes the steps of a Dockerfile as Docker would, in folders instead of containers, and with the Node that runs this instead of a base image. A stage begins
 * with hard links to the files of the one that it is made from: steps may add and remove files, and replace them, and change none in place. Answers with what
 * makes the image for these build arguments; stages before the last are made once.
 */
export const imagesOf = ({ dockerfile, context, folder }: ImagePlan): ((args: Readonly<Record<string, string>>) => Image) => {
  rmSync(folder, { recursive: true, force: true });
  const stages = new Map<string, Built>();
  const { stages: all } = readDockerfile(dockerfile);
  const last = all.at(-1);
  if (!last) throw new Error(`${dockerfile} has no stage.`);
  const withArgument = all.slice(0, -1).find(({ steps: those }) => those.some(({ name }) => name === 'ARG'));
  if (withArgument) throw new Error(`Stage ${withArgument.as} takes an argument, so that images would not have its files in common.`);
  for (const [i, stage] of all.slice(0, -1).entries()) {
    const name = stage.as ?? String(i);
    stages.set(name, builtStage(stage, { root: join(folder, name), context, buildArgs: new Map(), stages }));
  }
  return (args) => {
    const root = join(folder, ['image', ...Object.values(args)].join('-'));
    return builtStage(last, { root, context, buildArgs: new Map(Object.entries(args)), stages });
  };
};
