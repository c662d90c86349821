import fc from 'fast-check';
import { blocksIn, type SseBlock } from './server-sent';

const piecesOf = async function* (text: string, cuts: readonly number[]): AsyncGenerator<string> {
  const at = [0, ...cuts.map((cut) => Math.min(cut, text.length)), text.length].toSorted((a, b) => a - b);
  for (const [i, from] of at.slice(0, -1).entries()) yield text.slice(from, at[i + 1]);
};

const blocksOf = async (text: string, cuts: readonly number[] = []): Promise<readonly SseBlock[]> => {
  const blocks: SseBlock[] = [];
  for await (const block of blocksIn(piecesOf(text, cuts))) blocks.push(block);
  return blocks;
};

const said =
  'id: 7\nretry: 2000\n\nid: 8\nevent: OrderPlaced\ndata: {"a":\ndata: "b: c"}\n\nid: 9\n: nothing new\n\nevent: end\ndata:{}\n\nid: 10\ndata: cut off';

describe('a stream of server-sent events', () => {
  it('is read block by block, and what is cut off is none', async () =>
    expect(await blocksOf(said)).toEqual([
      { id: '7', retry: 2000 },
      { id: '8', event: 'OrderPlaced', data: '{"a":\n"b: c"}' },
      { id: '9' },
      { event: 'end', data: '{}' },
    ]));

  it('says the same wherever its text was cut', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: said.length })), async (cuts) =>
        expect(await blocksOf(said, cuts)).toEqual(await blocksOf(said)),
      ),
    ));
});
