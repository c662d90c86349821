import { askedOf, isTypedAgain, kindsOf, nameOf } from './person';

const nobody = { email: '', phone: '', country: '', customerId: '' };

describe('a person who is asked about', () => {
  it('is nobody while neither e-mail, phone nor id is written', () => expect(askedOf({ ...nobody, country: 'de' })).toBeUndefined());

  it('is named by all that is written', () =>
    expect(askedOf({ ...nobody, phone: ' 030 123 ', country: 'de', customerId: 'c-1' })).toEqual({
      phone: '030 123',
      country: 'DE',
      customerId: 'c-1',
    }));

  it('is erased only after what they were named by was typed once more', () => {
    const asked = { email: 'Ada@example.org', customerId: 'c-1' };
    expect(nameOf(asked)).toBe('Ada@example.org');
    expect(['ada@example.org ', 'ada@example.com', 'c-1', ''].map((typed) => isTypedAgain(typed, asked))).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect(isTypedAgain('', {})).toBe(false);
  });

  it('is known by kinds that are counted, service by service, the most first', () =>
    expect(
      kindsOf([
        { service: 'order', what: 'NoteWritten' },
        { service: 'order', what: 'OrderPlaced' },
        { service: 'notifications', what: 'message' },
        { service: 'order', what: 'OrderPlaced' },
      ]),
    ).toEqual([
      { service: 'notifications', what: 'message', count: 1 },
      { service: 'order', what: 'OrderPlaced', count: 2 },
      { service: 'order', what: 'NoteWritten', count: 1 },
    ]));
});
