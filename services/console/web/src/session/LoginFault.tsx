import type { ReactNode } from 'react';
import { useSpeech } from '../words/words';

/** Nobody is let in: the issuer says no, or the way back from it was another one. */
export const LoginFault = ({ why }: { readonly why: string }): ReactNode => {
  const { say } = useSpeech();
  return (
    <main className="state" role="alert">
      <h1>{say('login.failed')}</h1>
      <p className="quiet">{why}</p>
      <a href="/console/">{say('login.again')}</a>
    </main>
  );
};
