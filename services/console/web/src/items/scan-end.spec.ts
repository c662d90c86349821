import { endsScan, pastedWhole, readingScans } from './scan-end';

const struck = (key: string, more: object = {}) => ({
  ...{ key, shiftKey: false, altKey: false, ctrlKey: false, metaKey: false, nativeEvent: { isComposing: false }, ...more },
});

describe('what a scanner types', () => {
  it('ends with Enter, or with Tab', () => {
    expect(['Enter', 'Tab', 'A', 'ArrowDown'].map((key) => endsScan(struck(key), '4006381333931'))).toEqual([true, true, false, false]);
  });

  it('does not end with Tab where nothing is written: it leads on to the next field, and back with Shift', () => {
    expect(endsScan(struck('Tab'), ' ')).toBe(false);
    expect(endsScan(struck('Tab', { shiftKey: true }), '4006381333931')).toBe(false);
    expect(endsScan(struck('Enter'), '')).toBe(true);
  });

  it('does not end with a key of the browser, nor while a word is being put together', () => {
    expect(['altKey', 'ctrlKey', 'metaKey'].map((held) => endsScan(struck('Enter', { [held]: true }), 'MUG'))).toEqual([
      false,
      false,
      false,
    ]);
    expect(endsScan(struck('Enter', { nativeEvent: { isComposing: true } }), 'MUG')).toBe(false);
  });
});

describe('what is pasted', () => {
  const box = (value: string, selectionStart: number, selectionEnd: number) => ({ value, selectionStart, selectionEnd });

  it('is a scan where it is all that the box will hold, without the ends of lines that came with it', () => {
    expect(pastedWhole(box('', 0, 0), '4006381333931\r\n')).toBe('4006381333931');
    expect(pastedWhole(box('MUG', 0, 3), 'LAMP')).toBe('LAMP');
  });

  it('is a part of what somebody writes where it is put into it, and nothing where it is none', () => {
    expect(pastedWhole(box('MUG', 3, 3), '-2')).toBeUndefined();
    expect(pastedWhole(box('', 0, 0), ' \n')).toBeUndefined();
  });
});

describe('a box in which scanners write', () => {
  const written = (text: string) => {
    const done: string[] = [];
    const preventDefault = (): void => void done.push('kept');
    const { onKeyDown, onPaste } = readingScans(text, (read) => done.push(read));
    return {
      done,
      strike: (key: string) => onKeyDown({ ...struck(key), preventDefault }),
      paste: (pasted: string) =>
        onPaste({
          currentTarget: { value: text, selectionStart: text.length, selectionEnd: text.length },
          clipboardData: { getData: () => pasted },
          preventDefault,
        }),
    };
  };

  it.each(['Enter', 'Tab'])('hands over what was typed with %s, and keeps the focus', (key) => {
    const { done, strike } = written('MUG');
    strike(key);
    expect(done).toEqual(['kept', 'MUG']);
  });

  it('hands over what is pasted into it empty, and leaves to the browser what is put into something', () => {
    const [empty, begun] = [written(''), written('MU')];
    empty.paste('MUG');
    begun.paste('G');
    expect([empty.done, begun.done]).toEqual([['kept', 'MUG'], []]);
  });
});
