/** What a block of a stream of server-sent events says. */
export interface SseBlock {
  readonly id?: string;
  readonly event?: string;
  readonly data?: string;
  /** Milliseconds after which to come again. */
  readonly retry?: number;
}

const fieldOf = (line: string): readonly [name: string, value: string] => {
  const colon = line.indexOf(':');
  return colon < 0 ? [line, ''] : [line.slice(0, colon), line.slice(colon + 1).replace(/^ /, '')];
};

const blockOf = (lines: readonly string[]): SseBlock => {
  const fields = lines.map(fieldOf);
  const last = (name: string): string | undefined => fields.findLast(([each]) => each === name)?.[1];
  const data = fields.filter(([name]) => name === 'data').map(([, value]) => value);
  const [id, event, retry] = [last('id'), last('event'), last('retry')];
  return {
    ...(id === undefined ? {} : { id }),
    ...(event === undefined ? {} : { event }),
    ...(retry !== undefined && /^\d+$/.test(retry) ? { retry: Number(retry) } : {}),
    ...(data.length === 0 ? {} : { data: data.join('\n') }),
  };
};

/** Reads blocks out of text that comes in pieces, wherever it was cut. A block that is not whole when the text ends is none. */
export async function* blocksIn(pieces: AsyncIterable<string>): AsyncGenerator<SseBlock> {
  let block: string[] = [];
  let rest = '';
  for await (const piece of pieces) {
    const [first = '', ...others] = piece.split('\n');
    const lines = [rest + first, ...others];
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line !== '') block.push(line);
      else {
        yield blockOf(block);
        block = [];
      }
    }
  }
}
