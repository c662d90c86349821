import { Masks } from './masks';

const masksOf = (...values: readonly unknown[]): Masks => {
  const masks = new Masks();
  for (const value of values) masks.learn(value);
  return masks;
};

describe('masks', () => {
  it('call the same person, address and e-mail by the same name wherever they stand', () => {
    const one = { customerId: 'ada-17', personal: { key: 'ada-17', box: 'AAAA' } };
    const other = { to: 'ada-17', said: 'Call Ada Miller at ada@example.org', email: 'ada@example.org' };
    const masks = masksOf(one, other, { name: 'Ada Miller' });
    expect(masks.masked(one)).toEqual({ customerId: 'person-1', personal: { key: 'person-1', box: 'box-1' } });
    expect(masks.masked(other)).toEqual({ to: 'person-1', said: 'text-1', email: 'email-1' });
    expect(masks.spelled('No answer for ada@example.org (Ada Miller), order-ada-17')).toBe(
      'No answer for email-1 (name-1), order-person-1',
    );
  });

  it('keep ids, times, amounts and the words of programs', () => {
    const data = {
      orderId: '0199-a',
      placedAt: '2026-11-28T09:00:00.000Z',
      amount: 1_250,
      currency: 'GBP',
      status: 'on-hold',
      short: true,
    };
    expect(masksOf(data).masked(data)).toEqual(data);
  });

  it.each([
    ['what somebody wrote', { note: 'leave it with the neighbour' }],
    ['an engraving', { attributes: { front: 'Zebedia' } }],
    ['what opens something', { token: 'tok_4242', pickupCode: '5113', trackingUrl: 'https://track.example/1' }],
    ['where somebody lives', { lines: ['1'], city: 'London', postalCode: 'EC1A' }],
    ['an e-mail inside of something else', { to: 'mailto:zeb@mail.example' }],
    ['a telephone number', { said: 'x:+447700900461' }],
  ])('never show %s', (_, data) => {
    const shown = JSON.stringify(masksOf(data).masked(data));
    for (const secret of ['neighbour', 'Zebedia', '4242', '5113', 'track.example', 'London', 'EC1A', 'zeb@', '7700'])
      expect(shown).not.toContain(secret);
  });

  it('show of what was sealed how it is built, and what is the same as elsewhere', () => {
    const masks = masksOf({ name: 'Ada', address: { city: 'London', country: 'GB' }, raw: 'k3' });
    expect(masks.opened({ name: 'Ada', address: { city: 'London', country: 'GB' }, raw: 'k3' })).toEqual({
      ...{ name: 'name-1', address: { city: 'place-1', country: 'GB' }, raw: '…' },
    });
  });

  it('name people who asked, and leave programs their names', () => {
    const masks = new Masks();
    for (const actor of ['ada.miller', 'order.payment', 'carrier:dhl', 'deadline']) masks.learnActor(actor);
    expect(masks.masked(['ada.miller', 'order.payment', 'carrier:dhl', 'deadline'])).toEqual([
      ...['person-1', 'order.payment', 'carrier:dhl', 'deadline'],
    ]);
  });
});
