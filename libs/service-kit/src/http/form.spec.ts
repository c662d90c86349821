import { Form } from './form';

describe('what a page without a script sends', () => {
  it('is texts by their names, without blanks around them; what is empty was not said', () => {
    const form = new Form('note=%20a+b%20&empty=&reason=too-small');
    expect([form.get('note'), form.get('empty'), form.get('reason'), form.get('other')]).toEqual([
      'a b',
      undefined,
      'too-small',
      undefined,
    ]);
  });

  it('counts once, however often a name is sent, and whatever the name is', () => {
    expect(new Form('step=check&step=confirm').get('step')).toBe('check');
    expect(new Form('').get('__proto__')).toBeUndefined();
    expect(new Form('__proto__=x').get('__proto__')).toBe('x');
  });

  it('is refused where it holds what cannot be kept', () =>
    expect(() => new Form('note=a%00b')).toThrow(expect.objectContaining({ code: 'CHARACTER_REFUSED' })));

  it('tells nothing of itself to whoever digests or logs it', () => expect(JSON.stringify(new Form('note=secret'))).toBe('{}'));
});
