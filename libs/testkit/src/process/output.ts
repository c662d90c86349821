/** What a program says, kept in case somebody asks why it failed. */
export interface Output {
  readonly name: string;
  /** Everything that was kept, oldest first. */
  all(): string;
  /** The last lines only. */
  last(lines: number): string;
}

/** Plenty for every failure, and no danger for a program that talks for hours. */
const MOST_CHARACTERS = 2_000_000;

export interface KeptOutput extends Output {
  add(chunk: string): void;
}

/** Where a test environment finds what to show when a test has failed (libs/testkit/jest/show-output.cjs). */
const outputs = (): Output[] => {
  const shared = globalThis as { cartageOutputs?: Output[] };
  return (shared.cartageOutputs ??= []);
};

export const keepOutput = (name: string): KeptOutput => {
  let text = '';
  const output: KeptOutput = {
    name,
    add: (chunk) => (text = (text + chunk).slice(-MOST_CHARACTERS)),
    all: () => text,
    last: (lines) => text.trimEnd().split('\n').slice(-lines).join('\n'),
  };
  outputs().push(output);
  return output;
};
