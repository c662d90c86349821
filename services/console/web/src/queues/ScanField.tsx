import { useEffect, useImperativeHandle, useRef, useState, type ReactNode, type Ref } from 'react';

export interface Scanner {
  focus(): void;
}

interface ScanFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly onRead: (text: string) => void;
  /** Enter with nothing written. */
  readonly onEmpty?: () => void;
  readonly ref?: Ref<Scanner>;
}

/** A field that a scanner types into: what is read ends with Enter, and the field is ready for the next. It has the focus as soon as it is there. */
export const ScanField = ({ label, hint, onRead, onEmpty, ref }: ScanFieldProps): ReactNode => {
  const [text, setText] = useState('');
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // After the page and the panel around it, whose headings take the focus when they come.
    const frame = requestAnimationFrame(() => input.current?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);
  useImperativeHandle(ref, () => ({ focus: () => input.current?.focus() }), []);
  const read = (): void => {
    setText('');
    if (text.trim() === '') onEmpty?.();
    else onRead(text.trim());
  };
  return (
    <label className="field scan-field">
      {label}
      <input
        ref={input}
        value={text}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          read();
        }}
      />
      {hint !== undefined && <span className="quiet">{hint}</span>}
    </label>
  );
};
