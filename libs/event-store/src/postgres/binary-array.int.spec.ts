import { fixture, type Fixture } from './fixture';
import { integerArray, textArray } from './binary-array';

describe('an array in binary', () => {
  let its: Fixture;

  beforeAll(async () => {
    its = await fixture();
  });

  afterAll(() => its.stop());

  it.each([[[]], [['']], [['a', 'NULL', '{"quoted": "\\"}', 'ü€😀', ' \n']]])('holds the texts %j', async (texts) => {
    const { rows } = await its.pool.query<{ read: string[] }>('select $1::text[] as read', [textArray(texts)]);
    expect(rows[0]?.read).toEqual(texts);
  });

  it.each([[[]], [[0, -1, 2_147_483_647]], [[null]], [[1, null, 3, null]]])('holds the integers %j', async (integers) => {
    const { rows } = await its.pool.query<{ read: (number | null)[] }>('select $1::integer[] as read', [integerArray(integers)]);
    expect(rows[0]?.read).toEqual(integers);
  });
});
