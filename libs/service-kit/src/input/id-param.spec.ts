import { IdParam } from './id-param';

describe('an id in a path', () => {
  const pipe = new IdParam();
  it('is taken in one spelling', () =>
    expect(pipe.transform('08319975-5CFD-54A8-BDD3-646664F619F5', { type: 'param', data: 'orderId' })).toBe(
      '08319975-5cfd-54a8-bdd3-646664f619f5',
    ));
  it('is refused by its name when it is no UUID', () =>
    expect(() => pipe.transform('42', { type: 'param', data: 'orderId' })).toThrow(
      expect.objectContaining({ code: 'ID_INVALID', kind: 'invalid', errors: [expect.objectContaining({ field: 'orderId' })] }),
    ));
});
