import { useEffect, useState, type ReactNode } from 'react';
import { useIsLeaving } from '../keys/useIsLeaving';
import { useSettled } from '../keys/useSettled';
import './tables.css';

interface SearchBoxProps {
  readonly label: string;
  readonly hint: string;
  /** As it stands in the address. */
  readonly text: string;
  readonly onText: (text: string) => void;
}

const LONGEST = 200;

/** Finds while somebody types; the address follows once they pause. */
export const SearchBox = ({ label, hint, text, onText }: SearchBoxProps): ReactNode => {
  const [typed, setTyped] = useState(text);
  const settled = useSettled(typed);
  const isLeaving = useIsLeaving();
  useEffect(() => setTyped(text), [text]);
  useEffect(() => {
    if (settled === typed && settled.trim() !== text && !isLeaving()) onText(settled);
    // Only what was typed moves the address: what the address becomes by itself is shown, and moves nothing.
  }, [settled]);
  return (
    <input
      type="search"
      className="search-box"
      aria-label={label}
      placeholder={hint}
      maxLength={LONGEST}
      value={typed}
      onChange={({ target }) => setTyped(target.value)}
    />
  );
};
