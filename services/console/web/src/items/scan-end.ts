/** A key, as the browser tells it. */
interface Struck {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly nativeEvent: { readonly isComposing: boolean };
}

/** Whether what a scanner types ends with this key: some end with Enter, some with Tab. Where nothing is written, Tab leads on, as ever. */
export const endsScan = ({ key, shiftKey, altKey, ctrlKey, metaKey, nativeEvent }: Struck, text: string): boolean => {
  if (altKey || ctrlKey || metaKey || nativeEvent.isComposing) return false;
  return key === 'Enter' || (key === 'Tab' && !shiftKey && text.trim() !== '');
};

/** A box, and what of it is marked. */
interface Box {
  readonly value: string;
  readonly selectionStart: number | null;
  readonly selectionEnd: number | null;
}

/** What a box will hold once this is pasted, where that is all of it: it was read in one go, as a scanner reads. Nothing: it is a part of what somebody writes. */
export const pastedWhole = ({ value, selectionStart, selectionEnd }: Box, pasted: string): string | undefined => {
  const text = pasted.replace(/[\r\n]/g, '');
  return text.trim() !== '' && selectionStart === 0 && selectionEnd === value.length ? text : undefined;
};

interface KeyOn extends Struck {
  preventDefault(): void;
}

interface Pasting {
  readonly currentTarget: Box;
  readonly clipboardData: { getData(kind: 'text'): string };
  preventDefault(): void;
}

/** For a box in which scanners write: each text is handed over as soon as it is whole, and the box does nothing else with it. */
export const readingScans = (text: string, read: (text: string) => void) => ({
  onKeyDown: (event: KeyOn): void => {
    if (!endsScan(event, text)) return;
    event.preventDefault();
    read(text);
  },
  onPaste: (event: Pasting): void => {
    const whole = pastedWhole(event.currentTarget, event.clipboardData.getData('text'));
    if (whole === undefined) return;
    event.preventDefault();
    read(whole);
  },
});
