/** A statement as the server keeps it: prepared once for everybody who says the same words, and finds the same tables by them. */
export interface Statement {
  readonly name: Buffer;
  /** What prepares it. */
  readonly parse: Buffer;
  readonly about: About;
}

/** What a request does, as far as it matters who comes first. */
export interface About {
  readonly appends: boolean;
  readonly readsLog: boolean;
}

const PARSE = 0x50;

export const NOTHING: About = { appends: false, readsLog: false };

export const aboutOf = (words: Buffer): About => {
  const appends = words.includes('append_events');
  return { appends, readsLog: !appends && words.includes('from events') };
};

export const both = (one: About, other: About): About => ({
  appends: one.appends || other.appends,
  readsLog: (one.readsLog || other.readsLog) && !one.appends && !other.appends,
});

export const messageOf = (type: number, ...body: readonly Buffer[]): Buffer => {
  const head = Buffer.alloc(5);
  head[0] = type;
  head.writeInt32BE(
    body.reduce((size, { length }) => size + length, 4),
    1,
  );
  return Buffer.concat([head, ...body]);
};

/** Every statement that anybody has said, by its words and by where its tables are looked for. */
export class Statements {
  private readonly known = new Map<string, Statement>();

  /** `words`: what a client sends after the name that it gives to a statement. */
  said(path: string, words: Buffer): Statement {
    const key = `${path} ${words.toString('latin1')}`;
    const before = this.known.get(key);
    if (before) return before;
    const name = Buffer.from(`s${this.known.size + 1}\0`);
    const statement = { name, parse: messageOf(PARSE, name, words), about: aboutOf(words) };
    this.known.set(key, statement);
    return statement;
  }
}
