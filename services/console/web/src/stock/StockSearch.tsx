import { useEffect, useState, type ReactNode } from 'react';
import { useSettled } from '../keys/useSettled';
import { useSpeech } from '../words/words';

interface StockSearchProps {
  readonly text: string;
  readonly onText: (text: string) => void;
}

/** Narrows the list while somebody types; the address follows once they pause. */
export const StockSearch = ({ text, onText }: StockSearchProps): ReactNode => {
  const { say } = useSpeech();
  const [typed, setTyped] = useState(text);
  const settled = useSettled(typed);
  useEffect(() => setTyped(text), [text]);
  useEffect(() => {
    if (settled === typed && settled.trim() !== text) onText(settled);
    // Only what was typed moves the address: what the address becomes by itself is shown, and moves nothing.
  }, [settled]);
  return (
    <input
      type="search"
      className="stock-search"
      aria-label={say('stock.search')}
      placeholder={say('stock.search.hint')}
      maxLength={100}
      value={typed}
      onChange={({ target }) => setTyped(target.value)}
    />
  );
};
