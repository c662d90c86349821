import { createContext, useCallback, useContext, useEffect, useState, type ReactNode } from 'react';
import { useSpeech } from '../words/words';

/** Takes back what was just done, where the domain can. */
export type Undo = () => Promise<unknown>;

type Announce = (text: string, undo?: Undo) => void;

const AnnounceContext = createContext<Announce>(() => undefined);

/** Tells the reader that something was done; it is read aloud, and goes by itself. */
export const useAnnounce = (): Announce => useContext(AnnounceContext);

interface Announcement {
  readonly text: string;
  readonly undo?: Undo | undefined;
}

const SEEN_MS = 8_000;

/** Around everything that may tell something. */
export const Announcing = ({ children }: { readonly children: ReactNode }): ReactNode => {
  const { say } = useSpeech();
  const [told, tell] = useState<Announcement>();
  useEffect(() => {
    if (!told) return;
    const timer = setTimeout(() => tell(undefined), SEEN_MS);
    return () => clearTimeout(timer);
  }, [told]);
  const announce = useCallback<Announce>((text, undo) => tell({ text, undo }), []);
  return (
    <AnnounceContext value={announce}>
      {children}
      <div role="status" className={told ? 'announcement' : 'unseen'}>
        {told?.text}
        {told?.undo && (
          <button type="button" className="button" onClick={() => void told.undo?.().finally(() => tell(undefined))}>
            {say('undo')}
          </button>
        )}
      </div>
    </AnnounceContext>
  );
};
