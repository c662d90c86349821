import { emailOf, phoneOf } from './contacts';

describe('a contact in its one spelling', () => {
  it('of an e-mail address: case and blanks do not count, dots do', () => {
    expect(emailOf(' Ada@Example.ORG ')).toEqual({ kind: 'email', value: 'ada@example.org' });
    expect(emailOf('a.da@example.org')).not.toEqual(emailOf('ada@example.org'));
    expect(emailOf('  ')).toBeUndefined();
  });

  it('of a phone number: how it is grouped does not count; the prefix of its country does', () => {
    const number = { kind: 'phone', value: '+442079460000' };
    for (const written of ['+44 20 7946 0000', '+44-(20)-7946.0000', '0044 20 79460000', '＋44 20 7946 0000'])
      expect(phoneOf(written, 'FR')).toEqual(number);
    expect(phoneOf('020 7946 0000', 'GB')).toEqual({ kind: 'phone', value: 'GB:2079460000' });
    expect(phoneOf('020 7946 0000', 'IT')).not.toEqual(phoneOf('020 7946 0000', 'GB'));
    expect(phoneOf('none', 'GB')).toBeUndefined();
  });
});
