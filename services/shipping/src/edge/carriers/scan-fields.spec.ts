import { optionalText, Strange, textAt } from './scan-fields';

describe('words of a carrier for people', () => {
  it.each([
    ['a lot of them', 'x'.repeat(250), 'x'.repeat(200)],
    ['a letter at the cut', `${'x'.repeat(199)}😀`, 'x'.repeat(199)],
    ['none', ' ', undefined],
    ['what cannot be kept', 'left\0 at the door\uD83D', 'left at the door'],
  ])('cost no scan where there is %s', (_, said, kept) => expect(optionalText(said, 'remark')).toBe(kept));

  it('are texts', () => expect(() => optionalText(7, 'remark')).toThrow(Strange));
});

it('a name that nobody can keep is none', () => expect(() => textAt('CTG\0', 'awb')).toThrow(Strange));
