/** One instruction of a Dockerfile, such as `RUN npm ci`. */
export interface Instruction {
  readonly name: string;
  readonly text: string;
}

/** What follows a FROM. */
export interface Stage {
  /** An image, or an earlier stage. */
  readonly from: string;
  /** The name that other stages call it by. */
  readonly as?: string;
  readonly steps: readonly Instruction[];
}

export interface Dockerfile {
  /** Arguments before the first stage, with their defaults. */
  readonly args: ReadonlyMap<string, string>;
  readonly stages: readonly Stage[];
}

type Values = ReadonlyMap<string, string>;

/** `$NAME` and `${NAME}`, as Docker fills them in; a name without a value is nothing. */
export const filledIn = (text: string, values: Values): string =>
  text.replace(/\$(?:\{(\w+)\}|(\w+))/g, (_, braced?: string, bare?: string) => values.get(braced ?? bare ?? '') ?? '');

/** `A=1 B="two words"`, in the order in which they stand. */
export const assignmentsIn = (text: string): readonly (readonly [string, string])[] =>
  [...text.matchAll(/(\w+)=("[^"]*"|\S*)/g)].map(([, name = '', value = '']) => [name, value.replace(/^"|"$/g, '')]);

/** The command of `CMD [...]`; a shell's form would stand between the service and its signals. */
export const execForm = (text: string): readonly string[] => {
  const parts: unknown = text.startsWith('[') ? JSON.parse(text) : undefined;
  if (Array.isArray(parts) && parts.every((part) => typeof part === 'string')) return parts;
  throw new Error(`Not a list of words in JSON, so that a shell would be process 1 and keep signals to itself: ${text}`);
};

const instructionsIn = (text: string): readonly Instruction[] =>
  text
    .replace(/^\s*#.*\n/gm, '')
    .replace(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, name = '', rest = ''] = /^(\w+)\s+(.*)$/.exec(line) ?? [];
      return { name: name.toUpperCase(), text: rest };
    });

const stageOf = ([from, ...steps]: readonly Instruction[], args: Values): Stage => {
  const [, image = '', as] = /^(\S+)(?:\s+AS\s+(\S+))?$/i.exec(from?.text ?? '') ?? [];
  return { from: filledIn(image, args), ...(as === undefined ? {} : { as }), steps };
};

export const dockerfileOf = (text: string): Dockerfile => {
  const all = instructionsIn(text);
  const starts = all.flatMap(({ name }, i) => (name === 'FROM' ? [i] : []));
  const args = new Map(all.slice(0, starts[0]).flatMap((each) => assignmentsIn(each.text)));
  return { args, stages: starts.map((start, i) => stageOf(all.slice(start, starts[i + 1]), args)) };
};

/** What `.dockerignore` leaves of a folder: asked with a path, it says whether it is sent to the build. The last line that fits decides. */
export const contextOf = (dockerignore: string): ((path: string) => boolean) => {
  const rules = dockerignore
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({ sent: line.startsWith('!'), fits: fitting(line.replace(/^!/, '').replace(/^\/|\/$/g, '')) }));
  return (path) => rules.findLast(({ fits }) => fits.test(path))?.sent ?? true;
};

/** A pattern fits a path, and everything below it. */
const fitting = (pattern: string): RegExp => {
  const parts = pattern.split(/(\*\*|\*)/).map((part) => {
    if (part === '**') return '.*';
    return part === '*' ? '[^/]*' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('')}(/.*)?$`);
};
