import { useRef, useState } from 'react';
import { Refusal } from '../../api/client';
import { useSpeech } from '../../words/words';
import type { Said } from './ScanField';

/** Scans are counted one after the other, in the order in which they were read, each against what the one before has left. What could not be counted says why. */
export const useScans = (count: (code: string) => Promise<Said>) => {
  const { say } = useSpeech();
  const [said, tell] = useState<Said>();
  const before = useRef<Promise<unknown>>(Promise.resolve());
  const scan = (code: string): void => {
    const next = before.current
      .then(() => count(code))
      .catch((fault: unknown): Said => ({
        tone: 'bad',
        text: say('warehouse.scan.refused', { code, why: fault instanceof Refusal ? fault.message : '' }),
      }));
    before.current = next.then(tell);
  };
  return { said, scan };
};
